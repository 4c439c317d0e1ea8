# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case at a glance: step x of y, whose move, until when, what follows silence, and what can be done now."""

from typing import Any

from recourse.core.case import clocks
from recourse.core.case.chronicle import Entry
from recourse.core.case.progress import next_rung
from recourse.core.playbook.classes import class_of
from recourse.core.playbook.hints import hints_for
from recourse.core.playbook.types import RungSpec
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind, Outcome, Party, RemedyState, RungName, Stage
from recourse.portal.case import view
from recourse.queries.case_file import CaseFile
from recourse.webkit import case_parts as parts
from recourse.webkit import tables

TIMELINE_SHORT = 4
# From these ends a person may still go on to the next door.
_CLIMBABLE = frozenset({Outcome.decided, Outcome.expired, Outcome.settled})


def overview(file: CaseFile) -> dict[str, Any]:
    """The values of the case page."""
    case = file.case
    main = next((d for d in file.running if d.id == file.next_step.deadline), None)
    waiting = next(
        (d for d in case.deadlines if d.state == "waiting" and d.scope == f"rung:{case.rung}" and not d.soft),
        None,
    )
    first = main or waiting
    # Once something is agreed or decided, what was asked and answered before is history.
    settled = case.closed or bool(case.open_remedies) or case.pending_decision is not None
    lines = parts.lines_of_talk(file, reader=view.ME)
    replied_at = case.replies[-1].at if case.replies else None
    return {
        "move": _move(file),
        "next": _following(file),
        "clock": view.clock(file, first) if first is not None and not case.closed else None,
        "other_clocks": [view.clock(file, d) for d in file.running if d is not first],
        "offer": parts.offer(file, case.open_offer, reader=view.ME) if case.open_offer is not None else None,
        "decision": parts.decision(file, reader=view.ME),
        "remedies": [view.remedy(file, item) for item in reversed(case.remedies)],
        "requests": [
            {
                "id": q.id,
                "name": file.names.evidence(q.kind),
                "text": q.text,
                "clock": view.scoped(file, f"request:{q.id}"),
            }
            for q in case.requests
            if q.of is view.ME and q.answered_at is None and not settled
        ],
        "captures": [t for t in case.captures if t.done_by is None and not settled],
        "wanted": parts.terms(file, case.claims),
        "options": parts.term_options(file),
        "can": _can(file),
        "next_rung": next_rung(case, file.rules.playbook),
        "optional": _optional(file),
        "extendable": parts.extendable(file, reader=view.ME),
        "rungs": view.rungs(file),
        "condition_table": tables.conditions(file, base=f"/c/{case.number}"),
        "latest": [entry(item) for item in reversed(file.chronicle[-TIMELINE_SHORT:])],
        "missing": [] if settled else view.missing(file),
        "chooses": main is not None and main.act == "choose_next",
        "choices": _choices(file),
        "facts": facts(file),
        "hints": [] if case.closed else _hints(file),
        "notice": _notice(file),
        "yours_to_file": case.rung_outside and not settled,
        "unreachable": case.rung_outside and case.rung in case.operated and not case.respondent.registered,
        "reply": None
        if settled
        else next((line for line in lines if line["at"] == replied_at and not line["mine"]), None),
    }


def _hints(file: CaseFile) -> list[Text]:
    """What the sum or an answer makes worth thinking of."""
    case = file.case
    found = hints_for(file.rules.playbook, amount_fen=case.subject.amount_fen, answers=case.answers_given)
    return [hint.text for hint in found]


def entry(item: Entry) -> dict[str, Any]:
    """A line of the chronicle as the timeline takes it."""
    return {"at": item.at, "who": item.who, "title": item.title, "body": item.body, "tone": item.tone}


def facts(file: CaseFile) -> list[tuple[Any, Any]]:
    """Against whom, and about which order or draw."""
    return [
        (file.names.party(Party.respondent).capitalised(), file.case.respondent.name),
        *parts.record_facts(file),
    ]


def _move(file: CaseFile) -> dict[str, Any]:
    """「现在轮到你」: the banner, and in a sentence for what."""
    case, step = file.case, file.next_step
    if case.closed:
        return {"words": step.text, "tone": "done" if case.resolved else "theirs", "note": None}
    if step.who is view.ME:
        return {"words": Text("现在轮到你", "It is your move"), "tone": "mine", "note": step.text}
    words = Text("现在轮到{who}", "Next to act: {who}").format(who=step.name)
    return {"words": words, "tone": "theirs", "note": step.text}


def _following(file: CaseFile) -> Text | None:
    """What comes after the present moment, in the header; once something is agreed or decided, its own next moment."""
    case = file.case
    if case.closed:
        return None
    if case.stage is Stage.appealed:
        return Text("复核决定", "the decision on the appeal")
    if case.pending_decision is not None:
        granted = Text("决定生效，开始履行", "the decision becomes final and is carried out")
        return granted if case.pending_decision.terms else Text("决定生效", "the decision becomes final")
    if case.stage is Stage.implementing:
        if all(item.state is RemedyState.performed for item in case.open_remedies):
            return Text("你确认后结束", "the end, once you confirm")
        return Text("做完后由你确认", "you confirm what was done")
    return file.progress.next


def _can(file: CaseFile) -> dict[str, bool]:
    """Which forms the page offers."""
    case, allowed = file.case, file.allowed
    pending = case.pending_decision is not None and not case.closed
    return {
        "prove": "ProveContact" in allowed,
        "choose": "ConfirmProblems" in allowed and not any(item.confirmed for item in case.problems),
        "propose": "MakeOffer" in allowed
        and not case.rung_outside
        and any(n.served_at for n in case.notices),
        "appeal": pending and "AppealDecision" in allowed and case.appeal is None,
        "accept_decision": pending
        and "AcceptDecision" in allowed
        and case.appeal is None
        and view.ME not in case.decision_accepted,
        "confirm": "ConfirmRemedy" in allowed,
        "withdraw": "WithdrawCase" in allowed and not case.open_remedies,
        "refile": file.may_refile,
        "climb": _can_climb(file),
        "add": "AddExhibit" in allowed,
    }


def _can_climb(file: CaseFile) -> bool:
    """Whether moving up would be heard: the other side refused, was silent, or nobody but the person stands here."""
    case = file.case
    if "EscalateCase" not in file.allowed or case.complainant.proven_at is None:
        return False
    if case.closed:
        return case.outcome in _CLIMBABLE and not case.resolved
    if case.stage in {Stage.implementing, Stage.appealed} or case.pending_decision is not None:
        return False
    if case.rung_outside or clocks.waiting_on(case, who={Party.respondent, Party.operator}) is None:
        return True
    return case.stage is Stage.negotiating and any(
        reply.rung is case.rung and reply.kind is not AnswerKind.holding for reply in case.replies
    )


def _optional(file: CaseFile) -> list[RungSpec]:
    if not _can_climb(file):
        return []
    here = {file.case.rung, RungName.self_check}
    return [spec for spec in file.rules.playbook.ladder if spec.optional and spec.rung not in here]


def _choices(file: CaseFile) -> list[dict[str, Any]]:
    picked = {ref.id for ref in file.case.problems}
    playbook = file.rules.playbook
    return [
        {
            "id": p.id,
            "name": p.name,
            "help": p.help,
            "checked": p.id in picked,
            "label": label.name if (label := class_of(playbook, p.id)) is not None else None,
        }
        for p in playbook.problems
    ]


def _notice(file: CaseFile) -> Text | None:
    """Whether the other side has been told, in a sentence; nothing once it has, or where nobody is told."""
    case = file.case
    latest = next((item for item in reversed(case.notices) if item.rung is case.rung), None)
    if case.closed or case.rung_outside or latest is None or latest.served_at is not None:
        return None
    who = file.names.party(Party.respondent)
    if latest.bounced:
        zh, en = (
            "给{who}的通知被退回，换一个登记的联系方式再送。",
            "The notice to {who} came back; another contact is tried.",
        )
    else:
        zh, en = (
            "通知正在送给{who}，送到后才开始计时。",
            "The notice is on its way to {who}; the clock starts when it arrives.",
        )
    return Text(zh, en).format(who=who)
