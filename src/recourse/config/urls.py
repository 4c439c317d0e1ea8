# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Root URLs. Each front brings its own; staff accounts come from allauth; Django's admin is not served at all."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from recourse.portal.demo import stories
from recourse.webkit.accounts import closed
from recourse.webkit.styleguide import styleguide

# The fronts and where they stand. The portal is last, because it owns the root.
_PLACES = (("recourse.desk", "desk/"), ("recourse.api", "api/v1/"), ("recourse.portal", ""))

# Doors of allauth that stay shut: accounts and passwords are given by an owner, not by whoever asks by mail.
_SHUT = ("staff/signup/", "staff/password/reset/", "staff/email/", "staff/confirm-email/")

urlpatterns: list[URLPattern | URLResolver] = [path(f"{place}<path:rest>", closed) for place in _SHUT]
urlpatterns += [path(place, closed) for place in _SHUT]
urlpatterns.append(path("staff/", include("allauth.urls")))
if settings.RECOURSE_DEMO:
    urlpatterns.append(path("styleguide", styleguide, name="styleguide"))
    urlpatterns.append(path("demo", stories, name="demo"))
urlpatterns += [path(place, include(f"{front}.urls")) for front, place in _PLACES if front in settings.FRONTS]

handler400 = "recourse.config.faults.bad_request"
handler403 = "recourse.webkit.error_pages.forbidden"
handler404 = "recourse.webkit.error_pages.not_found"
handler500 = "recourse.config.faults.failed"
