# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`docs/triage-table.md`: what triage makes of the labelled table, by playbook, problem and confusion.

`python -m tests.core.triage.table > docs/triage-table.md`. The tables of one set also serve the acceptance run.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recourse.gateways.rule_files import PLAYBOOKS
from tests.core.triage.measure import BLIND, outcomes, rows, shipped

NONE = "none"
PARTS = (
    ("open, held, fresh, later", frozenset({"open", "held", "fresh", "later"})),
    ("unseen", frozenset({"unseen"})),
    ("told", frozenset({"told"})),
    *((name, frozenset({name})) for name in sorted(BLIND)),
)
_HEAD = """\
# Triage over the labelled table · 分类实测表

This page is generated: `make docs` (`python -m tests.core.triage.table > docs/triage-table.md`); a test holds it current.
What the parts are and what each number is worth stands in [triage.md](triage.md). 本页由程序生成，请勿手改；数字的含义见 triage.md。

*first*: the right problem is proposed first. *three*: it is among the first three. *nothing*: a problem fits and none is proposed.
*silent*: none fits and none is proposed.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """One text: the problems that may lead (none: nothing fits) and those proposed, best first."""

    expected: tuple[str, ...]
    proposed: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.proposed[0] if self.proposed else NONE

    @property
    def problem(self) -> str:
        """Under which problem it counts: the one that was found, else the first of those expected."""
        hits = [item for item in self.proposed[:3] if item in self.expected]
        return self.first if self.first in self.expected else next(iter((*hits, *self.expected)), NONE)


def counts(judged: Sequence[Judged]) -> str:
    """The cells of one row: how many fit, first, among three, nothing; how many fit nothing, silent."""
    fitting = [item for item in judged if item.expected]
    others = [item for item in judged if not item.expected]
    first = sum(item.first in item.expected for item in fitting)
    three = sum(bool(set(item.proposed[:3]) & set(item.expected)) for item in fitting)
    nothing = sum(not item.proposed for item in fitting)
    silent = sum(not item.proposed for item in others)
    return " | ".join(
        (
            str(len(fitting)),
            _share(first, len(fitting)),
            _share(three, len(fitting)),
            str(nothing),
            f"{silent} of {len(others)}" if others else "",
        )
    )


def recall(judged: Sequence[Judged], problems: Iterable[str]) -> str:
    """Recall of each problem, as a Markdown table."""
    lines = ["| problem | rows | first | three | nothing |", "|---|---|---|---|---|"]
    for problem in problems:
        own = [item for item in judged if item.problem == problem]
        first = sum(item.first == problem for item in own)
        three = sum(problem in item.proposed[:3] for item in own)
        nothing = sum(not item.proposed for item in own)
        lines.append(f"| {problem} | {len(own)} | {first} | {three} | {nothing} |")
    return "\n".join(lines)


def confusion(judged: Sequence[Judged], problems: Sequence[str]) -> str:
    """Rows: what was expected. Columns: what came first, by its number in the list of rows."""
    names = (*problems, NONE)
    tally = Counter((item.problem, item.first) for item in judged)
    lines = [
        "| expected ↓ first → | " + " | ".join([*(str(at) for at in range(1, len(names))), NONE]) + " |",
        "|---" * (len(names) + 1) + "|",
    ]
    for at, expected in enumerate(names, start=1):
        label = NONE if expected == NONE else f"{at} {expected}"
        cells = (tally[expected, first] for first in names)
        lines.append(f"| {label} | " + " | ".join(str(cell or "") for cell in cells) + " |")
    return "\n".join(lines)


def page() -> str:
    """The whole page as Markdown."""
    found = outcomes(rows())
    platforms = sorted(path.parent.name for path in PLAYBOOKS.glob("*/playbook.yaml"))
    head = [
        "| part | playbook | rows that fit | first | three | nothing | silent |",
        "|---|---|---|---|---|---|---|",
    ]
    sections: list[str] = []
    for name, parts in PARTS:
        in_part = [item for item in found if item.row.part in parts]
        for platform in platforms:
            own = [
                _judged(item.row.problem, item.proposed) for item in in_part if item.row.platform == platform
            ]
            if own:
                head.append(f"| {name} | {platform} | {counts(own)} |")
        whole = [_judged(item.row.problem, item.proposed) for item in in_part]
        head.append(f"| **{name}** | **all** | {counts(whole)} |")
    for title, blind in (("the table without the blind rows", False), ("the blind rows", True)):
        for platform in platforms:
            problems = [problem.id for problem in shipped(platform).problems]
            own = [
                _judged(item.row.problem, item.proposed)
                for item in found
                if item.row.platform == platform and (item.row.part in BLIND) is blind
            ]
            sections += [f"## {platform}: {title}", recall(own, problems), confusion(own, problems)]
    return "\n\n".join((_HEAD.rstrip(), "\n".join(head), *sections, ""))


def _judged(problem: str, proposed: tuple[str, ...]) -> Judged:
    return Judged((problem,) if problem else (), proposed)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part * 100 // whole} %)" if whole else "0"


if __name__ == "__main__":
    print(page(), end="")
