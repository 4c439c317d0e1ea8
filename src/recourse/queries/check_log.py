# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Does the log hold, and does the record fit it? Every row is recomputed; whoever edited one, as whatever user, is found.

What signer and witness keep outside the database is the measure: rows that were changed together still do not give the
root that was signed. Leaves that wait for their number have their promise and nothing more.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from recourse.core.canonical import NotCanonical, Plain, canonical
from recourse.core.checkpoint.leaf import LeafKind, exhibit_leaf, head_commitment
from recourse.core.checkpoint.note import BadNote, read_note
from recourse.core.checkpoint.policy import judge_checkpoint
from recourse.core.checkpoint.promise import promise_message
from recourse.core.evidence import Link, first_broken
from recourse.core.gap import gap_of
from recourse.core.merkle import leaf_hash
from recourse.core.port import World
from recourse.core.tile import WIDTH, Edge, grow, pack
from recourse.gateways.signature import verify
from recourse.store.codec import plain_json
from recourse.store.log_leaves import origins_by_leaf, receipt_keys
from recourse.store.models import EventRow, LogCheckpoint, LogLeaf, LogTile

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: in which table, and where."""

    table: str
    where: str
    what: str


def check_log(world: World) -> list[Fault]:
    """All faults, the log's own first."""
    found = [*_tree(), *_promises(), *_checkpoints(world)]
    gap = gap_of(world.log, world.notary) if world.log and world.notary else None
    if gap is not None:
        told = "has no memory of it" if gap.forgotten else f"saw {gap.seen.head.size} leaves"
        found.append(Fault("store_log_leaf", str(gap.held.size), f"{gap.seen.by} {told}"))
    return [*found, *_record()]


def _tree() -> Iterator[Fault]:
    """Leaves in their order, each hash from its data, each tile from its hashes."""
    edge = Edge(0, ())
    tiles = {(row.level, row.number): row for row in LogTile.objects.defer("hashes")}
    numbered = LogLeaf.objects.filter(position__isnull=False).order_by("position")
    waiting: list[bytes] = []
    for expected, leaf in enumerate(numbered.iterator(_CHUNK)):
        if leaf.position != expected:
            yield Fault("store_log_leaf", str(expected), "a position is missing")
            return
        if leaf_hash(leaf.data.encode()) != bytes(leaf.hash):
            yield Fault("store_log_leaf", str(expected), "the hash is not that of the data")
        waiting.append(bytes(leaf.hash))
        if len(waiting) == WIDTH:
            edge, made = grow(edge, waiting)
            waiting = []
            for tile in made:
                row = tiles.pop((tile.level, tile.number), None)
                kept = None if row is None else LogTile.objects.get(level=tile.level, number=tile.number)
                if kept is None or bytes(kept.root) != tile.root or bytes(kept.hashes) != pack(tile.hashes):
                    yield Fault("store_log_tile", f"{tile.level}/{tile.number}", "the tile is another one")
    for level, number in tiles:
        yield Fault("store_log_tile", f"{level}/{number}", "there are no leaves for this tile")


def _promises() -> Iterator[Fault]:
    """Each leaf was promised by this house, and stands once: salted commitments never repeat."""
    keys, names = receipt_keys(), origins_by_leaf()
    for leaf in LogLeaf.objects.order_by("id").iterator(_CHUNK):
        origin = next(name for begin, name in reversed(names) if leaf.id >= begin)
        message = promise_message(origin=origin, leaf=bytes(leaf.hash), at=leaf.at)
        if not any(verify(key.key, message, bytes(leaf.promise)) for key in keys):
            yield Fault("store_log_leaf", f"row {leaf.id}", "nobody promised this leaf")
    for row in LogLeaf.objects.values("hash").annotate(rows=Count("id")).filter(rows__gt=1):
        yield Fault("store_log_leaf", bytes(row["hash"]).hex(), "the leaf stands twice")


def _checkpoints(world: World) -> Iterator[Fault]:
    """Each checkpoint is signed, and is the head of the tree as it stands."""
    if world.log is None or world.notary is None:
        return
    size = world.log.size()
    newest: dict[str, int] = {}
    for row in LogCheckpoint.objects.order_by("id").values("id", "origin", "size", "root"):
        newest[row["origin"]] = row["id"]
        whole = row["size"] <= size
        try:
            right = whole and world.log.root_at(row["size"]) == bytes(row["root"])
        except (IndexError, ValueError):
            right = False
        if not right:
            yield Fault(
                "store_log_checkpoint", str(row["size"]), "the tree had another root when this was signed"
            )
    for one in world.notary.seen():
        signed = LogCheckpoint.objects.filter(origin=one.origin, size=one.head.size)
        if one.origin == world.log.origin() and one.head.size and not signed.exists():
            yield Fault("store_log_checkpoint", str(one.head.size), f"the {one.by} saw one that is not here")
    for origin in newest:
        policy = world.notary.policy(origin)
        if policy is None:
            continue
        for row in LogCheckpoint.objects.filter(origin=origin).order_by("id"):
            try:
                judged = judge_checkpoint(read_note(row.note), policy, verify=verify)
                right = judged.log and not judged.false_names
                right = right and (judged.checkpoint.head.size, judged.checkpoint.head.root) == (
                    row.size,
                    bytes(row.root),
                )
            except BadNote:
                right = False
            if not right:
                yield Fault("store_log_checkpoint", str(row.size), "the signature does not hold")


def _record() -> Iterator[Fault]:
    """Each case's chain holds, and its leaves say the same: one for each commit, the last for its newest event."""
    leaves = LogLeaf.objects.exclude(case_id="").order_by("case_id", "version", "id")
    said: dict[str, list[LogLeaf]] = {
        case: list(found) for case, found in groupby(leaves.iterator(_CHUNK), key=lambda leaf: leaf.case_id)
    }
    rows = EventRow.objects.order_by("case_id", "version").iterator(_CHUNK)
    for case, events in groupby(rows, key=lambda row: row.case_id):
        yield from _case(case, list(events), said.pop(case, []))
    for case in said:
        yield Fault("store_event", case, "the log speaks of a case whose events are gone")


def _case(case: str, rows: list[EventRow], leaves: list[LogLeaf]) -> Iterator[Fault]:
    try:
        links = [_link(row) for row in rows]
    except (ValueError, NotCanonical):
        yield Fault("store_event", case, "an event cannot be read")
        return
    broken = first_broken(links)
    if broken is not None:
        yield Fault("store_event", f"{case}/{broken}", "the chain is broken")
        return
    by_version = {item.version: item for item in links}
    exhibits = {item.version for item in links if item.type == "ExhibitAdded"}
    for leaf in leaves:
        link = by_version.get(leaf.version)
        if link is None or not _fits(leaf, link):
            yield Fault("store_event", f"{case}/{leaf.version}", "the log says something else of this event")
        if leaf.kind == LeafKind.exhibit:
            exhibits.discard(leaf.version)
    heads = [leaf.version for leaf in leaves if leaf.kind == LeafKind.head]
    if not heads or max(heads) != len(links) or exhibits:
        yield Fault("store_event", f"{case}/{len(links)}", "events that the log never heard of")


def _link(row: EventRow) -> Link:
    return Link(
        case=row.case_id,
        version=row.version,
        type=row.type,
        at=row.at,
        actor=_exact(row.actor),
        body=_exact(row.body),
        commitments=_exact(row.commitments),
        previous=row.previous,
        hash=row.hash,
    )


def _exact(text: str) -> dict[str, str]:
    """A part of a link, which stands in its row as it was hashed and in no other spelling."""
    plain = plain_json(text)
    if canonical(plain).decode() != text:
        raise ValueError("not canonical")
    return plain


def _fits(leaf: LogLeaf, link: Link) -> bool:
    """Whether a leaf says of a link what it should."""
    if leaf.at != link.at:
        return False
    if leaf.kind == LeafKind.exhibit:
        return leaf.data.encode() == exhibit_leaf(at=link.at, commitment=link.commitments.get("digest", ""))
    plain: dict[str, Plain] = json.loads(leaf.data)
    return plain.get("commitment") == head_commitment(
        case=link.case, version=link.version, head=link.hash, salt=bytes(leaf.salt or b"")
    )
