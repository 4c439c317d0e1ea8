# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the complainant's pages add to the shared parts of a case: wanted evidence, what can be said of a remedy."""

from typing import Any

from recourse.core.case.words import ACTS
from recourse.core.deadline.deadline import Deadline
from recourse.core.remedy import Remedy
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceState, Party, RemedyState
from recourse.queries.case_file import CaseFile
from recourse.webkit import case_parts as parts
from recourse.webkit import tables

ME = Party.complainant


def clock(file: CaseFile, item: Deadline) -> dict[str, Any]:
    """A deadline as the countdown component takes it; that of an outside filing names the body it was filed with."""
    shown = parts.clock(file, item, reader=ME)
    filing = next((f for f in file.case.filings if item.scope == f"filing:{f.id}"), None)
    if filing is not None:
        words = ACTS.get(item.act, Text("{who}回音", "{who}: reply"))
        aimed = file.names.target(filing.channel, filing.target)
        shown["title"] = words.format(who=aimed_at(file.names.channel(filing.channel), aimed))
    return shown


def aimed_at(door: Text, target: Text | None) -> Text:
    """A door by name, with what is complained of there where it takes several."""
    if target is None:
        return door
    return Text(f"{door.zh}：投诉{target.zh}", f"{door.en}: against {target.en}")


def scoped(file: CaseFile, scope: str) -> dict[str, Any] | None:
    """The running clock of a scope, such as `filing:f1`."""
    found = next((d for d in file.running if d.scope == scope), None)
    return clock(file, found) if found is not None else None


def remedy(file: CaseFile, item: Remedy) -> dict[str, Any]:
    """A remedy with its steps, and which of 收到了 / 没收到 / 东西不对 can be said of it now."""
    under_way = item.state in {RemedyState.ordered, RemedyState.performing}
    said_done = item.state in {RemedyState.performed, RemedyState.silent}
    came = any(step.done_at is not None and step.who is not ME for step in item.steps)
    shown = parts.remedy(file, item, reader=ME)
    return shown | {
        "asks": said_done,
        "can_confirm": said_done or (under_way and shown["my_step"] is None),
        "can_dispute": said_done,
        "can_say_wrong": item.state is RemedyState.performing and came,
        "open": under_way or item.state is RemedyState.performed,
    }


def exhibits(file: CaseFile) -> list[dict[str, Any]]:
    """Everything that was handed in, with its links."""
    base = f"/c/{file.case.number}"
    return [parts.exhibit(file, item, base=base, reader=ME) for item in file.case.exhibits]


def evidence(file: CaseFile) -> list[dict[str, Any]]:
    """The wanted evidence with its three states and what was handed in for each; what is still missing first."""
    items = {item.kind.value: item for item in file.rules.playbook.evidence}
    handed = [x for x in file.case.exhibits if not x.withdrawn]
    base = f"/c/{file.case.number}"
    rows = []
    for kind, needed in tables.wanted(file).items():
        mine = [parts.exhibit(file, x, base=base, reader=ME) for x in handed if x.kind == kind]
        stated = {key.value: state for key, state in file.case.evidence.items()}.get(str(kind))
        state = EvidenceState.have if mine else stated or EvidenceState.have_not
        item = items.get(str(kind))
        rows.append(
            {
                "kind": str(kind),
                "name": file.names.evidence(kind),
                "state": state.value,
                "needed": needed,
                "note": item.how if item is not None and not mine and needed else None,
                "exhibits": mine,
            }
        )
    return sorted(rows, key=lambda row: (bool(row["exhibits"]), not row["needed"]))


def missing(file: CaseFile) -> list[Text]:
    """The needed kinds that nobody handed in and the person does not have."""
    handed = {x.kind for x in file.case.exhibits if not x.withdrawn}
    have = {kind for kind, state in file.case.evidence.items() if state is EvidenceState.have}
    return [
        file.names.evidence(kind)
        for kind, needed in tables.wanted(file).items()
        if needed and kind not in handed and kind not in have
    ]


def rungs(file: CaseFile) -> list[dict[str, Any]]:
    """The whole way, and what each step that lies ahead is worth."""
    passed = set(file.case.rungs_passed)
    return [
        row | {"note": None if spec.rung in passed else spec.worth}
        for row, spec in zip(parts.rungs(file), file.progress.steps, strict=True)
    ]
