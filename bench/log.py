# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.log [--sizes 1000000,10000000]`: what the log costs at many leaves, and what a filing pays for it.

The tree is whole: every tile, and the edge. Of the leaves' rows only the newest are there; a proof reads no other.
SQLite in a folder of its own, or the PostgreSQL that RECOURSE_DATABASE_URL names.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

_KEPT = 100_000
_STEP = 1 << 16
_AT = "2026-01-01T00:00:00+08:00"


def main(arguments: list[str]) -> int:
    """Measure each size in turn, the same database growing."""
    parser = argparse.ArgumentParser(prog="python -m bench.log")
    parser.add_argument("--sizes", default="1000000,10000000")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="recourse-bench-") as folder:
        os.environ["RECOURSE_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        print("| leaves | inclusion proof | consistency proof | root | 1,000 leaves numbered | signed |")
        print("|--:|--:|--:|--:|--:|--:|")
        have = 0
        for size in map(int, given.sizes.split(",")):
            fill(have, size)
            have = size + 1000 * _ROUNDS
            print(f"| {size:,} | " + " | ".join(measured(size)) + " |", flush=True)
        for line in filing():
            print(line)
    return 0


_ROUNDS = 5


def fill(have: int, size: int) -> None:
    """Grow the tree to `size` leaves: tiles in the table, and the newest leaves' rows."""
    from django.db import transaction

    from recourse.core.merkle import leaf_hash
    from recourse.core.tile import Edge, grow, pack
    from recourse.store import log, rows

    edge = (
        Edge(have, tuple(tuple(log._entries(span)) for span in log.edge_spans(have))) if have else Edge(0, ())
    )
    while edge.size < size:
        begin = edge.size
        count = min(_STEP, size - begin)
        hashes = [leaf_hash(b"%d" % n) for n in range(begin, begin + count)]
        edge, tiles = grow(edge, hashes)
        with transaction.atomic():
            rows.insert(
                "store_log_tile",
                ("level", "number", "root", "hashes"),
                [(tile.level, tile.number, tile.root, pack(tile.hashes)) for tile in tiles],
            )
            rows.insert(
                "store_log_leaf",
                ("position", "kind", "case_id", "version", "at", "data", "salt", "hash", "promise"),
                [
                    (begin + n, "head", "", 0, _AT, "{}", b"s" * 16, digest, b"p" * 64)
                    for n, digest in enumerate(hashes)
                    if begin + n >= size - _KEPT
                ],
            )


def measured(size: int) -> Iterator[str]:
    """Milliseconds of each thing, the median of many."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from recourse.core.checkpoint.head import Checkpoint
    from recourse.core.checkpoint.leaf import LeafKind
    from recourse.core.checkpoint.note import NoteKey, sign_note
    from recourse.store.log import LogTables
    from recourse.store.log_leaves import new_leaf, write_leaves

    log, rng = LogTables(), random.Random(1)
    yield _median(lambda: log.inclusion(rng.randrange(size), size), 200)
    yield _median(lambda: log.consistency(rng.randrange(1, size), size), 200)
    yield _median(log.head, 50)
    found = []
    for _ in range(_ROUNDS):
        write_leaves(
            [new_leaf(LeafKind.head, b"%d" % rng.getrandbits(64), at=_AT, origin="o") for _ in range(1000)]
        )
        began = time.perf_counter()
        assert log.number() == 1000
        found.append(time.perf_counter() - began)
    yield f"{statistics.median(found) * 1000:.1f} ms"
    private = Ed25519PrivateKey.generate()
    key = NoteKey("o", private.public_key().public_bytes_raw())
    text = Checkpoint("o", log.head()).text()
    yield _median(lambda: sign_note(text, key=key, sign=private.sign), 200)


def filing() -> Iterator[str]:
    """What one commit pays: salt, leaf and promise made before its transaction, one insert within."""
    from django.db import transaction

    from recourse.core.evidence import link
    from recourse.store.log_leaves import leaves_of, write_leaves

    one = link(
        case="c" * 32,
        version=1,
        type="ComplaintFiled",
        at=_AT,
        actor={},
        body={},
        commitments={},
        previous="0" * 64,
    )

    def write() -> None:
        write_leaves(leaves_of([one], origin="o"))

    yield f"\nmade, promise signed: {_median(lambda: leaves_of([one], origin='o'), 2000)} a commit"
    with transaction.atomic():
        yield f"made and inserted: {_median(write, 2000)} a commit"


def _median(deed: Callable[[], object], times: int) -> str:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        deed()
        found.append(time.perf_counter() - began)
    return f"{statistics.median(found) * 1000:.3f} ms"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
