# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Everything a respondent can do to a case: one function a deed."""

from collections.abc import Callable
from dataclasses import dataclass

from recourse.actions.accept_decision import accept_decision
from recourse.actions.accept_offer import accept_offer
from recourse.actions.answer_claim import answer_claim
from recourse.actions.answer_evidence_request import answer_evidence_request
from recourse.actions.appeal_decision import appeal_decision
from recourse.actions.post_message import post_message
from recourse.actions.refuse_offer import refuse_offer
from recourse.actions.story import perform
from recourse.actions.take_back_offer import take_back_offer
from recourse.actions.withdraw_exhibit import withdraw_exhibit
from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind
from recourse.queries.case_file import CaseFile
from recourse.webkit.sent_deeds import add_all, give_time, hand_in, order, pick_row, propose, report_step
from recourse.webkit.sent_form import SentForm
from recourse.webkit.sent_showing import mask, masks_place, reading, words
from recourse.webkit.sent_tables import add_account, take_out


def _answer(kind: AnswerKind, *, weighed: bool = True) -> Callable[[SentForm, CaseFile], object]:
    def do(sent: SentForm, _: CaseFile) -> object:
        return perform(
            answer_claim(
                sent.world,
                actor=sent.actor,
                number=sent.number,
                kind=kind,
                text=sent.text("text"),
                promised_at=sent.moment("promised_at") if kind is AnswerKind.promise else None,
                more=sent.text("more", limit=1000),
                weighed=weighed,
                key=sent.key,
            )
        )

    return do


def _accept_offer(sent: SentForm, _: CaseFile) -> object:
    offer = sent.text("offer", limit=20)
    return perform(accept_offer(sent.world, actor=sent.actor, number=sent.number, offer=offer, key=sent.key))


def _refuse_offer(sent: SentForm, _: CaseFile) -> object:
    offer = sent.text("offer", limit=20)
    return perform(refuse_offer(sent.world, actor=sent.actor, number=sent.number, offer=offer, key=sent.key))


def _take_back(sent: SentForm, _: CaseFile) -> object:
    offer = sent.text("offer", limit=20)
    return perform(
        take_back_offer(sent.world, actor=sent.actor, number=sent.number, offer=offer, key=sent.key)
    )


def _message(sent: SentForm, _: CaseFile) -> object:
    text = sent.text("text")
    return perform(post_message(sent.world, actor=sent.actor, number=sent.number, text=text, key=sent.key))


def _propose(sent: SentForm, _: CaseFile) -> object:
    return propose(sent)


def _extend(sent: SentForm, _: CaseFile) -> object:
    return give_time(sent)


def _hand_in(sent: SentForm, file: CaseFile) -> object:
    return hand_in(sent, before=_numbers(file))


def _numbers(file: CaseFile) -> frozenset[int]:
    return frozenset(item.no for item in file.case.exhibits)


def _withdraw_exhibit(sent: SentForm, _: CaseFile) -> object:
    no = sent.whole("no")
    return perform(withdraw_exhibit(sent.world, actor=sent.actor, number=sent.number, no=no, key=sent.key))


def _answer_request(sent: SentForm, file: CaseFile) -> object:
    asked = sent.text("request", limit=20)
    request = next((item for item in file.case.requests if item.id == asked), None)
    exhibits = (
        add_all(sent, request.kind, before=_numbers(file)) if request is not None and sent.uploads else ()
    )
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


def _step(sent: SentForm, file: CaseFile) -> object:
    return report_step(sent, file)


def _appeal(sent: SentForm, _: CaseFile) -> object:
    reasons = sent.text("reasons")
    return perform(
        appeal_decision(sent.world, actor=sent.actor, number=sent.number, reasons=reasons, key=sent.key)
    )


def _accept_decision(sent: SentForm, _: CaseFile) -> object:
    return perform(accept_decision(sent.world, actor=sent.actor, number=sent.number, key=sent.key))


@dataclass(frozen=True, slots=True)
class Deed:
    """What runs, what the page says afterwards, and where it leads if not to the case."""

    do: Callable[[SentForm, CaseFile], object]
    done: Text
    leads: Callable[[SentForm], str] | None = None


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
        _answer(AnswerKind.refusal, weighed=False),
        Text("迟到的答复已收到，重新审核。", "Your late answer is in; the case is reviewed."),
    ),
    "offer": Deed(_propose, Text("方案已发给对方。", "Your offer is sent.")),
    "accept-offer": Deed(_accept_offer, Text("你接受了方案，双方和解。", "You accepted the offer: settled.")),
    "refuse-offer": Deed(_refuse_offer, Text("已告诉对方你不接受。", "They are told that you refuse.")),
    "take-back": Deed(_take_back, Text("方案已收回。", "Your offer is taken back.")),
    "extend": Deed(_extend, Text("已给对方多3天。", "They have three more days.")),
    "message": Deed(_message, Text("已发出。", "Sent.")),
    "exhibit": Deed(_hand_in, Text("材料已收到。", "Received.")),
    "mask": Deed(
        lambda sent, _: mask(sent),
        Text("已按你选的给对方看。", "The other side sees it as you chose."),
        masks_place,
    ),
    "words": Deed(lambda sent, _: words(sent), Text("已改。", "Changed.")),
    "reading": Deed(lambda sent, _: reading(sent), Text("已确认。", "Confirmed.")),
    "pick-row": Deed(lambda sent, _: pick_row(sent), Text("已记下这一笔。", "Noted.")),
    "order-screens": Deed(lambda sent, _: order(sent), Text("顺序已保存。", "The order is saved.")),
    "withdraw-exhibit": Deed(_withdraw_exhibit, Text("这份材料不再使用。", "It is no longer relied on.")),
    "account": Deed(add_account, Text("已加进对照。", "Added.")),
    "account-out": Deed(take_out, Text("已撤下。", "Taken out.")),
    "answer-request": Deed(_answer_request, Text("材料已补交。", "Handed in.")),
    "step": Deed(_step, Text("已记下这一步。", "This step is noted.")),
    "appeal": Deed(_appeal, Text("申诉已提交，会换人复核。", "Your appeal is in; another person decides.")),
    "accept-decision": Deed(_accept_decision, Text("已记下：你不申诉。", "Noted: you will not appeal.")),
}
