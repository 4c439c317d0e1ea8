# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the log says at the start of previews and of the reader."""

import itertools
from dataclasses import fields, replace
from typing import Any, cast

from recourse.core.inspection import Confinement
from recourse.core.port import World
from recourse.queries.previews import _missing, sight_at_start
from tests.previews import CONFINED, FakeInspector


class _Seeing:
    """As much of a world as opens files."""

    def __init__(self, held: Confinement | None, *, reader: Any = None) -> None:
        self.inspector = FakeInspector(confinement=held) if held is not None else None
        self.reader = reader


def said(held: Confinement | None, **given: Any) -> tuple[str, str]:
    words = sight_at_start(cast(World, _Seeing(held, **given)))
    assert "\n" not in words.zh + words.en
    return words.zh, words.en


def test_it_says_that_previews_are_on_and_whether_pictures_are_read() -> None:
    zh, en = said(CONFINED)
    assert zh.startswith("证据预览：开；") and "没安装" in zh
    assert en.startswith("previews: on; ") and "pip install 'recourse[ocr]'" in en
    zh, en = said(CONFINED, reader=object())
    assert zh.endswith("已安装") and en.endswith(": installed")


def test_it_says_what_is_missing_and_what_to_do_where_they_are_off() -> None:
    zh, en = said(replace(CONFINED, namespaces=False, system_calls=False))
    assert "证据预览：关" in zh and "网络" in zh and "内存" not in zh
    assert "previews: off" in en and "the network is within reach" in en and "seccomp" in en
    assert "limits" in said(Confinement())[1]
    assert "there is no inspector" in said(None)[1]


def test_something_is_missing_exactly_where_a_cage_is_not_enough() -> None:
    names = [item.name for item in fields(Confinement)]
    for holds in itertools.product((False, True), repeat=len(names)):
        held = Confinement(**dict(zip(names, holds, strict=True)))
        assert bool(_missing(held)) is not held.enough
