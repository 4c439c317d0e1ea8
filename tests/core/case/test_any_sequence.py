# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whatever people do in whatever order: nothing crashes, nothing stands still, nobody loses a right early."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recourse.core.actor import Actor, Role, Via
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case import keeping_commands as kc
from recourse.core.case import show_commands as sc
from recourse.core.case.chronicle import chronicle
from recourse.core.case.clocks import LIVE, next_instant
from recourse.core.case.decide import Decided, decide
from recourse.core.case.effect import effects
from recourse.core.case.facts import Facts
from recourse.core.case.permission import PERMISSIONS, may
from recourse.core.case.progress import mover, next_step, progress
from recourse.core.case.state import Case, Point
from recourse.core.claim import Claim, Term
from recourse.core.condition import Announced, Condition, Refusal
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import SPOKEN, FilingState
from recourse.core.offer import OfferState
from recourse.core.problem import Problems
from recourse.core.remedy import HOLDING_STATES, OPEN_STATES
from recourse.core.screen import Region, ScreenField
from recourse.core.subject import Subject
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceKind,
    EvidenceState,
    Party,
    RemedyKind,
    RungName,
    Stage,
    SubjectKind,
)
from tests.core.case.rules import CHANNELS, DRAW, RUNGS, SHOP, calendar, rulebook
from tests.core.case.scenes import SCENES
from tests.core.case.story import ALL_RUNGS, HUNDRED, SYSTEM, Story, complaint

RULES = {"shop": rulebook(SHOP), "draw": rulebook(DRAW)}
ACTORS = (
    *tuple(Actor(f"{role}1", role, "op", Via.api) for role in Role),
    Actor("neutral2", Role.neutral, "op", Via.desk),
)
CONTACTS = ("m@example.com", "13000000000")
SETTINGS = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

texts = st.sampled_from(["", " ", "好的。", "因为住院，迟了。", "x" * 6000, "a\0b", "\ud800"])
good = st.just("因为住院，迟了。")
text = st.one_of(good, good, good, texts)
kinds = st.sampled_from(
    [EvidenceKind.order_no, EvidenceKind.status_screen_with_time, EvidenceKind.logistics_track]
)
remedies = st.sampled_from(
    [*[*RemedyKind][:2], RemedyKind.compensation, RemedyKind.apology, RemedyKind.repair]
)
amounts = st.sampled_from([None, None, 0, 30_00, HUNDRED, 200_00])
terms = st.lists(
    st.builds(Term, remedies, amounts, st.sampled_from(["", "5d", "abc"])), min_size=0, max_size=2
).map(tuple)
good_terms = st.sampled_from(
    [
        (Term(RemedyKind.refund, HUNDRED),),
        (Term(RemedyKind.refund, 40_00), Term(RemedyKind.apology)),
        (Term(RemedyKind.replacement),),
        (Term(RemedyKind.return_refund, HUNDRED), Term(RemedyKind.apology)),
    ]
)
any_terms = st.one_of(good_terms, good_terms, terms)
spans = st.sampled_from([-1, 0, 1, 26, 24 * 5, 24 * 70, 24 * 800])
lengths = st.sampled_from(["3d", "2wd", "1month", "9year", "never"])


@st.composite
def a_command(draw: Any, case: Case, now: Any) -> Any:
    """Some command, most often about things this case really has."""

    def one(items: Any, name: str) -> str:
        return draw(st.sampled_from([*(item.id for item in items), name]))

    moment = now + timedelta(hours=draw(spans))
    numbers = draw(st.sampled_from([(), (1,), (99,)]))
    # Mostly what somebody may do at this stage, so that sequences get far; now and then anything.
    fitting = [name for name in sorted(_MAKERS) if name not in _SELDOM and _fits(name, case.stage)]
    pick = draw(st.sampled_from(fitting if draw(st.integers(0, 9)) else sorted(_MAKERS)))
    return _MAKERS[pick](draw, case, one, moment, numbers)


def _fits(name: str, stage: Stage) -> bool:
    permit = PERMISSIONS.get(_KINDS[name])
    return permit is not None and stage in permit.stages


_MAKERS: dict[str, Any] = {
    "file": lambda d, k, one, m, n: complaint(),
    "prove": lambda d, k, one, m, n: c.ProveContact(d(st.sampled_from(["code", "vouched"]))),
    "confirm_problems": lambda d, k, one, m, n: c.ConfirmProblems(
        d(st.sampled_from([(), ("t.pt.late",), ("t.pt.quality", "t.pt.late"), ("no",), ("t.pt.late",) * 2]))
    ),
    "served": lambda d, k, one, m, n: c.RecordServed(
        d(st.sampled_from(CONTACTS)), d(st.sampled_from([None, *RUNGS]))
    ),
    "bounce": lambda d, k, one, m, n: c.RecordBounce(d(st.sampled_from(CONTACTS)), "no such box"),
    "assign": lambda d, k, one, m, n: c.AssignCase(d(st.sampled_from(["neutral1", "neutral2", "agent1"]))),
    "answer": lambda d, k, one, m, n: c.RecordAnswer(
        d(st.sampled_from(AnswerKind)), d(text), d(st.sampled_from([None, m]))
    ),
    "offer": lambda d, k, one, m, n: c.MakeOffer(d(any_terms), d(text)),
    "accept": lambda d, k, one, m, n: c.AcceptOffer(one(k.offers, "o9")),
    "refuse": lambda d, k, one, m, n: c.RefuseOffer(one(k.offers, "o9")),
    "take_back": lambda d, k, one, m, n: c.TakeBackOffer(one(k.offers, "o9")),
    "message": lambda d, k, one, m, n: c.PostMessage(d(text)),
    "note": lambda d, k, one, m, n: c.AddNote(d(text)),
    "exhibit": lambda d, k, one, m, n: c.AddExhibit(
        d(kinds), "blob", 1, "image/png", "digest", "a.png", "", one(k.captures, ""), one(k.requests, "")
    ),
    "withdraw_exhibit": lambda d, k, one, m, n: c.WithdrawExhibit(d(st.sampled_from([1, 9]))),
    "state": lambda d, k, one, m, n: c.StateEvidence({d(kinds): d(st.sampled_from(EvidenceState))}),
    "ask": lambda d, k, one, m, n: c.AskForEvidence(d(st.sampled_from(Party)), d(kinds), d(text)),
    "answer_request": lambda d, k, one, m, n: c.AnswerEvidenceRequest(one(k.requests, "q9"), n, d(text)),
    "capture": lambda d, k, one, m, n: c.SetCapture(d(kinds), m, d(text)),
    "log": lambda d, k, one, m, n: c.LogContact(m, d(text), d(st.sampled_from(AttemptResult)), "", "", n),
    "points": lambda d, k, one, m, n: c.SetPoints(
        d(
            st.sampled_from(
                [
                    (),
                    (Point("p1", "发没发货", "没发", "发了", n, False),),
                    (Point("p", "", "", "", (), True),) * 41,
                ]
            )
        )
    ),
    "questions": lambda d, k, one, m, n: c.AnswerQuestions(
        d(
            st.dictionaries(
                st.sampled_from(["goods_received", "own_use", "x"]), st.sampled_from(["yes", "no", ""])
            )
        )
    ),
    "conditions": lambda d, k, one, m, n: c.SetConditions(
        d(
            st.sampled_from(
                [
                    (),
                    (Condition("转发", d(st.sampled_from([None, *EvidenceState])), exhibits=n),),
                    (Condition(" "),),
                    (Condition("加好友", announced=Announced.after_win),) * 21,
                ]
            )
        ),
        d(st.sampled_from([None, Refusal("作废了")])),
    ),
    "account": lambda d, k, one, m, n: c.ShowAccount("截图", d(text), d(text), d(st.sampled_from([0, 1, 9]))),
    "mask": lambda d, k, one, m, n: sc.MaskExhibit(
        d(st.sampled_from([1, 2, 9])),
        d(
            st.sampled_from(
                [(), (Region(0, 0, 0, 9, 9),), (Region(0, 9, 9, 9, 9),), (Region(0, 0, 0, 1, 1),) * 201]
            )
        ),
    ),
    "words": lambda d, k, one, m, n: sc.ShowWords(
        d(st.sampled_from(["story", "message:0", "reply:0", "exhibit:1", "file:1", "no"])), d(st.booleans())
    ),
    "reading": lambda d, k, one, m, n: sc.ConfirmReading(
        d(st.sampled_from([1, 2, 9])),
        d(st.dictionaries(st.sampled_from(ScreenField), st.sampled_from(["129.00", "2026-11-22", "x", ""]))),
    ),
    "account_out": lambda d, k, one, m, n: c.TakeOutAccount(one(k.accounts, "a9")),
    "escalate": lambda d, k, one, m, n: c.EscalateCase(
        d(st.sampled_from([None, None, *RUNGS])), d(st.booleans())
    ),
    "extend": lambda d, k, one, m, n: c.ExtendDeadline(one(k.deadlines, "d99"), d(lengths), d(text)),
    "suspend": lambda d, k, one, m, n: c.SuspendDeadline(
        one(k.deadlines, "d99"), m, d(text), d(st.sampled_from(SuspensionCause))
    ),
    "revise": lambda d, k, one, m, n: c.ReviseDeadlines(calendar()),
    "run": lambda d, k, one, m, n: c.RunDeadlines(),
    "decide": lambda d, k, one, m, n: c.DecideCase(
        d(text),
        d(text),
        d(st.one_of(st.just(()), any_terms)),
        d(st.sampled_from([(), ("cpl.24",), ("no.1",)])),
    ),
    "appeal": lambda d, k, one, m, n: c.AppealDecision(d(text)),
    "accept_decision": lambda d, k, one, m, n: c.AcceptDecision(),
    "perform": lambda d, k, one, m, n: c.PerformStep(
        one(k.remedies, "r9"), d(st.sampled_from([0, 0, 1, 2])), d(text), n
    ),
    "confirm": lambda d, k, one, m, n: c.ConfirmRemedy(one(k.remedies, "r9")),
    "dispute": lambda d, k, one, m, n: c.DisputeRemedy(
        one(k.remedies, "r9"), d(st.sampled_from(["not_received", "wrong_thing", "?"])), d(text)
    ),
    "open_filing": lambda d, k, one, m, n: c.OpenFiling(
        d(st.sampled_from([*(item.id for item in CHANNELS), "no"])), m, "", d(st.booleans())
    ),
    "update_filing": lambda d, k, one, m, n: c.UpdateFiling(
        one(k.filings, "f9"), d(st.sampled_from(FilingState))
    ),
    "withdraw": lambda d, k, one, m, n: c.WithdrawCase(d(text)),
    "reopen": lambda d, k, one, m, n: c.ReopenCase(d(text)),
    "hold": lambda d, k, one, m, n: kc.HoldCase(d(text)),
    "release_hold": lambda d, k, one, m, n: kc.ReleaseHold(d(text)),
    "announce_erasure": lambda d, k, one, m, n: kc.AnnounceErasure(m, "closed_case", "2026.11"),
    "erase": lambda d, k, one, m, n: kc.ErasePersonalData(),
}
_KINDS = {
    "file": c.FileComplaint,
    "prove": c.ProveContact,
    "confirm_problems": c.ConfirmProblems,
    "served": c.RecordServed,
    "bounce": c.RecordBounce,
    "assign": c.AssignCase,
    "answer": c.RecordAnswer,
    "offer": c.MakeOffer,
    "accept": c.AcceptOffer,
    "refuse": c.RefuseOffer,
    "take_back": c.TakeBackOffer,
    "message": c.PostMessage,
    "note": c.AddNote,
    "exhibit": c.AddExhibit,
    "withdraw_exhibit": c.WithdrawExhibit,
    "state": c.StateEvidence,
    "ask": c.AskForEvidence,
    "answer_request": c.AnswerEvidenceRequest,
    "capture": c.SetCapture,
    "log": c.LogContact,
    "points": c.SetPoints,
    "questions": c.AnswerQuestions,
    "conditions": c.SetConditions,
    "account": c.ShowAccount,
    "account_out": c.TakeOutAccount,
    "mask": sc.MaskExhibit,
    "words": sc.ShowWords,
    "reading": sc.ConfirmReading,
    "escalate": c.EscalateCase,
    "extend": c.ExtendDeadline,
    "suspend": c.SuspendDeadline,
    "revise": c.ReviseDeadlines,
    "run": c.RunDeadlines,
    "decide": c.DecideCase,
    "appeal": c.AppealDecision,
    "accept_decision": c.AcceptDecision,
    "perform": c.PerformStep,
    "confirm": c.ConfirmRemedy,
    "dispute": c.DisputeRemedy,
    "open_filing": c.OpenFiling,
    "update_filing": c.UpdateFiling,
    "withdraw": c.WithdrawCase,
    "reopen": c.ReopenCase,
    "hold": kc.HoldCase,
    "release_hold": kc.ReleaseHold,
    "announce_erasure": kc.AnnounceErasure,
    "erase": kc.ErasePersonalData,
}
# Ends that would make most sequences short are drawn seldom.
_SELDOM = {"withdraw", "erase", "file"}


@st.composite
def a_story(draw: Any) -> Story:
    """A complaint as different people file it, before different operators."""
    amount = draw(st.sampled_from([None, HUNDRED]))
    story = Story(
        rules=RULES[draw(st.sampled_from(sorted(RULES)))],
        checks={"order_exists": draw(st.booleans())},
        subject=Subject(SubjectKind.order, "1", amount_fen=amount, proven=draw(st.booleans())),
        respondent_registered=draw(st.sampled_from(["", "m1", "m1"])),
        accepts_defaults=draw(st.booleans()),
        confirmed=draw(st.sampled_from([True, True, False])),
        claims=draw(
            st.sampled_from(
                [
                    (Claim(RemedyKind.refund, HUNDRED),),
                    (Claim(RemedyKind.refund), Claim(RemedyKind.replacement), Claim(RemedyKind.apology)),
                    (Claim(RemedyKind.compensation),),
                ]
            )
        ),
        operated=draw(
            st.sampled_from([ALL_RUNGS, ALL_RUNGS, (), (RungName.negotiate,), (RungName.platform_decision,)])
        ),
    )
    return story.begin()


def check(story: Story) -> None:
    """What must hold of every case at every moment; the story itself compares the case with its refolded events."""
    case = story.case
    offers = [offer for offer in case.offers if offer.state is OfferState.open]
    assert len(offers) <= 1
    assert not offers or case.stage in {
        Stage.negotiating,
        Stage.reviewing,
        Stage.adjudicating,
        Stage.outside,
    }
    open_groups = [remedy.group for remedy in case.remedies if remedy.state in OPEN_STATES]
    assert len(set(open_groups)) == len(open_groups), "the same value is given twice"
    held = [r for r in case.remedies if r.group == "value" and r.state in HOLDING_STATES]
    assert len(held) <= 1 or sum(r.amount_fen or 0 for r in held) <= (case.subject.amount_fen or 0)
    assert not (case.closed and (case.open_remedies or offers))
    assert (case.outcome is not None) is case.closed
    for item in case.deadlines:
        if item.state in LIVE:
            assert _in_place(case, item), item
    step = next_step(case, story.rules.playbook)
    assert step.text.zh and step.text.en and step.who is mover(case, story.rules.playbook)
    assert progress(case, story.rules.playbook).name.zh


def _in_place(case: Case, item: Any) -> bool:
    kind, _, name = item.scope.partition(":")
    if kind == "filing":
        return not case.erased and any(f.id == name and f.state not in SPOKEN for f in case.filings)
    if case.closed:
        return False
    if kind == "rung":
        return name == case.rung and case.stage not in {Stage.implementing, Stage.appealed}
    if kind == "offer":
        return case.open_offer is not None and case.open_offer.id == name
    if kind == "remedy":
        return any(r.id == name and r.state in OPEN_STATES for r in case.remedies)
    if kind == "decision":
        return case.pending_decision is not None and case.pending_decision.id == name
    return kind == "case" or (
        kind == "request" and any(q.id == name and not q.answered_at for q in case.requests)
    )


def early(before: Case, after: Case, events: tuple[Any, ...], now: Any) -> list[Any]:
    """The ends that took a respondent's or a complainant's time away before it was over."""
    clocks = {item.id: item for item in before.deadlines}
    moved = not before.rung_outside and any(
        isinstance(event, e.RungEntered) and event.why in {"silence", "asked"} for event in events
    )
    lost = []
    for event in events:
        if not isinstance(event, e.DeadlineEnded) or event.id not in clocks:
            continue
        clock = clocks[event.id]
        over = clock.due_at is not None and now >= clock.due_at
        if event.how == "missed" and not over:
            lost.append(clock)
        if event.how == "cancelled" and clock.act in {"answer", "appeal"} and moved and not over:
            lost.append(clock)
    return lost


@given(st.data())
@SETTINGS
def test_any_sequence(data: Any) -> None:
    story = data.draw(st.one_of(st.sampled_from(sorted(SCENES)).map(lambda name: SCENES[name]()), a_story()))
    log: list[tuple[Any, ...]] = []

    def put(actor: Actor, command: Any) -> None:
        before, facts, now = story.case, story.facts, story.now
        result = story.put(actor, command)
        if isinstance(result, Problems):
            for item in result.items:
                assert all((item.message.zh, item.message.en, item.do.zh, item.do.en)), item
            return
        log.append((before, command, actor, facts, now, result.events))
        assert not early(before, result.case, result.events, now), (command, result.events)
        assert isinstance(effects(before, result.case, result.events, now), tuple)
        check(story)

    for _ in range(data.draw(st.integers(1, 16))):
        story.now += timedelta(hours=abs(data.draw(spans)))
        if data.draw(st.booleans()):
            put(SYSTEM, c.RunDeadlines())
        command = data.draw(a_command(story.case, story.now))
        allowed = [a for a in ACTORS if may(a, type(command), story.case.stage)] or list(ACTORS)
        actor = data.draw(st.sampled_from(allowed if data.draw(st.integers(0, 9)) else list(ACTORS)))
        story.facts = Facts(
            checks=story.facts.checks,
            contacts=data.draw(st.sampled_from([CONTACTS, CONTACTS, CONTACTS[:1], ()])),
            locked=data.draw(st.sampled_from([{}, {}, {}, {"value": "R-other"}])),
        )
        put(actor, command)
    nobody_acts_any_more(story)
    history = tuple((n, story.now, Role.system, item) for n, item in enumerate(story.events, start=1))
    for entry in chronicle(history, playbook=story.rules.playbook, role=data.draw(st.sampled_from(Role))):
        assert entry.title.zh and entry.title.en
    for before, command, actor, facts, now, happened in log:
        again = decide(before, command, actor=actor, rules=story.rules, facts=facts, now=now)
        assert isinstance(again, Decided) and again.events == happened


def nobody_acts_any_more(story: Story) -> None:
    """The clocks alone bring the case to an end, or to a step that only a person can take."""
    for _ in range(60):
        due = next_instant(story.case)
        if due is None:
            break
        story.now = max(story.now, due)
        story.do(SYSTEM, c.RunDeadlines())
        check(story)
        soonest = next_instant(story.case)
        assert soonest is None or soonest > story.now, "a clock that ran out was not carried out"
    else:
        raise AssertionError("the clocks never end")
    resting = {Stage.closed, Stage.outside, Stage.received, Stage.acknowledged}
    assert story.case.stage in resting, story.at


@pytest.mark.parametrize("name", SCENES)
def test_no_scene_stands_still(name: str) -> None:
    story = SCENES[name]()
    check(story)
    nobody_acts_any_more(story)
