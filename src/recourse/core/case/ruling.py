# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A neutral decides, with facts, reasons, rule version and next recourse; each side may appeal once, to another person."""

from collections.abc import Iterator
from datetime import timedelta

from recourse.core.case import clocks, ladder, performance
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.case.terms import term_problems
from recourse.core.claim import Term, carries_money
from recourse.core.deadline.deadline import DeadlineState
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import Party, RemedyKind, Stage

# Where no clock for an answer ran, a served respondent has this long to speak before anything is decided against it.
HEARING = timedelta(hours=48)


def decide_case(draft: Draft, command: c.DecideCase) -> Problems | None:
    """Issue a decision. Nobody loses unheard: granting anything needs a served notice."""
    refused = gather(_problems(draft, command))
    if refused is not None:
        return refused
    on_appeal = draft.case.stage is Stage.appealed
    clocks.finish(draft, act="decide_appeal" if on_appeal else "decide", who=None)
    ladder.leave(draft)
    issue(
        draft,
        by=draft.actor.id,
        facts=command.facts,
        reasons=command.reasons,
        terms=command.terms,
        grounds=command.grounds,
        next_recourse=command.next_recourse or "official_complaint",
    )
    if on_appeal:
        make_final(draft)
    return None


def issue(
    draft: Draft,
    *,
    by: str,
    facts: str,
    reasons: str,
    terms: tuple[Term, ...],
    grounds: tuple[str, ...],
    next_recourse: str,
    by_default: bool = False,
) -> None:
    """Write the decision down and open the time for an appeal."""
    decision_id = f"e{len(draft.case.decisions) + 1}"
    draft.add(
        e.DecisionIssued(
            id=decision_id,
            by=by,
            at=draft.now,
            facts=facts,
            reasons=reasons,
            terms=terms,
            rulebook=draft.case.rulebook,
            grounds=grounds,
            next_recourse=next_recourse,
            by_default=by_default,
        )
    )
    if draft.case.appeal is None:
        # Either side may appeal; what silence granted is the silent side's to object to.
        who = Party.respondent if by_default else None
        clocks.start_case_clock(draft, "appeal", scope=f"decision:{decision_id}", who=who)


def unwritten(facts: str, reasons: str) -> list[Problem]:
    """What a decision lacks in words; a form asks this too, to say it with what else is wrong there."""
    found: list[Problem] = []
    if not facts.strip():
        found.append(_say("facts_missing", "facts", "请写认定的事实。", "State the facts found."))
    if not reasons.strip():
        found.append(_say("reasons_missing", "reasons", "请写理由。", "Give the reasons."))
    return found


def _problems(draft: Draft, command: c.DecideCase) -> list[Problem]:
    found = unwritten(command.facts, command.reasons)
    case = draft.case
    unknown = [item for item in command.grounds if item not in draft.rules.law]
    if unknown:
        found.append(
            _say(
                "ground_unknown",
                "grounds",
                f"规则里没有这些条文：{'、'.join(unknown)}。",
                f"These articles are not in the rulebook: {', '.join(unknown)}.",
            )
        )
    if command.terms and not heard(draft):
        found.append(
            _say(
                "respondent_unheard",
                "terms",
                "对方还没收到通知，或还没来得及说明，不能作对其不利的决定。",
                "The other side was not served, or had no time to speak; nothing can be decided against it yet.",
            )
        )
    if case.stage is Stage.appealed and case.decision is not None and case.decision.by == draft.actor.id:
        found.append(
            _say(
                "same_person",
                "",
                "申诉要由另一位中立人决定。",
                "An appeal is decided by another neutral.",
            )
        )
    if case.stage is Stage.adjudicating and case.pending_decision is not None:
        found.append(
            _say(
                "already_decided",
                "",
                "已经作出决定，等待申诉期。",
                "A decision stands; the time to appeal is running.",
            )
        )
    found.extend(term_problems(draft, command.terms))
    found.extend(_beyond_the_claims(draft, command.terms))
    return found


def heard(draft: Draft) -> bool:
    """Whether the respondent was served and then spoke, let its time pass, or had two days to speak."""
    case = draft.case
    served = [notice.served_at for notice in case.notices if notice.served_at is not None]
    if not served:
        return False
    spoke = bool(case.replies) or any(offer.by is Party.respondent for offer in case.offers)
    let_pass = any(d.act == "answer" and d.state is DeadlineState.missed for d in case.deadlines)
    return spoke or let_pass or draft.now >= min(served) + HEARING


def _beyond_the_claims(draft: Draft, terms: tuple[Term, ...]) -> Iterator[Problem]:
    """A decision stays within what was asked: no larger sum, and compensation only where it was claimed."""
    claims = draft.case.claims
    asked = sum(claim.amount_fen or 0 for claim in claims)
    open_ended = any(carries_money(claim.kind) and claim.amount_fen is None for claim in claims)
    granted = sum(term.amount_fen or 0 for term in terms)
    if asked and not open_ended and granted > asked:
        yield _say(
            "above_claim",
            "terms",
            "不能超过投诉人要求的金额。",
            "More than was claimed cannot be granted.",
        )
    kinds = {claim.kind for claim in claims}
    for index, term in enumerate(terms):
        if term.kind is RemedyKind.compensation and term.kind not in kinds:
            yield _say(
                "not_claimed",
                f"terms[{index}].kind",
                "投诉人没有要求赔偿。",
                "No compensation was claimed.",
            )


def _say(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(
        key,
        field,
        Text(zh, en),
        Text("改好这一项再提交。", "Correct this and send again."),
    )


def appeal_decision(draft: Draft, command: c.AppealDecision) -> Problems | None:
    """Appeal once, while the time runs. The case then waits for another neutral."""
    pending = draft.case.pending_decision
    if pending is None:
        return refuse(
            "nothing_to_appeal",
            zh="现在没有可以申诉的决定。",
            en="There is no decision to appeal now.",
            do_zh="可以走12315或法院。",
            do_en="12315 and the courts stay open.",
        )
    if draft.side in draft.case.decision_accepted:
        return refuse(
            "accepted_already",
            zh="你已经接受了这个决定。",
            en="You have accepted this decision.",
            do_zh="可以走12315或法院。",
            do_en="12315 and the courts stay open.",
        )
    if not command.reasons.strip():
        return Problems(
            (
                _say(
                    "reasons_missing",
                    "reasons",
                    "请写申诉理由。",
                    "Give the reasons of the appeal.",
                ),
            )
        )
    scope = f"decision:{pending.id}"
    if clocks.is_over(draft, scope=scope):
        return refuse(
            "appeal_too_late",
            zh="申诉期已经过了。",
            en="The time to appeal is over.",
            do_zh="可以走12315或法院。",
            do_en="12315 and the courts stay open.",
        )
    clocks.finish(draft, act="appeal", who=None)
    draft.add(e.AppealLodged(by=draft.side, reasons=command.reasons, at=draft.now))
    clocks.start_case_clock(draft, "decide_appeal", scope=scope)
    return None


def accept_decision(draft: Draft, command: c.AcceptDecision) -> Problems | None:
    """One side says that it will not appeal; with both, the decision is final at once."""
    if draft.case.pending_decision is None:
        return refuse(
            "nothing_to_accept",
            zh="现在没有等待接受的决定。",
            en="No decision is waiting to be accepted.",
            do_zh="请刷新页面。",
            do_en="Reload the page.",
        )
    if draft.side not in draft.case.decision_accepted:
        draft.add(e.DecisionAccepted(by=draft.side, at=draft.now))
    if draft.case.decision_accepted >= {Party.complainant, Party.respondent}:
        make_final(draft)
    return None


def make_final(draft: Draft) -> None:
    """The decision stands: what it grants is owed now."""
    decision = draft.case.decision
    assert decision is not None
    ladder.leave(draft)
    draft.add(e.DecisionBecameFinal(id=decision.id, at=draft.now))
    performance.order(draft, decision.terms, basis="decision")
