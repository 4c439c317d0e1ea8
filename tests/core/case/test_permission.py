# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every seat × every command × every scene: decided or refused with words, never an exception."""

from typing import Any

import pytest

from recourse.core.actor import Actor, Role, Via
from recourse.core.case import commands
from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.case import show_commands as sc
from recourse.core.case.decide import Decided, decide
from recourse.core.case.permission import PERMISSIONS, may
from recourse.core.claim import Term
from recourse.core.condition import Condition
from recourse.core.filing import FilingState
from recourse.core.problem import Problems
from recourse.core.screen import Region, ScreenField
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceKind,
    EvidenceState,
    Party,
    RemedyKind,
    RungName,
    Stage,
)
from tests.core.case.rules import calendar
from tests.core.case.scenes import SCENES
from tests.core.case.story import HUNDRED, Story, complaint

TERMS = (Term(RemedyKind.refund, HUNDRED),)


def plausible(story: Story) -> list[Any]:
    """One plausible command of every kind, about what this case has."""
    case = story.case
    clock = case.deadlines[-1].id if case.deadlines else "d1"
    offer = case.offers[-1].id if case.offers else "o1"
    soon = story.now.replace(year=story.now.year, minute=59)
    return [
        complaint(),
        c.ProveContact("code"),
        c.ConfirmProblems(("t.pt.quality",)),
        c.RecordServed("m@example.com"),
        c.RecordBounce("m@example.com", "退信"),
        c.AssignCase("neutral1"),
        c.RecordAnswer(AnswerKind.refusal, "已发货"),
        c.MakeOffer(TERMS, "退款"),
        c.AcceptOffer(offer),
        c.RefuseOffer(offer),
        c.TakeBackOffer(offer),
        c.PostMessage("你好"),
        c.AddNote("备注"),
        c.AddExhibit(EvidenceKind.photo, "blob", 1, "image/png", "digest", "a.png"),
        c.WithdrawExhibit(1),
        sc.MaskExhibit(1, (Region(0, 100, 100, 400, 200),)),
        sc.ShowWords("story", True),
        sc.ConfirmReading(1, {ScreenField.order_no: "KS1"}),
        c.StateEvidence({EvidenceKind.photo: EvidenceState.have_not}),
        c.AskForEvidence(Party.complainant, EvidenceKind.photo, "照片"),
        c.AnswerEvidenceRequest("q1", (), "没有"),
        c.SetCapture(EvidenceKind.photo, soon, "再拍"),
        c.LogContact(story.now, "电话", AttemptResult.no_answer),
        c.SetPoints(()),
        c.AnswerQuestions({}),
        c.SetConditions((Condition("转发朋友圈"),)),
        c.ShowAccount("对方交的截图", "小明"),
        c.TakeOutAccount("a1"),
        c.EscalateCase(),
        c.EscalateCase(RungName.court),
        c.ExtendDeadline(clock, "3d", "再给三天"),
        c.SuspendDeadline(clock, soon, "送检"),
        c.ReviseDeadlines(calendar()),
        c.RunDeadlines(),
        c.DecideCase("事实", "理由", TERMS, ()),
        c.AppealDecision("不服"),
        c.AcceptDecision(),
        c.PerformStep("r1", 0, "流水"),
        c.ConfirmRemedy("r1"),
        c.DisputeRemedy("r1", "not_received", "没到"),
        c.OpenFiling("t.ch.12315", story.now),
        c.UpdateFiling("f1", FilingState.admitted),
        c.WithdrawCase("算了"),
        c.ReopenCase("新证据"),
        kc.HoldCase("法院要求"),
        kc.ReleaseHold("不再需要"),
        kc.AnnounceErasure(soon, "closed_case", "2026.11"),
        kc.ErasePersonalData(),
    ]


def all_commands() -> set[type]:
    return {
        item
        for module in (commands, kc, sc)
        for item in vars(module).values()
        if isinstance(item, type) and item.__module__ == module.__name__
    }


def test_the_table_knows_every_command_and_every_command_is_tried() -> None:
    assert set(PERMISSIONS) == all_commands() - {c.FileComplaint}
    assert {type(item) for item in plausible(Story())} == all_commands()


@pytest.mark.parametrize("name", SCENES)
def test_every_seat_and_command(name: str) -> None:
    story = SCENES[name]()
    case = story.case
    for command in plausible(story):
        for role in Role:
            actor = Actor(f"{role}9", role, "op", Via.api)
            result = decide(case, command, actor=actor, rules=story.rules, facts=story.facts, now=story.now)
            assert isinstance(result, Decided | Problems)
            if isinstance(result, Problems):
                for item in result.items:
                    words = (item.key, item.message.zh, item.message.en, item.do.zh, item.do.en)
                    assert all(word.strip() for word in words), item
            if case.erased or isinstance(command, c.FileComplaint):
                continue
            allowed = may(actor, type(command), case.stage)
            keys = result.keys() if isinstance(result, Problems) else ()
            permit = PERMISSIONS[type(command)]
            if role not in permit.roles:
                assert keys == ("not_allowed",)
            elif case.stage not in permit.stages:
                assert keys == ("wrong_stage",)
            else:
                assert allowed and "wrong_stage" not in keys


def test_the_scenes_reach_every_stage() -> None:
    reached = {scene().case.stage for scene in SCENES.values()}
    # A case is assessed only inside one decision: it steps onto its first rung at once.
    assert reached == set(Stage) - {Stage.assessed}


def test_an_auditor_changes_nothing() -> None:
    assert not any(Role.auditor in permit.roles for permit in PERMISSIONS.values())


def test_only_the_engine_serves_sweeps_and_recounts() -> None:
    for command in (c.RecordServed, c.RecordBounce, c.RunDeadlines, c.ReviseDeadlines):
        assert PERMISSIONS[command].roles == {Role.system}


def test_filing_is_no_deed_in_a_case() -> None:
    assert not may(Actor("a", Role.complainant, "op", Via.api), c.FileComplaint, Stage.received)
