# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Rows edited by the database's superuser are found: deleted, inserted, swapped, doubled, cut off, changed.

The editor knows our formats and takes the triggers away; what it does not have are the signer's and the witness's memory.
"""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from recourse.actions.keep_log import keep_log
from recourse.actions.post_message import post_message
from recourse.actions.story import perform
from recourse.core.canonical import canonical
from recourse.core.checkpoint.leaf import LeafKind
from recourse.core.evidence import link_digest
from recourse.core.merkle import leaf_hash
from recourse.queries.check_log import check_log
from recourse.store import log_leaves, rows
from recourse.store.append_only import LOG_REMOVE, REMOVE
from recourse.store.codec import plain_json
from recourse.store.models import EventRow, LogLeaf
from tests.must_hold.length import times
from tests.store.house import House
from tests.store.log_house import with_log

pytestmark = pytest.mark.django_db

Edit = Callable[[random.Random], None]


def some_event(rng: random.Random) -> EventRow:
    return rng.choice(list(EventRow.objects.all()))


def some_leaf(rng: random.Random) -> LogLeaf:
    return rng.choice(list(LogLeaf.objects.filter(position__isnull=False)))


def where(event: EventRow) -> Any:
    return EventRow.objects.filter(case_id=event.case_id, version=event.version)


def delete_event(rng: random.Random) -> None:
    where(some_event(rng)).delete()


def swap_events(rng: random.Random) -> None:
    one, two = rng.sample(list(EventRow.objects.all()), 2)
    where(one).update(body=two.body + " " if two.body == one.body else two.body)
    where(two).update(body=one.body)


def change_event(rng: random.Random) -> None:
    column = rng.choice(["type", "at", "actor", "body", "commitments", "previous", "hash"])
    event = some_event(rng)
    where(event).update(**{column: getattr(event, column)[:-1] + "~"})


def respell_event(rng: random.Random) -> None:
    """The same values in another spelling: what is kept is not what was hashed."""
    event = some_event(rng)
    where(event).update(body=event.body.replace(":", ": ", 1) if ":" in event.body else event.body + " ")


def cut_events(rng: random.Random) -> None:
    """The end of a case, with its row set back."""
    event = some_event(rng)
    left = EventRow.objects.filter(case_id=event.case_id, version__lt=event.version)
    EventRow.objects.filter(case_id=event.case_id, version__gte=event.version).delete()
    last = left.order_by("-version").first()
    if last is not None:
        rows.change(
            "UPDATE store_case SET version = %s, head = %s WHERE id = %s",
            [last.version, last.hash, event.case_id],
        )


def drop_case(rng: random.Random) -> None:
    EventRow.objects.filter(case_id=some_event(rng).case_id).delete()


def append_event(rng: random.Random) -> None:
    """A further event whose chain holds: the editor can compute it as well as we can."""
    last = EventRow.objects.filter(case_id=some_event(rng).case_id).order_by("-version")[0]
    sealed = link_digest(
        case=last.case_id,
        version=last.version + 1,
        type=last.type,
        at=last.at,
        actor=plain_json(last.actor),
        body=plain_json(last.body),
        commitments=plain_json(last.commitments),
        previous=last.hash,
    )
    values = {name: getattr(last, name) for name in ("case_id", "type", "at", "actor", "body", "commitments")}
    EventRow.objects.create(version=last.version + 1, previous=last.hash, hash=sealed, **values)


def rewrite_case(rng: random.Random) -> None:
    """A case written anew from some event on, chain and all."""
    events = list(EventRow.objects.filter(case_id=some_event(rng).case_id).order_by("version"))
    begin = rng.randrange(len(events))
    previous = events[begin].previous
    for event in events[begin:]:
        body = plain_json(event.body)
        if event is events[begin]:
            body["forged"] = rng.randrange(10**6)
        sealed = link_digest(
            case=event.case_id,
            version=event.version,
            type=event.type,
            at=event.at,
            actor=plain_json(event.actor),
            body=body,
            commitments=plain_json(event.commitments),
            previous=previous,
        )
        where(event).update(body=canonical(body).decode(), previous=previous, hash=sealed)
        previous = sealed


def delete_leaf(rng: random.Random) -> None:
    some_leaf(rng).delete()


def delete_leaf_and_close_up(rng: random.Random) -> None:
    leaf = some_leaf(rng)
    position = leaf.position
    leaf.delete()
    for later in LogLeaf.objects.filter(position__gt=position).order_by("position"):
        LogLeaf.objects.filter(id=later.id).update(position=later.position - 1)


def swap_leaves(rng: random.Random) -> None:
    one, two = rng.sample(list(LogLeaf.objects.filter(position__isnull=False)), 2)
    LogLeaf.objects.filter(id=one.id).update(position=None)
    LogLeaf.objects.filter(id=two.id).update(position=one.position)
    LogLeaf.objects.filter(id=one.id).update(position=two.position)


def change_leaf(rng: random.Random) -> None:
    leaf = some_leaf(rng)
    data = leaf.data + " "
    LogLeaf.objects.filter(id=leaf.id).update(data=data, hash=leaf_hash(data.encode()))


def change_leaf_data_alone(rng: random.Random) -> None:
    leaf = some_leaf(rng)
    LogLeaf.objects.filter(id=leaf.id).update(data=leaf.data + " ")


def change_salt(rng: random.Random) -> None:
    LogLeaf.objects.filter(
        id=rng.choice(list(LogLeaf.objects.filter(kind="head", salt__isnull=False).exclude(case_id=""))).id
    ).update(salt=rng.randbytes(16))


def double_leaf(rng: random.Random) -> None:
    leaf = some_leaf(rng)
    leaf.id, leaf.position = None, LogLeaf.objects.filter(position__isnull=False).count()
    leaf.save(force_insert=True)


def insert_leaf(rng: random.Random) -> None:
    """A leaf that nobody promised, in the queue or behind the last one: the next checkpoint would take it in."""
    leaf = some_leaf(rng)
    leaf.id, leaf.position = None, None
    leaf.data = leaf.data + " "
    leaf.hash = leaf_hash(leaf.data.encode())
    if rng.random() < 0.5:
        leaf.position = LogLeaf.objects.filter(position__isnull=False).count()
    leaf.save(force_insert=True)


def cut_leaves(rng: random.Random) -> None:
    size = LogLeaf.objects.filter(position__isnull=False).count()
    LogLeaf.objects.filter(position__gte=size - rng.randint(1, 20)).delete()


def change_tile(rng: random.Random) -> None:
    column = rng.choice(["root", "hashes"])
    ((kept,),) = rows.select(f"SELECT {column} FROM store_log_tile WHERE level = 0 AND number = 0", [])
    wrong = bytearray(kept)
    wrong[rng.randrange(len(wrong))] ^= 1 << rng.randrange(8)
    rows.change(f"UPDATE store_log_tile SET {column} = %s WHERE level = 0 AND number = 0", [bytes(wrong)])


def delete_tile(rng: random.Random) -> None:
    rows.change("DELETE FROM store_log_tile", [])


def double_tile(rng: random.Random) -> None:
    rows.change(
        "INSERT INTO store_log_tile (level, number, root, hashes) "
        "SELECT level, number + %s, root, hashes FROM store_log_tile",
        [rng.randint(1, 9)],
    )


def change_checkpoint(rng: random.Random) -> None:
    what = rng.choice(["size = size + 1", "note = 'x' || note", "origin = 'elsewhere'", "size = size - 1"])
    rows.change(f"UPDATE store_log_checkpoint SET {what}", [])


def delete_checkpoint(rng: random.Random) -> None:
    rows.change("DELETE FROM store_log_checkpoint", [])


EDITS: tuple[Edit, ...] = (
    delete_event, swap_events, change_event, respell_event, cut_events, drop_case, append_event, rewrite_case,
    delete_leaf, delete_leaf_and_close_up, swap_leaves, change_leaf, change_leaf_data_alone, change_salt, double_leaf,
    insert_leaf, cut_leaves, change_tile, delete_tile, double_tile, change_checkpoint, delete_checkpoint,
)  # fmt: skip


def test_every_edited_row_is_found(house: House, tmp_path: Path, monkeypatch: Any) -> None:
    world, _ = with_log(house, tmp_path, monkeypatch)
    for number in [house.served() for _ in range(3)]:
        person = house.complainant(number)
        house.do(post_message(world, actor=person, number=number, text="在吗"))
    filler = [
        log_leaves.new_leaf(LeafKind.head, canonical({"n": n}), at="2026", origin=world.log.origin())
        for n in range(250)
    ]
    log_leaves.write_leaves(filler)
    perform(keep_log(world))
    assert check_log(world) == []
    with connection.cursor() as cursor:
        for statement in (*REMOVE[connection.vendor], *LOG_REMOVE[connection.vendor]):
            cursor.execute(statement)
    rng = random.Random(11)
    missed = []
    for number in range(times(3 * len(EDITS), 1000)):
        edit = EDITS[number % len(EDITS)]
        point = transaction.savepoint()
        edit(rng)
        if not check_log(world):
            missed.append(f"{edit.__name__} at {number}")
        transaction.savepoint_rollback(point)
    assert missed == []
    assert check_log(world) == []
