# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Stories of intake, of silence that decides, of outside doors, of proof, and of ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recourse.core.calendar import CalendarDay, CalendarYear, DayKind, make_calendar
from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.case.proof import EXHIBITS_MAX
from recourse.core.case.state import Point
from recourse.core.claim import Claim, Term
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import FilingState
from recourse.core.playbook.types import Playbook
from recourse.core.subject import Subject
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceKind,
    EvidenceState,
    OnMiss,
    Outcome,
    Party,
    RemedyKind,
    RungName,
    StartsWhen,
    SubjectKind,
)
from tests.core.case.rules import DRAW, SHOP, SHOP_LADDER, calendar, rulebook
from tests.core.case.scenes import (
    acknowledged,
    adjudicating,
    asked,
    by_default,
    decided,
    default_owed,
    erased,
    filed_outside,
    implementing,
    ladder_ended,
    negotiating,
    offered,
    outside,
    received,
    reviewing,
    silent,
    two_remedies,
)
from tests.core.case.story import AGENT, HUNDRED, NEUTRAL, OWNER, SYSTEM, A, B, Story, at, complaint


def test_nobody_is_told_before_the_contact_is_proven() -> None:
    story = received()
    story.later(days=900)
    assert story.at == ("received", "") and not story.case.notices
    assert story.refused(A, c.ProveContact("vouched")) == ("not_allowed",)
    assert story.refused(B, c.ProveContact("code")) == ("not_allowed",)
    story.do(A, c.ProveContact("code"))
    assert story.case.notices and story.refused(A, c.ProveContact("code")) == ("wrong_stage",)


def test_the_person_confirms_what_it_is_about() -> None:
    story = acknowledged()
    assert story.at == ("acknowledged", "") and story.turn == "complainant"
    assert story.refused(A, c.ConfirmProblems(())) == ("problem_unknown",)
    assert story.refused(A, c.ConfirmProblems(("no",))) == ("problem_unknown",)
    assert story.refused(A, c.ConfirmProblems(("t.pt.late",) * 2)) == ("problem_twice",)
    story.do(A, c.ConfirmProblems(("t.pt.quality", "t.pt.late")))
    assert story.at == ("negotiating", "negotiate")
    assert [item.id for item in story.case.problems] == ["t.pt.quality", "t.pt.late"]
    assert story.do(A, c.ConfirmProblems(("t.pt.quality", "t.pt.late"))) == ()


def test_a_complaint_by_phone_is_its_own_event() -> None:
    taken = Story()
    taken.case, taken.events = None, []  # type: ignore[assignment]
    names = taken.do(AGENT, complaint(by_phone=True, confirmed=False))
    assert names[:2] == ("ComplaintFiled", "ComplaintTakenByPhone")
    assert taken.case.complainant.represented_by == "agent1"
    taken.do(AGENT, c.ProveContact("vouched"))
    assert taken.at == ("negotiating", "negotiate"), "the agent has heard what it is about"
    assert Story(by_phone=True).case.complainant.represented_by == "", "nobody vouches for themselves"


def test_a_bad_filing_names_everything_at_once() -> None:
    story = Story()
    story.case, story.events = None, []  # type: ignore[assignment]
    bad = complaint(
        story=" ",
        respondent_name="",
        contact="",
        problems=("t.pt.late", "t.pt.late", "no.such"),
        answers_given={"weather": "rain", "goods_received": "maybe", "draw_kind": "free", "when": "昨天"},
        claims=(
            Claim(RemedyKind.pay_prize, 1),
            Claim(RemedyKind.repair),
            Claim(RemedyKind.refund, 0),
            Claim(RemedyKind.return_refund, 300_00),
            Claim(RemedyKind.apology, 5),
        ),
    )
    assert story.refused(A, bad) == (
        "story_missing",
        "respondent_missing",
        "contact_missing",
        "problem_twice",
        "problem_unknown",
        "question_unknown",
        "answer_unknown",
        "answer_unknown",
        "remedy_not_offered",
        "remedy_not_offered",
        "amount_not_positive",
        "refund_above_paid",
        "amount_unwanted",
    )
    assert story.refused(A, complaint(claims=())) == ("demand_missing",)
    unreadable = complaint(story="x" * 20_001, contact="a\0b", answers_given={"goods_received": "\udc00"})
    assert set(story.refused(A, unreadable)) == {"text_too_long", "text_unreadable"}
    not_received = complaint(claims=(Claim(RemedyKind.repair),), answers_given={"goods_received": "no"})
    assert story.refused(A, not_received) == ("remedy_not_offered",)
    assert story.refused(B, complaint()) == ("not_allowed",)
    assert story.refused(A, c.WithdrawCase("?")) == ("case_not_found",)
    story.do(A, complaint())
    assert story.refused(A, complaint()) == ("filed_already",)


def test_filing_again_needs_something_new_and_is_capped() -> None:
    story = Story()
    story.case, story.events = None, []  # type: ignore[assignment]
    again = complaint(refiled_from="R2026-0000", refilings=3)
    assert story.refused(A, again) == ("refiled_too_often", "nothing_new")
    story.do(A, replace(again, refilings=2, new_evidence=True))
    assert story.case.refiled_from == "R2026-0000"


def test_clocks_of_the_record_start_where_it_says() -> None:
    subject = Subject(
        SubjectKind.order, "1", happened_on=date(2026, 8, 1), promised_on=date(2026, 9, 10), received_on=None
    )
    story = Story(subject=subject)
    assert story.clock("sue").nominal_end == at("2029-09-11 00:00")
    # Reminders were due before the complaint came in: the first sweep says so and nothing else happens.
    assert story.due("follow_up") == "2026-09-14 00:00"
    story.begin().later(hours=1)
    assert story.clock("follow_up").state == "missed" and story.at == ("negotiating", "negotiate")
    future = replace(subject, promised_on=date(2026, 12, 1))
    assert Story(subject=future).clock("sue").started_at == at("2026-09-18 00:00")


def test_silence_decides_only_under_an_accepted_rule_after_service_and_proof() -> None:
    story = by_default()
    decision = story.case.decisions[0]
    assert decision.by_default and decision.terms == (Term(RemedyKind.refund, HUNDRED),)
    assert "对方" in decision.reasons and "The other side" in decision.reasons
    assert story.due("appeal") == "2026-09-28 00:00" and story.turn == "respondent"

    draw = rulebook(DRAW)
    proven = Subject(SubjectKind.order, "1", amount_fen=HUNDRED, proven=True)
    for label, stories in {
        "no rule was accepted": Story(rules=draw),
        "the order is in no record": Story(
            rules=draw, accepts_defaults=True, subject=replace(proven, proven=False)
        ),
        "a check failed": Story(rules=draw, accepts_defaults=True, checks={"order_exists": False}),
        "the check was never made": Story(rules=draw, accepts_defaults=True, checks={}),
        "nobody can tell the sum": Story(
            rules=draw, accepts_defaults=True, claims=(Claim(RemedyKind.compensation),)
        ),
    }.items():
        stories.begin().later(hours=49)
        assert stories.at == ("reviewing", "operator_support"), label
    unserved = Story(rules=draw, accepts_defaults=True).begin(served=False)
    unserved.later(days=30)
    assert not unserved.case.decisions


@pytest.mark.parametrize("scene", [by_default, default_owed])
def test_a_late_answer_with_its_cause_reopens(scene: object) -> None:
    story: Story = scene()  # type: ignore[operator]
    assert story.refused(B, c.RecordAnswer(AnswerKind.admission, " ")) == ("cause_missing",)
    story.do(B, c.RecordAnswer(AnswerKind.refusal, "因洪水停电三天，货已发出。"))
    assert story.case.replies[-1].late and story.case.reopened == 1
    assert story.at == ("reviewing", "operator_support")
    assert not story.case.open_remedies and story.case.pending_decision is None
    assert story.clock("appeal").state in {"cancelled", "missed"}
    story.later(days=4)
    story.do(NEUTRAL, c.DecideCase("已发货", "有物流为证", (), ()))
    assert len(story.case.decisions) == 2


def test_a_late_answer_comes_too_late_once_something_was_done() -> None:
    story = default_owed()
    story.do(A, c.ConfirmRemedy("r1"))
    assert story.refused(B, c.RecordAnswer(AnswerKind.refusal, "住院")) == ("too_late",)


def test_a_ladder_that_ends_with_the_operator_closes_unsolved() -> None:
    story = ladder_ended()
    assert story.case.closed_because == "ladder_ended" and not story.case.resolved
    assert story.refused(A, c.EscalateCase()) == ("ladder_ends",)
    assert story.refused(A, c.ReopenCase("")) == ("reason_missing",)
    for _ in range(2):
        story.do(A, c.ReopenCase("有新证据"))
        assert story.at == ("reviewing", "operator_support")
        story.later(days=40)
    assert story.refused(A, c.ReopenCase("有新证据")) == ("reopened_too_often",)
    story.do(AGENT, c.ReopenCase("法院来函"))


def test_broken_at_the_end_of_the_ladder() -> None:
    story = Story(rules=rulebook(DRAW)).begin()
    story.later(days=10)
    story.do(
        NEUTRAL,
        c.DecideCase("没给", "应当给", (Term(RemedyKind.refund, HUNDRED), Term(RemedyKind.apology)), ()),
    )
    story.do(A, c.AcceptDecision())
    story.do(B, c.AcceptDecision())
    story.later(days=5)
    # The apology broke; the refund is still owed, so the file stays open, and closes unsolved.
    assert story.at[0] == "implementing" and story.case.remedies[1].state == "broken"
    story.do(A, c.ConfirmRemedy("r1"))
    assert story.case.outcome is Outcome.expired and not story.case.resolved


def test_operates_none_outside_rungs_only() -> None:
    story = outside()
    assert story.at == ("outside", "negotiate") and story.turn == "complainant" and not story.case.notices
    story.later(days=400)
    assert story.at == ("outside", "negotiate")
    story.do(A, c.EscalateCase())
    # The platform's review starts with the person's own filing there, not before.
    assert story.clock("review").started_at is None
    story.do(A, c.OpenFiling("t.ch.mail", story.now))
    assert story.clock("review").state == "running"
    for _ in range(2):
        story.do(A, c.EscalateCase())
    assert story.at == ("outside", "official_complaint")


def test_the_complainant_records_that_an_outside_body_stopped_its_clock() -> None:
    story = outside()
    for _ in range(3):
        story.do(A, c.EscalateCase())
    story.do(A, c.OpenFiling("t.ch.12315", story.now))
    until, testing = story.now + timedelta(days=20), SuspensionCause.testing
    too_early = c.SuspendDeadline(story.clock("accept").id, until, "", testing)
    assert story.refused(A, too_early) == ("testing_comes_later",)
    story.do(A, c.UpdateFiling("f1", FilingState.admitted))
    before = story.clock("mediate")
    assert story.refused(A, c.SuspendDeadline(before.id, until, " ")) == ("reason_missing",)
    assert story.refused(B, c.SuspendDeadline(before.id, until, "", testing)) == ("not_allowed",)
    story.do(A, c.SuspendDeadline(before.id, until, "", testing))
    after = story.clock("mediate")
    assert (after.due_at - before.due_at).days in {20, 21} and after.suspensions[0].cause is testing
    assert any("第22条" in step.zh for step in after.why) and not after.paused()
    # Clocks that run here are not the complainant's to stop.
    story = negotiating()
    own = c.SuspendDeadline(
        story.clock("answer").id, story.now + timedelta(days=1), "等等", SuspensionCause.other
    )
    assert story.refused(A, own) == ("not_yours_to_suspend",)


def test_a_filing_that_goes_on_after_the_case_is_suspended_all_the_same() -> None:
    story = outside()
    for _ in range(3):
        story.do(A, c.EscalateCase())
    story.do(A, c.OpenFiling("t.ch.12315", story.now))
    story.do(A, c.WithdrawCase("换个地方"))
    accept = story.clock("accept")
    assert story.case.closed and accept.state == "running"
    story.do(A, c.SuspendDeadline(accept.id, story.now + timedelta(days=5), "对方说系统维护"))
    assert story.clock("accept").due_at > accept.due_at


def test_two_filings_at_one_rung_and_bodies_that_bar_each_other() -> None:
    story = outside()
    for _ in range(3):
        story.do(A, c.EscalateCase())
    assert story.refused(A, c.OpenFiling("no.such", story.now)) == ("channel_unknown",)
    assert story.refused(A, c.OpenFiling("t.ch.12315", at("2030-01-01 00:00"))) == ("moment_future",)
    story.do(A, c.OpenFiling("t.ch.xiaoxie", at("2026-09-17 09:00"), "XX-1"))
    assert story.refused(A, c.OpenFiling("t.ch.12315", story.now)) == ("official_bodies_bar_each_other",)
    story.do(A, c.OpenFiling("t.ch.12315", story.now, warned=True))
    story.do(A, c.OpenFiling("t.ch.heimao", story.now))
    assert [f.id for f in story.case.filings] == ["f1", "f2", "f3"]
    assert story.due("accept") > "2026-09-29" and story.clock("mediate").started_at is None
    story.do(A, c.UpdateFiling("f2", FilingState.filed, "5101"))
    story.do(A, c.UpdateFiling("f2", FilingState.admitted))
    assert story.clock("accept").state == "met" and story.clock("mediate").state == "running"
    story.do(A, c.UpdateFiling("f2", FilingState.filed, "5102"))
    assert (story.case.filings[1].state, story.case.filings[1].receipt_no) == ("admitted", "5102")
    story.do(A, c.UpdateFiling("f2", FilingState.answered, answer="商家同意退款"))
    assert story.clock("mediate").state == "met" and story.case.filings[1].answered_at == story.now
    assert story.clock("reply").state == "running", "the other body has its own clock"
    assert story.refused(A, c.UpdateFiling("f9", FilingState.admitted)) == ("channel_unknown",)


def test_an_outside_bodys_clock_outlives_the_file_here() -> None:
    story = filed_outside()
    assert story.clock("mediate").state == "running" and story.turn == "outside"
    story.do(A, c.WithdrawCase("到此为止"))
    assert story.clock("mediate").state == "running"
    story.later(days=70)
    assert story.clock("mediate").state == "missed" and story.case.closed
    story = filed_outside()
    story.do(OWNER, kc.ErasePersonalData())
    assert story.clock("mediate").state == "cancelled"


def test_solved_outside_closes_the_file_and_is_resolved() -> None:
    story = filed_outside()
    story.later(days=70)
    assert story.turn == "complainant", "after the body's silence it is the person's move"
    story.do(A, c.UpdateFiling("f1", FilingState.solved, answer="已退款"))
    assert story.case.closed_because == "solved_outside" and story.case.resolved
    story = two_remedies()
    story.do(A, c.OpenFiling("t.ch.heimao", story.now))
    story.do(A, c.UpdateFiling("f1", FilingState.solved))
    assert not story.case.closed, "what was agreed here is still owed"
    story = silent()
    story.do(A, c.OpenFiling("t.ch.heimao", story.now))
    story.do(A, c.UpdateFiling("f1", FilingState.solved))
    assert story.case.outcome is Outcome.decided, "a closed file keeps its outcome"


def test_going_public_is_gated_and_the_ladder_goes_on_where_it_was_left() -> None:
    story = filed_outside()
    public = c.EscalateCase(RungName.public_exposure)
    assert story.refused(A, public) == ("gate_unconfirmed",)
    story.do(A, replace(public, gate_confirmed=True))
    assert story.refused(A, replace(public, gate_confirmed=True)) == ("rung_unknown",)
    assert story.refused(A, c.EscalateCase(RungName.negotiate)) == ("rung_unknown",)
    assert story.refused(A, c.EscalateCase(RungName.self_check)) == ("rung_unknown",)
    assert story.refused(A, c.EscalateCase(RungName.police)) == ("rung_unknown",)
    story.do(A, c.EscalateCase())
    assert story.at == ("outside", "court")
    assert story.refused(A, c.EscalateCase()) == ("ladder_ends",)
    story.do(A, c.OpenFiling("t.ch.court", story.now))
    assert story.turn == "complainant"


def test_an_optional_rung_in_the_middle_does_not_send_the_case_back() -> None:
    official, public = SHOP_LADDER[4], SHOP_LADDER[5]
    ladder = (*SHOP_LADDER[:4], replace(public, gate=()), official, SHOP_LADDER[6])
    story = Story(rules=rulebook(replace(SHOP, ladder=ladder)), operated=()).begin(served=False)
    for _ in range(3):
        story.do(A, c.EscalateCase())
    assert story.at == ("outside", "official_complaint")
    story.do(A, c.EscalateCase(RungName.public_exposure))
    story.do(A, c.EscalateCase())
    assert story.at == ("outside", "court")


def test_a_settlement_broken_at_the_last_step_goes_on_there() -> None:
    story = reviewing()
    story.later(days=60)
    story.do(A, c.EscalateCase())
    assert story.at == ("outside", "court")
    story.do(B, c.MakeOffer((Term(RemedyKind.refund, HUNDRED),), "退"))
    story.do(A, c.AcceptOffer("o1"))
    story.later(days=10)
    assert story.at == ("outside", "court") and story.case.remedies[0].state == "broken"
    story.do(B, c.MakeOffer((Term(RemedyKind.refund, HUNDRED),), "这次真退"))
    story.do(A, c.RefuseOffer("o2"))
    assert story.at == ("outside", "court")


def test_disputed_with_nobody_to_review_goes_up_or_stays() -> None:
    story = Story(operated=(RungName.negotiate,)).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "退"))
    story.do(B, c.PerformStep("r1", 0, "流水"))
    story.do(A, c.DisputeRemedy("r1", "wrong_thing", "少退了"))
    assert story.at == ("outside", "operator_support")
    only = rulebook(replace(SHOP, ladder=(SHOP_LADDER[1],)))
    story = Story(rules=only).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "退"))
    story.do(B, c.PerformStep("r1", 0, "流水"))
    story.do(A, c.DisputeRemedy("r1", "wrong_thing", "少退了"))
    assert story.at == ("negotiating", "negotiate") and story.case.notices[-1].on_its_way


def test_a_ladder_without_a_step_closes_at_once() -> None:
    story = Story(rules=rulebook(replace(SHOP, ladder=(SHOP_LADDER[0],))))
    story.do(A, c.ProveContact("code"))
    assert story.case.outcome is Outcome.expired


def test_evidence_is_asked_for_with_a_clock() -> None:
    story = asked()
    assert story.refused(NEUTRAL, c.AskForEvidence(Party.operator, EvidenceKind.photo, "?")) == (
        "party_unknown",
    )
    assert story.refused(A, c.AnswerEvidenceRequest("q1", (), "没有")) == ("request_unknown",)
    assert story.refused(B, c.AnswerEvidenceRequest("q1", (), " ")) == ("answer_missing",)
    assert story.refused(B, c.AnswerEvidenceRequest("q1", (3,), "")) == ("exhibit_unknown",)
    story.do(B, exhibit(EvidenceKind.logistics_track, request="q1"))
    assert story.clock("give_evidence").state == "met" and story.case.requests[0].exhibits == (1,)
    assert not story.case.captures, "the respondent's picture sets no task for the complainant"
    story.do(NEUTRAL, c.AskForEvidence(Party.complainant, EvidenceKind.photo, "拍一张"))
    story.do(AGENT, exhibit(EvidenceKind.photo, request="q2"))
    assert story.case.requests[1].answered_at is not None and story.case.exhibits[1].by is Party.complainant
    story = asked()
    stage = story.at
    story.until("2026-09-21 23:00")
    assert story.clock("give_evidence").state == "running" and story.at == stage
    story = adjudicating()
    story.do(NEUTRAL, c.AskForEvidence(Party.respondent, EvidenceKind.photo, "发货照片"))
    story.later(days=4)
    assert story.clock("give_evidence").state == "missed" and story.at == (
        "adjudicating",
        "platform_decision",
    )
    story.do(B, c.AnswerEvidenceRequest("q1", (), "仓库没有拍照"))
    assert story.case.requests[0].answer == "仓库没有拍照"


def exhibit(kind: EvidenceKind, **more: str) -> c.AddExhibit:
    return c.AddExhibit(kind, "blob", 9, "image/png", "digest", "a.png", **more)


def test_a_second_picture_after_an_hour() -> None:
    story = negotiating()
    story.do(A, exhibit(EvidenceKind.status_screen_with_time))
    task = story.case.captures[0]
    assert (task.id, task.due_at, task.done_by) == ("t1", at("2026-09-18 11:00"), None)
    assert story.case.evidence[EvidenceKind.status_screen_with_time] is EvidenceState.have
    story.later(hours=1)
    story.do(A, exhibit(EvidenceKind.status_screen_with_time, capture="t1"))
    assert story.case.captures[0].done_by == 2 and len(story.case.captures) == 1
    story.do(A, exhibit(EvidenceKind.logistics_track))
    assert story.case.captures[1].due_at == at("2026-09-21 00:00")
    assert story.refused(A, c.SetCapture(EvidenceKind.photo, story.now, "再拍")) == ("moment_past",)
    story.do(A, c.SetCapture(EvidenceKind.photo, at("2026-09-19 15:40"), "再拍"))
    assert story.case.captures[2].text == "再拍"


def test_proof_is_kept_in_order() -> None:
    story = negotiating()
    story.do(A, exhibit(EvidenceKind.order_no))
    assert story.refused(B, c.WithdrawExhibit(1)) == ("exhibit_unknown",)
    story.do(A, c.WithdrawExhibit(1))
    assert story.do(A, c.WithdrawExhibit(1)) == () and story.case.exhibits[0].withdrawn
    story.do(A, c.StateEvidence({EvidenceKind.photo: EvidenceState.other_side}))
    assert story.do(A, c.StateEvidence({EvidenceKind.photo: EvidenceState.other_side})) == ()
    late = c.LogContact(at("2030-01-01 00:00"), " ", AttemptResult.no_answer, exhibits=(9,))
    assert story.refused(A, late) == ("channel_missing", "moment_future", "exhibit_unknown")
    story.do(A, c.LogContact(story.now, "在线客服", AttemptResult.holding, "1024", "会催的", (1,)))
    assert story.case.contacts[0].agent_no == "1024"
    bad = c.SetPoints(tuple(Point(f"p{n}", "", "", "", (9,), False) for n in range(41)))
    assert set(story.refused(AGENT, bad)) == {"too_many_points", "point_empty", "exhibit_unknown"}
    points = c.SetPoints((Point("p1", "发没发货", "没发", "发了", (1,), False),))
    story.do(AGENT, points)
    assert story.do(AGENT, points) == () and story.case.points[0].about == "发没发货"


def test_a_side_that_fills_its_own_place_leaves_the_other_its_own() -> None:
    story = negotiating()
    for _ in range(EXHIBITS_MAX):
        story.do(A, exhibit(EvidenceKind.photo))
    assert story.refused(A, exhibit(EvidenceKind.photo)) == ("too_many_exhibits",)
    story.do(B, exhibit(EvidenceKind.logistics_track))
    story.do(AGENT, replace(exhibit(EvidenceKind.photo), own=True))
    assert [x.by for x in story.case.exhibits[-2:]] == [Party.respondent, Party.operator]


def test_people_talk_and_nothing_stops() -> None:
    story = negotiating()
    assert story.refused(A, c.PostMessage(" ")) == ("text_missing",)
    story.do(B, c.PostMessage("在处理了"))
    assert story.clock("answer").state == "running" and story.case.messages[0].by is Party.respondent
    assert story.refused(AGENT, c.AddNote("")) == ("text_missing",)
    story.do(AGENT, c.AddNote("商家历史良好"))
    assert story.case.notes[0].by == "agent1"
    story.do(AGENT, c.AssignCase("agent2"))
    assert story.do(AGENT, c.AssignCase("agent2")) == () and story.case.agent == "agent2"
    assert story.refused(A, c.PostMessage("x" * 5001)) == ("text_too_long",)


def test_a_newer_calendar_never_shortens_a_time() -> None:
    known = replace(rulebook(), calendar=make_calendar([y for y in calendar().years if y.year != 2026]))
    story = Story(rules=known).begin()
    story.do(B, c.RecordAnswer(AnswerKind.promise, "10月发", at("2026-10-20 12:00")))
    story.do(A, c.EscalateCase())
    before = {item.id: (item.act_by, item.due_at) for item in story.case.deadlines if item.due_at}
    assert story.clock("review").provisional
    story.do(SYSTEM, c.ReviseDeadlines(calendar()))
    for item in story.case.deadlines:
        if item.id in before:
            act_by, due_at = before[item.id]
            assert item.act_by >= act_by and item.due_at >= due_at  # type: ignore[operator]
    assert not story.clock("review").provisional
    assert story.do(SYSTEM, c.ReviseDeadlines(calendar())) == ()
    # A year more of notices that changes no date of this case is no event.
    new_year = CalendarYear(2027, (CalendarDay(date(2027, 1, 1), DayKind.holiday),), ("https://example.org",))
    later = make_calendar([*calendar().years, new_year])
    assert story.do(SYSTEM, c.ReviseDeadlines(later)) == ()


def test_erasure_closes_and_leaves_nothing_to_do() -> None:
    story = erased()
    assert (
        story.case.erased
        and story.case.outcome is Outcome.withdrawn
        and story.case.closed_because == "erased"
    )
    assert story.do(OWNER, kc.ErasePersonalData()) == ()
    for actor, command in (
        (A, c.ReopenCase("我回来了")),
        (A, c.EscalateCase()),
        (AGENT, c.AddNote("记一笔")),
        (A, c.OpenFiling("t.ch.12315", story.now)),
    ):
        assert story.refused(actor, command) == ("erased",)
    story = implementing()
    story.do(OWNER, kc.ErasePersonalData())
    assert story.case.remedies[0].state == "silent", "never counted as resolved, never paid twice"
    story = offered()
    story.do(OWNER, kc.ErasePersonalData())
    assert story.case.offers[0].state == "lapsed"
    story = silent()
    assert story.do(OWNER, kc.ErasePersonalData()) == ("PersonalDataErased",)


def test_heavy_matters_are_marked() -> None:
    story = Story(
        subject=Subject(SubjectKind.order, "1", amount_fen=9_000_00), claims=(Claim(RemedyKind.refund),)
    ).begin()
    assert story.case.severity == "heavy" and negotiating().case.severity == "ordinary"


def test_a_decision_by_the_operator_needs_no_clocks_of_the_playbook() -> None:
    bare: Playbook = replace(SHOP, deadlines=())
    story = Story(rules=rulebook(bare)).begin()
    story.later(days=10)
    story.do(NEUTRAL, c.DecideCase("没发货", "应退款", (Term(RemedyKind.refund, HUNDRED),), ()))
    assert story.clock("appeal").basis.playbook == "appeal_within"
    story.do(B, c.AppealDecision("不服"))
    assert story.clock("decide_appeal").state == "running"
    assert decided().clock("appeal").basis.playbook == "appeal"


def test_a_clock_of_the_whole_case_moves_only_what_can_move() -> None:
    whole = replace(
        SHOP.deadlines[-2],
        act="whole",
        regime="platform",
        starts_when=StartsWhen.filed,
        length="7d",
        on_miss=OnMiss.escalate,
    )
    rules = rulebook(replace(SHOP, deadlines=(*SHOP.deadlines, whole)))
    story = Story(rules=rules)
    story.later(days=12)
    assert story.at == ("received", ""), "nobody is told of a complaint whose contact is unproven"
    story = Story(rules=rules, claims=(Claim(RemedyKind.return_refund, HUNDRED),)).begin()
    story.later(days=1)
    story.do(B, c.RecordAnswer(AnswerKind.admission, "退"))
    story.until("2026-09-26 00:00")
    assert story.clock("whole").state == "missed" and story.at[0] == "implementing"


def test_terms_are_looked_at_again_when_an_offer_is_accepted() -> None:
    story = offered()
    story.facts = replace(story.facts, paid_fen=50_00)
    assert story.refused(A, c.AcceptOffer("o1")) == ("refund_above_paid",)


def test_a_dispute_under_review_does_not_start_the_review_again() -> None:
    story = two_remedies()
    story.do(B, c.PerformStep("r1", 0, "流水"))
    story.until("2026-09-22 00:00")
    assert story.at == ("reviewing", "operator_support")
    assert story.do(A, c.DisputeRemedy("r1", "not_received", "没到账")) == ("DeadlineEnded", "RemedyDisputed")


def test_a_part_already_given_bars_the_whole() -> None:
    story = two_remedies()
    story.do(A, c.ConfirmRemedy("r1"))
    story.do(A, c.ConfirmRemedy("r2"))
    story.do(AGENT, c.ReopenCase("还要换货"))
    story.do(B, c.MakeOffer((Term(RemedyKind.replacement),), "换货"))
    assert "RemedyBarred" in story.do(A, c.AcceptOffer("o2"))
    assert story.case.closed_because == "remedied_elsewhere"


def test_nobody_climbs_past_the_assessment_before_the_problem_is_confirmed() -> None:
    story = acknowledged()
    assert story.case.stage == "acknowledged"
    assert story.refused(A, c.EscalateCase(RungName.platform_decision)) == ("wrong_stage",)
    story.do(A, c.ConfirmProblems(("t.pt.quality",)))
    assert story.case.severity
