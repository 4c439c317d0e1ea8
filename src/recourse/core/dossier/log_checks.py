# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether others can vouch for a dossier: its seal, promises, leaves, checkpoint, witnesses and time stamp.

Each check gives the places of its faults, in their order. Sections 5.4 and 5.9 to 5.12 of
docs/rules/evidence-chain.md.
"""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recourse.core.canonical import canonical
from recourse.core.checkpoint.cosignature import cosigned_at, is_cosigned
from recourse.core.checkpoint.leaf import exhibit_leaf, head_commitment, head_leaf
from recourse.core.checkpoint.note import BadNote, Note, NoteKey, Verify, is_signed
from recourse.core.checkpoint.policy import Policy, WitnessKey
from recourse.core.checkpoint.promise import promise_message
from recourse.core.dossier.bag import SEAL, TAGMANIFEST, content_of
from recourse.core.dossier.checks import ADDED
from recourse.core.dossier.container import Bytes
from recourse.core.dossier.contents import PROMISES, LeafEntry
from recourse.core.dossier.packing import seal_text
from recourse.core.dossier.reading import Dossier, read_plain_note
from recourse.core.dossier.strict import same
from recourse.core.merkle import leaf_hash, verify_inclusion


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A witness that cosigned, and when by its own clock (POSIX seconds)."""

    witness: WitnessKey
    time: int


def sealed_by(number: str, files: Mapping[str, Bytes], policy: Policy, *, verify: Verify) -> NoteKey | None:
    """The receipt key that sealed this bag, or None when none did."""
    text = seal_text(origin=policy.origin, number=number, digest=content_of(files[TAGMANIFEST]).digest)
    try:
        note = read_plain_note(files[SEAL])
    except BadNote:
        return None
    if note.text != text.decode() or len(note.signatures) != 1:
        return None
    return next((key for key in policy.receipt if is_signed(note, key, verify=verify)), None)


def promise_faults(dossier: Dossier, policy: Policy, *, verify: Verify) -> Iterator[str]:
    """The place of each leaf whose promise is false, or the line of a promise about no leaf, where the look ends.

    The time from which the ten seconds count is the leaf's own: a promise of another time is none of this leaf.
    """
    hashes = [leaf_hash(canonical(item.data)).hex() for item in dossier.leaves]
    at = 0
    for number, promise in enumerate(dossier.promises, start=1):
        while at < len(hashes) and hashes[at] != promise.leaf:
            at += 1
        if at == len(hashes):
            yield f"{PROMISES}:{number}"
            return
        message = promise_message(origin=promise.origin, leaf=bytes.fromhex(promise.leaf), at=promise.at)
        signature = b64decode(promise.signature)
        timely = promise.at == dossier.leaves[at].data.get("at")
        if not timely or not any(verify(key.key, message, signature) for key in policy.receipt):
            yield _place(dossier.leaves[at])
        at += 1


def leaf_faults(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """`leaf` and the place of each leaf that does not fit the chain, `inclusion` and its index where the path fails."""
    for entry in dossier.leaves:
        if not _fits(entry, dossier):
            yield "leaf", _place(entry)
        elif entry.index is not None and not _is_included(entry, dossier):
            yield "inclusion", str(entry.index)


def is_checkpoint_signed(dossier: Dossier, policy: Policy, *, verify: Verify) -> bool:
    """Whether the checkpoint is of this log and a key of the log signed it; True when there is none."""
    if dossier.note is None or dossier.checkpoint is None:
        return True
    found = [is_signed(dossier.note, key, verify=verify) for key in policy.log]
    return dossier.checkpoint.origin == policy.origin and True in found and False not in found


def witnesses_of(
    note: Note | None, policy: Policy, *, verify: Verify
) -> tuple[tuple[Cosigned, ...], tuple[str, ...]]:
    """Who cosigned, and the names of those whose cosignature is false, in the order of the policy."""
    good: list[Cosigned] = []
    false: list[str] = []
    if note is None:
        return (), ()
    for witness in policy.witnesses:
        found = is_cosigned(note, witness.key, verify=verify)
        if found:
            good.append(Cosigned(witness, max(cosigned_at(item) for item in note.by(witness.key))))
        elif found is False:
            false.append(witness.key.name)
    return tuple(good), tuple(false)


def stamped_bytes(note: Note, policy: Policy) -> bytes:
    """What a time stamp is over: the checkpoint with the log's own signature lines, as it was before witnesses."""
    own = {item for key in policy.log for item in note.by(key)}
    return Note(note.text, tuple(item for item in note.signatures if item in own)).write().encode()


def _fits(entry: LeafEntry, dossier: Dossier) -> bool:
    """Whether a leaf's data is what the chain says it must be."""
    if entry.version > len(dossier.links):
        return False
    link = dossier.links[entry.version - 1]
    if entry.salt is not None:
        salt = bytes.fromhex(entry.salt)
        opened = head_commitment(case=link.case, version=link.version, head=link.hash, salt=salt)
        return canonical(entry.data) == head_leaf(at=link.at, commitment=opened)
    known = link.commitments.get("digest")
    if link.type != ADDED or known is None or not same(link.body.get("no"), entry.no):
        return False
    return canonical(entry.data) == exhibit_leaf(at=link.at, commitment=known)


def _is_included(entry: LeafEntry, dossier: Dossier) -> bool:
    if dossier.checkpoint is None or entry.index is None:
        return False
    head = dossier.checkpoint.head
    path = [b64decode(item) for item in entry.path]
    leaf = leaf_hash(canonical(entry.data))
    return verify_inclusion(index=entry.index, size=head.size, leaf=leaf, proof=path, root=head.root)


def _place(entry: LeafEntry) -> str:
    """`VERSION`, or `VERSION/NO` for the leaf of an exhibit."""
    return str(entry.version) if entry.no is None else f"{entry.version}/{entry.no}"
