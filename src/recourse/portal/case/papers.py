# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The papers page: letters ready to copy, the doors to file them at, and what was filed elsewhere."""

from collections.abc import Mapping
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.case import words
from recourse.core.case.doors import asked_by, doors_of, targets_of
from recourse.core.case.moving import causes, suspendable
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline
from recourse.core.deadline.regime import RULES
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import IN_HAND, Filing
from recourse.core.letter import Letter
from recourse.core.playbook.types import Channel
from recourse.core.text import Text
from recourse.portal.case import view
from recourse.portal.filing.contents import asked
from recourse.queries.case_file import CaseFile
from recourse.queries.held_off import held_off
from recourse.queries.rung_letter import fill, letters_for
from recourse.webkit import case_parts as parts

# What a body tells a person of its own time.
_TOLD_CAUSES = (SuspensionCause.testing, SuspensionCause.other)
_BLANKS: Mapping[str, Text] = {
    "complainant_name": Text("你的姓名", "your name"),
    "record_id": Text("单号", "the number"),
    "record_title": Text("奖品或商品名称", "the prize or thing"),
    "record_amount": Text("金额", "the amount"),
    "happened_on": Text("发生日期", "the day it happened"),
    "promised_on": Text("承诺日期", "the promised day"),
    "evidence_list": Text("证据清单", "the list of evidence"),
    "contact_log": Text("联系记录", "the contact log"),
    "refusal": Text("对方拒绝的原话", "their words of refusal"),
    "platform_result": Text("平台处理结果", "what the platform did"),
    "deadline": Text("期限", "the deadline"),
    "conditions": Text("中奖条件核对表", "the table of conditions"),
    "accounts": Text("两个账号的对照", "the accounts side by side"),
    "target": Text("投诉对象", "what the filing is aimed at"),
    "ground_list": Text("法律依据", "the legal grounds"),
}


def papers(file: CaseFile) -> dict[str, Any]:
    """The values of the papers page. Letters that the operator sends itself are not the person's to send."""
    case, rules = file.case, file.rules
    barring = next((f for f in case.filings if f.official and f.state in IN_HAND), None)
    letters = (
        letters_for(rules, case=case, rung=case.rung, own=True) if case.rung_outside or case.closed else ()
    )
    filed = {f.channel for f in case.filings}
    here = case.rung_outside or case.closed
    doors = [c for c in doors_of(rules.playbook, case) if c.id in filed or (here and c.rung is case.rung)]
    spec = next((item for item in rules.playbook.ladder if item.rung is case.rung), None)
    return {
        "rung_spec": spec,
        "rung_text": parts.step_text(file, spec) if spec is not None else None,
        "doors": [door for channel in doors for door in _doors(channel, case)],
        "unsettled": _unsettled(file) if here else None,
        "letters": [_letter(file, item) for item in letters],
        "filings": [_filing(file, item) for item in case.filings],
        "barring": file.names.channel(barring.channel) if barring is not None else None,
        "states": [(state.value, name) for state, name in words.FILING_ANSWERS.items()],
        "can_file": "OpenFiling" in file.allowed and case.complainant.proven_at is not None,
        "now_typed": file.now.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M"),
    }


def _unsettled(file: CaseFile) -> dict[str, Any] | None:
    """What has to be answered before it is known which doors of this step fit; None when nothing has."""
    case, playbook = file.case, file.rules.playbook
    waiting = [c for c in playbook.channels if c.rung is case.rung and asked_by(c, playbook, case)]
    if not waiting:
        return None
    wanted = dict.fromkeys(item.key for c in waiting for item in asked_by(c, playbook, case))
    return {
        "names": [c.name for c in waiting],
        "asked": [asked(item, {}) for item in playbook.ask if item.key in wanted],
        "can": "AnswerQuestions" in file.allowed,
    }


def _doors(channel: Channel, case: Case) -> list[dict[str, Any]]:
    """One door, or one for each thing that filings here may be aimed at."""
    door = {
        "id": channel.id,
        "channel": channel.id,
        "target": "",
        "name": channel.name,
        "path": channel.path,
        "url": channel.url,
        "official": channel.official,
        "before": channel.before,
    }
    targets = targets_of(channel, case)
    return [
        door
        | {
            "id": f"{channel.id}-{item.key}",
            "target": item.key,
            "name": view.aimed_at(channel.name, item.name),
            "path": item.path,
        }
        for item in targets
    ] or [door]


def _letter(file: CaseFile, letter: Letter) -> dict[str, Any]:
    today = file.now.astimezone(CHINA).date().isoformat()
    filled, missing = fill(letter, file.case, file.rules, today=today)
    return {
        "key": letter.key,
        "name": letter.name,
        "to": file.rules.playbook.parties.get(letter.to),
        "subject": filled.subject,
        "body": filled.body,
        "excess": filled.excess,
        "missing": [_BLANKS.get(name, Text(name, name)) for name in missing],
    }


def _filing(file: CaseFile, item: Filing) -> dict[str, Any]:
    running = next((d for d in file.running if d.scope == f"filing:{item.id}"), None)
    target = file.names.target(item.channel, item.target)
    stands = [s.until for s in running.suspensions if s.until and s.until > file.now] if running else []
    return {
        "id": item.id,
        "name": view.aimed_at(file.names.channel(item.channel), target),
        "filed_at": item.filed_at,
        "receipt_no": item.receipt_no,
        "state": words.FILING_STATES[item.state],
        "tone": words.FILING_TONES.get(item.state, "note"),
        "answer": item.answer,
        "holding": item.state in IN_HAND and held_off(item.answer),
        "clock": view.scoped(file, f"filing:{item.id}"),
        "open": item.state in IN_HAND,
        "stands_still": max(stands, default=None),
        "causes": _causes(file, running) if running is not None else [],
        "testing": RULES[running.regime].testing if running is not None else None,
    }


def _causes(file: CaseFile, running: Deadline) -> list[tuple[str, Text]]:
    """Why the body may have stopped its clock; empty where there is nothing to stop."""
    mine = suspendable(file.case, side=view.ME) if "SuspendDeadline" in file.allowed else ()
    if running.soft or running.id not in {item.id for item in mine}:
        return []
    return [(item.value, words.CAUSES[item]) for item in _TOLD_CAUSES if item in causes(running)]
