# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A request done once is done whole, on its second try too."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from recourse.actions.answer_once import Answer, answer_once
from recourse.store import operators
from recourse.store.models import ApiAnswer, Operator
from tests.store.house import START, House, build_house


def made(slug: str) -> None:
    """A row that a deed leaves behind."""
    operators.ensure_operator(slug, name_zh="别处", name_en="Elsewhere", kind="platform", now=START)


def asked(house: House, do: Any) -> Any:
    """The request, once."""
    return house.do(
        answer_once(house.world, operator="local", token="t", key="k", fingerprint="f", do=do, together=True)
    )


def test_a_second_try_that_breaks_off_leaves_nothing_behind(db: None, tmp_path: Path) -> None:
    house = build_house(tmp_path)
    tries: list[int] = []

    def do() -> Answer:
        tries.append(1)
        made(f"left-{len(tries)}")
        if len(tries) == 1:
            raise IntegrityError("somebody wrote the same row at the same moment")
        raise RuntimeError("the program dies")

    with pytest.raises(RuntimeError):
        asked(house, do)
    assert len(tries) == 2
    assert not Operator.objects.filter(slug__startswith="left-").exists()


def test_a_second_try_is_kept_like_a_first(db: None, tmp_path: Path) -> None:
    house = build_house(tmp_path)
    tries: list[int] = []

    def do() -> Answer:
        tries.append(1)
        if len(tries) == 1:
            raise IntegrityError("somebody wrote the same row at the same moment")
        return 201, b"{}"

    assert asked(house, do) == ((201, b"{}"), False)
    assert asked(house, do) == ((201, b"{}"), True)
    assert len(tries) == 2 and ApiAnswer.objects.count() == 1
