# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The shape of `demo/*.yaml`: who is there, and what each story does how long ago."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from recourse.core.merchant_list import Merchant
from recourse.core.problem import Problems, gather
from recourse.core.shape import read
from recourse.core.text import Text
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceKind,
    Party,
    RemedyKind,
    RungName,
    SubjectKind,
)
from recourse.gateways.rule_files import HOME
from recourse.gateways.yaml_lines import read_text, read_yaml

FOLDER = HOME / "demo"

Seat = Literal["complainant", "respondent", "agent", "neutral", "second_neutral"]
StaffRole = Literal["agent", "neutral", "owner", "auditor"]
Deed = Literal[
    "file",
    "prove",
    "exhibit",
    "contact",
    "answer",
    "offer",
    "accept_offer",
    "message",
    "note",
    "assign",
    "escalate",
    "ask_evidence",
    "decide",
    "appeal",
    "perform",
    "confirm",
    "open_filing",
    "update_filing",
]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One account of an operator. Its password is made from the installation's secret."""

    name: str
    role: StaffRole
    display_name: str


@dataclass(frozen=True, slots=True)
class House:
    """One operator. `operates` are rungs of `platform`; without any, every rung is outside."""

    slug: str
    name: Text
    kind: Literal["platform", "association", "nobody"]
    platform: str = ""
    operates: tuple[RungName, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    merchants: tuple[Merchant, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """One imported order or draw of a house, each day as so many days ago."""

    house: str
    kind: SubjectKind
    id: str
    respondent: str
    title: str
    amount: str = ""
    happened: int | None = None
    promised: int | None = None
    received: int | None = None


@dataclass(frozen=True, slots=True)
class GivenTerm:
    """One remedy of an offer or a decision."""

    kind: RemedyKind
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of a story. `ago` is how long before now: 30h or 2d."""

    ago: str
    do: Deed
    by: Seat = "complainant"
    text: str = ""
    answer: AnswerKind | None = None
    due_in: str = ""
    terms: tuple[GivenTerm, ...] = ()
    evidence: EvidenceKind | None = None
    of: Party | None = None
    channel: str = ""
    result: AttemptResult | None = None
    agent_no: str = ""
    facts: str = ""
    grounds: tuple[str, ...] = ()
    step: int | None = None
    remedy: RemedyKind | None = (
        None  # which remedy is performed or confirmed; the newest when nothing is said
    )
    rung: RungName | None = None
    receipt_no: str = ""
    state: str = ""
    target: str = ""
    warned: bool = False


@dataclass(frozen=True, slots=True)
class StoryHead:
    """What a story is about, in one sentence, and whose house it happens in."""

    key: str
    about: Text
    house: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Houses:
    """The file `houses.yaml`."""

    houses: tuple[House, ...]
    records: tuple[DemoRecord, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """Everything the demonstration plays. `complaints` are the plain documents by story key."""

    houses: Houses
    stories: tuple[StoryHead, ...]
    complaints: Mapping[str, Any]


def load_script(now: datetime, folder: Path = FOLDER) -> Script | Problems:
    """The script of a folder with its days counted from `now`, or every problem with its line."""
    houses = _read(folder / "houses.yaml", Houses)
    if isinstance(houses, Problems):
        return houses
    stories: list[StoryHead] = []
    complaints: dict[str, Any] = {}
    for path in sorted(folder.glob("stories/*.yaml")):
        complaint: dict[str, Any] = {}
        head = _read(path, StoryHead, besides=complaint, now=now)
        if isinstance(head, Problems):
            return head
        stories.append(head)
        complaints[head.key] = complaint["complaint"]
    return Script(houses, tuple(stories), complaints)


def _read(
    path: Path, shape: Any, *, besides: dict[str, Any] | None = None, now: datetime | None = None
) -> Any:
    text = read_text(path, file=path.name)
    tree = text if isinstance(text, Problems) else read_yaml(text, file=path.name)
    if isinstance(tree, Problems):
        return tree
    plain: Any = tree.plain
    if now is not None:
        plain = dated(plain, now=now)
    if besides is not None and isinstance(plain, dict):
        besides["complaint"] = plain.pop("complaint", {})
    value, problems = read(shape, plain)
    return value or gather(tree.place(item) for item in problems)


_DAY = re.compile(r"\{(iso|day) (-?\d+)\}")


def dated(plain: Any, *, now: datetime) -> Any:
    """The same values with {iso -3} and {day -3} written as the date three days before `now`."""
    if isinstance(plain, dict):
        return {key: dated(value, now=now) for key, value in plain.items()}
    if isinstance(plain, list):
        return [dated(value, now=now) for value in plain]
    if not isinstance(plain, str):
        return plain

    def written(found: re.Match[str]) -> str:
        day = (now + timedelta(days=int(found[2]))).date()
        return day.isoformat() if found[1] == "iso" else f"{day.month}月{day.day}日"

    return _DAY.sub(written, plain)
