# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The same engine over the playbooks that ship: each reaches its end by the clocks alone, and by agreement."""

from datetime import date

import pytest

from recourse.core.case import commands as c
from recourse.core.claim import Claim, Term, carries_money
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.vocabulary import AnswerKind, Party, Stage
from recourse.gateways.rule_files import load_rulebook, platforms
from tests.core.case.story import AGENT, HUNDRED, NEUTRAL, A, B, Story, complaint


def _rules(platform: str) -> Rulebook:
    loaded = load_rulebook(platform, on=date(2026, 9, 18))
    assert isinstance(loaded, Rulebook), loaded
    return loaded


def _story(rules: Rulebook, *, problem: int = 0, operated: bool = True) -> Story:
    playbook = rules.playbook
    chosen = playbook.problems[problem]
    answers = {
        key: allowed[0]
        for spec in playbook.remedies
        if spec.kind is chosen.remedies[0]
        for key, allowed in spec.when.items()
    }
    kind = chosen.remedies[0]
    filing = {
        "subject": Subject(
            playbook.subject, "20260901", amount_fen=HUNDRED, happened_on=date(2026, 9, 1), proven=True
        ),
        "problems": (chosen.id,),
        "claims": (Claim(kind, HUNDRED if carries_money(kind) else None),),
        "answers_given": answers,
    }
    if not operated:
        filing["operated"] = ()
    return Story(rules=rules, **filing)


@pytest.mark.parametrize("platform", platforms())
def test_every_problem_can_be_filed_and_silence_leads_outside(platform: str) -> None:
    rules = _rules(platform)
    for index in range(len(rules.playbook.problems)):
        story = _story(rules, problem=index).begin()
        assert story.case.stage is Stage.negotiating and story.clock("answer").due_at is not None
        seen = [story.at]
        for _ in range(12):
            story.later(days=15)
            seen.append(story.at)
        assert story.case.stage is Stage.outside, seen
        assert {"negotiating", "outside"} <= {stage for stage, _ in seen}
        assert story.turn == "complainant"


@pytest.mark.parametrize("platform", platforms())
def test_admission_and_every_step_of_every_remedy(platform: str) -> None:
    rules = _rules(platform)
    for spec in rules.playbook.remedies:
        story = _story(rules)
        story.case, story.events = None, []  # type: ignore[assignment]
        answers = {key: allowed[0] for key, allowed in spec.when.items()}
        amount = HUNDRED if carries_money(spec.kind) else None
        story.do(
            A,
            complaint(
                problems=(rules.playbook.problems[0].id,),
                answers_given=answers,
                claims=(Claim(spec.kind, amount),),
            ),
        )
        story.begin()
        story.do(B, c.RecordAnswer(AnswerKind.admission, "同意"))
        remedy = story.case.remedies[0]
        assert remedy.steps, spec.kind
        for index, step in enumerate(remedy.steps):
            actor = {Party.complainant: A, Party.respondent: B}.get(step.who, AGENT)
            assert story.clock(step.act).due_at is not None
            story.do(actor, c.PerformStep("r1", index, "凭证1"))
        story.do(A, c.ConfirmRemedy("r1"))
        assert story.case.resolved


@pytest.mark.parametrize("platform", platforms())
def test_decision_appeal_and_the_end(platform: str) -> None:
    rules = _rules(platform)
    story = _story(rules).begin()
    for _ in range(20):
        if story.case.stage is Stage.adjudicating:
            break
        story.later(hours=36)
    assert story.case.stage is Stage.adjudicating
    term = Term(story.case.claims[0].kind, story.case.claims[0].amount_fen)
    story.do(NEUTRAL, c.DecideCase("事实", "理由", (term,), tuple(rules.law)[:1]))
    story.later(days=8)
    assert story.case.stage is Stage.implementing
    story.do(A, c.ConfirmRemedy("r1"))
    assert story.case.resolved


@pytest.mark.parametrize("platform", platforms())
def test_operated_by_nobody_every_door_can_be_filed_at(platform: str) -> None:
    rules = _rules(platform)
    story = _story(rules, operated=False).begin(served=False)
    while True:
        assert story.case.stage is Stage.outside and not story.case.notices
        for channel in rules.playbook.channels:
            if channel.rung is story.case.rung and not channel.when:
                for target in [item.key for item in channel.targets if not item.when] or [""]:
                    story.do(A, c.OpenFiling(channel.id, story.now, warned=True, target=target))
        if story.case.rung == "court":
            break
        story.later(days=1)
        story.do(A, c.EscalateCase())
    story.later(days=400)
    assert story.case.stage is Stage.outside and story.case.filings
