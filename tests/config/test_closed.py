# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""While the house is closed no address writes: every one of them is asked to, from a seat that it is for."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from recourse.core.checkpoint.head import Head
from recourse.core.gap import Gap, closed_for
from recourse.core.log import Seen
from recourse.core.problem import Problems
from tests.config.access_table import DOORS, EVERYBODY, PROGRAMS
from tests.config.everybody import Everybody
from tests.config.programs import Programs
from tests.config.test_programs import knock
from tests.config.test_routes import address

# Whoever leaves, and the operator's people who come in to read: sessions, and the tries at a password.
LEAVING = {"sign-out", "r/sign-out", "staff/logout/"}
COMING = {"staff/login/", "staff/2fa/authenticate/", "staff/2fa/webauthn/login/"}
WRITTEN_THERE = {"django_session", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog"}


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> Problems:
    """The fronts' gate is closed; nothing behind it knows."""
    problems = closed_for(Gap(Seen("signer", "odr.example.cn", Head(9, b"9" * 32)), Head(2, b"2" * 32)))
    monkeypatch.setattr("recourse.webkit.middleware.closed", lambda _: problems)
    return problems


def tables() -> dict[str, frozenset[str]]:
    """All that the database holds, by table."""
    held = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            held[name] = frozenset(str(row) for row in cursor.fetchall())
    return held


def changed(before: dict[str, frozenset[str]]) -> set[str]:
    """The tables that are not as they were."""
    after = tables()
    return {name for name in after if after[name] != before[name]}


FORM = {
    "contact": "xiaoming@example.cn",
    "given": "x",
    "code": "123456",
    "login": "agent",
    "password": "wrong",
}


def test_no_form_of_any_page_writes(everybody: Everybody, shut: Problems) -> None:
    wrong = []
    for route in DOORS:
        seat = min(DOORS[route].post or DOORS[route].get or EVERYBODY)
        browser = everybody.browser(seat)
        before = tables()
        answer: Any = browser.post(address(route, everybody), FORM)
        may = WRITTEN_THERE if route in LEAVING | COMING else set()
        if (answer.status_code == 503) is (route in LEAVING | COMING) or changed(before) - may:
            wrong.append((route, seat, answer.status_code, changed(before)))
    assert wrong == []


def test_no_program_writes(programs: Programs, shut: Problems) -> None:
    wrong, number = [], programs.numbers["own"]
    before = tables()
    for route, gates in PROGRAMS.items():
        if "post" not in gates:
            continue
        seat = programs.seats[min(gates["post"].may & set(programs.seats), default="owner token")]
        answer = knock(seat, route, "post", number)
        if answer.status_code != 503 or changed(before):
            wrong.append((route, answer.status_code, changed(before)))
    assert wrong == []


def test_the_walk_sees_what_an_open_house_writes(programs: Programs) -> None:
    for send in (
        lambda: Client().post("/sign-in", FORM),
        lambda: knock(programs.seats["owner token"], "api/v1/records", "post"),
    ):
        before = tables()
        send()
        assert changed(before) - WRITTEN_THERE
