# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the sub-pages of a case show: evidence, contact, record. Overview and papers have modules of their own."""

from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.case import words
from recourse.core.text import Text
from recourse.core.vocabulary import AttemptResult, Party
from recourse.portal.case import view
from recourse.portal.case.overview import entry, facts, overview
from recourse.portal.case.papers import papers
from recourse.queries.case_file import CaseFile
from recourse.webkit import case_parts as parts
from recourse.webkit import condition_form, tables
from recourse.webkit.answers import answer_words

PAGES: dict[str, Text] = {
    "": Text("概况", "Overview"),
    "evidence": Text("证据", "Evidence"),
    "talk": Text("沟通", "Contact"),
    "papers": Text("文书", "Papers"),
    "record": Text("记录", "Record"),
}


def content_of(page: str, file: CaseFile) -> dict[str, Any]:
    """The values of one page's template."""
    build = {"": overview, "evidence": _evidence, "talk": _talk, "papers": papers, "record": _record}[page]
    return {"title": parts.title_of(file), "pages": PAGES, **build(file)}


def seal_of(file: CaseFile, *, digits: int = 16) -> str:
    """The head of the chain in groups of four, short enough to read out."""
    return " ".join(file.head[i : i + 4] for i in range(0, digits, 4))


def _evidence(file: CaseFile) -> dict[str, Any]:
    rows = view.evidence(file)
    listed = {row["kind"] for row in rows}
    kinds = [(row["kind"], row["name"]) for row in rows]
    kinds += [(i.kind.value, i.name) for i in file.rules.playbook.evidence if i.kind.value not in listed]
    handed = view.exhibits(file)
    return {
        "items": rows,
        "kinds": kinds,
        "mine": [item for item in handed if item["mine"]],
        "videos": [item for item in handed if item["video"] and item["mine"] and not item["withdrawn"]],
        "theirs": [item for item in handed if not item["mine"]],
        "captures": [t for t in file.case.captures if t.done_by is None],
        "threads": parts.threads(file, base=f"/c/{file.case.number}", reader=view.ME),
        "can_add": "AddExhibit" in file.allowed,
        "can_withdraw": "WithdrawExhibit" in file.allowed,
        "can_state": "StateEvidence" in file.allowed,
        "condition_table": tables.conditions(file, base=f"/c/{file.case.number}"),
        "condition_form": condition_form.form_of(
            condition_form.typed_of(file.case.conditions, file.case.refusal), file.rules.playbook.conditions
        ),
        "can_list": "SetConditions" in file.allowed,
        "account_table": tables.accounts(file, base=f"/c/{file.case.number}", reader=view.ME),
        "head": seal_of(file),
    }


def _talk(file: CaseFile) -> dict[str, Any]:
    case = file.case
    attempts = [
        {
            "at": item.at,
            "channel": item.channel,
            "result": words.RESULTS[item.result],
            "tone": words.RESULT_TONES[item.result],
            "agent": item.agent_no,
            "answer": item.answer,
            "holding": item.result is AttemptResult.holding,
            "proof_url": f"/c/{case.number}/exhibit/{item.exhibits[0]}" if item.exhibits else "",
        }
        for item in sorted(case.contacts, key=lambda item: item.at, reverse=True)
    ]
    return {
        "lines": parts.lines_of_talk(file, reader=view.ME),
        "offers": [parts.offer(file, item, reader=view.ME) for item in reversed(case.offers)],
        "attempts": attempts,
        "results": [(key.value, name) for key, name in words.RESULTS.items()],
        "channels": [c.name for c in file.rules.playbook.channels][:12],
        # Before a notice was served nobody reads it, unless the operator's own people do.
        "can_write": "PostMessage" in file.allowed and (bool(case.operated) or bool(case.notices)),
        # Who stands in no register and was never served can read nothing here.
        "both_read": bool(case.respondent.registered) or bool(case.notices),
        "can_log": "LogContact" in file.allowed,
        "who": file.names.party(Party.respondent),
        "now_typed": typed_now(file),
    }


def typed_now(file: CaseFile) -> str:
    """The present moment as a datetime-local control takes it."""
    return file.now.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")


def _record(file: CaseFile) -> dict[str, Any]:
    case = file.case
    answers = [
        (q.text, answer_words(q, value))
        for q in file.rules.playbook.ask
        if (value := case.answers_given.get(q.key))
    ]
    return {
        "entries": [entry(item) for item in reversed(file.chronicle)],
        "clocks": [view.clock(file, d) for d in file.running],
        "story": case.story,
        "facts": facts(file),
        "answers": answers,
        "wanted": parts.terms(file, case.claims),
        "points": case.points,
        "head": seal_of(file, digits=64),
    }
