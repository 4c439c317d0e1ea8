# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The receipt: what was received when, with the digests of one's own files, and how to prove it without us.

Each line has the operator's signed promise at once; the proof that its leaf stands in the log follows when the log was
signed and witnessed. It says as plainly what it does not prove.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from recourse.core.actor import Actor
from recourse.core.calendar import CHINA
from recourse.core.canonical import Plain, canonical
from recourse.core.case.events import ExhibitAdded
from recourse.core.checkpoint.cosignature import cosigned_at
from recourse.core.checkpoint.leaf import LeafKind
from recourse.core.checkpoint.note import encode
from recourse.core.checkpoint.policy import Judgement, Policy, WitnessKey, judge_checkpoint
from recourse.core.evidence import Exhibit
from recourse.core.log import Log, LoggedLeaf, StoredCheckpoint
from recourse.core.port import OpenedCase, World
from recourse.core.redaction import seen_by
from recourse.gateways.signature import verify
from recourse.store.chain import read_private

FORMAT = "recourse-receipt/1"


@dataclass(frozen=True, slots=True)
class ProvenLeaf:
    """One leaf: what was promised, and the way to the root of the checkpoint once it is there."""

    leaf: LoggedLeaf
    path: tuple[bytes, ...] | None

    @property
    def proven(self) -> bool:
        """Whether the checkpoint holds it."""
        return self.path is not None

    @property
    def at(self) -> datetime:
        """When it was received."""
        return datetime.fromisoformat(self.leaf.at)


@dataclass(frozen=True, slots=True)
class ReceivedExhibit:
    """A file of the reader's own, its digest, the salt that opens its commitment, and its leaf."""

    exhibit: Exhibit
    salt: bytes | None
    line: ProvenLeaf | None


@dataclass(frozen=True, slots=True)
class ProofReceipt:
    """The receipt of one case for one reader."""

    number: str
    case: str
    origin: str
    version: int
    head: str
    line: ProvenLeaf | None
    exhibits: tuple[ReceivedExhibit, ...]
    checkpoint: StoredCheckpoint | None
    witnesses: tuple[WitnessKey, ...]
    witnessed_at: datetime | None
    stamped_by: str
    policy: Policy | None
    operator: str

    @property
    def proven(self) -> bool:
        """Whether every line stands in a checkpoint that was signed."""
        lines = [self.line, *(item.line for item in self.exhibits)]
        return all(line is not None and line.proven for line in lines)

    @property
    def foreign(self) -> tuple[str, ...]:
        """Who else than the operator witnessed."""
        return tuple(w.operator for w in self.witnesses if w.operator != self.operator)

    def code(self) -> str:
        """What stands in the QR: enough to hold the operator to its promise, in plain ASCII."""
        if self.line is None:
            return f"{FORMAT}\n{self.number}\n"
        leaf = self.line.leaf
        place = "" if leaf.position is None else f"index {leaf.position}\n"
        return (
            f"{FORMAT}\nlog {leaf.origin}\ncase {self.number}\nversion {self.version}\nat {leaf.at}\n"
            f"leaf {leaf.hash.hex()}\npromise {encode(leaf.promise)}\n{place}"
        )

    def to_plain(self) -> Mapping[str, Plain]:
        """Everything a verifier needs, as plain values."""
        return {
            "format": FORMAT,
            "number": self.number,
            "case": self.case,
            "origin": self.origin,
            "version": self.version,
            "head": self.head,
            "leaf": None if self.line is None else plain_leaf(self.line),
            "exhibits": [
                {
                    "no": item.exhibit.no,
                    "digest": item.exhibit.digest,
                    "size": item.exhibit.size,
                    "received_at": item.exhibit.received_at.astimezone(CHINA).isoformat(),
                    "salt": None if item.salt is None else item.salt.hex(),
                    "leaf": None if item.line is None else plain_leaf(item.line),
                }
                for item in self.exhibits
            ],
            "checkpoint": None if self.checkpoint is None else self.checkpoint.note.write(),
            "policy": None if self.policy is None else self.policy.to_plain(),
        }

    def write(self) -> str:
        """The values as one canonical line."""
        return canonical(self.to_plain()).decode()


def proof_receipt(world: World, *, actor: Actor, number: str) -> ProofReceipt | None:
    """The receipt as this reader may have it; None when the case is absent or forbidden."""
    opened = world.cases.open(actor, number)
    if opened is None or world.log is None:
        return None
    checkpoint = world.log.newest()
    leaves = world.log.leaves_of(opened.case.id)
    origin = checkpoint.origin if checkpoint else world.log.origin()
    policy = None if world.notary is None else world.notary.policy(origin)
    judged = _judged(checkpoint, policy)
    proven = {
        (leaf.kind, leaf.version): ProvenLeaf(leaf, _path(world.log, leaf, checkpoint)) for leaf in leaves
    }
    line = proven.get((LeafKind.head.value, opened.case.version))
    return ProofReceipt(
        number=opened.case.number,
        case=opened.case.id,
        origin=origin,
        version=opened.case.version,
        head=opened.head,
        line=line,
        exhibits=_exhibits(actor, opened, proven),
        checkpoint=checkpoint,
        witnesses=judged.witnesses if judged else (),
        witnessed_at=_witnessed_at(checkpoint, judged),
        stamped_by=_stamped_by(world.log, line),
        policy=policy,
        operator=world.notary.operator if world.notary else "",
    )


def plain_leaf(line: ProvenLeaf) -> dict[str, Plain]:
    """A leaf as plain values: salt of a head, promise, place and path."""
    leaf = line.leaf
    return {
        "origin": leaf.origin,
        "data": leaf.data,
        "hash": leaf.hash.hex(),
        "promise": encode(leaf.promise),
        "salt": None if leaf.salt is None else leaf.salt.hex(),
        "index": leaf.position if line.proven else None,
        "path": None if line.path is None else [encode(item) for item in line.path],
    }


def _exhibits(
    actor: Actor, opened: OpenedCase, proven: Mapping[tuple[str, int], ProvenLeaf]
) -> tuple[ReceivedExhibit, ...]:
    """The reader's own files; of those of the other side the receipt is the other side's."""
    versions = {
        item.event.no: item.version for item in opened.history if isinstance(item.event, ExhibitAdded)
    }
    private = read_private(actor, opened.case.number) or {}
    own = [item for item in seen_by(opened.case, actor.role).exhibits if item.by.value == actor.role.value]
    found = []
    for item in own:
        version = versions[item.no]
        salt = private.get(version, {}).get("digest")
        found.append(
            ReceivedExhibit(item, salt[0] if salt else None, proven.get((LeafKind.exhibit.value, version)))
        )
    return tuple(found)


def _path(log: Log, leaf: LoggedLeaf, checkpoint: StoredCheckpoint | None) -> tuple[bytes, ...] | None:
    if checkpoint is None or leaf.position is None or leaf.position >= checkpoint.head.size:
        return None
    return tuple(log.inclusion(leaf.position, checkpoint.head.size))


def _stamped_by(log: Log, line: ProvenLeaf | None) -> str:
    """The authority whose newest stamp is over a tree that holds this leaf: an older one says nothing of it."""
    stamp, position = log.timestamp(), line.leaf.position if line is not None else None
    covers = stamp is not None and position is not None and position < stamp.checkpoint.head.size
    return stamp.authority if stamp is not None and covers else ""


def _judged(checkpoint: StoredCheckpoint | None, policy: Policy | None) -> Judgement | None:
    if checkpoint is None or policy is None:
        return None
    return judge_checkpoint(checkpoint.note, policy, verify=verify)


def _witnessed_at(checkpoint: StoredCheckpoint | None, judged: Judgement | None) -> datetime | None:
    """The earliest moment at which a witness says to have seen this tree."""
    if checkpoint is None or judged is None:
        return None
    times = [cosigned_at(line) for w in judged.witnesses for line in checkpoint.note.by(w.key)]
    return datetime.fromtimestamp(min(times), UTC).astimezone(CHINA) if times else None
