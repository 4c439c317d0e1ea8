# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The log on the database: the sequencer that numbers leaves, and the proofs that are read from its tiles.

Numbering is one transaction under one lock, so that there is one sequencer whoever runs it. Nothing is signed here: a
checkpoint is stored after the signer gave it, and a crash in between is made good by asking the signer again.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from recourse.core.checkpoint.head import Head, read_checkpoint
from recourse.core.checkpoint.note import Note, NoteSignature, read_note, read_signatures
from recourse.core.log import LoggedLeaf, NewLeafAboutLog, StoredCheckpoint, StoredTimestamp
from recourse.core.merkle import Fetch, Subtree, prove_consistency, prove_inclusion, root, root_of
from recourse.core.tile import Edge, Span, Tile, edge_spans, grow, pack, span_of, unpack
from recourse.store import rows
from recourse.store.fault_point import fault_point
from recourse.store.log_leaves import (
    current_origin,
    forget_origin,
    new_leaf,
    next_origin,
    origins,
    origins_by_leaf,
    write_leaves,
)
from recourse.store.models import LogTimestamp

# One statement numbers this many leaves; the lock is held that long.
BATCH = 4096
# Any number that nobody else locks; it is "log" in ASCII.
_LOCK = 0x6C6F67

_NUMBER = """
    UPDATE store_log_leaf SET position = waiting.place FROM (
        SELECT id AS leaf, %s + row_number() OVER (ORDER BY id) AS place
        FROM store_log_leaf WHERE position IS NULL ORDER BY id LIMIT %s
    ) AS waiting WHERE store_log_leaf.id = waiting.leaf
"""
_SIZE = "SELECT position FROM store_log_leaf WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1"
_LEAF_HASHES = "SELECT hash FROM store_log_leaf WHERE position >= %s AND position < %s ORDER BY position"
_TILE_ROOTS = (
    "SELECT root FROM store_log_tile WHERE level = %s AND number >= %s AND number < %s ORDER BY number"
)
_TILE = "SELECT hashes FROM store_log_tile WHERE level = %s AND number = %s"
_LATEST = "SELECT id, origin, size, root, note FROM store_log_checkpoint WHERE origin = %s ORDER BY size DESC LIMIT 1"
_NEWEST = "SELECT id, origin, size, root, note FROM store_log_checkpoint ORDER BY id DESC LIMIT 1"
_BY_ID = "SELECT id, origin, size, root, note FROM store_log_checkpoint WHERE id = %s"
_COSIGNED = (
    "SELECT max(c.size) FROM store_log_cosignature s JOIN store_log_checkpoint c ON c.id = s.checkpoint_id "
    "WHERE s.witness = %s AND c.origin = %s"
)
# The newest lines are enough: a witness that was replaced a while ago owes nothing any more.
_WITNESSED = (
    "SELECT s.witness, c.origin FROM store_log_cosignature s JOIN store_log_checkpoint c ON c.id = s.checkpoint_id "
    "ORDER BY s.checkpoint_id DESC LIMIT 20"
)
_LINES = "SELECT line FROM store_log_cosignature WHERE checkpoint_id = %s ORDER BY witness"
_OF_CASE = (
    "SELECT id, position, kind, version, at, data, salt, hash, promise FROM store_log_leaf "
    "WHERE case_id = %s ORDER BY version, id"
)


class LogTables:
    """`Log` on the database."""

    def origin(self) -> str:
        """The origin under which the log goes on."""
        return current_origin()

    def origins(self) -> tuple[str, ...]:
        """All origins the log had, the present one last."""
        return origins()

    def next_origin(self, taken: Sequence[str]) -> str:
        """An origin that is none of these and none of its own."""
        return next_origin([*origins(), *taken])

    def forget_origin(self) -> None:
        """Look it up again."""
        forget_origin()

    def number(self, limit: int = BATCH) -> int:
        """Give the next positions to leaves that wait, and store the tiles that became full; how many were numbered."""
        with transaction.atomic():
            _alone()
            size = _size()
            count = rows.change(_NUMBER, [size - 1, limit])
            if not count:
                return 0
            fault_point("log.numbered")
            leaves = _column(_LEAF_HASHES, [size, size + count])
            _, tiles = grow(_edge(size), leaves)
            rows.insert(
                "store_log_tile", ("level", "number", "root", "hashes"), [_tile_row(tile) for tile in tiles]
            )
            fault_point("log.tiled")
        fault_point("log.sequenced")
        return count

    def head(self) -> Head:
        """The tree over all numbered leaves."""
        edge = _edge(_size())
        return Head(edge.size, edge.root)

    def size(self) -> int:
        """How many leaves are numbered."""
        return _size()

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` leaves."""
        return root(size, _fetch(_size()))

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree of `new` leaves grew from that of `old`."""
        return prove_consistency(old, new, _fetch(_size()))

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """The proof that a leaf stands at this position of the tree of `size` leaves."""
        return prove_inclusion(position, size, _fetch(_size()))

    def latest(self) -> StoredCheckpoint | None:
        """The newest checkpoint of this origin, with its cosignatures."""
        return _checkpoint(rows.select(_LATEST, [current_origin()]))

    def newest(self) -> StoredCheckpoint | None:
        """The checkpoint that was signed last, of whatever origin."""
        return _checkpoint(rows.select(_NEWEST, []))

    def add_checkpoint(self, note: Note, *, now: datetime) -> None:
        """Keep a checkpoint that the signer gave. Keeping it twice changes nothing."""
        fault_point("log.signed")
        found = read_checkpoint(note.text)
        rows.insert(
            "store_log_checkpoint",
            ("origin", "size", "root", "note", "signed_at"),
            [(found.origin, found.head.size, found.head.root, note.write(), now)],
            once=True,
        )
        fault_point("log.checkpointed")

    def add_cosignatures(self, checkpoint: int, lines: Sequence[NoteSignature]) -> None:
        """Keep what witnesses said of a checkpoint."""
        rows.insert(
            "store_log_cosignature",
            ("checkpoint_id", "witness", "line"),
            [(checkpoint, line.name, line.line()) for line in lines],
            once=True,
        )
        fault_point("log.cosigned")

    def cosigned(self, witness: str) -> int:
        """The size of the newest checkpoint of this origin that this witness cosigned."""
        return int(rows.select(_COSIGNED, [witness, current_origin()])[0][0] or 0)

    def witnessed(self) -> frozenset[str]:
        """Who cosigned the newest checkpoints of this origin."""
        origin = current_origin()
        return frozenset(str(name) for name, of in rows.select(_WITNESSED, []) if of == origin)

    def leaves_of(self, case: str) -> tuple[LoggedLeaf, ...]:
        """The leaves of a case, oldest first."""
        names = origins_by_leaf()
        return tuple(
            LoggedLeaf(
                origin=next(name for begin, name in reversed(names) if id_ >= begin),
                position=position,
                kind=kind,
                version=version,
                at=at,
                data=data,
                salt=None if salt is None else bytes(salt),
                hash=bytes(digest),
                promise=bytes(promise),
            )
            for id_, position, kind, version, at, data, salt, digest, promise in rows.select(_OF_CASE, [case])
        )

    def add_leaf(self, leaf: NewLeafAboutLog) -> None:
        """Queue a leaf about the log itself: a declaration or a change of key."""
        with transaction.atomic():
            write_leaves([new_leaf(leaf.kind, leaf.data, at=leaf.at, origin=leaf.origin)])
        forget_origin()

    def add_timestamp(
        self, checkpoint: int, *, authority: str, token: bytes, chain: str, now: datetime
    ) -> None:
        """Keep what a time stamp authority said of a checkpoint."""
        rows.insert(
            "store_log_timestamp",
            ("checkpoint_id", "authority", "token", "chain", "stamped_at"),
            [(checkpoint, authority, token, chain, now)],
            once=True,
        )

    def timestamp(self) -> StoredTimestamp | None:
        """The newest time stamp over a checkpoint."""
        row = LogTimestamp.objects.order_by("-checkpoint_id", "authority").first()
        checkpoint = None if row is None else _checkpoint(rows.select(_BY_ID, [row.checkpoint_id]))
        if row is None or checkpoint is None:
            return None
        return StoredTimestamp(checkpoint, row.authority, bytes(row.token), row.chain, row.stamped_at)


def _alone() -> None:
    """One sequencer at a time. SQLite has one writer anyway: the transaction itself is the lock."""
    if connection.vendor == "postgresql":
        rows.run("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _size() -> int:
    found = rows.select(_SIZE, [])
    return int(found[0][0]) + 1 if found else 0


def _edge(size: int) -> Edge:
    return Edge(size, tuple(tuple(_entries(span)) for span in edge_spans(size)))


def _entries(span: Span) -> list[bytes]:
    """Entries of one level as they are found beneath it: leaf hashes, or the roots of full tiles."""
    if not span.count:
        return []
    end = span.first + span.count
    if span.level == 0:
        return _column(_LEAF_HASHES, [span.first, end])
    return _column(_TILE_ROOTS, [span.level - 1, span.first, end])


def _fetch(size: int) -> Fetch:
    """Complete subtrees from tiles; each tile is read once, whatever is wanted of it."""

    def fetch(wanted: Sequence[Subtree]) -> dict[Subtree, bytes]:
        full: dict[tuple[int, int], tuple[bytes, ...]] = {}
        found = {}
        for subtree in wanted:
            span = span_of(subtree)
            if span.is_full(size) and span.count > 1:
                place = (span.level, span.tile)
                if place not in full:
                    full[place] = unpack(bytes(rows.select(_TILE, place)[0][0]))
                found[subtree] = root_of(full[place][span.offset : span.offset + span.count])
            else:
                found[subtree] = root_of(_entries(span))
        return found

    return fetch


def _column(query: str, values: Sequence[object]) -> list[bytes]:
    return [bytes(row[0]) for row in rows.select(query, values)]


def _tile_row(tile: Tile) -> tuple[object, ...]:
    return tile.level, tile.number, tile.root, pack(tile.hashes)


def _checkpoint(found: Sequence[Sequence[object]]) -> StoredCheckpoint | None:
    if not found:
        return None
    id_, origin, size, digest, text = found[0]
    lines = "".join(row[0] for row in rows.select(_LINES, [id_]))
    note = read_note(str(text))
    return StoredCheckpoint(
        id=int(str(id_)),
        origin=str(origin),
        head=Head(int(str(size)), bytes(digest)),  # type: ignore[arg-type]
        signed=note,
        note=note.with_signatures(read_signatures(lines)) if lines else note,
    )
