# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A merchant with a browser: in by number and code, then through the forms that its pages have."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.portal.person import run_jobs
from tests.store.house import House


@dataclass
class Merchant:
    """Somebody at the merchant's, with a browser of their own."""

    house: House
    client: Client = field(default_factory=Client)

    def enter(self, given: str) -> HttpResponse:
        """Ask for a code by number or contact, and enter the code that arrives."""
        answer = self.client.post("/r/", {"given": given})
        assert answer.status_code == 302, answer.content.decode()
        run_jobs(self.house)
        return self.client.post("/r/code", {"code": self.latest_code()}, follow=True)

    def latest_code(self) -> str:
        """The code in the last message that went out."""
        found = re.search(r"\d{6}", self.house.post.sent[-1]["subject"])
        assert found is not None
        return found.group(0)

    def page(self, number: str) -> str:
        """The case's page."""
        answer = self.client.get(f"/r/c/{number}")
        assert answer.status_code == 200
        return answer.content.decode()

    def do(self, number: str, deed: str, **fields: Any) -> HttpResponse:
        """Send one of the page's forms."""
        return self.client.post(f"/r/c/{number}/do/{deed}", {"form_key": deed, **fields}, follow=True)
