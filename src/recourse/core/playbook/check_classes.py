# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Classes, hints and masked fields: every problem has one class, every hint can be called, every mask has a field."""

from collections.abc import Iterator

from recourse.core.playbook.refusals import refusal, unknown
from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problem


def check_classes(playbook: Playbook) -> Iterator[Problem]:
    """Every fault of `classes`, `hints` and `masked`."""
    classed = [id for item in playbook.classes for id in item.problems]
    for index, problem in enumerate(playbook.problems):
        count = classed.count(problem.id)
        if playbook.classes and count != 1:
            yield refusal(
                "class_not_one",
                f"problems[{index}].id",
                (
                    f"{problem.id} 属于{count}个类，应当正好属于一个",
                    f"{problem.id} belongs to {count} classes; it should belong to exactly one",
                ),
                ("在 classes 里只列一次", "List it once under classes"),
            )
    rungs = {spec.rung for spec in playbook.ladder}
    for index, hint in enumerate(playbook.hints):
        if not hint.above and not hint.when:
            yield refusal(
                "hint_never",
                f"hints[{index}]",
                ("这条提示永远不会出现", "Nothing ever calls for this hint"),
                ("写 above（金额）或 when（回答）", "Give it above (a sum) or when (answers)"),
            )
        for at, rung in enumerate(hint.rungs):
            if rung not in rungs:
                yield unknown("no_such_rung", f"hints[{index}].rungs[{at}]", "一步", "rung", rung)
    for index, name in enumerate(playbook.masked):
        if name not in playbook.record:
            yield unknown(
                "no_such_field",
                f"masked[{index}]",
                "字段",
                "field of the record",
                name,
                tuple(playbook.record),
            )
