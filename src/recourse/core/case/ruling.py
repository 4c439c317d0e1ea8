# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A neutral decides, with facts, reasons, rule version and next recourse; each side may appeal once, to another person."""

from recourse.core.case import clocks, performance
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.claim import Term, carries_money
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import Party, Stage, entitlement_group


def decide_case(draft: Draft, command: c.DecideCase) -> Problems | None:
    """Issue a decision. Nobody loses unheard: granting anything needs a served notice."""
    refused = gather(_problems(draft, command))
    if refused is not None:
        return refused
    on_appeal = draft.case.stage is Stage.appealed
    clocks.cancel(draft, scopes=("rung:", "offer:", "request:", "case"))
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
        clocks.start_case_clock(draft, "appeal")


def _problems(draft: Draft, command: c.DecideCase) -> list[Problem]:
    found: list[Problem] = []
    case = draft.case
    if not command.facts.strip():
        found.append(_say("facts_missing", "facts", "请写认定的事实。", "State the facts found."))
    if not command.reasons.strip():
        found.append(_say("reasons_missing", "reasons", "请写理由。", "Give the reasons."))
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
    if command.terms and not any(notice.served_at for notice in case.notices):
        found.append(
            _say(
                "respondent_unheard",
                "terms",
                "对方还没收到通知，不能作对其不利的决定。",
                "The other side was never served; nothing can be decided against it.",
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
    if case.stage is Stage.adjudicating and case.decision is not None:
        found.append(
            _say(
                "already_decided",
                "",
                "已经作出决定，等待申诉期。",
                "A decision stands; the time to appeal is running.",
            )
        )
    found.extend(_terms(draft, command.terms))
    return found


def _terms(draft: Draft, terms: tuple[Term, ...]) -> list[Problem]:
    found: list[Problem] = []
    asked = sum(claim.amount_fen or 0 for claim in draft.case.claims)
    groups = [entitlement_group(term.kind) for term in terms]
    if len(set(groups)) < len(groups):
        found.append(
            _say(
                "terms_overlap",
                "terms",
                "同一笔价值只能给一次。",
                "The same value is given once only.",
            )
        )
    for index, term in enumerate(terms):
        where = f"terms[{index}]"
        if draft.remedy(term.kind) is None:
            found.append(
                _say(
                    "remedy_not_offered",
                    f"{where}.kind",
                    "这里没有这种方案。",
                    "No such remedy here.",
                )
            )
        if carries_money(term.kind) and not term.amount_fen:
            found.append(_say("amount_missing", f"{where}.amount", "请写金额。", "Name the sum."))
        if term.amount_fen and asked and term.amount_fen > asked:
            found.append(
                _say(
                    "above_claim",
                    f"{where}.amount",
                    "不能超过投诉人要求的金额。",
                    "More than was claimed cannot be granted.",
                )
            )
    return found


def _say(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(
        key,
        field,
        Text(zh, en),
        Text("改好这一项再提交。", "Correct this and send again."),
    )


def appeal_decision(draft: Draft, command: c.AppealDecision) -> Problems | None:
    """Appeal once, while the time runs. The case then waits for another neutral."""
    case = draft.case
    if case.decision is None or case.decision.final:
        return refuse(
            "nothing_to_appeal",
            zh="现在没有可以申诉的决定。",
            en="There is no decision to appeal now.",
            do_zh="可以走12315或法院。",
            do_en="12315 and the courts stay open.",
        )
    if case.appeal is not None:
        return refuse(
            "appealed_already",
            zh="申诉只有一次，已经用过了。",
            en="There is one appeal only, and it was made.",
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
    clocks.finish(draft, act="appeal", who=None)
    draft.add(e.AppealLodged(by=draft.side, reasons=command.reasons, at=draft.now))
    clocks.start_case_clock(draft, "decide_appeal")
    return None


def accept_decision(draft: Draft, command: c.AcceptDecision) -> Problems | None:
    """One side says that it will not appeal; with both, the decision is final at once."""
    case = draft.case
    if case.decision is None or case.decision.final:
        return refuse(
            "nothing_to_accept",
            zh="现在没有等待接受的决定。",
            en="No decision is waiting to be accepted.",
            do_zh="请刷新页面。",
            do_en="Reload the page.",
        )
    if draft.side not in case.decision_accepted:
        draft.add(e.DecisionAccepted(by=draft.side, at=draft.now))
    if draft.case.decision_accepted >= {Party.complainant, Party.respondent}:
        make_final(draft)
    return None


def make_final(draft: Draft) -> None:
    """The decision stands: what it grants is owed now."""
    decision = draft.case.decision
    assert decision is not None
    clocks.cancel(draft, scopes=("case",))
    draft.add(e.DecisionBecameFinal(id=decision.id, at=draft.now))
    performance.order(draft, decision.terms, basis="decision")
