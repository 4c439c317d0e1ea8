# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Repeats: a pattern that the facts show is told once in a case, to the operator's people and the respondent.

Nothing else follows: no clock starts, nobody is moved, no claim stands better for it.
"""

from recourse.core.case import events as e
from recourse.core.case.draft import Draft


def tell_repeats(draft: Draft) -> None:
    """Tell each repeat rule of the playbook whose threshold the facts reach and which this case has not told yet."""
    told = {item.rule for item in draft.case.repeats}
    for rule in draft.rules.playbook.repeats:
        repeat = draft.facts.repeats.get(rule.id)
        if rule.id in told or repeat is None:
            continue
        if repeat.reaches(least=rule.least, percent=rule.percent):
            draft.add(e.RepeatTold(rule=rule.id, repeat=repeat, at=draft.now))
