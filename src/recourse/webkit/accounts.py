# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Staff accounts are made by an owner (`recourse user add`), never by whoever finds the sign-up page."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import Http404, HttpRequest, HttpResponse


class StaffAccounts(DefaultAccountAdapter):
    """Closes sign-up; everything else is as allauth has it."""

    def is_open_for_signup(self, request: HttpRequest, *_: Any) -> bool:
        """Always False: nobody signs up as staff."""
        return False


def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A door of the account pages that this server does not open."""
    raise Http404
