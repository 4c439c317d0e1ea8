# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The log's tables: leaves come with their commit, are numbered once, and prove what they should from tiles."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, connection, transaction

from recourse.actions.post_message import post_message
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.canonical import canonical
from recourse.core.checkpoint.leaf import LeafKind, head_commitment
from recourse.core.checkpoint.promise import promise_message
from recourse.core.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from recourse.store import log_leaves, rows
from recourse.store.log import LogTables
from recourse.store.models import EventRow, LogLeaf, LogTile
from tests.store.house import House

LOG = LogTables()


def many_leaves(count: int) -> None:
    """Leaves about nothing, written as a commit writes them."""
    found = [
        log_leaves.new_leaf(LeafKind.head, canonical({"n": n}), at="2026-01-01T00:00:00+08:00", origin="o")
        for n in range(count)
    ]
    log_leaves.write_leaves(found)


def test_a_commit_writes_its_leaf_and_promises_it(house: House) -> None:
    number = house.served()
    receipt = house.do(
        post_message(house.world, actor=house.complainant(number), number=number, text="在吗", key="k")
    )
    (promise,) = receipt.promises
    row = LogLeaf.objects.order_by("-id")[0]
    assert bytes(row.hash) == promise.leaf == leaf_hash(row.data.encode())
    key = log_leaves.receipt_key()
    message = promise_message(origin=LOG.origin(), leaf=promise.leaf, at=promise.at)
    Ed25519PublicKey.from_public_bytes(key.key).verify(promise.signature, message)
    # The commitment opens to the head of the chain as it stands.
    plain = json.loads(row.data)
    event = EventRow.objects.order_by("-version").filter(case_id=row.case_id)[0]
    assert plain == {"at": event.at, "commitment": plain["commitment"], "kind": "head", "v": 1}
    assert plain["commitment"] == head_commitment(
        case=row.case_id, version=event.version, head=event.hash, salt=bytes(row.salt)
    )
    # Asking again with the same key gives the same promises.
    again = house.do(
        post_message(house.world, actor=house.complainant(number), number=number, text="在吗", key="k")
    )
    assert again.replayed and again.promises == receipt.promises


def test_every_commit_of_a_case_has_a_leaf_and_none_says_whose(house: House) -> None:
    number = house.served()
    house.do(withdraw_case(house.world, actor=house.complainant(number), number=number, reason="不投了"))
    opened = house.world.cases.open(house.staff(), number)
    assert opened is not None
    leaves = LOG.leaves_of(opened.case.id)
    assert [leaf.version for leaf in leaves][-1] == opened.case.version
    assert all(leaf.kind == "head" for leaf in leaves)
    for leaf in leaves:
        assert number not in leaf.data and opened.case.id not in leaf.data and "王小明" not in leaf.data


@pytest.mark.django_db
def test_numbering_gives_each_leaf_one_place_and_the_right_root() -> None:
    sizes, batch = (1, 2, 255, 1, 600, 70), 64
    total = 0
    assert LOG.head().size == 0 and LOG.number() == 0
    for size in sizes:
        many_leaves(size)
        while LOG.number(batch):
            pass
        total += size
        hashes = [bytes(h) for h in LogLeaf.objects.order_by("position").values_list("hash", flat=True)]
        assert LOG.head().size == LOG.size() == total
        assert LOG.head().root == LOG.root_at(total) == root_of(hashes)
    assert list(LogLeaf.objects.order_by("id").values_list("position", flat=True)) == list(range(total))
    assert LogTile.objects.count() == total // 256
    for old in (1, 200, 256, 257, 700, total):
        proof = LOG.consistency(old, total)
        roots = {"old_root": root_of(hashes[:old]), "new_root": root_of(hashes)}
        assert verify_consistency(old=old, new=total, proof=proof, **roots)
    for size in (300, 513, total):
        for position in (0, 1, 255, 256, 299):
            proof = LOG.inclusion(position, size)
            assert verify_inclusion(
                index=position, size=size, leaf=hashes[position], proof=proof, root=root_of(hashes[:size])
            )


@pytest.mark.django_db
def test_the_log_is_never_changed() -> None:
    many_leaves(300)
    LOG.number()
    many_leaves(1)
    wrong = [
        "UPDATE store_log_leaf SET data = 'x' WHERE position = 3",
        "UPDATE store_log_leaf SET position = 1000 WHERE position = 3",
        "UPDATE store_log_leaf SET position = NULL WHERE position = 3",
        "UPDATE store_log_leaf SET position = 5000, data = 'x' WHERE position IS NULL",
        "DELETE FROM store_log_leaf WHERE position = 299",
        "DELETE FROM store_log_leaf WHERE position IS NULL",
        "UPDATE store_log_tile SET level = 3",
        "DELETE FROM store_log_tile",
    ]
    if connection.vendor == "postgresql":
        wrong += ["TRUNCATE store_log_leaf", "TRUNCATE store_log_tile"]
    for statement in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.change(statement, [])
    assert LogLeaf.objects.filter(position__isnull=False).count() == 300


@pytest.mark.django_db
def test_the_next_origin_is_one_that_nobody_signed_for() -> None:
    base = LOG.origin()
    assert LOG.origins() == (base,)
    assert LOG.next_origin([]) == f"{base}/2"
    assert LOG.next_origin([f"{base}/2", f"{base}/4"]) == f"{base}/3"
