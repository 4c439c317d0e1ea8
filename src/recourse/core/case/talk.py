# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The parties talk: answers, offers, settlement, messages.

A holding reply ("正在处理") is recorded and shown, and stops nothing. An answer is an admission, an offer, a refusal
with its reason, or a promise with a date.
"""

from collections.abc import Iterator
from datetime import timedelta

from recourse.core.case import clocks, ladder, performance
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.case.terms import claimed, left_open, term_problems
from recourse.core.claim import Term
from recourse.core.offer import Offer, OfferState
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import (
    AnswerKind,
    OnMiss,
    Party,
    RemedyState,
    Stage,
    StartsWhen,
)

# Whoever needs longer makes an offer, which the other side may refuse.
PROMISE_MAX = timedelta(days=60)
_ANSWERING_STAGES = frozenset({Stage.negotiating, Stage.reviewing, Stage.adjudicating})


def record_answer(draft: Draft, command: c.RecordAnswer) -> Problems | None:
    """The respondent answers. After a default or a closing, only a late answer with its cause is heard."""
    refused = gather(_answer_problems(draft, command))
    if refused is not None:
        return refused
    case = draft.case
    late = _silence_decided(draft)
    assert case.rung is not None, "a case that may be answered stands on a rung"
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
        _answered(draft)
        _follow(draft, command)
    return None


def _answer_problems(draft: Draft, command: c.RecordAnswer) -> list[Problem]:
    found = [*_content_problems(draft, command), *_date_problems(draft, command)]
    if _silence_decided(draft):
        if not command.text.strip():
            found.append(
                _say(
                    "cause_missing",
                    "text",
                    "迟到的答复要写明原因。",
                    "A late answer needs the cause of the delay.",
                )
            )
    elif draft.case.stage not in _ANSWERING_STAGES or draft.case.pending_decision is not None:
        found.append(
            _say(
                "too_late",
                "",
                "这件投诉已经不再等你的答复；对决定不服可以申诉。",
                "This complaint no longer waits for your answer; a decision can be appealed.",
            )
        )
    return found


def _content_problems(draft: Draft, command: c.RecordAnswer) -> Iterator[Problem]:
    if command.kind is AnswerKind.offer:
        yield _say("offer_needs_terms", "kind", "方案请用“提方案”填写。", "Make the offer in the offer form.")
    if command.kind in {AnswerKind.refusal, AnswerKind.holding} and not command.text.strip():
        yield _say("reason_missing", "text", "不同意要写理由。", "A refusal needs its reason.")
    if command.kind is AnswerKind.admission and left_open(draft):
        yield _say(
            "admission_unclear",
            "kind",
            "有的诉求没有写明金额，请用“提方案”写清楚给什么、给多少。",
            "A demand names no sum: say in an offer what you give and how much.",
        )


def _date_problems(draft: Draft, command: c.RecordAnswer) -> Iterator[Problem]:
    until = command.promised_at
    if until is None:
        if command.kind is AnswerKind.promise:
            yield _say("date_missing", "promised_at", "承诺要写到哪天完成。", "A promise needs its date.")
    elif until <= draft.now:
        yield _say("date_past", "promised_at", "承诺的日期已经过了。", "The promised date is past.")
    elif until > draft.now + PROMISE_MAX:
        yield _say(
            "date_too_far",
            "promised_at",
            f"承诺的日期最远{PROMISE_MAX.days}天；更久的请用“提方案”，由对方决定。",
            f"A promise reaches {PROMISE_MAX.days} days at most; for longer make an offer, which they may refuse.",
        )


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


def _silence_decided(draft: Draft) -> bool:
    """Only silence has decided, nobody appealed, and nothing was carried out yet: a late answer is still heard."""
    case, decision = draft.case, draft.case.decision
    return (
        decision is not None
        and decision.by_default
        and not decision.overtaken
        and case.stage in {Stage.adjudicating, Stage.implementing}
        and all(remedy.state is RemedyState.ordered for remedy in case.open_remedies)
    )


def _late(draft: Draft) -> None:
    """Silence decided, and now an answer with a cause is here: a person looks at both sides."""
    clocks.cancel(draft, scopes=("remedy:", "decision:"))
    for remedy in draft.case.open_remedies:
        draft.add(e.RemedyDisputed(remedy=remedy.id, reason="late_answer", text="", at=draft.now))
    reason = draft.case.replies[-1].text
    draft.add(e.CaseReopened(because="late_answer", reason=reason, at=draft.now))
    performance.to_review(draft, why="late_answer")


def _answered(draft: Draft) -> None:
    """An answer ends the wait for one, and whoever answers has had the notice."""
    clocks.finish(draft, act="answer", who=Party.respondent)
    clocks.finish(draft, act="serve_notice", who=None)


def _follow(draft: Draft, command: c.RecordAnswer) -> None:
    """What an answer leads to: an admission settles, a refusal lets the complainant choose, a promise starts a clock."""
    case = draft.case
    if command.kind is AnswerKind.admission:
        settle(draft, claimed(draft), offer="")
    elif command.kind is AnswerKind.refusal:
        clocks.choose_next(draft)
    else:
        assert command.promised_at is not None, "a promise without a date was refused above"
        talking = case.stage is Stage.negotiating
        clocks.start_fixed(
            draft,
            act="keep_promise",
            who=Party.respondent,
            until=command.promised_at,
            on_miss=OnMiss.escalate if talking else OnMiss.remind,
            starts_when=StartsWhen.promised,
            scope=f"rung:{case.rung}",
        )
        clocks.signal(draft, StartsWhen.promised, command.promised_at)


def make_offer(draft: Draft, command: c.MakeOffer) -> Problems | None:
    """Propose terms. An open offer of the other side is thereby countered; one's own is replaced."""
    found = list(term_problems(draft, command.terms))
    if not command.terms:
        found.append(
            _say(
                "terms_missing",
                "terms",
                "方案里至少写一项。",
                "An offer names at least one remedy.",
            )
        )
    if draft.side is Party.complainant and not any(n.served_at for n in draft.case.notices):
        found.append(
            _say(
                "respondent_unserved",
                "",
                "对方还没收到通知，现在提方案对方看不到。",
                "The other side has no notice yet and would not see an offer.",
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
        _answered(draft)
    other = Party.complainant if draft.side is Party.respondent else Party.respondent
    clocks.start_case_clock(draft, "respond_offer", who=other, scope=f"offer:{offer_id}")
    return None


def accept_offer(draft: Draft, command: c.AcceptOffer) -> Problems | None:
    """Accept the other side's offer: a settlement, and its remedies are ordered at once."""
    offer = _their_offer(draft, command.offer)
    if offer is None:
        return _no_offer()
    refused = gather(term_problems(draft, offer.terms))
    if refused is not None:
        return refused
    _close_offer(draft, offer, OfferState.accepted)
    settle(draft, offer.terms, offer=offer.id)
    return None


def refuse_offer(draft: Draft, command: c.RefuseOffer) -> Problems | None:
    """Refuse the other side's offer; the complainant then chooses the next step, or it comes by itself."""
    offer = _their_offer(draft, command.offer)
    if offer is None:
        return _no_offer()
    _close_offer(draft, offer, OfferState.refused)
    clocks.choose_next(draft)
    return None


def take_back_offer(draft: Draft, command: c.TakeBackOffer) -> Problems | None:
    """Take one's own offer back before it is answered."""
    offer = draft.case.open_offer
    if offer is None or offer.id != command.offer or offer.by is not draft.side:
        return _no_offer()
    _close_offer(draft, offer, OfferState.taken_back)
    clocks.choose_next(draft)  # the offer may have been the answer; without it the talks would stand still
    return None


def _their_offer(draft: Draft, id: str) -> Offer | None:
    """The other side's open offer of this id. Past its time it has lapsed, even before the engine says so."""
    offer = draft.case.open_offer
    if offer is None or offer.id != id or offer.by is draft.side:
        return None
    return None if clocks.is_over(draft, scope=f"offer:{offer.id}") else offer


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
    ladder.leave(draft)
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
    if text.strip():
        return None
    return Problems((_say("text_missing", "text", "请先写内容。", "Write something first."),))
