# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a run must have seen, or it was blind: at least once in a thousand cases, as reliability asks (20 in 20,000).

The list is what a healthy simulator sees a dozen times in a thousand cases and more; what it sees less often stands
in a second list and must come once in five thousand. Whoever takes a name out says in the commit why the world no
longer shows it; a new event, refusal or fault belongs here. Clocks are those that the engine sets on every platform.
"""

from collections.abc import Iterator, Mapping

_OFTEN: dict[str, str] = {
    "answer": """
        admission | holding | promise | refusal | refusal:late
    """,
    "calendar": """
        published
    """,
    "clock": """
        answer:missed | appeal:missed | cancelled | choose_next:missed | confirm:missed | decide:missed
        | decide_appeal:missed | give_evidence:missed | met | respond_offer:missed
    """,
    "command": """
        accept_decision | accept_offer | add_exhibit | add_note | answer_claim | answer_evidence_request
        | answer_questions | confirm_reading | hold_case | mask_exhibit | release_hold | set_conditions
        | show_account | show_words | take_out_account
        | appeal_decision | ask_for_evidence | assign_case | confirm_problems | confirm_remedy |
        decide_case | dispute_remedy | erase_case | escalate_case | extend_deadline | file_complaint |
        log_contact | make_offer | open_filing | perform_step | post_message | prove_contact |
        refuse_offer | reopen_case | set_capture | set_points | state_evidence | suspend_deadline |
        take_back_offer | update_filing | withdraw_case | withdraw_exhibit
    """,
    "counted": """
        settled
    """,
    "decided": """
        by_default
    """,
    "edge": """
        acknowledged-assessed | adjudicating-adjudicating | adjudicating-appealed |
        adjudicating-assessed | adjudicating-implementing | adjudicating-outside | appealed-adjudicating
        | appealed-outside | assessed-negotiating | assessed-outside | assessed-reviewing |
        closed-assessed | implementing-adjudicating | implementing-assessed | implementing-closed |
        implementing-implementing | implementing-outside | implementing-reviewing |
        negotiating-adjudicating | negotiating-closed | negotiating-implementing | negotiating-outside |
        negotiating-reviewing | outside-adjudicating | outside-closed | outside-implementing |
        outside-outside | outside-reviewing | received-acknowledged | reviewing-adjudicating |
        reviewing-closed | reviewing-implementing | reviewing-outside
    """,
    "event": """
        AccountShown | CaseHeld | ConditionsSet | ExhibitMasked | HoldReleased |
        ReadingConfirmed | WordsShown |
        AnswerRecorded | AppealLodged | CaptureDone | CaptureSet | CaseAssessed | CaseAssigned |
        CaseClosed | CaseReopened | CaseWithdrawn | ComplaintAcknowledged | ComplaintFiled |
        ComplaintTakenByPhone | ContactLogged | ContactProven | DeadlineEnded | DeadlineListed |
        DeadlineMoved | DeadlineStarted | DecisionAccepted | DecisionBecameFinal | DecisionIssued |
        EvidenceAnswered | EvidenceAsked | EvidenceStated | ExhibitAdded | ExhibitWithdrawn |
        FilingOpened | FilingUpdated | MessagePosted | NoteAdded | NoticeBounced | NoticeOrdered |
        NoticeServed | OfferAnswered | OfferMade | PersonalDataErased | PointsSet | ProblemsConfirmed |
        RemedyBarred | RemedyBroken | RemedyConfirmed | RemedyDisputed | RemedyFellSilent |
        RemedyOrdered | RungEntered | SettlementReached | StepPerformed
    """,
    "fault": """
        calendar_missing | clock_back | clock_forward | duplicated | killed_at_commit.begun |
        killed_at_commit.committed | killed_at_commit.entitlements | killed_at_commit.events |
        killed_at_commit.jobs | killed_at_commit.key | killed_at_commit.leaves | killed_at_commit.private |
        killed_at_commit.projected | killed_at_commit.search | killed_at_job.claimed |
        killed_at_job.done | killed_between_steps | lost_reply | post_bounced | post_done_unsaid |
        post_later | post_not_done | stalled | worker_away
    """,
    "moved": """
        extended | suspended
    """,
    "people": """
        agent | burst | chooses what is shown | holds cases | colluding agent | deadline sniper | double-clicker | honest complainant | honest
        respondent | impostor respondent | late answerer | mass filer | neutral | replayer | stonewaller
        | two cases on one order | wants to be forgotten
    """,
    "refusal": """
        account_empty | account_unknown | answered_already | held | words_unknown |
        above_claim | accepted_already | already_decided | already_extended | case_closed |
        case_not_found | channel_missing | channel_unknown | date_past | date_too_far |
        deadline_not_running | deadline_unknown | decision_pending | exhibit_unknown |
        extension_too_long | facts_missing | file_type_refused | gate_unconfirmed | ground_unknown |
        idempotency_key_reused | ladder_ends | length_not_understood | moment_future | moment_past |
        not_allowed | not_claimed | not_extendable | not_your_deadline | not_yours_to_suspend |
        nothing_new | nothing_to_accept | offer_gone | offer_needs_terms | own_deadline | party_unknown
        | reason_missing | reasons_missing | refund_above_paid | remedy_running | remedy_unknown |
        request_unknown | respondent_unheard | respondent_unserved | rung_unknown | same_person |
        suspension_order | suspension_too_long | text_missing | text_too_long | text_unreadable |
        too_early | too_late | withdrawn | wrong_stage
    """,
}

_SELDOM: dict[str, str] = {
    "clock": """
        serve_notice:missed
    """,
    "counted": """
        provisional
    """,
    "edge": """
        adjudicating-closed | appealed-closed | assessed-adjudicating | received-closed
    """,
    "event": """
        AccountTakenOut | QuestionsAnswered
    """,
    "fault": """
        killed_at_blob.key_stored | old_copy
    """,
    "moved": """
        revised
    """,
    "remedy": """
        in_points
    """,
    "refusal": """
        reading_wrong | region_outside |
        appeal_too_late | deadline_over | delays_the_complaint | erased | not_your_step |
        nothing_to_appeal | official_bodies_bar_each_other | point_empty | problem_unknown |
        refiled_too_often | step_out_of_order | still_in_time
    """,
}


def _marks(groups: Mapping[str, str]) -> Iterator[str]:
    for kind, names in groups.items():
        yield from (f"{kind}:{' '.join(name.split())}" for name in names.split("|"))


MUST_HAPPEN = frozenset(_marks(_OFTEN))
MUST_HAPPEN_SELDOM = frozenset(_marks(_SELDOM))


def unseen(seen: Mapping[str, int], *, cases: int) -> tuple[str, ...]:
    """What had to happen and did not, or too seldom for so many cases."""
    tiers = ((MUST_HAPPEN, cases // 1_000), (MUST_HAPPEN_SELDOM, cases // 5_000))
    return tuple(sorted(mark for marks, needed in tiers for mark in marks if seen.get(mark, 0) < needed))
