# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The closed sets of the field: every list that a playbook, a page or an event may choose from.

Stages follow ISO 10002 clause 8 inside the house; rungs are the union of the five source systems.
"""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What a complaint is about: the record that an entitlement is taken on."""

    order = "order"
    card = "card"
    draw = "draw"
    points = "points"


class Stage(StrEnum):
    """Where a case is."""

    received = "received"
    acknowledged = "acknowledged"
    assessed = "assessed"
    negotiating = "negotiating"
    reviewing = "reviewing"
    adjudicating = "adjudicating"
    appealed = "appealed"
    implementing = "implementing"
    outside = "outside"
    closed = "closed"


class Outcome(StrEnum):
    """How a case ended; set only when it is closed."""

    settled = "settled"
    decided = "decided"
    withdrawn = "withdrawn"
    refused = "refused"
    expired = "expired"


class RungName(StrEnum):
    """A step of the ladder. A playbook names which it has, in its own order."""

    self_check = "self_check"
    negotiate = "negotiate"
    operator_support = "operator_support"
    operator_escalation = "operator_escalation"
    platform_decision = "platform_decision"
    host_platform = "host_platform"
    official_complaint = "official_complaint"
    public_exposure = "public_exposure"
    report = "report"
    police = "police"
    court = "court"


class ProblemKey(StrEnum):
    """The canonical problem taxonomy, shared by all playbooks."""

    not_delivered = "not_delivered"
    delivered_defective_or_invalid = "delivered_defective_or_invalid"
    duplicate_or_wrong_delivery = "duplicate_or_wrong_delivery"
    misdescription = "misdescription"
    entitlement_revoked = "entitlement_revoked"
    rule_changed = "rule_changed"
    refund_not_processed = "refund_not_processed"
    no_notice = "no_notice"
    service_unresponsive = "service_unresponsive"
    counterparty_bad_faith = "counterparty_bad_faith"
    scam_or_phishing = "scam_or_phishing"


class EvidenceKind(StrEnum):
    """The union list of evidence kinds; an exhibit has exactly one."""

    order_no = "order_no"
    payment_record = "payment_record"
    product_or_event_page_snapshot = "product_or_event_page_snapshot"
    rules_text_with_version = "rules_text_with_version"
    participation_or_task_proof = "participation_or_task_proof"
    win_or_redeem_screen = "win_or_redeem_screen"
    ledger_before_after = "ledger_before_after"
    status_screen_with_time = "status_screen_with_time"
    failure_screen = "failure_screen"
    photo = "photo"
    video_unboxing_or_process = "video_unboxing_or_process"
    comparison_sheet = "comparison_sheet"
    logistics_track = "logistics_track"
    chat_export = "chat_export"
    call_log_with_agent_no = "call_log_with_agent_no"
    ticket_no_and_history = "ticket_no_and_history"
    refusal_statement = "refusal_statement"
    promise_of_time = "promise_of_time"
    account_identity_profile = "account_identity_profile"
    address_confirmation = "address_confirmation"
    other_affected_users = "other_affected_users"
    loss_calculation = "loss_calculation"


class EvidenceState(StrEnum):
    """What a person says of one evidence item: 我有, 没有, 在平台手里. Missing evidence never blocks filing."""

    have = "have"
    have_not = "have_not"
    other_side = "other_side"


class RemedyKind(StrEnum):
    """What can be asked, offered or ordered. Penalties on respondents are not remedies."""

    refund = "refund"
    return_refund = "return_refund"
    replacement = "replacement"
    reissue_key = "reissue_key"
    deliver_prize = "deliver_prize"
    pay_prize = "pay_prize"
    restore_points = "restore_points"
    membership_time = "membership_time"
    choose_substitute = "choose_substitute"
    compensation = "compensation"
    apology = "apology"
    rule_change = "rule_change"
    repair = "repair"
    disclose_seller = "disclose_seller"


# Remedies that give back the value itself share one entitlement: whoever has the refund cannot have the prize too.
VALUE_REMEDIES = frozenset(
    {
        RemedyKind.refund,
        RemedyKind.return_refund,
        RemedyKind.replacement,
        RemedyKind.reissue_key,
        RemedyKind.deliver_prize,
        RemedyKind.pay_prize,
        RemedyKind.restore_points,
    }
)
# Remedies that are counted in points of the platform, whole ones.
POINTS_REMEDIES = frozenset({RemedyKind.restore_points})
# Remedies that carry a sum of money; the others carry none.
MONEY_REMEDIES = frozenset(
    {RemedyKind.refund, RemedyKind.return_refund, RemedyKind.pay_prize, RemedyKind.compensation}
)


def entitlement_group(kind: RemedyKind) -> str:
    """The group of the remedy lock: `value` for everything that gives the value back, else the kind itself."""
    return "value" if kind in VALUE_REMEDIES else kind.value


class RemedyState(StrEnum):
    """Where a remedy is. `silent` (nobody confirmed) is never counted as resolved."""

    ordered = "ordered"
    performing = "performing"
    performed = "performed"
    confirmed = "confirmed"
    silent = "silent"
    broken = "broken"
    disputed = "disputed"


class Party(StrEnum):
    """Who must act: on a deadline, a remedy step or the next move."""

    complainant = "complainant"
    respondent = "respondent"
    operator = "operator"
    outside = "outside"


class OnMiss(StrEnum):
    """What the engine does when a deadline passes in silence."""

    escalate = "escalate"
    default = "default"
    remind = "remind"
    lapse = "lapse"
    propose_next = "propose_next"


class StartsWhen(StrEnum):
    """The moment that starts a clock. Until it happens the deadline is listed with null dates."""

    filed = "filed"
    rung_entered = "rung_entered"
    notice_served = "notice_served"
    answered = "answered"
    promised = "promised"
    asked = "asked"
    decided = "decided"
    ordered = "ordered"
    step_done = "step_done"
    performed = "performed"
    filing_recorded = "filing_recorded"
    filing_accepted = "filing_accepted"
    received_goods = "received_goods"
    discovered = "discovered"


# A clock of the case itself starts in one of two ways: at a moment that the record or the story tells, whatever its
# act, or with the deed that asks for its act, whatever moment it names. Any other would wait for ever.
RECORD_MARKERS = frozenset(
    {StartsWhen.filed, StartsWhen.discovered, StartsWhen.promised, StartsWhen.received_goods}
)
DEED_ACTS = frozenset(
    {
        "serve_notice",
        "respond_offer",
        "choose_next",
        "give_evidence",
        "appeal",
        "decide_appeal",
        "confirm",
    }
)


class AnswerKind(StrEnum):
    """An answer is an admission, an offer, a refusal with its reason or a promise with a date; holding is silence."""

    admission = "admission"
    offer = "offer"
    refusal = "refusal"
    promise = "promise"
    holding = "holding"


class AttemptResult(StrEnum):
    """What came of one attempt to reach someone."""

    no_answer = "no_answer"
    holding = "holding"
    refused = "refused"
    promised = "promised"
    offered = "offered"
    solved = "solved"
