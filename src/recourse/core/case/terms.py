# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Terms: what an offer or a decision may grant, and what the claims come to when nobody contests them."""

from collections.abc import Iterator

from recourse.core.case.draft import Draft
from recourse.core.claim import POINTS_MAX, Term, carries_money, carries_points
from recourse.core.deadline.length import parse_length
from recourse.core.money import FEN_MAX
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import RemedyKind, entitlement_group

# These give back what was paid, and no more.
PAID_BACK = frozenset({RemedyKind.refund, RemedyKind.return_refund})


def paid_fen(draft: Draft) -> int | None:
    """What was paid for the subject: as the records say, else as the complaint says; None when unknown."""
    return draft.facts.paid_fen if draft.facts.paid_fen is not None else draft.case.subject.amount_fen


def claimed(draft: Draft) -> tuple[Term, ...]:
    """The claims as terms, when they are granted as they stand.

    Demands for the same value are alternatives: the one named first counts. A refund without a sum is what was paid;
    a claim whose sum nobody can tell cannot be granted without a word about it, and is left out.
    """
    terms: dict[str, Term] = {}
    for claim in draft.case.claims:
        amount = claim.amount_fen
        if amount is None and claim.kind in PAID_BACK:
            amount = paid_fen(draft)
        unknown = amount is None and carries_money(claim.kind)
        if not unknown and draft.remedy(claim.kind) is not None:
            terms.setdefault(entitlement_group(claim.kind), Term(claim.kind, amount, points=claim.points))
    return tuple(terms.values())


def left_open(draft: Draft) -> bool:
    """Whether some demand would be left out if the claims were granted as they stand: then nobody may just say yes."""
    granted = {entitlement_group(term.kind) for term in claimed(draft)}
    return any(entitlement_group(claim.kind) not in granted for claim in draft.case.claims)


def term_problems(draft: Draft, terms: tuple[Term, ...]) -> Iterator[Problem]:
    """Everything that is wrong with proposed terms, whoever proposes them."""
    groups = [entitlement_group(term.kind) for term in terms]
    if len(set(groups)) < len(groups):
        yield _say(
            "terms_overlap",
            "terms",
            "同一笔价值只能给一次，请二选一。",
            "The same value is given once: choose one.",
        )
    for index, term in enumerate(terms):
        yield from _one(draft, term, f"terms[{index}]")


def _one(draft: Draft, term: Term, where: str) -> Iterator[Problem]:
    if draft.remedy(term.kind) is None:
        yield _say("remedy_not_offered", f"{where}.kind", "这里没有这种方案。", "No such remedy here.")
    if term.within and isinstance(parse_length(term.within), Problems):
        yield _say(
            "length_not_understood",
            f"{where}.within",
            "看不懂这个期限，请写成7d（天）或7wd（工作日）。",
            "This period is not understood: write 7d (days) or 7wd (working days).",
        )
    yield from amount_problems(term.kind, term.amount_fen, f"{where}.amount", needed=True)
    yield from points_problems(term.kind, term.points, f"{where}.points")
    paid = paid_fen(draft)
    if term.kind in PAID_BACK and term.amount_fen is not None and paid is not None and term.amount_fen > paid:
        yield above_paid(f"{where}.amount")


def amount_problems(kind: RemedyKind, amount: int | None, where: str, *, needed: bool) -> Iterator[Problem]:
    """What is wrong with the sum of a demand or term of this kind."""
    if amount is None:
        if needed and carries_money(kind):
            yield _say("amount_missing", where, "请写金额。", "Name the sum.")
        return
    if not carries_money(kind):
        yield _say("amount_unwanted", where, "这一项不填金额。", "This one carries no sum.")
    if amount <= 0:
        yield _say("amount_not_positive", where, "金额要大于0。", "The sum must be above 0.")
    if amount > FEN_MAX:
        yield _say(
            "amount_too_large", where, "金额太大了，请核对。", "This sum is too large; please check it."
        )


def points_problems(kind: RemedyKind, points: int | None, where: str) -> Iterator[Problem]:
    """What is wrong with the count of points of a demand or term of this kind; none may be named."""
    if points is None:
        return
    if not carries_points(kind):
        yield _say("points_unwanted", where, "这一项不填积分数。", "This one is not counted in points.")
    elif not 0 < points <= POINTS_MAX:
        yield _say(
            "points_out_of_range",
            where,
            f"积分数要是1到{POINTS_MAX}之间的整数。",
            f"Points are a whole number from 1 to {POINTS_MAX}.",
        )


def above_paid(where: str) -> Problem:
    """A refund gives back what was paid; anything beyond is compensation."""
    return _say(
        "refund_above_paid",
        where,
        "退款不能超过实付金额；其余损失请用“赔偿”提出。",
        "A refund cannot exceed what was paid; further loss is compensation.",
    )


def _say(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(
        key,
        field,
        Text(zh, en),
        Text("改好这一项再提交，其他内容都还在。", "Correct this and send again; everything else is kept."),
    )
