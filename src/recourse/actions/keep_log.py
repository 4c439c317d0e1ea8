# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Keep the log: number what waits, have the tree signed, have it witnessed. What fails is done at the next call.

Each step may be killed: a checkpoint that was signed and not stored is signed again, one that grew meanwhile is a new one.
"""

import logging
from dataclasses import dataclass
from functools import partial

from recourse.actions.story import Story
from recourse.core.checkpoint.extension import growth
from recourse.core.checkpoint.head import Checkpoint, Head
from recourse.core.checkpoint.note import Note, NoteSignature
from recourse.core.log import Declined, Log, Notary, StoredCheckpoint
from recourse.core.port import World

log = logging.getLogger("recourse.log")

# A signer that says another size than we knew is asked once more with its own.
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """How far the log came: leaves numbered now, whether the tree is signed, and how many witnesses cosigned it."""

    numbered: int
    signed: bool
    witnesses: int


def keep_log(world: World) -> Story[Kept]:
    """Number, sign, witness: until nothing waits."""
    if world.log is None:
        return Kept(0, False, 0)
    numbered = 0
    while count := (yield world.log.number):
        numbered += count
    if world.notary is None:
        return Kept(numbered, False, 0)
    checkpoint = yield from _sign(world, world.log, world.notary)
    if checkpoint is None:
        return Kept(numbered, False, 0)
    found = yield from _witness(world.log, world.notary, checkpoint)
    return Kept(numbered, True, found)


def _sign(world: World, book: Log, notary: Notary) -> Story[StoredCheckpoint | None]:
    """The checkpoint over the whole tree, signed now if it was not yet; None when there is no signer."""
    size = yield book.size
    latest = yield book.latest
    if size == 0 or (latest is not None and latest.head.size == size):
        return latest
    origin = yield book.origin
    if not (yield partial(notary.ready, origin)):
        return None
    head: Head = yield book.head
    note = Note(Checkpoint(origin, head).text(), ())
    old = latest.head.size if latest else 0
    for _ in range(_TRIES):
        proof = yield partial(book.consistency, old, head.size)
        answer = yield partial(notary.sign, growth(old=old, proof=proof, note=note))
        if not isinstance(answer, Declined):
            now = yield world.clock.now
            yield partial(book.add_checkpoint, note.with_signatures(answer), now=now)
            return (yield book.latest)
        # Less than we knew is a memory that was put back: it grows again from what it holds.
        if answer.size is None or answer.size > head.size or answer.size == old:
            break
        old = answer.size
    log.error("the signer does not sign a tree of %s leaves: %s", head.size, answer)
    return None


def _witness(book: Log, notary: Notary, checkpoint: StoredCheckpoint) -> Story[int]:
    """Ask the witnesses whose line is missing; how many lines there are."""
    names = yield notary.witnesses
    there = {line.name for line in checkpoint.note.signatures}
    lines: list[NoteSignature] = []
    for name in names:
        if name not in there:
            lines += yield from _cosign(book, notary, checkpoint, name)
    if lines:
        yield partial(book.add_cosignatures, checkpoint.id, lines)
    return len(there & set(names)) + len(lines)


def _cosign(
    book: Log, notary: Notary, checkpoint: StoredCheckpoint, name: str
) -> Story[tuple[NoteSignature, ...]]:
    old: int = yield partial(book.cosigned, name)
    size = checkpoint.head.size
    answer: tuple[NoteSignature, ...] | Declined = Declined(0)
    for _ in range(_TRIES):
        proof = yield partial(book.consistency, old, size)
        answer = yield partial(notary.cosign, name, growth(old=old, proof=proof, note=checkpoint.note))
        if not isinstance(answer, Declined):
            return answer
        if answer.size is None or answer.size > size or answer.size == old:
            break
        old = answer.size
    if answer.status:
        # 0 is a witness that is not to be had: that is no news.
        log.error("the witness %s does not cosign a tree of %s leaves: %s", name, size, answer)
    return ()
