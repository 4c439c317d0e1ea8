# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Verifying a dossier: what is proven, the page that does it in the browser, the script, and our keys.

Nothing is uploaded. The page is verifier/verify.html as it stands, with the content policy it states for itself: it
runs its own script and may ask nobody for anything.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.dossier.words import UNPROVEN
from recourse.queries.verifiers import own_keys, verifier_page, verifier_script
from recourse.webkit.download import attachment
from recourse.webkit.world import world


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """How to verify, with JavaScript or without, and the fingerprints to compare with."""
    values = {"keys": own_keys(world()), "split": UNPROVEN["split"], "now": world().clock.now()}
    return render(request, "portal/verify.html", values)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The verifier itself, to be used at once: in a chat program's browser nothing can be saved."""
    content, policy = verifier_page()
    answer = HttpResponse(content, content_type="text/html; charset=utf-8")
    answer["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    return answer


@require_safe
def save_page(request: HttpRequest) -> HttpResponse:
    """The same page to keep, for a device without a network."""
    return attachment(verifier_page()[0], media_type="text/html", name="verify.html")


@require_safe
def save_script(request: HttpRequest) -> HttpResponse:
    """The script to keep."""
    return attachment(verifier_script(), media_type="text/x-python", name="verify.py")


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Whose keys to take: the policy file of this installation."""
    keys = own_keys(world())
    if keys is None:
        raise Http404
    return attachment(keys.policy.write(), media_type="application/json", name="policy.json")
