# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every hostile file gets its expected verdict from a locked inspector: bounded seconds, bounded memory, pixels alone.

    python -m tests.must_hold.inspector [--data FOLDER]

Runs the generated hostile files that the vault takes, and with `--data` the shared set `hostile-uploads` besides (its
folders `pngsuite`, `odd-pdfs`, …). A file costs at most two seconds of processor and half a gibibyte.
"""

import argparse
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from recourse.core.inspection import (
    PAGES_MAX,
    SHOWN_PIXELS_MAX,
    Inspection,
    Reason,
    Verdict,
)
from recourse.gateways.inspector import CagedInspector
from recourse.gateways.media_type import HEAD_BYTES, media_type
from tests.hostile import every_file
from tests.hostile.file import HostileFile

SECONDS, KIB = 2, 512 * 1024
SEEN, DAMAGED, LARGE, LOCKED, NO_KIND, SOUND = (
    "ok",
    "damaged",
    "too_many_pixels",
    "locked",
    "unknown_kind",
    "recording",
)
# Of the shared set: what does not open, or is not taken; everything else is seen.
UNSEEN = {
    **dict.fromkeys(
        (
            *("attachments-weiquan/huge-header.png", "attachments-weiquan/malformed.png"),
            *("attachments-weiquan/truncated.pdf", "hash-collisions/md5-1.png", "hash-collisions/md5-2.png"),
            # Without a single page PDFium opens none of these, and what they would run stays unread.
            *("odd-pdfs/formevent_js.pdf", "odd-pdfs/js-callee.pdf", "odd-pdfs/js-getfield.pdf"),
            *("odd-pdfs/js-info.pdf", "odd-pdfs/js-replace.pdf", "odd-pdfs/js-trick-globals.pdf"),
            *("odd-pdfs/js-trick-initvalues.pdf", "odd-pdfs/structure-attached.pdf"),
            "odd-pdfs/structure-ignoredeof.pdf",
            *("odd-pdfs/js-adobe-tiny.pdf", "odd-pdfs/structure-noendobj.pdf"),
            *("pillow-images/truncated_image.png", "pngsuite/xc1n0g08.png", "pngsuite/xc9n2c08.png"),
            *(
                "pngsuite/xcrn0g04.png",
                "pngsuite/xd0n2c08.png",
                "pngsuite/xd3n2c08.png",
                "pngsuite/xd9n2c08.png",
            ),
            *(
                "pngsuite/xdtn0g01.png",
                "pngsuite/xhdn0g08.png",
                "pngsuite/xlfn0g04.png",
                "pngsuite/xs7n0g01.png",
            ),
        ),
        DAMAGED,
    ),
    "attachments-weiquan/encrypted.pdf": LOCKED,
    **dict.fromkeys(
        (
            *("archives/zip-slip.zip",),
            *("pngsuite/xs1n0g01.png", "pngsuite/xs2n0g01.png", "pngsuite/xs4n0g01.png"),
        ),
        "refused",
    ),
}
_REFUSED_ENDINGS = (".tif", ".sgi", ".j2k", ".tga", ".blp")


@dataclass
class Report:
    """What the campaign saw; `wrong` is empty or it failed."""

    verdicts: Counter[str] = field(default_factory=Counter)
    slowest_ms: int = 0
    heaviest_kib: int = 0
    wrong: list[str] = field(default_factory=list)


def expected(file: HostileFile) -> frozenset[str]:
    """The verdicts that are right for a generated file."""
    if file.taken_as.startswith(("audio/", "video/")):
        return frozenset({SOUND})
    if file.taken_as.startswith(("text/", "message/")):
        # Words are words, whatever they say: they are shown as plain text.
        return frozenset({SEEN})
    if "openxmlformats" in file.taken_as:
        return frozenset({NO_KIND})
    if file.decodes == "yes":
        return frozenset({SEEN})
    if file.kind == "pixel bomb":
        return frozenset({LARGE, DAMAGED})
    if file.taken_as == "application/pdf":
        # A page count or a page size that is a lie costs nothing: pages are counted and drawn within the caps.
        return frozenset({SEEN, DAMAGED})
    if file.taken_as == "image/png" and file.kind in {"polyglot", "truncated"}:
        # A picture with something behind it is a picture; of what is behind it no byte crosses.
        return frozenset({SEEN, DAMAGED})
    return frozenset({DAMAGED})


def campaign(files: Iterable[tuple[str, bytes, str, frozenset[str]]], *, inspector: CagedInspector) -> Report:
    """Inspect (name, bytes, media type, right verdicts) one by one."""
    report = Report()
    for name, content, kind, right in files:
        made = inspector.inspect(content, kind)
        said = SEEN if made.verdict is Verdict.ok else made.reason.value
        report.verdicts[said] += 1
        report.slowest_ms = max(report.slowest_ms, made.cpu_ms)
        report.heaviest_kib = max(report.heaviest_kib, made.peak_kib)
        if said not in right:
            report.wrong.append(f"{name}: {said}, not {' or '.join(sorted(right))}")
        report.wrong += [f"{name}: {what}" for what in unbounded(made)]
    return report


def unbounded(made: Inspection) -> Iterator[str]:
    """Where an inspection went over a limit."""
    if made.cpu_ms > SECONDS * 1000:
        yield f"{made.cpu_ms} ms of processor"
    # On Linux a child's high-water mark begins at that of whoever started it, and outlives its exec.
    if made.peak_kib > max(KIB, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss):
        yield f"{made.peak_kib} KiB of memory"
    if made.reason in {Reason.crashed, Reason.off}:
        yield made.reason.value
    if any(item.width * item.height > SHOWN_PIXELS_MAX for item in made.pictures):
        yield "more pixels than may be"
    if len(made.pictures) > PAGES_MAX + 1:
        yield "more pictures than may be"
    # JPEG as we write it: no metadata segment of any kind (APP1 to APP15).
    if any(item.data[:4] != b"\xff\xd8\xff\xe0" or b"Exif" in item.data[:200] for item in made.pictures):
        yield "a picture that is not of our making"


def generated() -> Iterator[tuple[str, bytes, str, frozenset[str]]]:
    """The generated files that the vault takes."""
    for file in every_file():
        if file.taken_as:
            yield f"{file.kind}/{file.name}", file.content, file.taken_as, expected(file)


def shared(folder: Path, report: Report) -> Iterator[tuple[str, bytes, str, frozenset[str]]]:
    """The files of the shared set; a file that is not taken must be one of those expected not to be."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or "/" not in name:
            continue
        content = path.read_bytes()
        kind = media_type(content[:HEAD_BYTES])
        right = UNSEEN.get(name, "refused" if name.endswith(_REFUSED_ENDINGS) else SEEN)
        if isinstance(kind, str):
            yield name, content, kind, frozenset({right})
        elif right != "refused":
            report.wrong.append(f"{name}: not taken")


def main() -> int:
    """Run the campaign and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.must_hold.inspector")
    parser.add_argument(
        "--data", type=Path, help="the folder of the shared sets, in which hostile-uploads lies"
    )
    given = parser.parse_args()
    inspector = CagedInspector()
    if not inspector.confinement.enough:
        print(f"this system does not confine: {inspector.confinement}")
        return 1
    reports = [campaign(generated(), inspector=inspector)]
    if given.data is not None:
        if not (given.data / "hostile-uploads").is_dir():
            print(f"{given.data} has no folder hostile-uploads")
            return 2
        arrival = Report()
        reports += [campaign(shared(given.data / "hostile-uploads", arrival), inspector=inspector), arrival]
    wrong = [line for report in reports for line in report.wrong]
    for report in reports:
        if report.verdicts:
            said = ", ".join(f"{name} {count}" for name, count in sorted(report.verdicts.items()))
            print(
                f"{report.verdicts.total()} files: {said}; at most {report.slowest_ms} ms of processor "
                f"and {report.heaviest_kib // 1024} MiB"
            )
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
