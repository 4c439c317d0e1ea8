# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What is handed over and asked for: exhibits, requests, captures, contacts, points."""

from collections.abc import Mapping
from datetime import datetime

from recourse.core.case.event import event
from recourse.core.case.state import Point
from recourse.core.condition import Condition, Refusal
from recourse.core.screen import Region, ScreenField
from recourse.core.vocabulary import (
    AttemptResult,
    EvidenceKind,
    EvidenceState,
    Party,
)


@event(personal={"digest": "", "name": "", "note": "", "sm3": ""})
class ExhibitAdded:
    """A file was handed over and sealed. The blob's name is the digest of its ciphertext."""

    no: int
    kind: EvidenceKind
    by: Party
    blob: str
    size: int
    media_type: str
    at: datetime
    digest: str
    name: str
    note: str
    sm3: str = ""


@event(personal={})
class StillPlaced:
    """An exhibit is a still of a recording, taken at this second of it, as whoever handed it in says.

    Recordings stay opaque bytes here: nobody decodes them, so nobody but the person can say where the picture is from.
    """

    no: int
    of: int
    second: int


@event(personal={})
class ExhibitWithdrawn:
    """Whoever handed an exhibit in no longer relies on it; its bytes stay sealed."""

    no: int


@event(personal={})
class ExhibitMasked:
    """Its owner chose what is black in an exhibit for the other side: places alone, no word of what is there."""

    no: int
    by: Party
    regions: tuple[Region, ...]


@event(personal={})
class WordsShown:
    """Its owner lets the other side read a text in full, or has it masked again."""

    where: str
    by: Party
    shown: bool


@event(personal={"values": {}})
class ReadingConfirmed:
    """Its owner said what an exhibit shows."""

    no: int
    by: Party
    values: Mapping[ScreenField, str]


@event(personal={"states": {}})
class EvidenceStated:
    """The person said of each wanted item: I have it, I do not, the other side holds it."""

    states: Mapping[EvidenceKind, EvidenceState]


@event(personal={"kind": None, "text": ""})
class EvidenceAsked:
    """The operator asked one side for evidence. `kind` is None where it is not there to be read."""

    id: str
    of: Party
    kind: EvidenceKind | None
    text: str
    at: datetime


@event(personal={"answer": ""})
class EvidenceAnswered:
    """The side that was asked gave exhibits, or said why it has none."""

    id: str
    exhibits: tuple[int, ...]
    answer: str
    at: datetime


@event(personal={"kind": None, "due_at": None, "text": ""})
class CaptureSet:
    """A picture to come back for at a moment. Both are None where they are not there to be read."""

    id: str
    kind: EvidenceKind | None
    due_at: datetime | None
    text: str


@event(personal={"exhibit": 0})
class CaptureDone:
    """The picture was taken; exhibits count from 1."""

    id: str
    exhibit: int


@event(
    personal={
        "at": None,
        "channel": "",
        "result": None,
        "agent_no": "",
        "answer": "",
        "exhibits": [],
    }
)
class ContactLogged:
    """One attempt to reach somebody. `at` and `result` are None where they are not there to be read."""

    at: datetime | None
    channel: str
    result: AttemptResult | None
    agent_no: str
    answer: str
    exhibits: tuple[int, ...]


@event(personal={"points": []})
class PointsSet:
    """The table of what is in dispute (争议焦点) as the operator drew it up."""

    points: tuple[Point, ...]


@event(personal={"conditions": [], "refusal": None})
class ConditionsSet:
    """The announced conditions with their proofs, as the complainant now states them, and the refusal beside them."""

    conditions: tuple[Condition, ...]
    refusal: Refusal | None


@event(personal={"seen_in": "", "display_name": "", "account_id": ""})
class AccountShown:
    """An account as a picture shows it: name, and id where the picture has it."""

    id: str
    by: Party
    seen_in: str
    display_name: str
    account_id: str
    exhibit: int


@event(personal={})
class AccountTakenOut:
    """A row of the shown accounts is no longer relied on."""

    id: str
