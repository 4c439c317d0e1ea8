# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The log as ports: its tables, the signer and the witnesses that let it grow, and an authority that tells the time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from recourse.core.canonical import Plain
from recourse.core.checkpoint.extension import Growth
from recourse.core.checkpoint.head import Head
from recourse.core.checkpoint.leaf import LeafKind
from recourse.core.checkpoint.note import Note, NoteSignature
from recourse.core.checkpoint.policy import Policy


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A signed checkpoint. `signed` is the note as the signer gave it, `note` has the cosignatures that are there as well.

    `id` is the store's own.
    """

    id: int
    origin: str
    head: Head
    signed: Note
    note: Note

    def stamped_bytes(self) -> bytes:
        """What a time stamp is over: the note as the log's keys signed it. Witnesses may come later."""
        return self.signed.write().encode()


@dataclass(frozen=True, slots=True)
class StoredTimestamp:
    """What an authority said of a checkpoint: its token (DER), its certificates (PEM), and when we got it."""

    checkpoint: StoredCheckpoint
    authority: str
    token: bytes
    chain: str
    stamped_at: datetime


@dataclass(frozen=True, slots=True)
class LoggedLeaf:
    """One leaf of a case; `position` is None until the sequencer has numbered it.

    `origin` is the name of the log that the promise was given for: after a declared gap the log has another.
    """

    origin: str
    position: int | None
    kind: str
    version: int
    at: str
    data: str
    salt: bytes | None
    hash: bytes
    promise: bytes


@dataclass(frozen=True, slots=True)
class NewLeafAboutLog:
    """A leaf about the log itself, to be queued: canonical bytes, and the origin it is promised to."""

    kind: LeafKind
    data: bytes
    at: str
    origin: str


class Log(Protocol):
    """The log's tables: one tree for the installation."""

    def origin(self) -> str:
        """The name of the log as it goes on."""

    def origins(self) -> Sequence[str]:
        """All names the log had, the present one last."""

    def next_origin(self, taken: Sequence[str]) -> str:
        """A name under which it may go on, that is none of its own and not taken."""

    def forget_origin(self) -> None:
        """Look the name up again: somebody else declared another."""

    def number(self, limit: int = 4096) -> int:
        """Give positions to leaves that wait, at most `limit`; how many got one. One sequencer at a time."""

    def head(self) -> Head:
        """The tree over all numbered leaves."""

    def size(self) -> int:
        """How many leaves are numbered."""

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` leaves."""

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree grew from `old` to `new`."""

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """The audit path of a leaf in the tree of `size`."""

    def latest(self) -> StoredCheckpoint | None:
        """The newest checkpoint of the present origin."""

    def newest(self) -> StoredCheckpoint | None:
        """The checkpoint that was signed last, of whatever origin."""

    def add_checkpoint(self, note: Note, *, now: datetime) -> None:
        """Keep a checkpoint; keeping it twice changes nothing."""

    def add_cosignatures(self, checkpoint: int, lines: Sequence[NoteSignature]) -> None:
        """Keep what witnesses said of a checkpoint."""

    def cosigned(self, witness: str) -> int:
        """The size of the newest checkpoint that this witness cosigned; 0 when none."""

    def witnessed(self) -> frozenset[str]:
        """The names of those who cosigned the newest checkpoints of the present origin."""

    def leaves_of(self, case: str) -> tuple[LoggedLeaf, ...]:
        """The leaves of a case, oldest first."""

    def add_leaf(self, leaf: NewLeafAboutLog) -> None:
        """Queue a leaf about the log itself."""

    def add_timestamp(
        self, checkpoint: int, *, authority: str, token: bytes, chain: str, now: datetime
    ) -> None:
        """Keep a time stamp (DER) over a checkpoint, with the authority's certificates (PEM)."""

    def timestamp(self) -> StoredTimestamp | None:
        """The newest time stamp over a checkpoint."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A signer or witness did not sign: `status` as in tlog-witness (0: it was not to be had), and its size if it said so."""

    status: int
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest head that somebody outside the database keeps of this log: who, for which origin, and what.

    `by` is "signer", "witness" (the one of this house), or the name of a witness that somebody else runs. Such a one
    tells a size alone when it refuses; the root is empty then, and `differs` says that its tree of this size is another.
    """

    by: str
    origin: str
    head: Head
    differs: bool = False


class Notary(Protocol):
    """Signer and witnesses: programs with keys of their own that let a log grow and nothing else.

    `operator` is who runs this installation, and with it the witness of this house.
    """

    operator: str

    def ready(self, origin: str) -> bool:
        """Whether the signer is there; makes it known to the witness of this house and writes the policy file."""

    def sign(self, asked: Growth) -> tuple[NoteSignature, ...] | Declined:
        """Ask the signer for its signatures over a checkpoint."""

    def witnesses(self) -> Sequence[str]:
        """The names of the witnesses that are asked."""

    def others(self) -> frozenset[str]:
        """The names of those witnesses that others run."""

    def cosign(self, witness: str, asked: Growth) -> tuple[NoteSignature, ...] | Declined:
        """Ask a witness for its cosignature over a signed checkpoint; what one of others answers is kept for `seen`."""

    def seen(self) -> Sequence[Seen]:
        """The newest heads that signer and witnesses keep, as far as they can be asked or read."""

    def silent(self) -> frozenset[str]:
        """Of "signer" and "witness" those whose memory is there or elsewhere, and could not be asked or read."""

    def policy(self, origin: str) -> Policy | None:
        """Whose word is taken for the log; None before the signer's first start."""

    def declare(self, statement: Mapping[str, Plain]) -> tuple[NoteSignature, ...] | Declined:
        """Have a gap declaration signed, which lets the signer begin a new origin."""

    def rotate(self, statement: Mapping[str, Plain]) -> Mapping[str, Plain] | Declined:
        """Have a new key made; the statement with both keys and both signatures."""

    def commands(self) -> Mapping[Any, Sequence[str]]:
        """How signer and witness of this house are started, by where they keep what they keep."""

    def start(self) -> Callable[[], None]:
        """See that signer and witness run; calling the answer stops those that were started for it."""


class TimestampAuthority(Protocol):
    """An authority outside that says when it saw a digest (RFC 3161)."""

    name: str

    def stamp(self, message: bytes) -> tuple[bytes, str] | None:
        """The answer (DER) over SHA-256 of the message and its certificates (PEM); None when none is to be had."""
