# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds with files: handing in, taking out, performing a step, answering a request, logging a contact."""

from recourse.actions.answer_evidence_request import answer_evidence_request
from recourse.actions.log_contact import log_contact
from recourse.actions.set_capture import set_capture
from recourse.actions.story import perform
from recourse.actions.withdraw_exhibit import withdraw_exhibit
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import AttemptResult, EvidenceKind
from recourse.queries.case_file import CaseFile
from recourse.webkit import sent_deeds
from recourse.webkit.sent_deeds import add_all, report_step
from recourse.webkit.sent_form import SentForm, wrong_field

Outcome = Receipt | Problems


def hand_in(sent: SentForm, file: CaseFile) -> Outcome:
    """Add files as exhibits of one kind."""
    added = sent_deeds.hand_in(sent, before=_numbers(file), capture=sent.text("capture"))
    return added if isinstance(added, Problems) else _receipt(file)


def _numbers(file: CaseFile) -> frozenset[int]:
    return frozenset(item.no for item in file.case.exhibits)


def _receipt(file: CaseFile) -> Receipt:
    return Receipt(file.case.number, file.case.version, file.head)


def take_out(sent: SentForm, file: CaseFile) -> Outcome:
    """No longer rely on an exhibit."""
    return perform(
        withdraw_exhibit(sent.world, actor=sent.actor, number=sent.number, no=sent.whole("no"), key=sent.key)
    )


def remember(sent: SentForm, file: CaseFile) -> Outcome:
    """Come back later for a picture."""
    kind, due_at = sent.kind(), sent.moment("due_at")
    wrong = []
    if kind is None:
        wrong.append(
            wrong_field("kind_missing", "kind", "请选要补拍什么。", "Choose what the picture is for.")
        )
    if due_at is None:
        wrong.append(
            wrong_field("moment_not_understood", "due_at", "看不懂时间。", "This moment is not understood.")
        )
    if wrong or kind is None or due_at is None:
        return Problems(tuple(wrong))
    return perform(
        set_capture(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            kind=kind,
            due_at=due_at,
            text=sent.text("text")[:500],
            key=sent.key,
        )
    )


def perform_my_step(sent: SentForm, file: CaseFile) -> Outcome:
    """Report one's own step done, with a picture or a number as proof."""
    return report_step(sent, file)


def answer_request(sent: SentForm, file: CaseFile) -> Outcome:
    """Hand in what was asked for, or say why there is none."""
    request = next((item for item in file.case.requests if item.id == sent.text("request")), None)
    exhibits: tuple[int, ...] | Problems = ()
    if request is not None and sent.uploads:
        exhibits = add_all(sent, request.kind, before=_numbers(file))
        if isinstance(exhibits, Problems):
            return exhibits
    return perform(
        answer_evidence_request(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            request=sent.text("request"),
            exhibits=exhibits,
            answer=sent.text("answer"),
            key=sent.key,
        )
    )


def log(sent: SentForm, file: CaseFile) -> Outcome:
    """Note one attempt to reach somebody, with its picture."""
    at, result = sent.moment("at"), sent.text("result")
    wrong = []
    if at is None:
        wrong.append(
            wrong_field("moment_not_understood", "at", "看不懂联系时间。", "This moment is not understood.")
        )
    if result not in set(AttemptResult):
        wrong.append(wrong_field("result_missing", "result", "请选结果怎样。", "Choose what came of it."))
    if not sent.text("channel"):
        wrong.append(
            wrong_field("channel_missing", "channel", "请写通过什么渠道联系。", "Say through which channel.")
        )
    if wrong or at is None:
        return Problems(tuple(wrong))
    exhibits = add_all(sent, EvidenceKind.chat_export, before=_numbers(file)) if sent.uploads else ()
    if isinstance(exhibits, Problems):
        return exhibits
    return perform(
        log_contact(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            at=at,
            channel=sent.text("channel")[:100],
            result=AttemptResult(result),
            agent_no=sent.text("agent_no")[:50],
            answer=sent.text("answer"),
            exhibits=exhibits,
            more=sent.text("more", limit=1000),
            key=sent.key,
        )
    )
