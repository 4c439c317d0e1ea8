# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Two stories of lofter-draw through the engine: a prize shipped late and wrong, and a person alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from recourse.core.actor import Actor, Role, Via, system
from recourse.core.case import commands as c
from recourse.core.case.decide import Decided, decide
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.claim import Claim, Term
from recourse.core.deadline.deadline import Deadline
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.vocabulary import (
    AnswerKind,
    OnMiss,
    Party,
    RemedyKind,
    RemedyState,
    RungName,
    Stage,
    SubjectKind,
)
from recourse.gateways.rule_files import load_rulebook

CHINA = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, 10, tzinfo=CHINA)
BUYER = Actor("buyer", Role.complainant, "house", Via.portal)
ORGANISER = Actor("organiser", Role.respondent, "house", Via.portal)
ENGINE = system("house")


@dataclass(slots=True)
class Told:
    """A case as it is told: each `do` judges one command and keeps what follows."""

    rules: Rulebook
    facts: Facts
    now: datetime
    case: Case | None = None

    def do(self, command: Any, *, actor: Actor = BUYER, later: timedelta = timedelta()) -> Case:
        self.now += later
        judged = decide(self.case, command, actor=actor, rules=self.rules, facts=self.facts, now=self.now)
        assert isinstance(judged, Decided), judged
        self.case = judged.case
        return judged.case

    def refused(self, command: Any, *, actor: Actor = BUYER) -> tuple[str, ...]:
        judged = decide(self.case, command, actor=actor, rules=self.rules, facts=self.facts, now=self.now)
        assert isinstance(judged, Problems)
        return judged.keys()

    def clock(self, act: str) -> Deadline:
        assert self.case is not None
        return [item for item in self.case.deadlines if item.act == act][-1]


def filed(*, registered: bool, operated: tuple[RungName, ...]) -> Told:
    rules = load_rulebook("lofter-draw", on=date(2026, 10, 20))
    assert isinstance(rules, Rulebook), rules
    told = Told(rules, Facts(contacts=("campaign@example.org",) if registered else ()), MONDAY)
    told.do(
        c.FileComplaint(
            id="case",
            number="LF1",
            complainant_id="buyer",
            complainant_name="林某",
            contact="buyer@example.org",
            respondent_name="活动运营组",
            respondent_registered="register" if registered else "",
            accepts_defaults=False,
            subject=Subject(SubjectKind.draw, "秋日抽赏", amount_fen=8800, happened_on=date(2026, 10, 20)),
            story="中了徽章套装，说好十一月一日前发，一直没发货。",
            problems=("s0.pt.overdue",),
            confirmed=True,
            claims=(Claim(RemedyKind.deliver_prize, None),),
            answers_given={"draw_kind": "paid_random_draw", "organiser": "platform"},
            evidence={},
            operated=operated,
            rulebook="digest",
        )
    )
    told.do(c.ProveContact("code"), actor=ENGINE)
    return told


OPERATED = (RungName.operator_support, RungName.operator_escalation, RungName.platform_decision)


def test_a_holding_reply_is_ignored_and_a_wrong_prize_opens_the_case_again() -> None:
    told = filed(registered=True, operated=OPERATED)
    assert told.case is not None and told.case.rung is RungName.operator_support
    assert told.clock("answer").due_at is None
    told.do(c.RecordServed("campaign@example.org"), actor=ENGINE)
    due = told.clock("answer").due_at
    assert due == MONDAY + timedelta(hours=48)

    told.do(c.RecordAnswer(AnswerKind.holding, "正在处理"), actor=ORGANISER, later=timedelta(hours=5))
    assert told.clock("answer").due_at == due
    case = told.do(c.RunDeadlines(), actor=ENGINE, later=timedelta(hours=44))
    assert case.rung is RungName.operator_escalation
    assert case.stage is Stage.reviewing

    case = told.do(c.MakeOffer((Term(RemedyKind.deliver_prize, None),), "本周发出"), actor=ORGANISER)
    assert case.open_offer is not None
    case = told.do(c.AcceptOffer(case.open_offer.id))
    assert case.stage is Stage.implementing
    (remedy,) = case.remedies
    assert [(step.act, step.who) for step in remedy.steps] == [
        ("confirm_address", Party.complainant),
        ("ship", Party.respondent),
        ("deliver", Party.respondent),
    ]
    told.do(c.PerformStep(remedy.id, 0, "地址没变"))
    told.do(c.PerformStep(remedy.id, 1, "SF100200300"), actor=ORGANISER, later=timedelta(days=3))
    case = told.do(c.PerformStep(remedy.id, 2, "已签收"), actor=ORGANISER, later=timedelta(days=2))
    assert case.remedies[0].state is RemedyState.performed
    assert told.clock("confirm").who is Party.complainant

    case = told.do(c.DisputeRemedy(remedy.id, "wrong_thing", "发来的是另一套"))
    assert case.remedies[0].state is RemedyState.disputed
    assert case.stage in {Stage.reviewing, Stage.adjudicating}
    assert not case.closed


def test_an_unconfirmed_prize_is_never_counted_as_resolved() -> None:
    told = filed(registered=True, operated=OPERATED)
    told.do(c.RecordServed("campaign@example.org"), actor=ENGINE)
    case = told.do(c.MakeOffer((Term(RemedyKind.deliver_prize, None),), "马上发"), actor=ORGANISER)
    assert case.open_offer is not None
    (remedy,) = told.do(c.AcceptOffer(case.open_offer.id)).remedies
    told.do(c.PerformStep(remedy.id, 0, "地址没变"))
    told.do(c.PerformStep(remedy.id, 1, "SF100200300"), actor=ORGANISER)
    told.do(c.PerformStep(remedy.id, 2, "已签收"), actor=ORGANISER)
    case = told.do(c.RunDeadlines(), actor=ENGINE, later=timedelta(days=9))
    assert case.remedies[0].state is RemedyState.silent


def test_a_person_alone_climbs_outside_rungs_and_is_warned_of_two_official_bodies() -> None:
    told = filed(registered=False, operated=())
    assert told.case is not None
    assert told.case.stage is Stage.outside and told.case.rung_outside
    assert told.clock("answer").on_miss is OnMiss.propose_next
    told.do(c.OpenFiling("s0.ch.service", MONDAY, receipt_no="F1"))
    told.do(c.OpenFiling("s0.ch.mail_phone", MONDAY))
    for _ in range(3):
        case = told.do(c.EscalateCase())
    assert case.rung is RungName.official_complaint

    told.do(c.OpenFiling("s0.ch.12315", told.now, receipt_no="1330000002026112300000001"))
    accept = told.clock("accept")
    assert accept.due_at == datetime(2026, 12, 3, tzinfo=CHINA)
    assert accept.on_miss is OnMiss.propose_next
    assert told.refused(c.OpenFiling("s0.ch.association", told.now))
    assert told.do(c.EscalateCase()).rung is RungName.court


def test_publicity_is_entered_by_choice_and_only_through_its_gate() -> None:
    told = filed(registered=False, operated=())
    assert told.refused(c.EscalateCase(RungName.public_exposure))
    case = told.do(c.EscalateCase(RungName.public_exposure, gate_confirmed=True))
    assert case.rung is RungName.public_exposure
