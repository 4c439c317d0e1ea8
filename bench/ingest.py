# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How fast files are taken in, beside the least it can cost on this machine: hashing the same bytes and syncing them.

    python -m bench.ingest [--folder DIR] [--rounds N]

The floor reads, hashes (SHA-256), writes and syncs one file; ours seals it under its own key, proves its name, keeps it durably
and keeps its key in SQLite. Both take turns in one run: 200 kB by eight clients in two processes, as the server has them, and
100 MB by one. The processes are forked once; memory is the growth of the biggest of them.
"""

import argparse
import hashlib
import os
import resource
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

PIECE = 64 * 1024
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42"
# (name, head, size, processes, threads each, files each, least share of the floor)
SIZES = (("200 kB", JPEG, 200_000, 2, 4, 40, 0.60), ("100 MB", FILM, 100_000_000, 1, 1, 3, 0.80))


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when a share is missed."""
    parser = argparse.ArgumentParser("bench.ingest")
    parser.add_argument("--folder", type=Path, default=None, help="on the disk to be measured")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    missed = 0
    with tempfile.TemporaryDirectory(prefix="recourse-ingest-", dir=given.folder) as name:
        put, floor = _ours(Path(name)), _floor(Path(name))
        for label, head, size, processes, threads, files, least in SIZES:
            content = head + secrets.token_bytes(size - len(head))
            rounds = [
                tuple(_rate(deed, content, processes, threads, files) for deed in (floor, put))
                for _ in range(given.rounds)
            ]
            base, ours = (median(item[i][0] for item in rounds) for i in (0, 1))
            grown = max(item[1][1] for item in rounds)
            share = median(item[1][0] / item[0][0] for item in rounds)
            missed += share < least
            print(
                f"{label} × {processes * threads} clients: floor {base:.1f}/s, ours {ours:.1f}/s, "
                f"{share:.0%} of the floor ({'✓' if share >= least else '✗'} ≥ {least:.0%}), "
                f"memory +{grown / 1024:.0f} MiB, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    return 1 if missed else 0


def _ours(folder: Path) -> Callable[[bytes], None]:
    """The vault of an installation of its own."""
    os.environ["RECOURSE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "recourse.config.settings"
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    from recourse.config.vault import vault
    from recourse.core.port import StoredBlob
    from recourse.gateways.clock import SystemClock

    found = vault(clock=SystemClock())

    def put(content: bytes) -> None:
        stored = found.put(
            (content[start : start + PIECE] for start in range(0, len(content), PIECE)), name="x"
        )
        assert isinstance(stored, StoredBlob), stored

    return put


def _floor(folder: Path) -> Callable[[bytes], None]:
    (folder / "floor").mkdir()

    def keep(content: bytes) -> None:
        found = hashlib.sha256()
        descriptor = os.open(
            folder / "floor" / secrets.token_hex(16), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
        )
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            found.update(piece)
            os.write(descriptor, piece)
        os.fsync(descriptor)
        os.close(descriptor)

    return keep


def _rate(
    deed: Callable[[bytes], None], content: bytes, processes: int, threads: int, files: int
) -> tuple[float, float]:
    """Files a second, and the KiB that the biggest process grew by."""
    context = get_context("fork")
    gate, results = context.Barrier(processes + 1), context.SimpleQueue()
    workers = [
        context.Process(target=_clients, args=(deed, content, threads, files, gate, results))
        for _ in range(processes)
    ]
    for worker in workers:
        worker.start()
    gate.wait()
    began = time.perf_counter()
    grown = max(results.get() for _ in workers)
    took = time.perf_counter() - began
    for worker in workers:
        worker.join()
    return processes * threads * files / took, grown


def _clients(
    deed: Callable[[bytes], None], content: bytes, threads: int, files: int, gate: Any, results: Any
) -> None:
    def client() -> None:
        for _ in range(files):
            deed(content)

    # The first file of a process opens its database and lays out its folders.
    deed(content[:100_000])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    gate.wait()
    running = [threading.Thread(target=client) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    results.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
