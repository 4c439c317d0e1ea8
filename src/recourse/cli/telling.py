# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How a command tells what came of it: JSON or words on standard output, refusals in both languages."""

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from recourse.core.problem import Problem, Problems, plain_problem, refuse

DONE, REFUSED = 0, 1


def show_json(document: Mapping[str, Any] | list[Any]) -> None:
    """One JSON document on standard output, readable for people too."""
    print(json.dumps(document, ensure_ascii=False, indent=2))


def refused(problems: Problems | Iterable[Problem], *, as_json: bool) -> int:
    """Tell every problem; with JSON on standard output, else in words on standard error. Returns the exit code."""
    items = tuple(problems.items if isinstance(problems, Problems) else problems)
    if as_json:
        show_json({"problems": [plain_problem(item) for item in items]})
        return REFUSED
    for item in items:
        where = f"{item.field}: " if item.field else ""
        print(f"✗ {where}{item.message.zh} {item.do.zh}".rstrip(), file=sys.stderr)
        print(f"  {item.message.en} {item.do.en}".rstrip(), file=sys.stderr)
    return REFUSED


def unreadable(error: Exception, *, field: str, do_zh: str, do_en: str) -> Problems:
    """A file that was named and cannot be read, by the kind of error alone; what to do depends on the command."""
    return refuse(
        "unreadable_file",
        field=field,
        zh=f"读不了这个文件（{type(error).__name__}）。",
        en=f"This file cannot be read ({type(error).__name__}).",
        do_zh=do_zh,
        do_en=do_en,
    )


def say(zh: str, en: str, *, lang: str) -> None:
    """One line in the language asked for."""
    print(zh if lang == "zh" else en)
