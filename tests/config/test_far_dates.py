# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dates at the ends of the calendar break no page, neither at once nor for whoever looks later."""

import base64
import json

import pytest

from tests.config.everybody import Everybody

FORMS = [
    ("merchant", "/r/c/{}/do/promise", {"text": "x"}, "promised_at"),
    ("complainant", "/c/{}/do/contact", {"channel": "x", "result": "no_answer"}, "at"),
    ("complainant", "/c/{}/do/capture", {"kind": "photo"}, "due_at"),
    ("complainant", "/c/{}/do/open-filing", {"channel": "s3.ch.12315"}, "filed_at"),
    ("owner", "/desk/c/{}/do/suspend", {"deadline": "d1", "reason": "x"}, "until"),
    ("owner", "/desk/c/{}/do/contact", {"channel": "x", "result": "no_answer"}, "at"),
]


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-01T00:00", "9999-12-31", "9999-12-31T23:59"])
def test_a_date_nobody_means_is_refused(everybody: Everybody, day: str) -> None:
    before = everybody.version()
    for seat, path, fields, name in FORMS:
        answer = everybody.browser(seat).post(path.format(everybody.number), {**fields, name: day})
        assert answer.status_code == 422, (path, day)
    assert everybody.version() == before


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
def test_a_forged_cursor_shows_the_queue(everybody: Everybody, at: str) -> None:
    for kind, more in (("d", ""), ("n", "&closed=1")):
        after = base64.urlsafe_b64encode(json.dumps([kind, at, "x"]).encode()).decode()
        assert everybody.browser("agent").get(f"/desk/?after={after}{more}").status_code == 200
