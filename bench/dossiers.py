# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.dossiers`: how long a dossier of 20 exhibits takes, part by part, beside the floor of hashing its bytes.

The same for verifying one of 100 MB, in the core and by the verifier for outsiders.

Screens of a phone, looked at beforehand as the worker would have done; each round is a new paper, none from the shelf.
"""

import hashlib
import io
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

EXHIBITS = 20
ROUNDS = 5
_LARGE_BYTES = 5_000_000
TARGET_SECONDS = 1.0
_WIDTH, _HEIGHT = 1080, 2340


def main() -> int:
    """Print the table; 1 when the whole takes longer than it may."""
    with tempfile.TemporaryDirectory(prefix="recourse-bench-") as folder:
        os.environ["RECOURSE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "recourse.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        rows = _measured(Path(folder))
    print(json.dumps(rows, indent=2))
    return 0 if rows["seconds"] < TARGET_SECONDS else 1


def _measured(folder: Path) -> dict[str, Any]:
    from recourse.queries.dossier import dossier, paper
    from recourse.queries.paper import shelf
    from tests.store.house import build_house

    house = build_house(folder)
    number = _case(house)
    actor = house.complainant(number)
    asked: dict[str, Any] = {"actor": actor, "number": number, "public_url": "https://odr.example.cn"}
    whole, pages, floors, size = [], [], [], 0
    for _ in range(ROUNDS):
        shelf.clear()
        made = b""

        def pack() -> None:
            nonlocal made
            found = dossier(house.world, **asked)
            assert found is not None
            made = b"".join(found.parts[0].pieces())

        whole.append(_seconds(pack))
        shelf.clear()
        pages.append(_seconds(lambda: paper(house.world, **asked)))
        floors.append(_seconds(lambda data=made: hashlib.sha256(data).digest()))  # type: ignore[misc]
        size = len(made)
    seconds, floor = statistics.median(whole), statistics.median(floors)
    return {
        "exhibits": EXHIBITS,
        "bytes": size,
        "seconds": round(seconds, 3),
        "of which pages": round(statistics.median(pages), 3),
        "floor: SHA-256 of the same bytes": round(floor, 4),
        "times the floor": round(seconds / floor, 1),
        "zip again from the shelf": round(_seconds(lambda: _drain(dossier(house.world, **asked))), 3),
        "verifying": _verified(house),
    }


def _verified(house: Any) -> dict[str, Any]:
    """How fast a dossier of 20 files of 5 MB is verified, and which share of SHA-256's speed that is."""
    from recourse.queries.dossier import dossier
    from recourse.queries.verify_file import verify_file
    from tests.dossiers.verifiers import by_script

    number = _case(house, lambda no: _screen(no) + random.Random(no).randbytes(_LARGE_BYTES))
    found = dossier(
        house.world, actor=house.complainant(number), number=number, public_url="https://odr.example.cn"
    )
    data = b"".join(found.pieces()) if found is not None else b""
    floor = _worked(lambda: hashlib.sha256(data).digest())
    ways: dict[str, Callable[[], object]] = {
        "core": lambda: verify_file(data),
        "verify.py": lambda: by_script(data),
    }
    rows: dict[str, Any] = {"bytes": len(data), "SHA-256, MB a second": round(len(data) / floor / 1e6)}
    for name, way in ways.items():
        rows[f"{name}, of SHA-256"] = round(floor / _worked(way), 2)
    return rows


def _worked(deed: Callable[[], object]) -> float:
    """Seconds of processor time of the cheapest round: one processor does it all, whatever else goes on."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        deed()
        times.append(time.process_time() - begun)
    return min(times)


def _drain(found: Any) -> None:
    for _piece in found.parts[0].pieces():
        pass


def _seconds(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def _case(house: Any, image_of: Callable[[int], bytes] | None = None) -> str:
    from recourse.actions.add_exhibit import add_exhibit
    from recourse.core.inspection import Form, Inspection, Picture, Verdict
    from recourse.core.vocabulary import EvidenceKind
    from tests.previews import look_at

    number: str = house.served()
    for no in range(1, EXHIBITS + 1):
        image = (image_of or _screen)(no)
        given = {"kind": EvidenceKind.chat_export, "chunks": [image], "name": f"{no}.jpg"}
        house.do(add_exhibit(house.world, actor=house.complainant(number), number=number, **given))
        copy = Picture(Form.copy, 0, _WIDTH, _HEIGHT, "image/jpeg", image)
        look_at(house, number, no, replace(Inspection(Verdict.ok), pictures=(copy,)))
    return number


def _screen(no: int) -> bytes:
    """A screen like that of a chat: bands of colour, and noise where letters would be."""
    from PIL import Image

    dice = random.Random(no)
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "#ededed")
    for band in range(18):
        top = 60 + band * 125
        noise = Image.frombytes("L", (560, 40), dice.randbytes(22_400)).convert("RGB")
        image.paste("#95ec69" if band % 2 else "#ffffff", (60, top, 1000, top + 100))
        image.paste(noise, (90, top + 10))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=70)
    return kept.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
