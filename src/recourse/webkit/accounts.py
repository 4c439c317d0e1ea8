# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Staff accounts are made by an owner (`recourse user add`), never by whoever finds the sign-up page."""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathFillImage


class StaffAccounts(DefaultAccountAdapter):
    """Closes sign-up; everything else is as allauth has it."""

    def is_open_for_signup(self, request: HttpRequest, *_: Any) -> bool:
        """Always False: nobody signs up as staff."""
        return False


class StaffSecondStep(DefaultMFAAdapter):
    """The second step of the staff sign-in."""

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as an element of the page, on white in the dark as well, for a camera to see it.

        The address itself is drawn in squares; no letter of it stands in the markup.
        """
        drawn = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return mark_safe(drawn)


def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A door of the account pages that this server does not open."""
    raise Http404
