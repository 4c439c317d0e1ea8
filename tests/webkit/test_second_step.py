# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The second step of the staff sign-in: the right code opens, and codes cannot be tried until one fits."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from recourse.core.actor import Role
from recourse.store import operators
from tests.store.house import START

PASSWORD = "correct horse battery"
STEP = "/staff/2fa/authenticate/"


@pytest.fixture
def secret(client: Client, db: Any) -> str:
    """An agent with a second step has given the password; the secret behind the codes."""
    cache.clear()
    operators.ensure_operator("local", name_zh="本地", name_en="Local", kind="platform", now=START)
    agent = operators.add_staff(
        "li.na", operator="local", role=Role.agent, display_name="李娜", password=PASSWORD
    )
    secret = generate_totp_secret()
    TOTP.activate(agent, secret)
    answer = client.post("/staff/login/", {"login": "li.na", "password": PASSWORD})
    assert answer["Location"] == STEP
    return secret


def right_code(secret: str) -> str:
    """The code of this half minute."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_right_code_opens_the_desk(client: Client, secret: str) -> None:
    assert client.get("/desk/").status_code == 302
    assert client.post(STEP, {"code": right_code(secret)})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_the_table_holds_no_secret_in_plain_and_an_old_plain_one_still_opens(
    client: Client, secret: str
) -> None:
    row = Authenticator.objects.get()
    assert secret not in str(row.data) and row.data["secret"].startswith("sealed:")
    row.data["secret"] = secret
    row.save()
    assert client.post(STEP, {"code": right_code(secret)})["Location"] == "/desk/"


def test_after_twenty_wrong_codes_the_right_one_opens_nothing(client: Client, secret: str) -> None:
    wrong = "000000" if right_code(secret) != "000000" else "111111"
    for _ in range(20):
        assert client.post(STEP, {"code": wrong}).status_code == 200
    assert client.post(STEP, {"code": right_code(secret)}).status_code == 200
    assert client.get("/desk/").status_code == 302
