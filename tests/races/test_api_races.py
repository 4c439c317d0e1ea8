# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The same request from eight places at once: one effect, and everybody who is answered gets the same bytes."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from recourse.store.models import ApiAnswer, CaseRow, IdempotencyKey, Respondent, WebhookEndpoint
from tests.api.program import Program, complaint, program
from tests.portal.person import wire
from tests.races.test_races import race
from tests.store.house import House

EIGHT = 8


@pytest.fixture
def mine(house: House, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program at the door of this house."""
    wire(house, monkeypatch)
    return program(house)


def send(mine: Program, path: str, body: Any, acts_for: str = "") -> tuple[int, bytes]:
    """One request in a client of its own, under the one key."""
    answer = Client().post(
        f"/api/v1/{path}",
        json.dumps(body),
        content_type="application/json",
        headers=mine.headers(acts_for=acts_for, key="the-same"),
    )
    return answer.status_code, answer.content


def all_at_once(mine: Program, path: str, body: Any, acts_for: str = "") -> set[tuple[int, bytes]]:
    """What eight of them were answered."""
    deeds: list[Callable[[], Any]] = [partial(send, mine, path, body, acts_for) for _ in range(EIGHT)]
    return set(race(deeds))


@pytest.mark.parametrize("acts_for", ["", "complainant"])
def test_one_filing(house: House, mine: Program, acts_for: str) -> None:
    answers = all_at_once(mine, "cases", complaint(), acts_for)
    assert len(answers) == 1 and next(iter(answers))[0] == 201
    assert CaseRow.objects.count() == IdempotencyKey.objects.count() == 1


def test_one_message(house: House, mine: Program) -> None:
    number = house.served()
    answers = all_at_once(mine, f"cases/{number}/message", {"text": "请尽快"}, "complainant")
    done = {answer for answer in answers if answer[0] == 200}
    # Who loses too often is told that it is busy, and that nothing was changed.
    assert len(done) == 1 and {status for status, _ in answers} <= {200, 409}
    file = mine.read(f"cases/{number}/file")
    assert [item["text"] for item in file["messages"]] == ["请尽快"]


def test_one_endpoint(house: House, mine: Program) -> None:
    answers = all_at_once(mine, "webhooks/endpoints", {"url": "https://x.cn/hooks"})
    assert len(answers) == 1 and next(iter(answers))[0] == 201
    assert WebhookEndpoint.objects.count() == ApiAnswer.objects.count() == 1


def test_one_bulk(house: House, mine: Program) -> None:
    body = {"complaints": [complaint("KS1"), complaint("KS2")]}
    answers = all_at_once(mine, "cases/bulk", body)
    assert len(answers) == 1 and next(iter(answers))[0] == 200
    assert CaseRow.objects.count() == 2


def test_one_register(house: House, mine: Program) -> None:
    body = {"platform": "kuaishou-shop", "merchants": [{"name": "新店", "contacts": ["new@x.example.cn"]}]}
    answers = all_at_once(mine, "register", body)
    assert len(answers) == 1 and next(iter(answers))[0] == 200
    assert Respondent.objects.filter(name="新店").count() == 1
