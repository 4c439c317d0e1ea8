# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Link checkers and in-app browsers ask with HEAD first: every page answers it as it answers GET, without a body."""

import pytest
from django.test import Client

PAGES = (
    "/",
    "/sign-in",
    "/safety",
    "/privacy",
    "/how-dates-work",
    "/p/kuaishou-shop",
    "/r/",
    "/law/cpl.24",
    "/file/kuaishou-shop/check",
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_head_as_it_answers_get(address: str) -> None:
    client = Client()
    asked, read = client.head(address), client.get(address)
    assert (asked.status_code, asked.content) == (read.status_code, b"")
    assert read.status_code == 200
