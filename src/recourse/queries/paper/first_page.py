# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Page one, which alone suffices a mediator: what sc121.10 asks of a complaint, and what a mediator asks next.

Parties with legal name, credit code and address, the demand and its sum, who was asked before and with what result,
whether it was bought for living, and whether an association, 12315 or a court has it already. What nobody knows is
said, with a line to write on.
"""

from datetime import datetime
from typing import Any

from recourse.core.actor import Role
from recourse.core.case import words
from recourse.core.case.progress import MISSED, next_step, owner_of
from recourse.core.deadline.deadline import Deadline, DeadlineState
from recourse.core.deadline.display import show_end
from recourse.core.playbook.types import Question
from recourse.core.text import Text
from recourse.core.vocabulary import Party
from recourse.queries.paper.edition import Edition

# The questions of playbooks that a mediator's first two questions are answered by.
LIVING, ELSEWHERE = "own_use", "handled_elsewhere"
_STORY_MAX = 260
_BEFORE_MAX = 8
_ANSWER_MAX = 80
_SINGLY_MAX = 10

Row = tuple[str, str | None] | tuple[str, str | None, str]


def first_page(edition: Edition) -> dict[str, Any]:
    """Everything on page one."""
    case = edition.file.case
    story = " ".join(case.story.split())
    before = _before(edition)
    sums = [claim.amount_fen for claim in case.claims if claim.amount_fen is not None]
    return {
        "parties": [_complainant(edition), _respondent(edition)],
        "demand": [
            (
                edition.say(edition.file.names.remedy(claim.kind)),
                edition.sum(claim.amount_fen) if claim.amount_fen is not None else None,
            )
            for claim in case.claims
        ],
        "total": edition.sum(sum(sums)) if len(sums) > 1 else None,
        "subject": _subject(edition),
        "story": story if len(story) <= _STORY_MAX else story[:_STORY_MAX] + "……",
        "story_cut": len(story) > _STORY_MAX,
        "before": before[-_BEFORE_MAX:],
        "before_more": max(0, len(before) - _BEFORE_MAX),
        "living": _asked(edition, LIVING),
        "elsewhere": {**_asked(edition, ELSEWHERE), "known": _elsewhere(edition)},
        "evidence": _evidence(edition),
    }


def standing(edition: Edition) -> str:
    """Where the case stands on the day of the last event, and whose move it is."""
    case, playbook = edition.file.case, edition.file.rules.playbook
    if case.closed:
        outcome = words.OUTCOMES[case.outcome] if case.outcome is not None else words.STAGES[case.stage]
        return edition.of("现状：已结束，", "Now: closed, ") + edition.say(outcome)
    stage = edition.say(words.stage_name(case.stage, decided=case.pending_decision is not None))
    rung = edition.say(edition.file.names.rung(case.rung)) if case.rung is not None else ""
    step = next_step(case, playbook, reader=None)
    who = edition.say(step.name)
    by = edition.say(show_end(step.by, near=0)) if step.by is not None else ""
    if edition.lang == "en":
        return f"Now: {rung or stage}; next to act: {who}{', by ' + by if by else ''}"
    return f"现状：{rung or stage}；现在轮到{who}{'，' + by + '前' if by else ''}"


def _complainant(edition: Edition) -> dict[str, Any]:
    case = edition.file.case
    hidden = edition.file.role in {Role.respondent, Role.auditor}
    rows: list[Row] = [(edition.of("姓名", "Name"), case.complainant.name or None)]
    if hidden:
        rows.append(
            (
                edition.of("联系方式", "Contact"),
                edition.of("由系统保管，本版不显示", "kept by the system, not shown in this edition"),
            )
        )
    else:
        rows.append((edition.of("联系方式", "Contact"), case.complainant.contact or None))
    write = edition.of("系统不收集，请填写：", "not collected; write here:")
    rows.append((edition.of("通讯地址", "Address"), None, write))
    if case.complainant.represented_by:
        rows.append(
            (
                edition.of("登记方式", "Taken down"),
                edition.of("由客服电话代为登记", "by phone, by the operator"),
            )
        )
    return {"role": _role(edition, Party.complainant, "投诉人", "Complainant"), "rows": rows}


def _respondent(edition: Edition) -> dict[str, Any]:
    case, identity = edition.file.case, edition.identity
    known = identity is not None
    rows: list[Row] = [
        (edition.of("名称", "Name"), case.respondent.name or None),
        (edition.of("登记名称", "Legal name"), (identity.legal_name or None) if known else None),
        (edition.of("信用代码", "Credit code"), (identity.credit_code or None) if known else None),
        (edition.of("地址", "Address"), None),
        (edition.of("所在平台", "Platform"), edition.say(edition.file.rules.playbook.name)),
    ]
    if known and identity.legal_name == case.respondent.name:
        rows.pop(0)
    return {"role": _role(edition, Party.respondent, "被投诉人", "Respondent"), "rows": rows}


def _role(edition: Edition, party: Party, zh: str, en: str) -> str:
    own = edition.party(party)
    ours = edition.of(zh, en)
    return ours if own.casefold() == ours.casefold() else edition.of(f"{zh}（{own}）", f"{en} ({own})")


def _subject(edition: Edition) -> list[tuple[str, str]]:
    subject, record = edition.file.case.subject, edition.file.rules.playbook.record
    values = {
        "id": subject.id,
        "title": subject.title,
        "line": subject.line,
        "amount": edition.sum(subject.amount_fen) if subject.amount_fen is not None else "",
        **{
            name: edition.day(day)
            for name in ("happened_on", "promised_on", "received_on")
            if (day := getattr(subject, name)) is not None
        },
    }
    rows = [
        (edition.say(record[name].capitalised()), value)
        for name, value in values.items()
        if value and name in record
    ]
    if subject.id:
        proven = edition.of("与平台导入的记录一致", "matches the operator's record")
        typed = edition.of(
            "投诉人填写，未与平台记录核对", "as the complainant typed it; not matched with a record"
        )
        rows.append((edition.of("记录核对", "Record"), proven if subject.proven else typed))
    return rows


def _before(edition: Edition) -> list[tuple[str, str, str]]:
    """Every attempt before this paper, oldest first: when, whom, with what result."""
    found: list[tuple[datetime, str, str]] = []
    case, names = edition.file.case, edition.file.names
    for attempt in case.contacts:
        who = attempt.channel + (
            edition.of(f"（工号{attempt.agent_no}）", f" (agent {attempt.agent_no})")
            if attempt.agent_no
            else ""
        )
        found.append((attempt.at, who, _joined(edition, words.RESULTS[attempt.result], attempt.answer)))
    for notice in case.notices:
        if notice.served_at is not None:
            told = edition.of(
                "投诉通知已发出，没有被退回", "notice of the complaint was accepted for delivery"
            )
            found.append((notice.served_at, edition.heading(Party.respondent), told))
    for reply in case.replies:
        found.append(
            (
                reply.at,
                edition.heading(Party.respondent),
                _joined(edition, words.ANSWERS[reply.kind], reply.text),
            )
        )
    for clock in case.deadlines:
        if (
            clock.state is DeadlineState.missed
            and not clock.soft
            and clock.act == "answer"
            and clock.due_at is not None
        ):
            found.append((clock.due_at, edition.heading(Party.respondent), _missed(edition, clock)))
    for filing in case.filings:
        said = _joined(edition, words.FILING_STATES[filing.state], filing.answer)
        number = (
            edition.of(f"编号{filing.receipt_no}，", f"no. {filing.receipt_no}, ")
            if filing.receipt_no
            else ""
        )
        found.append((filing.filed_at, edition.say(names.channel(filing.channel)), number + said))
    for decision in case.decisions:
        granted = edition.of("作出决定：", "decided: ") + (
            edition.terms(decision.terms) or edition.of("不支持请求", "nothing granted")
        )
        found.append((decision.at, edition.heading(Party.operator), granted))
    return [(edition.at(at), who, what) for at, who, what in sorted(found, key=lambda row: row[0])]


def _missed(edition: Edition, clock: Deadline) -> str:
    who = owner_of(clock, edition.file.case, edition.file.rules.playbook)
    return edition.say(MISSED["answer"].format(who=who).capitalised())


def _joined(edition: Edition, said: Text, text: str) -> str:
    plain = " ".join(text.split())
    short = plain if len(plain) <= _ANSWER_MAX else plain[:_ANSWER_MAX] + "……"
    return edition.say(said) + (edition.of(f"：“{short}”", f": “{short}”") if short else "")


def _asked(edition: Edition, key: str) -> dict[str, Any]:
    """The person's own answer to a question of the playbook; None when it was not asked or not answered."""
    question = next((item for item in edition.file.rules.playbook.ask if item.key == key), None)
    given = edition.file.case.answers_given.get(key)
    if question is None or not given:
        return {"question": "", "answer": None}
    return {"question": edition.say(question.text), "answer": answer_words(edition, question, given)}


def answer_words(edition: Edition, question: Question, given: str) -> str:
    """An answer in the words of its option."""
    option = next((item for item in question.options if item.key == given), None)
    if option is not None:
        return edition.say(option.text)
    return {"yes": edition.of("是", "yes"), "no": edition.of("否", "no")}.get(given, given)


def _elsewhere(edition: Edition) -> list[str]:
    """The official bodies that the case was taken to, as far as they are on record here."""
    if edition.file.role == Role.respondent:
        return []
    names = edition.file.names
    return [
        edition.say(names.channel(item.channel))
        + edition.of(f"（{edition.at(item.filed_at)}提交，", f" (filed {edition.at(item.filed_at)}, ")
        + (edition.of(f"编号{item.receipt_no}，", f"no. {item.receipt_no}, ") if item.receipt_no else "")
        + edition.say(words.FILING_STATES[item.state])
        + edition.of("）", ")")
        for item in edition.file.case.filings
        if item.official
    ]


def _evidence(edition: Edition) -> str:
    """How many, and which: one by one, or by kind where they are many, for 200 screenshots are one thing to a reader."""
    kept = [item for item in edition.file.case.exhibits if not item.withdrawn]
    if not kept:
        return edition.of("没有提交文件。", "No file was handed in.")
    named = [(item.no, edition.say(edition.file.names.evidence(item.kind))) for item in kept]
    listed = [edition.of(f"证{no}", f"ex. {no} ") + name for no, name in named]
    if len(kept) > _SINGLY_MAX:
        kinds: dict[str, list[int]] = {}
        for no, name in named:
            kinds.setdefault(name, []).append(no)
        listed = [
            edition.of(
                f"{name}{len(numbers)}件（{edition.spans(numbers)}）",
                f"{len(numbers)} × {name} ({edition.spans(numbers)})",
            )
            for name, numbers in kinds.items()
        ]
    said = edition.of("、", ", ").join(listed)
    return edition.of(
        f"共{len(kept)}件：{said}。目录和图片见后文。",
        f"{len(kept)} in all: {said}. List and pictures below.",
    )
