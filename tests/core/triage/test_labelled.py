# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The labelled table as a floor under the lexicon: a change may not lose what is proposed today.

It is no estimate of how well strangers are understood, for the lexicon was written knowing these texts. That
estimate, which is much lower, stands in docs/triage.md. The rows of the blind parts are held by the page only.
"""

from collections import Counter
from functools import cache

import pytest

from recourse.gateways.rule_files import PLAYBOOKS as SHIPPED
from tests.core.triage import measure
from tests.core.triage.measure import BLIND, Outcome
from tests.core.triage.playbooks import PLAYBOOKS as SMALL

PLATFORMS = sorted(path.parent.name for path in SHIPPED.glob("*/playbook.yaml"))
TUNED_ON = tuple(row for row in measure.rows() if row.part not in BLIND)


@cache
def under_shipped(platform: str) -> tuple[Outcome, ...]:
    return measure.outcomes(row for row in TUNED_ON if row.platform == platform)


@cache
def under_small(platform: str) -> tuple[Outcome, ...]:
    """The rows of the two small playbooks of these tests, whose own phrases hardly speak."""
    old = [row for row in TUNED_ON if row.platform == platform and row.part not in {"unseen", "told"}]
    return measure.outcomes(old, playbooks=SMALL)


MEASURED = [(under_shipped, name) for name in PLATFORMS] + [(under_small, name) for name in sorted(SMALL)]


def test_the_table_is_large_enough_and_names_the_problems_of_all_playbooks() -> None:
    assert len(TUNED_ON) > 330
    assert sum(row.part in BLIND for row in measure.rows()) >= 80
    assert len({row.text for row in measure.rows()}) == len(measure.rows())
    known = {problem.id for name in PLATFORMS for problem in measure.shipped(name).problems}
    assert {row.problem for row in TUNED_ON} == known | {""}


@pytest.mark.parametrize(("measured", "platform"), MEASURED)
def test_recall_over_a_playbooks_rows_keeps_its_floor(measured: object, platform: str) -> None:
    assert callable(measured)
    fitting = [item for item in measured(platform) if item.row.problem]
    assert sum(item.is_first for item in fitting) * 100 >= 85 * len(fitting)
    assert sum(item.is_among_three for item in fitting) * 100 >= 97 * len(fitting)


@pytest.mark.parametrize(("measured", "platform"), MEASURED)
def test_each_problem_keeps_its_floor(measured: object, platform: str) -> None:
    assert callable(measured)
    rows, first, among_three = Counter[str](), Counter[str](), Counter[str]()
    for item in measured(platform):
        rows[item.row.problem] += 1
        first[item.row.problem] += item.is_first
        among_three[item.row.problem] += item.is_among_three
    for problem in rows.keys() - {""}:
        # A problem of three or four rows may miss one of them; a larger one keeps 85 %.
        assert first[problem] * 100 >= min(85 * rows[problem], 100 * (rows[problem] - 1)), problem
        assert among_three[problem] * 100 >= 95 * rows[problem], problem


@pytest.mark.parametrize(("measured", "platform"), MEASURED)
def test_texts_that_fit_nothing_get_no_proposal(measured: object, platform: str) -> None:
    assert callable(measured)
    assert [item.row.id for item in measured(platform) if not item.row.problem and item.proposed] == []
