# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The parties talk: answers, offers, settlement, messages.

A holding reply ("正在处理") is recorded and shown, and stops nothing. An answer is an admission, an offer, a refusal
with its reason, or a promise with a date.
"""

from recourse.core.case import clocks, performance
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.claim import Term, carries_money
from recourse.core.offer import Offer, OfferState
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import (
    AnswerKind,
    OnMiss,
    Party,
    Stage,
    StartsWhen,
    entitlement_group,
)

TEXT_CHARS_MAX = 5_000
_ANSWERING_STAGES = frozenset({Stage.negotiating, Stage.reviewing, Stage.adjudicating})


def record_answer(draft: Draft, command: c.RecordAnswer) -> Problems | None:
    """The respondent answers. After a default or a closing, only a late answer with its cause is heard."""
    refused = gather(_answer_problems(draft, command))
    if refused is not None:
        return refused
    case = draft.case
    late = case.stage not in _ANSWERING_STAGES
    assert case.rung is not None
    draft.add(
        e.AnswerRecorded(
            kind=command.kind,
            text=command.text,
            at=draft.now,
            rung=case.rung,
            promised_at=command.promised_at if command.kind is AnswerKind.promise else None,
            late=late,
        )
    )
    if late:
        _late(draft)
    elif command.kind is not AnswerKind.holding:
        clocks.finish(draft, act="answer", who=Party.respondent)
        _follow(draft, command)
    return None


def _answer_problems(draft: Draft, command: c.RecordAnswer) -> list[Problem]:
    found = []
    if command.kind is AnswerKind.offer:
        found.append(
            _say(
                "offer_needs_terms",
                "kind",
                "方案请用“提方案”填写。",
                "Make the offer in the offer form.",
            )
        )
    if command.kind in {AnswerKind.refusal, AnswerKind.holding} and not command.text.strip():
        found.append(
            _say(
                "reason_missing",
                "text",
                "不同意要写理由。",
                "A refusal needs its reason.",
            )
        )
    if command.kind is AnswerKind.promise and command.promised_at is None:
        found.append(
            _say(
                "date_missing",
                "promised_at",
                "承诺要写到哪天完成。",
                "A promise needs its date.",
            )
        )
    if command.promised_at is not None and command.promised_at <= draft.now:
        found.append(
            _say(
                "date_past",
                "promised_at",
                "承诺的日期已经过了。",
                "The promised date is past.",
            )
        )
    if len(command.text) > TEXT_CHARS_MAX:
        found.append(
            _say(
                "text_too_long",
                "text",
                f"最多{TEXT_CHARS_MAX}字。",
                f"At most {TEXT_CHARS_MAX} characters.",
            )
        )
    if draft.case.stage not in _ANSWERING_STAGES and not _may_be_late(draft):
        found.append(
            _say(
                "too_late",
                "",
                "这件投诉已经不再等你的答复。",
                "This complaint no longer waits for your answer.",
            )
        )
    if draft.case.stage not in _ANSWERING_STAGES and not command.text.strip():
        found.append(
            _say(
                "cause_missing",
                "text",
                "迟到的答复要写明原因。",
                "A late answer needs the cause of the delay.",
            )
        )
    return found


def _say(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(
        key,
        field,
        Text(zh, en),
        Text(
            "改好再提交，其他内容都还在。",
            "Correct this and send again; the rest is kept.",
        ),
    )


def _may_be_late(draft: Draft) -> bool:
    """A late answer with cause is heard while only silence, not a person, has decided."""
    decision = draft.case.decision
    return decision is not None and decision.by_default and not draft.case.closed


def _late(draft: Draft) -> None:
    """Silence decided, and now an answer with a cause is here: a person looks at both sides."""
    for remedy in draft.case.open_remedies:
        draft.add(e.RemedyBroken(remedy=remedy.id, at=draft.now))
    clocks.cancel(draft, scopes=("remedy:", "case"))
    draft.add(e.CaseReopened(because="late_answer", reason=draft.case.replies[-1].text, at=draft.now))
    performance.to_review(draft, why="late_answer")


def _follow(draft: Draft, command: c.RecordAnswer) -> None:
    """What an answer leads to: an admission settles, a refusal lets the complainant choose, a promise starts a clock."""
    case = draft.case
    if command.kind is AnswerKind.admission:
        terms = tuple(Term(claim.kind, claim.amount_fen) for claim in case.claims)
        settle(draft, terms, offer="")
    elif command.kind is AnswerKind.refusal:
        clocks.start_case_clock(draft, "choose_next")
    elif command.kind is AnswerKind.promise and command.promised_at is not None:
        clocks.start_fixed(
            draft,
            act="keep_promise",
            who=Party.respondent,
            until=command.promised_at,
            on_miss=OnMiss.escalate,
            starts_when=StartsWhen.promised,
            scope=f"rung:{case.rung}",
        )


def make_offer(draft: Draft, command: c.MakeOffer) -> Problems | None:
    """Propose terms. An open offer of the other side is thereby countered; one's own is replaced."""
    found = _term_problems(draft, command.terms)
    if len(command.text) > TEXT_CHARS_MAX:
        found.append(
            _say(
                "text_too_long",
                "text",
                f"最多{TEXT_CHARS_MAX}字。",
                f"At most {TEXT_CHARS_MAX} characters.",
            )
        )
    refused = gather(found)
    if refused is not None:
        return refused
    open_offer = draft.case.open_offer
    answers = ""
    if open_offer is not None:
        mine = open_offer.by is draft.side
        state = OfferState.taken_back if mine else OfferState.countered
        answers = "" if mine else open_offer.id
        _close_offer(draft, open_offer, state)
    offer_id = f"o{len(draft.case.offers) + 1}"
    draft.add(
        e.OfferMade(
            id=offer_id,
            by=draft.side,
            terms=command.terms,
            text=command.text,
            at=draft.now,
            answers=answers,
        )
    )
    if draft.side is Party.respondent:
        clocks.finish(draft, act="answer", who=Party.respondent)
    other = Party.complainant if draft.side is Party.respondent else Party.respondent
    clocks.start_case_clock(draft, "respond_offer", who=other, scope=f"offer:{offer_id}")
    return None


def _term_problems(draft: Draft, terms: tuple[Term, ...]) -> list[Problem]:
    found: list[Problem] = []
    if not terms:
        found.append(
            _say(
                "terms_missing",
                "terms",
                "方案里至少写一项。",
                "An offer names at least one remedy.",
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
        if term.amount_fen is not None and term.amount_fen <= 0:
            found.append(
                _say(
                    "amount_not_positive",
                    f"{where}.amount",
                    "金额要大于0。",
                    "The sum must be above 0.",
                )
            )
        if term.amount_fen is None and carries_money(term.kind):
            found.append(_say("amount_missing", f"{where}.amount", "请写金额。", "Name the sum."))
    groups = [entitlement_group(term.kind) for term in terms]
    if len(set(groups)) < len(groups):
        found.append(
            _say(
                "terms_overlap",
                "terms",
                "同一笔价值只能给一次，请二选一。",
                "The same value is given once: choose one.",
            )
        )
    return found


def accept_offer(draft: Draft, command: c.AcceptOffer) -> Problems | None:
    """Accept the other side's offer: a settlement, and its remedies are ordered at once."""
    offer, refused = _their_offer(draft, command.offer)
    if refused is not None or offer is None:
        return refused
    _close_offer(draft, offer, OfferState.accepted)
    settle(draft, offer.terms, offer=offer.id)
    return None


def refuse_offer(draft: Draft, command: c.RefuseOffer) -> Problems | None:
    """Refuse the other side's offer; the complainant then chooses the next step, or it comes by itself."""
    offer, refused = _their_offer(draft, command.offer)
    if refused is not None or offer is None:
        return refused
    _close_offer(draft, offer, OfferState.refused)
    if not draft.case.rung_outside:
        clocks.start_case_clock(draft, "choose_next")
    return None


def take_back_offer(draft: Draft, command: c.TakeBackOffer) -> Problems | None:
    """Take one's own offer back before it is answered."""
    offer = draft.case.open_offer
    if offer is None or offer.id != command.offer or offer.by is not draft.side:
        return _no_offer()
    _close_offer(draft, offer, OfferState.taken_back)
    return None


def _their_offer(draft: Draft, id: str) -> tuple[Offer | None, Problems | None]:
    offer = draft.case.open_offer
    if offer is None or offer.id != id or offer.by is draft.side:
        return None, _no_offer()
    return offer, None


def _no_offer() -> Problems:
    return refuse(
        "offer_gone",
        zh="这个方案已经不在桌上了。",
        en="This offer is no longer on the table.",
        do_zh="请刷新页面，看看最新的方案。",
        do_en="Reload the page to see the latest offer.",
        field="offer",
    )


def _close_offer(draft: Draft, offer: Offer, state: OfferState) -> None:
    draft.add(e.OfferAnswered(id=offer.id, state=state, at=draft.now))
    clocks.close_scope(draft, f"offer:{offer.id}", met=state is not OfferState.taken_back)


def settle(draft: Draft, terms: tuple[Term, ...], *, offer: str) -> None:
    """The parties agree: every other clock of the talks stops, and what was agreed is owed."""
    clocks.cancel(draft, scopes=("rung:", "offer:", "request:", "case"))
    draft.add(e.SettlementReached(terms=terms, offer=offer, at=draft.now))
    performance.order(draft, terms, basis="settlement")


def post_message(draft: Draft, command: c.PostMessage) -> Problems | None:
    """A message both sides read. It is no answer: it stops no clock."""
    refused = _text_problems(command.text)
    if refused is None:
        draft.add(e.MessagePosted(by=draft.side, text=command.text, at=draft.now))
    return refused


def add_note(draft: Draft, command: c.AddNote) -> Problems | None:
    """An internal note."""
    refused = _text_problems(command.text)
    if refused is None:
        draft.add(e.NoteAdded(by=draft.actor.id, text=command.text, at=draft.now))
    return refused


def _text_problems(text: str) -> Problems | None:
    found = []
    if not text.strip():
        found.append(_say("text_missing", "text", "请先写内容。", "Write something first."))
    if len(text) > TEXT_CHARS_MAX:
        found.append(
            _say(
                "text_too_long",
                "text",
                f"最多{TEXT_CHARS_MAX}字。",
                f"At most {TEXT_CHARS_MAX} characters.",
            )
        )
    return gather(found)
