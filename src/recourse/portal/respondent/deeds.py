# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Everything a respondent can do to a case: one function a deed."""

from collections.abc import Callable
from dataclasses import dataclass

from recourse.actions.accept_decision import accept_decision
from recourse.actions.accept_offer import accept_offer
from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.answer_claim import answer_claim
from recourse.actions.answer_evidence_request import answer_evidence_request
from recourse.actions.appeal_decision import appeal_decision
from recourse.actions.make_offer import make_offer
from recourse.actions.perform_step import perform_step
from recourse.actions.post_message import post_message
from recourse.actions.refuse_offer import refuse_offer
from recourse.actions.story import perform
from recourse.actions.take_back_offer import take_back_offer
from recourse.actions.withdraw_exhibit import withdraw_exhibit
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind, EvidenceKind
from recourse.queries.case_file import case_file
from recourse.webkit.sent_form import SentForm, wrong_field

# Sent twice, a file is there already: its second copy is no mistake of the person.
SEEN_TWICE = "idempotency_key_reused"


def _answer(kind: AnswerKind) -> Callable[[SentForm], object]:
    def do(sent: SentForm) -> object:
        return perform(
            answer_claim(
                sent.world,
                actor=sent.actor,
                number=sent.number,
                kind=kind,
                text=sent.text("text"),
                promised_at=sent.moment("promised_at") if kind is AnswerKind.promise else None,
                key=sent.key,
            )
        )

    return do


def _offer(sent: SentForm) -> object:
    terms = sent.terms()
    if isinstance(terms, Problems):
        return terms
    outcome = perform(
        make_offer(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            terms=terms,
            text=sent.text("text"),
            key=sent.key,
        )
    )
    return sent.at_term_fields(outcome) if isinstance(outcome, Problems) else outcome


def _accept_offer(sent: SentForm) -> object:
    offer = sent.text("offer", limit=20)
    return perform(accept_offer(sent.world, actor=sent.actor, number=sent.number, offer=offer, key=sent.key))


def _refuse_offer(sent: SentForm) -> object:
    offer = sent.text("offer", limit=20)
    return perform(refuse_offer(sent.world, actor=sent.actor, number=sent.number, offer=offer, key=sent.key))


def _take_back(sent: SentForm) -> object:
    offer = sent.text("offer", limit=20)
    return perform(
        take_back_offer(sent.world, actor=sent.actor, number=sent.number, offer=offer, key=sent.key)
    )


def _message(sent: SentForm) -> object:
    text = sent.text("text")
    return perform(post_message(sent.world, actor=sent.actor, number=sent.number, text=text, key=sent.key))


def _hand_in(sent: SentForm) -> object:
    kind = sent.kind()
    wrong = []
    if kind is None:
        wrong.append(
            wrong_field(
                "kind_missing", "kind", "请选这是哪一类材料。", "Choose what kind of material this is."
            )
        )
    if not sent.uploads:
        wrong.append(wrong_field("file_missing", "file", "还没选文件。", "No file was chosen."))
    if wrong or kind is None:
        return Problems(tuple(wrong))
    return _add_all(sent, kind)


def _add_all(sent: SentForm, kind: EvidenceKind) -> tuple[int, ...] | Problems:
    """The exhibit numbers of the form's files; every refusal at once, what is good stays handed in."""
    before = case_file(sent.world, actor=sent.actor, number=sent.number)
    known = {item.no for item in before.case.exhibits} if before is not None else set()
    wrong: list[Problem] = []
    for index, upload in enumerate(sent.uploads):
        outcome = perform(
            add_exhibit(
                sent.world,
                actor=sent.actor,
                number=sent.number,
                kind=kind,
                chunks=upload.chunks(),
                name=(upload.name or "")[:200],
                note=sent.text("note", limit=500),
                key=f"{sent.key}:{index}",
            )
        )
        if isinstance(outcome, Problems) and outcome.keys() != (SEEN_TWICE,):
            wrong.extend(outcome.items)
    if wrong:
        return Problems(tuple(wrong))
    after = case_file(sent.world, actor=sent.actor, number=sent.number)
    exhibits = after.case.exhibits if after is not None else ()
    return tuple(item.no for item in exhibits if item.no not in known and item.kind is kind)


def _withdraw_exhibit(sent: SentForm) -> object:
    no = sent.whole("no")
    return perform(withdraw_exhibit(sent.world, actor=sent.actor, number=sent.number, no=no, key=sent.key))


def _answer_request(sent: SentForm) -> object:
    asked = sent.text("request", limit=20)
    file = case_file(sent.world, actor=sent.actor, number=sent.number)
    requests = file.case.requests if file is not None else ()
    request = next((item for item in requests if item.id == asked), None)
    exhibits = _add_all(sent, request.kind) if request is not None and sent.uploads else ()
    if isinstance(exhibits, Problems):
        return exhibits
    return perform(
        answer_evidence_request(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            request=asked,
            exhibits=exhibits,
            answer=sent.text("answer"),
            key=sent.key,
        )
    )


def _step(sent: SentForm) -> object:
    exhibits = _add_all(sent, sent.kind() or EvidenceKind.payment_record) if sent.uploads else ()
    if isinstance(exhibits, Problems):
        return exhibits
    return perform(
        perform_step(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            remedy=sent.text("remedy", limit=20),
            index=sent.whole("index"),
            note=sent.text("note"),
            exhibits=exhibits,
            key=sent.key,
        )
    )


def _appeal(sent: SentForm) -> object:
    reasons = sent.text("reasons")
    return perform(
        appeal_decision(sent.world, actor=sent.actor, number=sent.number, reasons=reasons, key=sent.key)
    )


def _accept_decision(sent: SentForm) -> object:
    return perform(accept_decision(sent.world, actor=sent.actor, number=sent.number, key=sent.key))


@dataclass(frozen=True, slots=True)
class Deed:
    """What runs, and what the page says afterwards."""

    do: Callable[[SentForm], object]
    done: Text


_HOLDING_DONE = Text(
    "已转告对方你在处理。这不算答复，时间照算。",
    "They are told that you are working on it. This is no answer; the clock keeps running.",
)
DEEDS: dict[str, Deed] = {
    "agree": Deed(
        _answer(AnswerKind.admission), Text("已记下：你同意对方的请求。", "Noted: you agree to the claim.")
    ),
    "refuse": Deed(
        _answer(AnswerKind.refusal), Text("已记下你的理由，对方看得到。", "Noted; they see your reason.")
    ),
    "promise": Deed(
        _answer(AnswerKind.promise), Text("已记下你承诺的日期。", "Noted: the date you promised.")
    ),
    "holding": Deed(_answer(AnswerKind.holding), _HOLDING_DONE),
    "late": Deed(
        _answer(AnswerKind.refusal),
        Text("迟到的答复已收到，重新审核。", "Your late answer is in; the case is reviewed."),
    ),
    "offer": Deed(_offer, Text("方案已发给对方。", "Your offer is sent.")),
    "accept-offer": Deed(_accept_offer, Text("你接受了方案，双方和解。", "You accepted the offer: settled.")),
    "refuse-offer": Deed(_refuse_offer, Text("已告诉对方你不接受。", "They are told that you refuse.")),
    "take-back": Deed(_take_back, Text("方案已收回。", "Your offer is taken back.")),
    "message": Deed(_message, Text("已发出。", "Sent.")),
    "exhibit": Deed(_hand_in, Text("材料已收到。", "Received.")),
    "withdraw-exhibit": Deed(_withdraw_exhibit, Text("这份材料不再使用。", "It is no longer relied on.")),
    "answer-request": Deed(_answer_request, Text("材料已补交。", "Handed in.")),
    "step": Deed(_step, Text("已记下这一步。", "This step is noted.")),
    "appeal": Deed(_appeal, Text("申诉已提交，会换人复核。", "Your appeal is in; another person decides.")),
    "accept-decision": Deed(_accept_decision, Text("已记下：你不申诉。", "Noted: you will not appeal.")),
}
