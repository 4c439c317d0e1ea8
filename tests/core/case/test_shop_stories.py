# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Stories of a shop order, told with their dates. 2026-09-20 is a make-up working day, 1 to 7 October a holiday."""

from recourse.core.case import commands as c
from recourse.core.claim import Claim, Term
from recourse.core.vocabulary import AnswerKind, EvidenceKind, Outcome, Party, RemedyKind, RungName
from tests.core.case.scenes import (
    OFFER,
    REFUND,
    WHOLE,
    adjudicating,
    appealed,
    decided,
    disputed,
    half_way,
    implementing,
    negotiating,
    offered,
    performed,
    refused,
    reviewing,
    silent,
    two_remedies,
    unserved,
)
from tests.core.case.story import AGENT, HUNDRED, NEUTRAL, OTHER_NEUTRAL, SYSTEM, A, B, Story, at


def test_silent_merchant_decision_refund_confirmed() -> None:
    story = Story(now="2026-09-18 10:00")
    assert story.turn == "complainant" and story.case.deadlines[0].act == "sue"
    story.begin()
    assert (story.at, story.turn) == (("negotiating", "negotiate"), "respondent")
    assert story.due("answer") == "2026-09-20 10:00"

    story.until("2026-09-20 09:59")
    assert story.at == ("negotiating", "negotiate")
    story.until("2026-09-20 10:00")
    assert (story.at, story.turn) == (("reviewing", "operator_support"), "operator")
    # One working day after Sunday the 20th, itself a make-up working day, is Monday the 21st.
    assert story.due("review") == "2026-09-22 00:00"

    story.until("2026-09-22 00:00")
    assert story.at == ("adjudicating", "platform_decision")
    # Seven working days after the 22nd: Mid-Autumn (25 to 27 September) and 1 to 7 October are not counted.
    assert story.due("decide") == "2026-10-10 00:00"
    story.until("2026-09-23 15:00")
    story.do(NEUTRAL, WHOLE)
    assert story.case.pending_decision is not None
    assert story.clock("decide").state == "met"
    assert story.due("appeal") == "2026-10-01 00:00"

    story.until("2026-10-01 00:00")
    assert story.case.decisions[0].final
    assert (story.at, story.turn) == (("implementing", "platform_decision"), "respondent")
    story.until("2026-10-05 12:00")
    story.do(B, c.PerformStep("r1", 0, "退款流水 8812"))
    assert story.due("confirm") == "2026-10-13 00:00" and story.turn == "complainant"
    story.do(A, c.ConfirmRemedy("r1"))
    assert story.case.outcome is Outcome.decided
    assert story.case.resolved and story.case.closed_because == "remedies_confirmed"
    assert "case_closed" in story.refused(A, c.EscalateCase())


def test_offer_counter_accept_performed_but_never_confirmed() -> None:
    story = offered()
    assert story.turn == "complainant"
    counter = c.MakeOffer(REFUND, "全退。")
    story.do(A, counter)
    assert [offer.state for offer in story.case.offers] == ["countered", "open"]
    assert story.turn == "respondent"
    assert story.refused(A, c.AcceptOffer("o2")) == ("offer_gone",)
    story.do(B, c.AcceptOffer("o2"))
    assert story.at == ("implementing", "negotiate")
    assert story.refused(A, c.PerformStep("r1", 0, "我来")) == ("not_your_step",)
    assert story.refused(B, c.PerformStep("r1", 1, "流水")) == ("step_out_of_order",)
    assert story.refused(B, c.PerformStep("r1", 0, "")) == ("proof_missing",)
    assert story.refused(B, c.PerformStep("r1", 0, "流水", (7,))) == ("exhibit_unknown",)
    story.do(B, c.PerformStep("r1", 0, "流水1"))
    story.later(days=8)
    assert story.case.outcome is Outcome.settled and story.case.closed_because == "not_confirmed"
    assert not story.case.resolved, "silence is never counted as resolved"
    story.do(A, c.ConfirmRemedy("r1"))
    assert story.case.resolved


def test_refusal_waits_for_a_choice_and_then_moves_up_by_itself() -> None:
    story = refused()
    assert story.clock("answer").state == "met"
    assert story.due("choose_next") == "2026-09-22 00:00" and story.turn == "complainant"
    story.until("2026-09-22 00:00")
    assert story.at == ("reviewing", "operator_support")


def test_refusal_lets_the_complainant_move_up_at_once_and_the_choice_is_made_once() -> None:
    story = refused()
    story.do(A, c.EscalateCase())
    assert story.at == ("reviewing", "operator_support")
    assert story.clock("choose_next").state == "cancelled"
    # The old choice must not push the case past the operator's review.
    story.until("2026-09-20 23:00")
    assert story.at == ("reviewing", "operator_support")


def test_a_holding_reply_is_silence() -> None:
    story = negotiating()
    before = story.due("answer")
    story.do(B, c.RecordAnswer(AnswerKind.holding, "正在处理"))
    assert story.due("answer") == before and story.clock("answer").state == "running"
    assert story.refused(A, c.EscalateCase()) == ("too_early",)
    story.until("2026-09-20 10:00")
    assert story.at == ("reviewing", "operator_support")


def test_a_promise_with_a_date_is_kept_to() -> None:
    story = negotiating()
    assert story.refused(B, c.RecordAnswer(AnswerKind.promise, "会发")) == ("date_missing",)
    past = c.RecordAnswer(AnswerKind.promise, "会发", at("2026-09-18 09:00"))
    assert story.refused(B, past) == ("date_past",)
    never = c.RecordAnswer(AnswerKind.promise, "会发", at("2027-09-18 09:00"))
    assert story.refused(B, never) == ("date_too_far",)
    story.do(B, c.RecordAnswer(AnswerKind.promise, "25号前发货", at("2026-09-25 18:00")))
    assert story.clock("answer").state == "met" and story.due("keep_promise") == "2026-09-25 18:00"
    assert story.due("follow_up") == "2026-09-29 00:00"
    story.until("2026-09-25 17:59")
    assert story.at == ("negotiating", "negotiate")
    story.until("2026-09-25 18:00")
    assert story.at == ("reviewing", "operator_support")


def test_a_promise_during_the_review_does_not_cut_the_review_short() -> None:
    story = reviewing()
    story.do(B, c.RecordAnswer(AnswerKind.promise, "今晚发", at("2026-09-20 20:00")))
    story.until("2026-09-21 12:00")
    assert story.clock("keep_promise").state == "missed"
    assert story.at == ("reviewing", "operator_support")


def test_admission_settles_on_the_first_of_alternative_demands() -> None:
    claims = (Claim(RemedyKind.refund), Claim(RemedyKind.replacement), Claim(RemedyKind.apology))
    story = Story(claims=claims).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "同意"))
    assert [(r.kind, r.amount_fen) for r in story.case.remedies] == [("refund", HUNDRED), ("apology", None)]


def test_admission_of_an_unnamed_sum_needs_an_offer() -> None:
    # The refund is clear and the compensation is not: a plain yes would drop it unseen.
    story = Story(claims=(Claim(RemedyKind.refund), Claim(RemedyKind.compensation))).begin()
    assert story.refused(B, c.RecordAnswer(AnswerKind.admission, "同意")) == ("admission_unclear",)
    assert story.refused(B, c.RecordAnswer(AnswerKind.offer, "同意")) == ("offer_needs_terms",)
    assert story.refused(B, c.RecordAnswer(AnswerKind.refusal, "")) == ("reason_missing",)


def test_appeal_goes_to_another_person_and_ends_the_matter() -> None:
    story = decided()
    story.do(AGENT, c.AssignCase("neutral1"))
    assert story.refused(NEUTRAL, WHOLE) == ("already_decided",)
    assert story.refused(A, c.EscalateCase()) == ("decision_pending",)
    assert story.refused(B, c.RecordAnswer(AnswerKind.refusal, "不同意")) == ("too_late",)
    assert story.refused(B, c.AppealDecision(" ")) == ("reasons_missing",)
    story.do(A, c.AcceptDecision())
    assert story.refused(A, c.AppealDecision("再想想")) == ("accepted_already",)
    story.do(B, c.AppealDecision("我方已发货。"))
    assert story.at[0] == "appealed" and story.case.agent == "" and story.turn == "operator"
    assert story.clock("decide_appeal").state == "running"
    assert story.refused(AGENT, c.AssignCase("neutral1")) == ("same_person",)
    assert story.refused(NEUTRAL, WHOLE) == ("same_person",)
    story.do(OTHER_NEUTRAL, c.DecideCase("物流显示已签收。", "已交付。", (), ("cpl.24",)))
    assert story.case.outcome is Outcome.decided and story.case.closed_because == "nothing_granted"
    assert [d.overtaken for d in story.case.decisions] == [True, False]
    assert story.case.decisions[1].final and not story.case.decision_accepted
    # Closed here, the person may still go on outside.
    story.do(A, c.EscalateCase(why="不服"))
    assert story.at == ("outside", "official_complaint")


def test_an_appeal_nobody_decides_moves_up() -> None:
    story = appealed()
    story.later(days=30)
    assert story.at == ("outside", "official_complaint")
    assert story.case.decisions[0].overtaken and story.case.appeal is None


def test_an_appeal_comes_too_late_even_before_the_engine_says_so() -> None:
    story = decided()
    story.now = at("2026-12-01 00:00")
    assert story.refused(B, c.AppealDecision("晚了")) == ("appeal_too_late",)


def test_both_accept_and_the_decision_is_final_at_once() -> None:
    story = decided()
    story.do(B, c.AcceptDecision())
    assert story.do(B, c.AcceptDecision()) == ()
    story.do(A, c.AcceptDecision())
    assert story.at[0] == "implementing" and story.clock("appeal").state == "cancelled"


def test_a_decision_is_complete_and_within_the_claims() -> None:
    story = adjudicating()
    assert story.refused(NEUTRAL, c.DecideCase("", " ", (), ("no.1",))) == (
        "facts_missing",
        "reasons_missing",
        "ground_unknown",
    )
    terms = (
        Term(RemedyKind.refund, 200_00),
        Term(RemedyKind.return_refund, 10_00, "soon"),
        Term(RemedyKind.compensation, 10_00),
        Term(RemedyKind.apology, 5),
        Term(RemedyKind.pay_prize),
    )
    assert set(story.refused(NEUTRAL, c.DecideCase("事实", "理由", terms, ()))) == {
        "terms_overlap",
        "length_not_understood",
        "refund_above_paid",
        "amount_unwanted",
        "amount_missing",
        "remedy_not_offered",
        "above_claim",
        "not_claimed",
    }


def test_nothing_is_decided_against_whoever_was_never_heard() -> None:
    story = Story(operated=(RungName.platform_decision,))
    story.begin(served=False)
    story.do(A, c.EscalateCase())
    story.do(A, c.EscalateCase())
    assert story.at == ("adjudicating", "platform_decision")
    assert story.refused(NEUTRAL, WHOLE) == ("respondent_unheard",)
    story.do(SYSTEM, c.RecordServed("m@example.com"))
    assert story.refused(NEUTRAL, WHOLE) == ("respondent_unheard",), "served a minute ago"
    story.later(hours=48)
    story.do(NEUTRAL, WHOLE)
    assert story.case.pending_decision is not None


def test_bounced_notices_end_outside() -> None:
    story = unserved()
    assert story.turn == "operator" and story.clock("answer").state == "waiting"
    assert story.refused(A, c.EscalateCase()) == ("too_early",), "not even the notice has arrived"
    story.do(SYSTEM, c.RecordBounce("m@example.com", "邮箱不存在"))
    assert [n.contact for n in story.case.notices] == ["m@example.com", "13000000000"]
    assert story.do(SYSTEM, c.RecordBounce("m@example.com", "again")) == ()
    story.do(SYSTEM, c.RecordBounce("13000000000", "空号"))
    assert story.at == ("outside", "negotiate") and story.case.rung_outside
    assert story.clock("answer").on_miss == "propose_next" and story.turn == "complainant"
    # The person complains to the merchant's chat window: now the merchant knows, and the clock runs.
    story.do(A, c.OpenFiling("t.ch.merchant", story.now))
    assert story.due("answer") == "2026-09-20 10:00"
    story.until("2026-09-21 10:00")
    assert story.at == ("outside", "negotiate"), "outside, silence only proposes"
    story.do(A, c.EscalateCase())
    assert story.at == ("reviewing", "operator_support")


def test_a_notice_that_neither_arrives_nor_comes_back_holds_nobody_up() -> None:
    story = unserved()
    assert story.due("serve_notice") == "2026-09-22 00:00"
    story.until("2026-09-22 00:00")
    assert story.case.notices[0].bounced and story.case.notices[1].on_its_way
    story.until("2026-09-26 00:00")
    assert story.at == ("outside", "negotiate")


def test_a_notice_served_late_at_an_old_rung_starts_nothing() -> None:
    story = refused()
    story.do(A, c.EscalateCase())
    assert story.do(SYSTEM, c.RecordServed("m@example.com", RungName.negotiate)) == ()
    assert story.do(SYSTEM, c.RecordServed("m@example.com", RungName.operator_support)) == ("NoticeServed",)
    assert story.do(SYSTEM, c.RecordServed("m@example.com")) == ()


def test_wrong_thing_reopens_and_a_new_remedy_takes_the_place_of_the_old() -> None:
    story = Story(claims=(Claim(RemedyKind.replacement),)).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "补发"))
    assert story.refused(A, c.DisputeRemedy("r1", "not_received", "没到")) == ("remedy_unknown",)
    story.do(B, c.PerformStep("r1", 0, "顺丰1"))
    assert story.refused(A, c.DisputeRemedy("r1", "not_received", "没到")) == ("still_in_time",)
    assert story.refused(A, c.DisputeRemedy("r1", "ugly", "丑")) == ("reason_unknown",)
    story.do(A, c.DisputeRemedy("r1", "wrong_thing", "东西不对，发错颜色"))
    assert story.at == ("reviewing", "operator_support") and story.case.reopened == 1
    assert story.clock("deliver").state == "met"
    story.do(B, c.MakeOffer(REFUND, "那就退款"))
    story.do(A, c.AcceptOffer("o1"))
    assert [(r.kind, r.state) for r in story.case.remedies] == [
        ("replacement", "disputed"),
        ("refund", "ordered"),
    ]
    story.do(A, c.ConfirmRemedy("r2"))
    assert story.case.resolved


def test_a_value_given_elsewhere_is_not_given_twice() -> None:
    story = Story(locked={"value": "R-other"}).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "同意"))
    assert story.case.closed_because == "remedied_elsewhere" and not story.case.remedies
    assert story.case.outcome is Outcome.settled


def test_part_refunds_add_up_to_what_was_paid() -> None:
    story = two_remedies()  # 60 yuan and an apology
    story.do(A, c.ConfirmRemedy("r1"))
    story.do(A, c.ConfirmRemedy("r2"))
    assert story.case.closed and story.case.remedies[0].part == 1
    for terms, ordered in ((((Term(RemedyKind.refund, 50_00)),), 2), ((Term(RemedyKind.refund, 40_00),), 3)):
        story.do(AGENT, c.ReopenCase("还差一部分"))
        story.do(B, c.MakeOffer(terms, "再退一部分"))
        story.do(A, c.AcceptOffer(story.case.offers[-1].id))
        assert len(story.case.remedies) == ordered
    assert story.case.remedies[-1].part == 3


def test_one_broken_remedy_leaves_the_other_owed() -> None:
    story = two_remedies()
    story.until("2026-09-22 00:00")  # the apology was due after three days
    assert [r.state for r in story.case.remedies] == ["ordered", "broken"]
    assert story.at == ("reviewing", "operator_support")
    story.do(B, c.PerformStep("r1", 0, "退款流水2"))
    story.do(A, c.ConfirmRemedy("r1"))
    assert not story.case.closed, "the apology is still to be looked at"


def test_goods_not_sent_back_fall_silent() -> None:
    story = Story(claims=(Claim(RemedyKind.return_refund, HUNDRED),)).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "同意退货"))
    assert story.turn == "complainant" and story.due("ship_back") == "2026-09-26 00:00"
    story.until("2026-09-26 00:00")
    assert story.case.closed_because == "not_confirmed"


def test_goods_sent_back_and_no_refund_moves_up() -> None:
    story = half_way()
    assert story.due("receive_return") == "2026-09-22 00:00"
    story.until("2026-09-22 00:00")
    assert story.at == ("reviewing", "operator_support") and story.case.remedies[0].state == "broken"


def test_more_time_once_and_only_for_the_other_side() -> None:
    story = negotiating()
    answer = story.clock("answer").id
    more = c.ExtendDeadline(answer, "3d", "再给对方3天")
    assert story.refused(B, more) == ("own_deadline",)
    assert story.refused(A, c.ExtendDeadline("d99", "3d", "?")) == ("deadline_unknown",)
    assert story.refused(A, c.ExtendDeadline(answer, "soon", "?")) == ("length_not_understood",)
    assert story.refused(A, c.ExtendDeadline(answer, "1year", "?")) == ("extension_too_long",)
    assert story.refused(A, c.ExtendDeadline(answer, "3d", " ")) == ("reason_missing",)
    story.do(A, more)
    assert story.due("answer") == "2026-09-24 00:00"
    assert story.refused(AGENT, more) == ("already_extended",)
    story = reviewing()
    assert "not_your_deadline" in story.refused(A, c.ExtendDeadline(story.clock("review").id, "3d", "慢慢来"))
    # The other way round: the respondent gives the complainant more time to send the goods back.
    story = Story(claims=(Claim(RemedyKind.return_refund, HUNDRED),)).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "同意退货"))
    story.do(B, c.ExtendDeadline(story.clock("ship_back").id, "3d", "再给对方3天"))
    assert story.due("ship_back") == "2026-09-29 00:00"
    # But it does not hold the complaint up: when the case moves on is for the complainant to say.
    story = refused()
    choice = c.ExtendDeadline(story.clock("choose_next").id, "3d", "再想想")
    assert "delays_the_complaint" in story.refused(B, choice)


def test_a_suspension_ends_by_itself() -> None:
    story = adjudicating()
    decide = story.clock("decide").id
    pause = c.SuspendDeadline(decide, at("2026-10-31 00:00"), "送检")
    assert story.refused(AGENT, c.SuspendDeadline("d99", at("2026-10-31 00:00"), "送检")) == (
        "deadline_unknown",
    )
    assert story.refused(AGENT, c.SuspendDeadline(decide, at("2026-10-31 00:00"), "")) == ("reason_missing",)
    assert story.refused(AGENT, c.SuspendDeadline(decide, at("2028-10-31 00:00"), "送检")) == (
        "suspension_too_long",
    )
    assert story.refused(AGENT, c.SuspendDeadline(decide, at("2026-09-01 00:00"), "送检")) == (
        "suspension_order",
    )
    story.do(AGENT, pause)
    due = story.due("decide")
    assert due > "2026-11-09"
    story.until("2026-11-01 12:00")
    assert story.at == ("adjudicating", "platform_decision")
    story.until(due)
    assert story.at == ("outside", "official_complaint")


def test_staff_do_not_cut_the_respondents_time_either() -> None:
    story = negotiating()
    assert story.refused(AGENT, c.EscalateCase()) == ("too_early",)
    story = reviewing()
    assert story.refused(A, c.EscalateCase()) == ("too_early",)
    story.do(AGENT, c.EscalateCase())
    assert story.at == ("adjudicating", "platform_decision")


def test_offers_need_somebody_who_sees_them() -> None:
    story = unserved()
    assert story.refused(A, OFFER) == ("respondent_unserved",)
    asks = c.AskForEvidence(Party.respondent, EvidenceKind.logistics_track, "发货单")
    assert story.refused(AGENT, asks) == ("respondent_unserved",)
    story = negotiating()
    assert story.refused(B, c.MakeOffer((), "")) == ("terms_missing",)
    many = c.MakeOffer(
        (Term(RemedyKind.refund), Term(RemedyKind.compensation, 0), Term(RemedyKind.apology, 10**16)), ""
    )
    assert story.refused(B, many) == (
        "amount_missing",
        "amount_not_positive",
        "amount_unwanted",
        "amount_too_large",
    )


def test_no_end_of_an_offer_lets_the_talks_stand_still() -> None:
    story = offered()
    story.do(B, c.TakeBackOffer("o1"))
    assert story.refused(B, c.TakeBackOffer("o1")) == ("offer_gone",)
    assert story.clock("choose_next").state == "running"

    story = offered()
    story.do(A, c.RefuseOffer("o1"))
    assert story.refused(A, c.RefuseOffer("o1")) == ("offer_gone",)
    story.later(days=4)
    assert story.at == ("reviewing", "operator_support")

    story = offered()
    story.do(B, OFFER)
    assert [offer.state for offer in story.case.offers] == ["taken_back", "open"]
    story.until("2026-09-22 00:00")
    assert story.case.offers[1].state == "lapsed" and story.clock("choose_next").state == "running"
    story.until("2026-09-26 00:00")
    assert story.at == ("reviewing", "operator_support")


def test_a_lapsed_offer_is_not_accepted_even_before_the_engine_says_so() -> None:
    story = offered()
    story.now = at("2026-09-22 00:00")
    assert story.refused(A, c.AcceptOffer("o1")) == ("offer_gone",)


def test_the_complainants_own_offer_does_not_shorten_the_time_to_answer() -> None:
    story = negotiating()
    story.do(A, c.ExtendDeadline(story.clock("answer").id, "10d", "不急"))
    story.do(A, c.MakeOffer(REFUND, "全退"))
    story.later(days=4)
    assert story.case.offers[0].state == "lapsed" and story.at == ("negotiating", "negotiate")
    story.do(A, c.MakeOffer(REFUND, "全退"))
    story.do(B, c.RefuseOffer("o2"))
    assert story.at == ("negotiating", "negotiate") and story.clock("answer").state == "running"


def test_an_offer_during_the_review_lapses_without_harm() -> None:
    story = adjudicating()
    story.do(A, OFFER)
    story.later(days=4)
    assert story.case.offers[0].state == "lapsed" and story.at == ("adjudicating", "platform_decision")
    story.do(B, OFFER)
    story.do(NEUTRAL, WHOLE)
    assert story.case.offers[1].state == "lapsed", "a decision takes offers off the table"
    story.do(B, OFFER)
    story.do(A, c.AcceptOffer("o3"))
    assert story.case.pending_decision is None and story.at[0] == "implementing"


def test_dispute_of_a_silent_remedy_after_closing() -> None:
    story = silent()
    story.do(A, c.DisputeRemedy("r1", "not_received", "一直没到账"))
    assert story.at == ("reviewing", "operator_support") and story.case.outcome is None
    story.later(days=30)
    assert story.at == ("outside", "official_complaint")


def test_after_a_dispute_the_matter_is_decided_and_appealed_anew() -> None:
    story = disputed()
    story.later(days=7)
    assert story.at == ("adjudicating", "platform_decision")
    story.do(NEUTRAL, WHOLE)
    assert story.case.pending_decision is not None and len(story.case.decisions) == 2
    story.do(A, c.AppealDecision("还要赔偿"))
    assert story.at[0] == "appealed"


def test_confirmation_counts_without_any_report() -> None:
    story = implementing()
    story.do(A, c.ConfirmRemedy("r1"))
    assert story.case.resolved
    assert story.refused(A, c.ConfirmRemedy("r1")) == ("remedy_unknown",)
    assert story.refused(B, c.RecordAnswer(AnswerKind.refusal, "不")) == ("too_late",)


def test_withdrawing_waits_for_running_remedies() -> None:
    story = performed()
    assert story.refused(A, c.WithdrawCase("算了")) == ("remedy_running",)
    assert story.refused(A, c.EscalateCase()) == ("remedy_running",)
    story = offered()
    story.do(A, c.WithdrawCase("算了"))
    assert story.case.outcome is Outcome.withdrawn and story.case.offers[0].state == "lapsed"
    assert story.refused(A, c.ReopenCase("又想了想")) == ("withdrawn",)
    assert story.refused(A, c.EscalateCase()) == ("case_closed",)
