# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The reference page of playbooks (`docs/playbook-reference.md`), generated from the types."""

from collections.abc import Mapping
from dataclasses import MISSING, is_dataclass
from typing import Annotated, Any, get_args, get_origin

from recourse.core.letter import BLANKS
from recourse.core.shape import closed_set, optional_of
from recourse.queries.playbook_words import FieldWords, shapes, summary_of, words_of

_HEAD = """\
# Playbook reference · 规程文件说明

This page is generated from `recourse.core.playbook.types`; change the types, then run
`python -m recourse.queries.playbook_reference > docs/playbook-reference.md`. 本页由代码生成，请勿手改。

A platform's rules are three things in `playbooks/<platform>/`: `playbook.yaml`, `letters/*.md` and `examples.yaml`.
Check them with `recourse playbook check`, run the examples with `recourse playbook test`; an editor can check while
you write with `schemas/playbook.schema.json`. 一个平台的规则放在 `playbooks/<平台>/`：规程、信函、实例表；
改完先跑 `recourse playbook check`，再跑 `recourse playbook test`。

- A text is a pair `{zh: …, en: …}`; neither side may be empty. 每句话都要中英文。
- Unknown keys are refused, with the nearest known key suggested. 不认识的键会被拒绝并提示最接近的写法。
- Numbers such as `2026.11` and dates are written in quotes; anchors and aliases are not taken.
- Every `id` begins with the prefix of the source article (`s3.` for `003_….txt`); a `phrase` is quoted character for character.
- A `when` narrows an entry to answers of the questions under `ask`: `when: {goods_received: ["no"]}`.
- `basis` names exactly one of `law`, `source` and `playbook`; a default of the operator's own is `playbook` with a `note` that says so.
"""

_TAIL = """\
## Letters · 信函

`letters/<key>.md` has a head between two lines `---` (`key`, `name`, `to`, `subject`, and optionally `rung`,
`limit_chars`, `problems` and `when`), the Chinese body, a line `--- en ---` and the English body. `to` is a name of `parties`.

A letter is offered only where what it says is true: `when` narrows it to answers as everywhere else
(`when: {goods_received: ["no"]}`), `problems` to complaints of at least one of these problems. 信里说的和案情不符的，
用 `when`（回答）和 `problems`（问题编号）限定，只在相符时给出。

| blank | meaning |
|---|---|
| `{{ name }}` | must be filled; where nothing is known the text shows ＿＿＿＿ and the blank is reported |
| `{{? name }}` | may be empty: its whole line then disappears |
| `{{ name|200 }}` | cut to at most 200 characters, at the end of a sentence where possible |

"""

_EXAMPLES = """
## Examples · 实例表

Each row of `examples.yaml` is a situation with what must follow: the problem that triage puts first, the needed
evidence that is missing, the first rung, the remedies offered and the dates of clocks. `recourse playbook test` runs them.
"""


def playbook_reference() -> str:
    """The whole page as Markdown."""
    tables = "\n".join(_table(shape) for shape in shapes())
    blanks = "Blanks: " + ", ".join(f"`{name}`" for name in sorted(BLANKS)) + ".\n"
    return f"{_HEAD}\n{tables}\n{_TAIL}{blanks}{_EXAMPLES}"


def _table(shape: type) -> str:
    rows = "".join(
        f"| `{item.name}` | {_type(item.hint)} | {_default(item)} | {_cell(item.note)} |\n"
        for item in words_of(shape)
    )
    head = "| key | type | must be given | meaning |\n|---|---|---|---|\n"
    return f"## {shape.__name__}\n\n{summary_of(shape)}\n\n{head}{rows}"


def _type(hint: Any) -> str:
    hint = optional_of(hint)
    if closed_set(hint):
        return " · ".join(f"`{item}`" for item in closed_set(hint))
    if get_origin(hint) is Annotated:
        return f"text like `{get_args(hint)[1].like}`"
    if get_origin(hint) is tuple:
        return f"list of {_type(get_args(hint)[0])}"
    if get_origin(hint) is Mapping:
        return f"group of {_type(get_args(hint)[1])}"
    if is_dataclass(hint) and isinstance(hint, type):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "text", int: "whole number", bool: "true · false"}[hint]


def _default(item: FieldWords) -> str:
    if item.required:
        return "yes"
    value = item.item.default
    if value in (MISSING, None, "", ()):
        return "no"
    return f"no (`{str(value).lower()}`)"


def _cell(note: str) -> str:
    return note.replace("|", "\\|")


if __name__ == "__main__":
    print(playbook_reference(), end="")
