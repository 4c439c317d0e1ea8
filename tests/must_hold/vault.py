# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault under kill -9: what was acknowledged is there whole, what was not is absent or whole, never half.

    python -m tests.must_hold.vault [--rounds 200]

A child hands in a file and is killed at one named point of the upload; the parent then opens the database and the vault, asks
again with the same key, and compares with what the child was told. Every point is tried `rounds` times.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.store.house import House

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
# A case with hundreds of files is read ever more slowly; a new one is begun in time.
PER_CASE = 20
# The one point after the answer: whoever was told has the file, whatever becomes of the process then.
SAID = "answer.said"
# As many broken uploads at once as would look like the wrong database are not swept.
SWEPT_AFTER = 50


@dataclass
class Report:
    """What the campaign saw; `wrong` is empty or it failed."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    written_unsaid: int = 0
    wrong: list[str] = field(default_factory=list)


def points() -> tuple[str, ...]:
    """Every point of an upload, in the order it passes them."""
    from recourse.store.fault_point import NAMES, VAULT_NAMES

    commits = tuple(name for name in NAMES if name.startswith("commit."))
    return (*VAULT_NAMES, "blob.key_stored", *commits, SAID)


def campaign(
    house: "House", folder: Path, *, rounds: int, tell: Callable[[str], None] = lambda _line: None
) -> Report:
    """Kill an upload at each point so many times. `folder` is that of the vault."""
    report = Report()
    for point in points():
        number = ""
        for turn in range(rounds):
            if turn % PER_CASE == 0:
                number = house.served()
            _one(house, report, number=number, point=point, turn=turn)
            if turn % SWEPT_AFTER == SWEPT_AFTER - 1 or turn == rounds - 1:
                _leftovers(house, report, folder)
        tell(f"{point:<22} killed {report.kills[point]} of {rounds}")
    return report


def _one(house: "House", report: Report, *, number: str, point: str, turn: int) -> None:
    content = PNG + f"{point} {turn} {number}".encode() * 4000
    key = f"{point}-{turn}"
    before = _contents(house, number)
    told, killed = _killed(house, number=number, content=content, key=key, point=point)
    report.kills[point] += killed
    report.acknowledged += told
    after = _contents(house, number)
    new = after - before
    if before - after or None in after or new - Counter([content]):
        report.wrong.append(f"{key}: an exhibit is gone or half there")
    if told and not new:
        report.wrong.append(f"{key}: acknowledged and not there")
    report.written_unsaid += bool(new) and not told
    # Whoever asks again has the file once.
    _hand_in(house, number=number, content=content, key=key)
    if _contents(house, number) - before != Counter([content]):
        report.wrong.append(f"{key}: asked twice and not there once")


def _contents(house: "House", number: str) -> Counter[bytes | None]:
    """The bytes of every exhibit of a case; None where they cannot be read."""
    opened = house.world.cases.open(house.complainant(number), number)
    assert opened is not None
    return Counter(house.world.blobs.get(item.blob) for item in opened.case.exhibits)


def _hand_in(house: "House", *, number: str, content: bytes, key: str) -> bool:
    from recourse.actions.add_exhibit import add_exhibit
    from recourse.actions.story import perform
    from recourse.core.port import Receipt
    from recourse.core.vocabulary import EvidenceKind

    story = add_exhibit(
        house.world,
        actor=house.complainant(number),
        number=number,
        kind=EvidenceKind.chat_export,
        chunks=(content[i : i + 65_536] for i in range(0, len(content), 65_536)),
        name="x.png",
        key=key,
    )
    return isinstance(perform(story), Receipt)


def _killed(house: "House", *, number: str, content: bytes, key: str, point: str) -> tuple[bool, bool]:
    """Hand in from a child that dies at a point: whether it was told so, and whether it died there."""
    from django.db import connections

    from recourse.store import fault_point

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            fault_point.install(lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == point else None)
            if _hand_in(house, number=number, content=content, key=key):
                os.write(writing, b"1")
                if point == SAID:
                    os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    told = os.read(reading, 1) == b"1"
    os.close(reading)
    return told, os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _leftovers(house: "House", report: Report, folder: Path) -> None:
    """After a month nothing is left but what a case names: drafts, keyless files and orphans are swept."""
    from datetime import timedelta

    from recourse.store import blob_keys
    from recourse.store.models import BlobKey

    later = house.clock.now() + timedelta(days=400)
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))
    while orphans := blob_keys.orphans(before=later):
        for blob in orphans:
            house.world.blobs.delete(blob)
    kept = BlobKey.objects.count()
    house.world.blobs.sweep(later)
    files = [path for path in folder.rglob("*") if path.is_file()]
    if len(files) != kept:
        report.wrong.append(f"{len(files)} files are left for {kept} keys")


def main(arguments: list[str]) -> int:
    """The long form, over a database of its own."""
    parser = argparse.ArgumentParser("tests.must_hold.vault")
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="recourse-vault-") as name:
        os.environ["RECOURSE_DATA"] = os.environ["RECOURSE_TEST_DATA"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from tests.store.house import build_house

        began = time.monotonic()
        report = campaign(
            build_house(Path(name)),
            Path(name) / "blobs",
            rounds=given.rounds,
            tell=lambda line: print(line, flush=True),
        )
    print(
        f"acknowledged {report.acknowledged}, written before the answer was lost {report.written_unsaid}, "
        f"wrong {len(report.wrong)}, {time.monotonic() - began:.0f} s"
    )
    for line in report.wrong[:20]:
        print(f"✗ {line}")
    return 1 if report.wrong or min(report.kills.values()) < given.rounds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
