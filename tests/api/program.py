# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A program of the operator, played with Django's client: a bearer token, keys, and JSON."""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from recourse.actions.add_token import add_token
from recourse.core.actor import Actor, Role, Via
from recourse.core.token import Scope
from recourse.store import operators
from tests.store.house import OPERATOR, START, House, plain_complaint

FOREIGN = "elsewhere"
ALL = tuple(item.value for item in Scope)


def owner(operator: str = OPERATOR) -> Actor:
    """Whoever gives tokens."""
    return Actor("owner", Role.owner, operator, Via.desk)


@dataclass
class Program:
    """Sends requests with one token."""

    word: str
    id: str = ""
    client: Client = field(default_factory=Client)
    keys: Any = field(default_factory=lambda: itertools.count(1))

    def headers(self, *, acts_for: str = "", key: str | None = None) -> dict[str, str]:
        """What every request carries."""
        given = {"Authorization": f"Bearer {self.word}"}
        if acts_for:
            given["Recourse-For"] = acts_for
        if key is not None:
            given["Idempotency-Key"] = key
        return given

    def get(self, path: str, *, acts_for: str = "", **query: Any) -> Any:
        """Read."""
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers(acts_for=acts_for))

    def post(self, path: str, body: Any = None, *, acts_for: str = "", key: str | None = None) -> Any:
        """Do; with a key of its own when none is given."""
        word = key if key is not None else f"k{next(self.keys)}"
        return self.client.post(
            f"/api/v1/{path}",
            json.dumps({} if body is None else body),
            content_type="application/json",
            headers=self.headers(acts_for=acts_for, key=word),
        )

    def done(self, path: str, body: Any = None, **options: Any) -> Any:
        """Do what must succeed; the answer's document."""
        answer = self.post(path, body, **options)
        assert answer.status_code < 300, (path, answer.status_code, answer.content.decode())
        return answer.json()

    def read(self, path: str, **options: Any) -> Any:
        """Read what must be there."""
        answer = self.get(path, **options)
        assert answer.status_code == 200, (path, answer.status_code, answer.content.decode())
        return answer.json()


def program(
    house: House, *, scopes: tuple[str, ...] = ALL, seat: str = "owner", operator: str = OPERATOR
) -> Program:
    """A program with a fresh token."""
    made = house.do(add_token(house.world, actor=owner(operator), name="测试", scopes=scopes, seat=seat))
    return Program(made.word, made.token.id)


def foreign_program(house: House, **options: Any) -> Program:
    """A program of another operator."""
    operators.ensure_operator(FOREIGN, name_zh="别处", name_en="Elsewhere", kind="platform", now=START)
    return program(house, operator=FOREIGN, **options)


def complaint(order: str = "KS0000000777", **changes: Any) -> dict[str, Any]:
    """A complaint as a program files it."""
    return plain_complaint(order, **changes)


def keys_of(answer: Any) -> list[str]:
    """The keys of a refusal; and every refusal speaks both languages."""
    problems = answer.json()["problems"]
    assert problems
    for item in problems:
        assert set(item) == {"key", "field", "message", "do"}
        assert item["message"]["zh"] and item["message"]["en"] and item["do"]["zh"] and item["do"]["en"]
    return [item["key"] for item in problems]
