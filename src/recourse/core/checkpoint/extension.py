# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The rule that signer and witness share: a log may only grow (C2SP tlog-witness, add-checkpoint).

A request is the old size, a consistency proof and a checkpoint; the answer is a reason to refuse, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from recourse.core.checkpoint.head import Checkpoint, Head, read_checkpoint, read_size
from recourse.core.checkpoint.note import BadNote, Note, decode, encode, read_note
from recourse.core.merkle import EMPTY_ROOT, HASH_SIZE, PROOF_MAX, verify_consistency

NOTHING = Head(0, EMPTY_ROOT)


class Refusal(IntEnum):
    """Why a checkpoint is not signed, as the HTTP status of tlog-witness."""

    malformed = 400  # no such request, or the old size is beyond the new one
    unsigned = 403  # no trusted key of this log signed it
    unknown = 404  # not a log that is looked after here
    conflict = 409  # the old size is not the last one seen, or the same size has another root
    inconsistent = 422  # the proof does not show that the tree grew


@dataclass(frozen=True, slots=True)
class Growth:
    """A request to sign: from which size, by which proof, to which checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint
    note: Note

    def write(self) -> str:
        """The body of a request."""
        lines = "".join(f"{encode(item)}\n" for item in self.proof)
        note = self.note.write() if self.note.signatures else self.note.text
        return f"old {self.old}\n{lines}\n{note}"


def growth(*, old: int, proof: Sequence[bytes], note: Note) -> Growth:
    """A request made from its parts; a note without signatures is one for the signer."""
    return Growth(old, tuple(proof), read_checkpoint(note.text), note)


def read_growth(body: bytes, *, signed: bool) -> Growth:
    """Read the body of a request; `signed` when a whole note must follow, as a witness wants it. Raises BadNote."""
    head, gap, rest = body.partition(b"\n\n")
    if not gap:
        raise BadNote("there is no empty line before the checkpoint")
    try:
        first, *proof = head.decode("ascii").split("\n")
    except UnicodeError:
        raise BadNote("the proof is not ASCII") from None
    word, _, size = first.partition(" ")
    if word != "old" or len(proof) > PROOF_MAX:
        raise BadNote("the first line is `old SIZE`, and at most 63 hashes follow it")
    hashes = [decode(item, size=HASH_SIZE) for item in proof]
    if signed:
        note = read_note(rest)
    else:
        try:
            note = Note(rest.decode(), ())
        except UnicodeError:
            raise BadNote("the checkpoint is not UTF-8") from None
    return growth(old=read_size(size), proof=hashes, note=note)


def judge(last: Head, asked: Growth) -> Refusal | None:
    """Whether the tree may be signed after `last`, the newest that was signed here (NOTHING when none was)."""
    new = asked.checkpoint.head
    if asked.old > new.size:
        return Refusal.malformed
    if asked.old != last.size:
        return Refusal.conflict
    if asked.old == new.size:
        if new.root != last.root:
            return Refusal.conflict
        return Refusal.inconsistent if asked.proof else None
    if asked.old == 0:
        return Refusal.inconsistent if asked.proof else None
    grew = verify_consistency(
        old=last.size, new=new.size, old_root=last.root, new_root=new.root, proof=asked.proof
    )
    return None if grew else Refusal.inconsistent
