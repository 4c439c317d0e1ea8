# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the respondent's case page shows: the claim, what happens by default and when, and what can be done now."""

from collections.abc import Mapping
from typing import Any

from recourse.core.case import clocks, words
from recourse.core.case.state import Case
from recourse.core.remedy import OPEN_STATES
from recourse.core.text import Text
from recourse.core.vocabulary import Party, RemedyState, Stage
from recourse.portal.respondent.words import default_of, task_of
from recourse.queries.case_file import CaseFile
from recourse.queries.respondent_todo import pressing
from recourse.webkit import case_parts as parts
from recourse.webkit import tables

ME = Party.respondent
_ANSWERING = frozenset({Stage.negotiating, Stage.reviewing, Stage.adjudicating})
_TALKING = frozenset({Stage.negotiating, Stage.reviewing, Stage.adjudicating, Stage.outside})


def contents_of(file: CaseFile) -> dict[str, Any]:
    """The values of the page."""
    case = file.case
    base = f"/r/c/{case.number}"
    claims = parts.term_line(file, case.claims)
    main = pressing(case)
    others = [d for d in file.running if d.who is ME and d is not main and not d.soft]
    theirs = [d for d in file.running if d.who in {Party.complainant, Party.operator} and d.scope != "case"]
    clock_of = {
        d.id: parts.clock(
            file,
            d,
            reader=ME,
            silence=default_of(d, case, file.rules.playbook, claims=claims) if d.who is ME else None,
        )
        for d in (*([main] if main else []), *others, *theirs)
    }
    exhibits = [parts.exhibit(file, item, base=base, reader=ME) for item in case.exhibits]
    playbook = file.rules.playbook
    return {
        "title": parts.title_of(file),
        "platform": playbook.name,
        "other": file.names.party(Party.complainant).capitalised(),
        "move": _move(file),
        "task": task_of(main) if main is not None else None,
        "clock": clock_of[main.id] if main is not None else None,
        "other_clocks": [clock_of[d.id] for d in (*others, *theirs)],
        "claims": parts.terms(file, case.claims),
        "claims_line": claims,
        "problem_names": [p.name for ref in case.problems for p in playbook.problems if p.id == ref.id],
        "facts": parts.record_facts(file),
        "theirs": [item for item in exhibits if not item["mine"] and not item["withdrawn"]],
        "mine": [item for item in exhibits if item["mine"]],
        "threads": parts.threads(file, base=base, reader=ME),
        "kinds": [(item.kind.value, item.name) for item in playbook.evidence],
        "requests": _requests(file, clock_of),
        "condition_table": tables.conditions(file, base=base),
        "account_table": tables.accounts(file, base=base, reader=ME),
        "repeats": tables.repeats(file),
        "offer": parts.offer(file, case.open_offer, reader=ME) if case.open_offer is not None else None,
        "past_offers": [
            parts.offer(file, item, reader=ME)
            for item in reversed(case.offers)
            if item is not case.open_offer
        ],
        "extendable": parts.extendable(file, reader=ME),
        "options": parts.term_options(file),
        "remedies": [parts.remedy(file, item, reader=ME) for item in reversed(case.remedies)],
        "decision": parts.decision(file, reader=ME),
        "points": case.points,
        "talk": parts.lines_of_talk(file, reader=ME),
        "timeline": [
            {"at": e.at, "who": e.who, "title": e.title, "body": e.body, "tone": e.tone}
            for e in reversed(file.chronicle)
        ],
        "can": _can(file),
        "answers": words.ANSWERS,
        "safety": playbook.safety.notice,
    }


def _requests(file: CaseFile, clock_of: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What the operator asked this side for and still waits for."""
    return [
        {
            "id": item.id,
            "name": file.names.evidence(item.kind),
            "text": item.text,
            "clock": next((clock_of[d.id] for d in file.running if d.scope == f"request:{item.id}"), None),
        }
        for item in file.case.requests
        if item.of is ME and item.answered_at is None
    ]


def _move(file: CaseFile) -> dict[str, Any]:
    case, step = file.case, file.next_step
    if case.closed:
        return {"words": step.text, "tone": "done", "note": None}
    if step.who is ME:
        main = pressing(case)
        return {
            "words": Text("现在轮到你", "It is your move"),
            "tone": "mine",
            "note": task_of(main) if main else step.text,
        }
    who = file.names.party(step.who)
    said = Text("现在轮到{who}", "Waiting for {who}").format(who=who)
    return {"words": said, "tone": "theirs", "note": step.text}


def _can(file: CaseFile) -> dict[str, bool]:
    """Which forms the page offers now."""
    case, allowed = file.case, file.allowed
    pending = case.pending_decision is not None and not case.closed
    late = is_late(case)
    answering = "RecordAnswer" in allowed and case.stage in _ANSWERING and not pending and not late
    waits = clocks.waiting_on(case, who={ME}) is not None
    return {
        "answer": answering,
        "asked": answering and waits,
        "late": late,
        "offer": "MakeOffer" in allowed and case.stage in _TALKING and not pending,
        "appeal": pending
        and "AppealDecision" in allowed
        and case.appeal is None
        and ME not in case.decision_accepted,
        "accept_decision": pending and "AcceptDecision" in allowed and ME not in case.decision_accepted,
        "message": "PostMessage" in allowed,
        "exhibit": "AddExhibit" in allowed,
        "perform": "PerformStep" in allowed,
    }


def is_late(case: Case) -> bool:
    """Only silence has decided and nothing was carried out yet: a late answer with its cause is still heard."""
    decision = case.decision
    return (
        decision is not None
        and decision.by_default
        and not decision.overtaken
        and case.stage in {Stage.adjudicating, Stage.implementing}
        and all(item.state is RemedyState.ordered for item in case.remedies if item.state in OPEN_STATES)
    )
