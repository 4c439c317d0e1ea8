# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Ports: what an action may ask of the world. Store and gateways implement them, the simulator fakes them.

An action is a generator of steps over a World. A step is a call without arguments (a `functools.partial` of a port's
method), so that a runner may interleave, delay, crash or repeat it; the action never calls a port by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from recourse.core.actor import Actor, Role
from recourse.core.calendar import Calendar
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.checkpoint.promise import Promise
from recourse.core.deadline.service import ServiceHours
from recourse.core.inspection import Confinement, Inspection
from recourse.core.log import Log, Notary, TimestampAuthority
from recourse.core.problem import Problems, refuse
from recourse.core.region import Page
from recourse.core.rulebook import Rulebook
from recourse.core.screen import Region

if TYPE_CHECKING:
    from recourse.core.triage.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as it stands in the stream, with when and from which seat it came."""

    version: int
    at: datetime
    role: Role
    actor: str
    event: object


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case as it was read: the value, the rules frozen into it, the facts for this command, the chain's head."""

    case: Case
    rules: Rulebook
    facts: Facts
    head: str  # hash of the last link
    history: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a committed command left behind: the case's number, its version and the chain's head after it.

    `promises` are signed: one for each leaf that the commit put into the log's queue.
    """

    number: str
    version: int
    head: str
    replayed: bool = False
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else wrote first, or another case took the entitlement: read again and decide again."""

    what: str  # version | entitlement | number | matter | key


class ReadOnly(Exception):
    """Nothing may be written now; `problems` says why and what to do."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(problems.keys()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key: the client's own word for one request, with a digest of what was asked."""

    key: str
    fingerprint: str


def key_reused() -> Problems:
    """The key stands for another request."""
    return refuse(
        "idempotency_key_reused",
        field="Idempotency-Key",
        zh="这个幂等键已经用在另一个请求上了。",
        en="This idempotency key was used for another request.",
        do_zh="换一个新键再发；要查原来的结果，请用原来的内容。",
        do_en="Send it with a new key; to see the first result, repeat the first request unchanged.",
    )


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """Bytes that were sealed: the name is the digest of the ciphertext, `digest` that of the bytes as handed over.

    `sm3` is a second digest of those bytes (GB/T 32905), where the installation makes one; the first always counts.
    """

    blob: str
    digest: str
    size: int
    media_type: str
    sm3: str = ""


@dataclass(frozen=True, slots=True)
class OpenedBlob:
    """A sealed file that was proven whole and is read once, in pieces; `size` is that of the bytes as handed over."""

    size: int
    chunks: Iterator[bytes]


class BlobHealth(StrEnum):
    """What a look at all copies of a blob came to."""

    whole = "whole"
    mended = "mended"  # a copy was missing or damaged and is whole again
    damaged = "damaged"  # no copy is whole
    erased = "erased"  # its key is gone, by law


class Clock(Protocol):
    """Trusted time."""

    def now(self) -> datetime:
        """The present moment, aware, +08:00."""


class Randomness(Protocol):
    """Unpredictable bytes."""

    def salt(self) -> bytes:
        """16 random bytes for a commitment."""

    def public_id(self) -> str:
        """A random 128-bit id for addresses and references."""

    def case_number(self) -> str:
        """A random case number a person can read out on the phone."""

    def code(self) -> str:
        """A six-digit sign-in code."""


class CaseBook(Protocol):
    """The case tables. `open` is the access gate, `commit` the only door in."""

    def open(self, actor: Actor, number: str) -> OpenedCase | None:
        """The case if this actor may see it; None both when it is absent and when it is forbidden."""

    def open_many(self, actor: Actor, numbers: Sequence[str]) -> Sequence[OpenedCase]:
        """Those of the cases this actor may see, read together."""

    def is_foreign(self, actor: Actor, number: str) -> bool:
        """Whether this number is a foreign record that this actor may read, and nobody may change."""

    def matter(self, operator: str, number: str) -> Sequence[str]:
        """The numbers of all cases of one matter: the first filing, and every case filed again from it."""

    def replay(self, actor: Actor, key: Key) -> Receipt | Problems | None:
        """The receipt of the same request made before; Problems when the key was used for another request."""

    def commit(
        self,
        opened: OpenedCase | None,
        after: Case,
        events: Sequence[object],
        *,
        actor: Actor,
        now: datetime,
        key: Key | None,
        also: Sequence[Callable[[], None]] = (),
    ) -> Receipt | Conflict:
        """Append events, projection, entitlements, outbox and key in one transaction, or nothing.

        `also` is what else belongs into it, such as dropping the draft that is filed.
        """

    def commit_many(self, entries: Sequence[Any]) -> Sequence[Receipt | Conflict]:
        """What `commit` takes, for many cases in one transaction; one that loses does not hold the others back."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Claimed (operator, number) pairs whose next instant has come, at most `limit`."""


class RuleShelf(Protocol):
    """Rulebooks: read from files for a new case, kept by digest for the old ones."""

    def current(self, platform: str) -> tuple[str, Rulebook] | Problems:
        """The digest and value of the rulebook in force today, for a case that will refer to it; stored if it is new."""

    def read(self, platform: str) -> Rulebook | Problems:
        """The rulebook in force today, to be looked at."""

    def platforms(self) -> Sequence[str]:
        """The platforms with a playbook."""

    def calendar(self) -> Calendar:
        """The newest published calendar."""

    def lexicon(self) -> "Lexicon":
        """The words that triage listens for."""


class Register(Protocol):
    """The operator's register of respondents and its settings."""

    def service_hours(self, operator: str) -> ServiceHours | None:
        """When the operator's desk is open; None means around the clock."""

    def operated(self, operator: str, platform: str) -> tuple[str, ...]:
        """The names of the rungs that the operator operates for this platform today."""

    def find(self, operator: str, platform: str, name: str, record_id: str) -> tuple[str, str, bool] | None:
        """(public id, legal name, accepts defaults) of the respondent that this name or order belongs to."""

    def record(self, operator: str, platform: str, record_id: str) -> Mapping[str, object] | None:
        """The imported record of this order or draw, if the operator pushed one."""


class People(Protocol):
    """The persons behind the seats: known by a contact, seen by a random id."""

    def person_for(self, contact: str) -> str:
        """A newcomer's public id: every filing gets its own. Proving a contact brings together those who gave it."""


class Delivery(StrEnum):
    """What became of a message: `delivered` is taken over by the mail or text service and not refused for this contact,
    not read by anybody; `bounced` for good, or to be tried again `later`."""

    delivered = "delivered"
    bounced = "bounced"
    later = "later"


class Post(Protocol):
    """Mail and text messages."""

    def send(self, *, channel: str, address: str, subject: str, body: str, key: str) -> Delivery:
        """Send once per key. `channel` is mail or sms."""


class Blobs(Protocol):
    """The vault: bytes sealed on arrival."""

    def put(self, chunks: Iterable[bytes], *, name: str, made: bool = False) -> StoredBlob | Problems:
        """Seal bytes; returns only once they are on disk. Refuses types not on the allow-list and what is too big.

        `made` says that they were made here and can be made again: nobody waits for them if they are not kept soon.
        """

    def get(self, blob: str) -> bytes | None:
        """The bytes as handed over, digest checked; None when they are erased or damaged."""

    def open(self, blob: str) -> OpenedBlob | None:
        """The same in pieces: every byte was checked before this returns, so that memory stays small."""

    def damaged_since(self, blobs: Sequence[str]) -> Mapping[str, datetime]:
        """Which of these cannot be served, and since when that is known."""

    def check(self, blob: str) -> BlobHealth:
        """Look at every copy, mend what can be mended, remember what cannot."""

    def delete(self, blob: str) -> None:
        """Destroy the key of a blob, and every copy of it; nothing when it is gone already."""

    def reachable(self) -> bool:
        """Whether every store answers."""

    def sweep(self, now: datetime) -> int:
        """Take away what unfinished uploads left a day ago and more; how many files."""


class Inspector(Protocol):
    """Opens what strangers sent, locked in; nobody else does."""

    @property
    def confinement(self) -> Confinement:
        """What holds an inspector on this system."""

    def inspect(self, data: bytes, media_type: str) -> Inspection:
        """What can be seen of a file, or why nothing; never raises for what is in it."""

    def mask(self, data: bytes, regions: Sequence[Region]) -> Inspection:
        """A JPEG of ours drawn again with these regions black: copy and small picture. Pages of regions do not count."""


class Reader(Protocol):
    """Reads the lines of pictures that we made ourselves, locked in; needs the extra `ocr`."""

    def read(self, data: bytes, *, page: int) -> Page | None:
        """The lines of one picture, in its pixels; None when it could not be read. Never raises."""


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What one try to reach a program came to: its status, or none and a word for what went wrong.

    `retry_after` is for how many seconds it asked to be left alone; 0 when it did not.
    """

    status: int | None
    milliseconds: int
    error: str = ""
    retry_after: int = 0


class Hooks(Protocol):
    """Messages to programs of an operator."""

    def takes(self, url: str) -> bool:
        """Whether an address is one that messages may be sent to at all; nothing is looked up."""

    def send(self, *, url: str, headers: Mapping[str, str], body: bytes) -> HookAnswer:
        """Try once. Never reaches into the installation's own network."""


@dataclass(frozen=True, slots=True)
class World:
    """All ports together: the one argument every action takes first."""

    clock: Clock
    randomness: Randomness
    cases: CaseBook
    rules: RuleShelf
    register: Register
    people: People
    post: Post
    blobs: Blobs
    hooks: Hooks | None = None  # without it webhooks wait
    log: Log | None = None  # without it nothing is numbered
    notary: Notary | None = None  # without it proofs are pending
    authority: TimestampAuthority | None = None  # without it no checkpoint is stamped
    inspector: Inspector | None = None  # without it there are no previews
    reader: Reader | None = None  # without it pictures are not read, and people type what they show
