# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The forms in which a fault of a playbook is told."""

from collections.abc import Sequence

from recourse.core.problem import Problem, Problems, refuse
from recourse.core.shape import nearest
from recourse.core.text import Text


def no_playbook(platform: str, known: Sequence[str]) -> Problems:
    """A platform is named for which there are no rules."""
    return refuse(
        "unknown_platform",
        field="platform",
        zh=f"没有这个平台的规程：{platform}",
        en=f"There is no playbook for {platform}.",
        do_zh=f"可选：{'、'.join(known)}。",
        do_en=f"Choose from: {', '.join(known)}.",
    )


def none_listed(path: str) -> Problem:
    """A list that must not be empty is."""
    return refusal(
        "none_listed",
        path,
        ("这里至少要有一条", "At least one entry is needed here"),
        ("补上", "Add one"),
    )


def unknown(key: str, path: str, zh: str, en: str, name: str, known: tuple[str, ...] = ()) -> Problem:
    """Something is named that nothing else describes; the nearest of the known names is offered."""
    near = nearest(name, known)
    return refusal(
        key,
        path,
        (f"{name} 没有对应的{zh}", f"{name} has no {en}"),
        (
            f"是不是想写 {near}？" if near else f"补上{zh}",
            f"Did you mean {near}?" if near else f"Add the {en}",
        ),
    )


def refusal(key: str, path: str, message: tuple[str, str], do: tuple[str, str]) -> Problem:
    """A fault at a path, each time with what is wrong and what to do, in Chinese and English."""
    return Problem(key, path, Text(*message), Text(*do))
