# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What each page of a case shows."""

from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.case import clocks
from recourse.core.case.chronicle import Entry
from recourse.core.claim import carries_money
from recourse.core.deadline.deadline import Deadline
from recourse.core.deadline.display import show_day
from recourse.core.filing import IN_HAND, FilingState
from recourse.core.playbook.types import Channel, RungSpec
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind, Outcome, Party, RungName, Stage
from recourse.portal.case import view, words
from recourse.portal.filing.screens import yuan
from recourse.queries.case_file import CaseFile
from recourse.queries.rung_letter import fill, letters_for

PAGES: dict[str, Text] = {
    "": Text("概况", "Overview"),
    "evidence": Text("证据", "Evidence"),
    "talk": Text("沟通", "Contact"),
    "papers": Text("文书", "Papers"),
    "record": Text("记录", "Record"),
}
TIMELINE_SHORT = 4
_CLIMBABLE = {Outcome.decided, Outcome.expired, Outcome.settled}


def content_of(page: str, file: CaseFile) -> dict[str, Any]:
    """The values of one page's template."""
    build = {"": _overview, "evidence": _evidence, "talk": _talk, "papers": _papers, "record": _record}[page]
    return {"title": title_of(file), "pages": PAGES, **build(file)}


def title_of(file: CaseFile) -> Any:
    """What the case is about, in a line: the goods when they have a name, else the problem."""
    leading = next((ref.id for ref in file.case.problems), "")
    problem = next((item.name for item in file.rules.playbook.problems if item.id == leading), None)
    goods = file.case.subject.title
    if problem is None:
        return goods or Text("我的投诉", "My complaint")
    return Text(f"{goods}：{problem.zh}", f"{goods}: {problem.en}") if goods else problem


def _overview(file: CaseFile) -> dict[str, Any]:
    case = file.case
    main = next((d for d in file.running if d.id == file.next_step.deadline), None)
    others = [d for d in file.running if main is None or d.id != main.id]
    waiting = [
        d for d in case.deadlines if d.state == "waiting" and d.scope == f"rung:{case.rung}" and not d.soft
    ]
    open_offer = case.open_offer
    return {
        "move": _move(file),
        "clock": view.clock(file, main) if main is not None else None,
        "waiting": [view.clock(file, d) for d in waiting[:1]] if main is None else [],
        "other_clocks": [view.clock(file, d) for d in others],
        "offer": view.offer(file, open_offer) if open_offer is not None else None,
        "decision": _decision(file),
        "remedies": [view.remedy(file, item) for item in reversed(case.remedies)],
        "requests": [
            {
                "id": q.id,
                "name": file.names.evidence(q.kind),
                "text": q.text,
                "clock": _scoped(file, f"request:{q.id}"),
            }
            for q in case.requests
            if q.of is Party.complainant and q.answered_at is None
        ],
        "captures": [t for t in case.captures if t.done_by is None],
        "wanted": view.terms(file, case.claims),
        "options": _term_options(file),
        "can": _can(file),
        "next_rung": _next_rung(file),
        "optional": _optional(file),
        "extendable": _extendable(file),
        "rungs": view.rungs(file),
        "latest": [_entry(item) for item in reversed(file.chronicle[-TIMELINE_SHORT:])],
        "missing": [
            row["name"]
            for row in view.evidence(file)
            if row["needed"] and not row["exhibits"] and row["state"] != "have"
        ],
        "choices": _choices(file),
        "facts": _facts(file),
        "notice": _notice(file),
        "reply": _reply(file),
    }


def _move(file: CaseFile) -> dict[str, Any]:
    """「现在轮到你」: the banner, and in a sentence for what."""
    case, step = file.case, file.next_step
    if case.closed:
        tone = "done" if case.outcome in {Outcome.settled, Outcome.decided} else "theirs"
        return {"words": step.text, "tone": tone, "note": None}
    if step.who is Party.complainant:
        return {"words": Text("现在轮到你", "It is your move"), "tone": "mine", "note": step.text}
    party = file.names.party(step.who)
    return {
        "words": Text("现在轮到{who}", "Waiting for {who}").format(who=party),
        "tone": "theirs",
        "note": step.text,
    }


def _can(file: CaseFile) -> dict[str, bool]:
    """Which forms the page offers."""
    case, allowed = file.case, file.allowed
    pending = case.pending_decision is not None and not case.closed
    return {
        "prove": "ProveContact" in allowed,
        "choose": "ConfirmProblems" in allowed and not any(item.confirmed for item in case.problems),
        "propose": "MakeOffer" in allowed and not case.rung_outside and bool(case.respondent.registered),
        "appeal": pending and "AppealDecision" in allowed and case.appeal is None,
        "accept_decision": pending
        and "AcceptDecision" in allowed
        and Party.complainant not in case.decision_accepted,
        "confirm": "ConfirmRemedy" in allowed,
        "withdraw": "WithdrawCase" in allowed and not case.open_remedies,
        "refile": case.closed and not case.erased and case.refilings < file.rules.playbook.refiling.times_max,
        "climb": _can_climb(file),
        "add": "AddExhibit" in allowed,
    }


def _can_climb(file: CaseFile) -> bool:
    """Whether moving up now would be heard: the other side refused, was silent, or nobody stands here but the person."""
    case = file.case
    if "EscalateCase" not in file.allowed or case.complainant.proven_at is None:
        return False
    if case.closed:
        return case.outcome in _CLIMBABLE and not case.resolved
    if case.stage is Stage.implementing or case.pending_decision is not None:
        return False
    if case.rung_outside or clocks.waiting_on(case, who={Party.respondent, Party.operator}) is None:
        return True
    return case.stage is Stage.negotiating and any(
        reply.rung is case.rung and reply.kind is not AnswerKind.holding for reply in case.replies
    )


def _next_rung(file: CaseFile) -> RungSpec | None:
    steps = [spec for spec in file.progress.steps if not spec.optional]
    names = [spec.rung for spec in steps]
    if file.case.rung in names:
        return next(iter(steps[names.index(file.case.rung) + 1 :]), None)
    return steps[0] if file.case.rung is None and steps else None


def _optional(file: CaseFile) -> list[RungSpec]:
    if file.case.complainant.proven_at is None or not _can_climb(file):
        return []
    here = {file.case.rung, RungName.self_check}
    return [spec for spec in file.rules.playbook.ladder if spec.optional and spec.rung not in here]


def _extendable(file: CaseFile) -> Deadline | None:
    """The other side's clock that may still be lengthened once."""
    if "ExtendDeadline" not in file.allowed:
        return None
    return next(
        (d for d in file.running if d.who is Party.respondent and d.extendable and d.extended_by is None),
        None,
    )


def _scoped(file: CaseFile, scope: str) -> dict[str, Any] | None:
    found = next((d for d in file.running if d.scope == scope), None)
    return view.clock(file, found) if found is not None else None


def _decision(file: CaseFile) -> dict[str, Any] | None:
    decision = file.case.decision
    if decision is None:
        return None
    after = next((s.name for s in file.rules.playbook.ladder if s.rung == decision.next_recourse), None)
    return {
        "at": decision.at,
        "facts": decision.facts,
        "reasons": decision.reasons,
        "terms": view.terms(file, decision.terms),
        "grounds": [view.law_link(file.rules.law[id]) for id in decision.grounds if id in file.rules.law],
        "version": file.case.playbook_version,
        "next": after or decision.next_recourse,
        "by_default": decision.by_default,
        "final": decision.final,
        "clock": next((view.clock(file, d) for d in file.running if d.act == "appeal"), None),
        "appeal": file.case.appeal,
        "appeal_by": view.who(file, file.case.appeal.by) if file.case.appeal is not None else None,
    }


def _term_options(file: CaseFile) -> list[dict[str, Any]]:
    """The remedies one can propose, those asked for first, with the sums asked."""
    asked = {claim.kind: claim.amount_fen for claim in file.case.claims}
    specs = {spec.kind: spec for spec in reversed(file.rules.playbook.remedies)}
    kinds = [*asked, *(spec.kind for spec in file.rules.playbook.remedies)]
    return [
        {
            "kind": kind.value,
            "name": specs[kind].name,
            "money": carries_money(kind),
            "amount": yuan(asked.get(kind)),
        }
        for kind in dict.fromkeys(kinds)
        if kind in specs
    ]


def _choices(file: CaseFile) -> list[dict[str, Any]]:
    picked = {ref.id for ref in file.case.problems}
    return [
        {"id": p.id, "name": p.name, "help": p.help, "checked": p.id in picked}
        for p in file.rules.playbook.problems
    ]


def _facts(file: CaseFile) -> list[tuple[Any, Any]]:
    subject, record = file.case.subject, file.rules.playbook.record
    amount = (
        Text(f"{yuan(subject.amount_fen)}元", f"{yuan(subject.amount_fen)} yuan")
        if subject.amount_fen
        else ""
    )

    def day(name: str) -> Any:
        given = getattr(subject, name)
        return show_day(given.isoformat(), near=file.now.astimezone(CHINA).year) if given else ""

    values = {"id": subject.id, "title": subject.title, "line": subject.line, "amount": amount}
    return [
        (file.names.party(Party.respondent), file.case.respondent.name),
        *((label, values[name] if name in values else day(name)) for name, label in record.items()),
    ]


def _notice(file: CaseFile) -> Text | None:
    """Whether the other side has been told, in a sentence; nothing once the talks are over."""
    case = file.case
    if case.closed or case.rung_outside or case.rung is None:
        return None
    who = file.names.party(Party.respondent)
    latest = next((item for item in reversed(case.notices) if item.rung is case.rung), None)
    if latest is None or latest.served_at is not None:
        return None
    if latest.bounced:
        return Text(
            "给{who}的通知被退回，换一个登记的联系方式再送。",
            "The notice to {who} came back; another registered contact is tried.",
        ).format(who=who)
    return Text(
        "通知正在送给{who}，送到后才开始计时。",
        "The notice is on its way to {who}; the clock starts when it arrives.",
    ).format(who=who)


def _reply(file: CaseFile) -> dict[str, Any] | None:
    """The other side's latest words about the claim."""
    return _said(file, file.case.replies[-1]) if file.case.replies else None


def _said(file: CaseFile, reply: Any) -> dict[str, Any]:
    holding = reply.kind is AnswerKind.holding
    return {
        "who": file.names.party(Party.respondent),
        "kind": words.ANSWERS[reply.kind],
        "at": reply.at,
        "body": reply.text or words.ANSWERS[reply.kind],
        "promised_at": reply.promised_at,
        "late": reply.late,
        "mine": False,
        "holding": holding,
    }


def _entry(item: Entry) -> dict[str, Any]:
    return {"at": item.at, "who": item.who, "title": item.title, "body": item.body, "tone": item.tone}


def _evidence(file: CaseFile) -> dict[str, Any]:
    playbook = file.rules.playbook
    rows = view.evidence(file)
    listed = {row["kind"] for row in rows}
    kinds = [(row["kind"], row["name"]) for row in rows]
    kinds += [(item.kind, item.name) for item in playbook.evidence if item.kind not in listed]
    exhibits = [view.exhibit(file, item) for item in file.case.exhibits]
    return {
        "items": rows,
        "kinds": kinds,
        "mine": [item for item in exhibits if item["mine"]],
        "theirs": [item for item in exhibits if not item["mine"]],
        "captures": [t for t in file.case.captures if t.done_by is None],
        "can_add": "AddExhibit" in file.allowed,
        "can_withdraw": "WithdrawExhibit" in file.allowed,
        "can_state": "StateEvidence" in file.allowed,
        "head": " ".join(file.head[i : i + 4] for i in range(0, 16, 4)),
    }


def _talk(file: CaseFile) -> dict[str, Any]:
    case = file.case
    lines = [_said(file, reply) for reply in case.replies]
    lines += [
        {"who": view.who(file, m.by), "at": m.at, "body": m.text, "mine": m.by is Party.complainant}
        for m in case.messages
    ]
    attempts = [
        {
            "at": item.at,
            "channel": item.channel,
            "result": words.RESULTS[item.result],
            "tone": words.RESULT_TONES[item.result],
            "agent": item.agent_no,
            "answer": item.answer,
            "proof_url": f"/c/{case.number}/exhibit/{item.exhibits[0]}" if item.exhibits else "",
        }
        for item in sorted(case.contacts, key=lambda item: item.at, reverse=True)
    ]
    return {
        "lines": sorted(lines, key=lambda line: line["at"]),
        "offers": [view.offer(file, item) for item in reversed(case.offers)],
        "attempts": attempts,
        "results": list(words.RESULTS.items()),
        "channels": [c.name for c in file.rules.playbook.channels][:12],
        "can_write": "PostMessage" in file.allowed and bool(case.notices),
        "can_log": "LogContact" in file.allowed,
        "now_typed": file.now.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M"),
    }


def _papers(file: CaseFile) -> dict[str, Any]:
    case, rules = file.case, file.rules
    near = file.now.astimezone(CHINA).year
    today = show_day(file.now.astimezone(CHINA).date().isoformat(), near=near)
    here = case.rung
    doors = [
        c
        for c in rules.playbook.channels
        if _fits(c, case) and (c.rung is here or c.id in {f.channel for f in case.filings})
    ]
    letters = []
    for letter in letters_for(rules, here):
        rendered, missing = fill(letter, case, rules, today=today)
        letters.append(
            {
                "key": letter.key,
                "name": letter.name,
                "to": rules.playbook.parties.get(letter.to),
                "subject": rendered.subject,
                "body": rendered.body,
                "excess": rendered.excess,
                "missing": [_BLANKS.get(item, Text(item, item)) for item in missing],
            }
        )
    barring = next((f for f in case.filings if f.official and f.state in IN_HAND), None)
    spec = next((item for item in rules.playbook.ladder if item.rung is here), None)
    return {
        "rung_spec": spec,
        "doors": [
            {"id": c.id, "name": c.name, "path": c.path, "url": c.url, "official": c.official} for c in doors
        ],
        "letters": letters,
        "filings": [_filing(file, f) for f in case.filings],
        "barring": file.names.channel(barring.channel) if barring is not None else None,
        "states": [
            (key.value, words.FILING_STATES[key])
            for key in words.FILING_STATES
            if key is not FilingState.filed
        ],
        "can_file": "OpenFiling" in file.allowed and case.complainant.proven_at is not None,
        "now_typed": file.now.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M"),
    }


def _fits(channel: Channel, case: Any) -> bool:
    given = case.answers_given
    return all(given[key] in allowed for key, allowed in channel.when.items() if key in given)


def _filing(file: CaseFile, item: Any) -> dict[str, Any]:
    clock = _scoped(file, f"filing:{item.id}")
    return {
        "id": item.id,
        "name": file.names.channel(item.channel),
        "filed_at": item.filed_at,
        "receipt_no": item.receipt_no,
        "state": words.FILING_STATES[item.state],
        "answer": item.answer,
        "clock": clock,
        "open": item.state in IN_HAND,
    }


_BLANKS: dict[str, Text] = {
    "complainant_name": Text("你的姓名", "your name"),
    "record_id": Text("单号", "the number"),
    "record_amount": Text("金额", "the amount"),
    "happened_on": Text("发生日期", "the day it happened"),
    "promised_on": Text("承诺日期", "the promised day"),
    "evidence_list": Text("证据清单", "the list of evidence"),
    "contact_log": Text("联系记录", "the contact log"),
    "refusal": Text("对方拒绝的原话", "their words of refusal"),
    "platform_result": Text("平台处理结果", "what the platform did"),
    "deadline": Text("期限", "the deadline"),
    "conditions": Text("条件", "the conditions"),
    "ground_list": Text("法律依据", "the legal grounds"),
}


def _record(file: CaseFile) -> dict[str, Any]:
    case = file.case
    return {
        "entries": [_entry(item) for item in reversed(file.chronicle)],
        "clocks": [view.clock(file, d) for d in file.running],
        "decision": _decision(file),
        "story": case.story,
        "facts": _facts(file),
        "answers": [
            (q.text, next((o.text for o in q.options if o.key == value), _YES_NO.get(value, value)))
            for q in file.rules.playbook.ask
            if (value := case.answers_given.get(q.key))
        ],
        "wanted": view.terms(file, case.claims),
        "points": case.points,
        "head": " ".join(file.head[i : i + 4] for i in range(0, 64, 4)),
    }


_YES_NO = {"yes": Text("是", "Yes"), "no": Text("不是", "No")}
