# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every refused form that any test meets: its list of problems leads to what is on the page, and its length is true."""

import re
from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def links_lead_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at each answer of Django's client."""
    send = Client.request

    def request(self: Client, **given: Any) -> Any:
        answer = send(self, **given)
        if answer.status_code == 422 and "html" in answer.get("Content-Type", ""):
            page = answer.content.decode()
            links = re.findall(r'<li><a href="#([^"]+)"', page)
            dangling = [link for link in links if f'id="{link}"' not in page]
            assert not dangling, (given.get("PATH_INFO"), dangling)
            # A browser waits for every byte that was promised.
            assert int(answer["Content-Length"]) == len(answer.content), given.get("PATH_INFO")
        return answer

    monkeypatch.setattr(Client, "request", request)
