# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Everything a complainant can do to a case: one function a deed, and the page whose form it came from."""

from collections.abc import Callable
from dataclasses import dataclass

from recourse.actions.accept_decision import accept_decision
from recourse.actions.accept_offer import accept_offer
from recourse.actions.appeal_decision import appeal_decision
from recourse.actions.confirm_problems import confirm_problems
from recourse.actions.confirm_remedy import confirm_remedy
from recourse.actions.dispute_remedy import dispute_remedy
from recourse.actions.escalate_case import escalate_case
from recourse.actions.post_message import post_message
from recourse.actions.prove_contact import prove_contact
from recourse.actions.refuse_offer import refuse_offer
from recourse.actions.story import perform
from recourse.actions.take_back_offer import take_back_offer
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.core.vocabulary import RungName
from recourse.portal.case import proof
from recourse.queries.case_file import CaseFile
from recourse.webkit.sent_deeds import give_time, order, pick_row, propose, suspend_clock
from recourse.webkit.sent_filings import record_answer, record_filing
from recourse.webkit.sent_form import SentForm, wrong_field
from recourse.webkit.sent_showing import mask, masks_place, reading, words
from recourse.webkit.sent_tables import add_account, answer_open, list_conditions, state_items, take_out

Outcome = Receipt | Problems


def _prove(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        prove_contact(sent.world, actor=sent.actor, number=sent.number, method="code", key=sent.key)
    )


def _choose(sent: SentForm, file: CaseFile) -> Outcome:
    picked = tuple(sent.post.getlist("problem"))
    return perform(
        confirm_problems(sent.world, actor=sent.actor, number=sent.number, problems=picked, key=sent.key)
    )


def _accept_offer(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        accept_offer(sent.world, actor=sent.actor, number=sent.number, offer=sent.text("offer"), key=sent.key)
    )


def _refuse_offer(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        refuse_offer(sent.world, actor=sent.actor, number=sent.number, offer=sent.text("offer"), key=sent.key)
    )


def _take_back(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        take_back_offer(
            sent.world, actor=sent.actor, number=sent.number, offer=sent.text("offer"), key=sent.key
        )
    )


def _propose(sent: SentForm, file: CaseFile) -> Outcome:
    return propose(sent)


def _accept_decision(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(accept_decision(sent.world, actor=sent.actor, number=sent.number, key=sent.key))


def _appeal(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        appeal_decision(
            sent.world, actor=sent.actor, number=sent.number, reasons=sent.text("reasons"), key=sent.key
        )
    )


def _confirm(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        confirm_remedy(
            sent.world, actor=sent.actor, number=sent.number, remedy=sent.text("remedy"), key=sent.key
        )
    )


def _dispute(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        dispute_remedy(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            remedy=sent.text("remedy"),
            reason=sent.text("reason"),
            text=sent.text("text"),
            key=sent.key,
        )
    )


def _escalate(sent: SentForm, file: CaseFile) -> Outcome:
    given = sent.text("rung")
    if given and given not in set(RungName):
        return Problems(
            (wrong_field("rung_unknown", "rung", "这里没有这一步。", "There is no such step here."),)
        )
    spec = next((item for item in file.rules.playbook.ladder if item.rung == given), None)
    # Each condition has its own box: agreeing to all at once is not reading them.
    ticked = len(set(sent.post.getlist("gate")))
    confirmed = spec is not None and bool(spec.gate) and ticked == len(spec.gate)
    return perform(
        escalate_case(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            rung=RungName(given) if given else None,
            gate_confirmed=confirmed,
            why=sent.text("why"),
            key=sent.key,
        )
    )


def _extend(sent: SentForm, file: CaseFile) -> Outcome:
    return give_time(sent)


def _message(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        post_message(sent.world, actor=sent.actor, number=sent.number, text=sent.text("text"), key=sent.key)
    )


def _suspend(sent: SentForm, file: CaseFile) -> Outcome:
    return suspend_clock(sent)


def _withdraw(sent: SentForm, file: CaseFile) -> Outcome:
    return perform(
        withdraw_case(
            sent.world, actor=sent.actor, number=sent.number, reason=sent.text("reason"), key=sent.key
        )
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """A form's deed: what runs, the page it stands on, what the page says afterwards, and where else it leads."""

    do: Callable[[SentForm, CaseFile], Outcome]
    page: str
    done: Text
    leads: Callable[[SentForm], str] | None = None


DEEDS: dict[str, Deed] = {
    "prove": Deed(_prove, "", Text("已确认，投诉开始处理。", "Confirmed. The complaint is under way.")),
    "choose": Deed(_choose, "", Text("问题已确认。", "The problem is confirmed.")),
    "accept-offer": Deed(
        _accept_offer, "", Text("你接受了方案，双方和解。", "You accepted the offer: settled.")
    ),
    "refuse-offer": Deed(_refuse_offer, "", Text("已告诉对方你不接受。", "They are told that you refuse.")),
    "take-back": Deed(_take_back, "", Text("方案已收回。", "Your proposal is taken back.")),
    "propose": Deed(_propose, "", Text("你的方案已发给对方。", "Your proposal is sent.")),
    "accept-decision": Deed(_accept_decision, "", Text("已记下：你不申诉。", "Noted: you will not appeal.")),
    "appeal": Deed(
        _appeal, "", Text("申诉已提交，会换人复核。", "Your appeal is in; another person decides.")
    ),
    "confirm": Deed(_confirm, "", Text("已确认收到。", "Receipt confirmed.")),
    "dispute": Deed(_dispute, "", Text("已记下，重新处理。", "Noted. It is looked at again.")),
    "escalate": Deed(_escalate, "", Text("已进入下一步。", "On to the next step.")),
    "extend": Deed(_extend, "", Text("已给对方多3天。", "They have three more days.")),
    "withdraw": Deed(_withdraw, "", Text("投诉已撤回。", "The complaint is withdrawn.")),
    "step": Deed(proof.perform_my_step, "", Text("已记下这一步。", "This step is noted.")),
    "answer-request": Deed(proof.answer_request, "", Text("材料已补交。", "Handed in.")),
    "exhibit": Deed(proof.hand_in, "evidence", Text("已收到。", "Received.")),
    "withdraw-exhibit": Deed(
        proof.take_out, "evidence", Text("这份材料不再使用。", "It is no longer relied on.")
    ),
    "state-evidence": Deed(state_items, "evidence", Text("已记下。", "Noted.")),
    "mask": Deed(
        lambda sent, _: mask(sent),
        "evidence",
        Text("已按你选的给对方看。", "The other side sees it as you chose."),
        masks_place,
    ),
    "words": Deed(lambda sent, _: words(sent), "talk", Text("已改。", "Changed.")),
    "reading": Deed(lambda sent, _: reading(sent), "evidence", Text("已确认。", "Confirmed.")),
    "pick-row": Deed(lambda sent, _: pick_row(sent), "evidence", Text("已记下这一笔。", "Noted.")),
    "order-screens": Deed(
        lambda sent, _: order(sent), "evidence", Text("顺序已保存。", "The order is saved.")
    ),
    "conditions": Deed(list_conditions, "evidence", Text("核对表已保存。", "The table is saved.")),
    "account": Deed(add_account, "evidence", Text("已加进对照。", "Added.")),
    "account-out": Deed(take_out, "evidence", Text("已撤下。", "Taken out.")),
    "capture": Deed(proof.remember, "evidence", Text("到时提醒你回来补拍。", "You will be reminded.")),
    "message": Deed(_message, "talk", Text("已发出。", "Sent.")),
    "contact": Deed(proof.log, "talk", Text("这次联系已记下。", "The attempt is noted.")),
    "open-filing": Deed(record_filing, "papers", Text("已记下，开始计时。", "Noted; the clock is running.")),
    "update-filing": Deed(record_answer, "papers", Text("已记下对方的答复。", "Their answer is noted.")),
    "answer-questions": Deed(answer_open, "papers", Text("已记下。", "Noted.")),
    "suspend": Deed(_suspend, "papers", Text("已暂停，到时自动恢复。", "Suspended; it goes on by itself.")),
}
