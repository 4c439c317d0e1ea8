# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the desk's case page shows."""

from collections.abc import Mapping
from typing import Any

from recourse.core.actor import Actor, Role
from recourse.core.calendar import CHINA
from recourse.core.case import words
from recourse.core.deadline.deadline import Deadline
from recourse.core.playbook.grounds import grounds_of
from recourse.core.text import Text
from recourse.core.vocabulary import AttemptResult, EvidenceState, Party, Stage
from recourse.queries.case_file import CaseFile
from recourse.queries.colleagues import Colleague
from recourse.webkit import case_parts as parts
from recourse.webkit import tables
from recourse.webkit.answers import answer_words

_STATES = {
    EvidenceState.have: Text("有", "has it"),
    EvidenceState.have_not: Text("没有", "has not"),
    EvidenceState.other_side: Text("在平台手里", "held by the platform"),
}
SPARE_POINTS = 2


def contents_of(file: CaseFile, *, actor: Actor, people: Mapping[str, Colleague]) -> dict[str, Any]:
    """The values of the page."""
    case = file.case
    names = {key: item.name for key, item in people.items()}
    noted = {(note.at, note.text) for note in case.notes}
    return {
        "title": parts.title_of(file),
        "platform": file.rules.playbook.name,
        "stage": words.stage_name(case.stage, decided=case.pending_decision is not None),
        "severity": words.SEVERITIES.get(case.severity),
        "move": _move(file),
        "clocks": [_clock(file, d) for d in file.running if not d.soft and d.scope != "case"],
        "soft_clocks": [_clock(file, d) for d in file.running if d.soft or d.scope == "case"],
        "rungs": _rungs(file),
        "agent": names.get(case.agent, "")
        or ("" if not case.agent else Text("已离开的同事", "somebody who left")),
        "parties": {
            "a": file.names.party(Party.complainant).capitalised(),
            "b": file.names.party(Party.respondent).capitalised(),
        },
        "claims": parts.terms(file, case.claims),
        **_tables(file),
        "facts": parts.record_facts(file),
        "problem_names": [
            p.name for ref in case.problems for p in file.rules.playbook.problems if p.id == ref.id
        ],
        "checks": _checks(file),
        "answers": _answers(file),
        "stated": [(file.names.evidence(kind), _STATES[state]) for kind, state in case.evidence.items()],
        **_handed_in(file),
        "points": _points(file),
        "blank_points": [{"index": len(case.points) + at} for at in range(SPARE_POINTS)],
        "offers": [parts.offer(file, item, reader=None) for item in reversed(case.offers)],
        "remedies": [parts.remedy(file, item, reader=None) for item in reversed(case.remedies)],
        "decision": parts.decision(file, reader=None),
        "decided_by": names.get(case.decision.by, "") if case.decision is not None else "",
        "requests": _requests(file),
        "talk": parts.lines_of_talk(file, reader=None),
        "attempts": _attempts(file),
        "notices": _notices(file),
        "filings": _filings(file),
        "notes": [{"who": names.get(n.by, ""), "at": n.at, "text": n.text} for n in reversed(case.notes)],
        "timeline": [
            {"at": e.at, "who": e.who, "title": e.title, "body": e.body, "tone": e.tone}
            for e in reversed(file.chronicle)
            if (e.at, e.body) not in noted  # internal notes stand apart
        ],
        "can": _can(file, actor),
        "assignable": _assignable(file, actor, people),
        "kinds": [(item.kind.value, item.name) for item in file.rules.playbook.evidence],
        "results": [(item.value, words.RESULTS[item]) for item in AttemptResult],
        "now_typed": file.now.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M"),
        "movable": [_clock(file, d) for d in file.running if d.scope != "case" and not d.paused()],
        "causes": [(item.value, name) for item, name in words.CAUSES.items()],
        "options": parts.term_options(file),
        "ruling": _ruling(file, actor),
    }


def _handed_in(file: CaseFile) -> dict[str, Any]:
    base = f"/desk/c/{file.case.number}"
    return {
        "exhibits": [parts.exhibit(file, item, base=base, reader=None) for item in file.case.exhibits],
        "threads": parts.threads(file, base=base, reader=None),
    }


def _tables(file: CaseFile) -> dict[str, Any]:
    base = f"/desk/c/{file.case.number}"
    return {
        "condition_table": tables.conditions(file, base=base),
        "account_table": tables.accounts(file, base=base, reader=None),
        "repeats": tables.repeats(file),
    }


def _clock(file: CaseFile, item: Deadline) -> dict[str, Any]:
    return parts.clock(file, item, reader=None)


def _rungs(file: CaseFile) -> list[dict[str, Any]]:
    outside = Text("外部渠道，投诉人自己提交", "outside: the complainant files there")
    return [
        {**item, "outside": False, "note": outside if item["outside"] else None} for item in parts.rungs(file)
    ]


def _move(file: CaseFile) -> dict[str, Any]:
    case, step = file.case, file.next_step
    if case.closed:
        return {"words": step.text, "tone": "done"}
    return {
        "words": Text("现在轮到{who}", "Waiting for {who}").format(who=step.name),
        "tone": "mine" if step.who is Party.operator else "theirs",
        "note": step.text,
    }


def _checks(file: CaseFile) -> list[dict[str, Any]]:
    """What the operator's own records say today; where they say nothing, what they said when the case was assessed."""
    known = dict(file.facts.checks) or dict(file.case.checks or {})
    return [
        {"name": CHECKS.get(name, Text(name, name)), "passed": passed, "key": name}
        for name, passed in sorted(known.items())
    ]


CHECKS: dict[str, Text] = {
    "card_exists": Text("卡密存在", "The card exists"),
    "draw_exists": Text("抽奖存在", "The draw exists"),
    "inside_return_window": Text("在退货期内", "Inside the return window"),
    "not_delivered": Text("没有签收记录", "No record of delivery"),
    "not_refunded": Text("没有退过款", "Not refunded before"),
    "order_exists": Text("订单存在", "The order exists"),
    "points_account_exists": Text("积分账户存在", "The points account exists"),
    "promised_date_passed": Text("已过承诺的日期", "The promised date has passed"),
}


def _answers(file: CaseFile) -> list[tuple[Any, Any]]:
    given = file.case.answers_given
    return [(q.text, answer_words(q, given[q.key])) for q in file.rules.playbook.ask if given.get(q.key)]


def _points(file: CaseFile) -> list[dict[str, Any]]:
    return [
        {
            "index": index,
            "about": point.about,
            "a": point.complainant_says,
            "b": point.respondent_says,
            "exhibits": [(no, f"/desk/c/{file.case.number}/exhibit/{no}") for no in point.exhibits],
            "numbers": " ".join(str(no) for no in point.exhibits),
            "agreed": point.agreed,
        }
        for index, point in enumerate(file.case.points)
    ]


def typed_points(post: Mapping[str, str], kept: int) -> list[dict[str, Any]]:
    """The table as it was typed, to be shown again beside the refusals."""
    return [
        {
            "index": index,
            "about": post.get(f"about-{index}", ""),
            "a": post.get(f"a-{index}", ""),
            "b": post.get(f"b-{index}", ""),
            "numbers": post.get(f"exhibits-{index}", ""),
            "agreed": post.get(f"agreed-{index}") == "yes",
        }
        for index in range(kept + SPARE_POINTS)
    ]


def _requests(file: CaseFile) -> list[dict[str, Any]]:
    return [
        {
            "of": file.names.party(item.of).capitalised(),
            "name": file.names.evidence(item.kind),
            "text": item.text,
            "at": item.asked_at,
            "answered_at": item.answered_at,
            "answer": item.answer,
            "clock": next(
                (_clock(file, d) for d in file.running if d.scope == f"request:{item.id}"),
                None,
            ),
        }
        for item in reversed(file.case.requests)
    ]


def _attempts(file: CaseFile) -> list[dict[str, Any]]:
    return [
        {
            "at": item.at,
            "channel": item.channel,
            "result": words.RESULTS[item.result],
            "tone": words.RESULT_TONES[item.result],
            "agent": item.agent_no,
            "answer": item.answer,
            "holding": item.result is AttemptResult.holding,
            "proof_url": f"/desk/c/{file.case.number}/exhibit/{item.exhibits[0]}" if item.exhibits else "",
        }
        for item in sorted(file.case.contacts, key=lambda item: item.at, reverse=True)
    ]


def _notices(file: CaseFile) -> list[tuple[Any, Any]]:
    found = []
    for item in file.case.notices:
        if item.served_at is not None:
            state: Any = Text("已交付发送，按送达计", "accepted for delivery, counts as served")
        elif item.bounced:
            state = Text("被退回，不算送达", "came back: not served")
        else:
            state = Text("等待发出", "waiting to be sent")
        found.append((file.names.rung(item.rung), state))
    return found


def _filings(file: CaseFile) -> list[dict[str, Any]]:
    """What was filed elsewhere, what became of it, and until when that body has."""
    return [
        {
            "name": file.names.channel(item.channel),
            "target": file.names.target(item.channel, item.target),
            "receipt_no": item.receipt_no,
            "filed_at": item.filed_at,
            "state": words.FILING_STATES[item.state],
            "tone": words.FILING_TONES.get(item.state, "note"),
            "answer": item.answer,
            "answered_at": item.answered_at,
            "until": next((d.act_by for d in file.running if d.scope == f"filing:{item.id}"), None),
        }
        for item in file.case.filings
    ]


def _can(file: CaseFile, actor: Actor) -> dict[str, bool]:
    """Which forms the page offers this role now."""
    case, allowed = file.case, file.allowed
    return {
        "assign": "AssignCase" in allowed,
        "vouch": "ProveContact" in allowed,
        "confirm": "ConfirmProblems" in allowed and case.stage is Stage.acknowledged,
        "ask": "AskForEvidence" in allowed,
        "message": "PostMessage" in allowed,
        "note": "AddNote" in allowed,
        "contact": "LogContact" in allowed,
        "points": "SetPoints" in allowed,
        "extend": "ExtendDeadline" in allowed,
        "suspend": "SuspendDeadline" in allowed,
        "escalate": "EscalateCase" in allowed and not case.closed and case.stage is not Stage.implementing,
        "exhibit": "AddExhibit" in allowed,
        "perform": "PerformStep" in allowed,
        "reopen": "ReopenCase" in allowed and not case.erased,
        "hold": "HoldCase" in allowed and not case.erased and case.hold is None,
        "release": "ReleaseHold" in allowed and not case.erased and case.hold is not None,
        "erase": "ErasePersonalData" in allowed and actor.role is Role.owner and not case.erased,
    }


def _assignable(file: CaseFile, actor: Actor, people: Mapping[str, Colleague]) -> list[dict[str, Any]]:
    """Whom the case can be given to: me first. On appeal never the neutral who decided before."""
    decided = (
        file.case.decision.by if file.case.stage is Stage.appealed and file.case.decision is not None else ""
    )
    fit = [item for item in people.values() if item.role is not Role.auditor and item.id != decided]
    fit.sort(key=lambda item: item.id != actor.id)
    return [
        {"id": item.id, "name": item.name, "role": item.role.value, "mine": item.id == actor.id}
        for item in fit
    ]


def _ruling(file: CaseFile, actor: Actor) -> dict[str, Any] | None:
    """The form of a decision: only for a neutral, only when the case is theirs to decide."""
    case, rules = file.case, file.rules
    if "DecideCase" not in file.allowed or (
        case.stage is Stage.adjudicating and case.pending_decision is not None
    ):
        return None
    same = case.stage is Stage.appealed and case.decision is not None and case.decision.by == actor.id
    fitting = dict.fromkeys(
        id
        for ref in case.problems
        for item in rules.playbook.problems
        if item.id == ref.id
        for id in grounds_of(item, case.answers_given)
        if id in rules.law
    )
    passed = [spec.rung for spec in rules.playbook.ladder]
    here = passed.index(case.rung) if case.rung in passed else -1
    return {
        "same_person": same,
        "on_appeal": case.stage is Stage.appealed,
        "fitting": [_ground(file, id) for id in fitting],
        "others": [_ground(file, id) for id in rules.law if id not in fitting],
        "next": [(spec.rung.value, spec.name) for spec in rules.playbook.ladder[here + 1 :]],
        "paid": file.facts.paid_fen,
        "locked": sorted(set(file.facts.locked.values()) - {case.number}),
        "version": case.playbook_version,
        "digest": case.rulebook[:12],
    }


def _ground(file: CaseFile, id: str) -> dict[str, Any]:
    article = file.rules.law[id]
    return {"id": id, "link": parts.law_link(article), "gloss": article.gloss}
