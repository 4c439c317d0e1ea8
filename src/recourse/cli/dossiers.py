# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse dossier` and `recourse import dossier`: a case goes out as one file, and a foreign one comes in."""

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from recourse.actions.story import absent
from recourse.cli.opening import LOCAL_OWNER, open_installation
from recourse.cli.telling import DONE, refused, say, show_json
from recourse.core.actor import Actor, Role
from recourse.core.port import World
from recourse.core.problem import Problems, refuse


def write(given: Namespace) -> int:
    """Write a case's dossier to a file; nothing half-written stays behind."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from django.conf import settings

    from recourse.queries.dossier import dossier

    actor = _seat(world, given.number, given.seat)
    made = (
        dossier(
            world,
            actor=actor,
            number=given.number,
            lang=given.lang,
            public_url=settings.RECOURSE_PUBLIC_URL.rstrip("/"),
        )
        if actor is not None
        else None
    )
    if made is None:
        return refused(absent(), as_json=given.json)
    size = _written(given.output, made.pieces())
    if isinstance(size, Problems):
        return refused(size, as_json=given.json)
    if given.json:
        show_json({"number": made.number, "file": str(given.output), "bytes": size, "seat": given.seat})
    else:
        say(
            f"已写好 {given.output}（{size} 字节）。核验：recourse verify {given.output}",
            f"Written: {given.output} ({size} bytes). To verify: recourse verify {given.output}",
            lang=given.lang,
        )
    return DONE


def _seat(world: World, number: str, seat: str) -> Actor | None:
    """The owner of this installation, or the complainant's seat, whose dossier holds no internal notes."""
    if seat == "staff":
        return LOCAL_OWNER
    opened = world.cases.open(LOCAL_OWNER, number)
    if opened is None:
        return None
    return replace(LOCAL_OWNER, id=opened.case.complainant.id, role=Role.complainant)


def _written(target: Path, pieces: Iterable[bytes | memoryview]) -> int | Problems:
    draft = target.with_name(f".{target.name}.part")
    size = 0
    try:
        with draft.open("wb") as file:
            for piece in pieces:
                size += file.write(piece)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        return refuse(
            "unwritable_file",
            field=str(target),
            zh=f"写不了这个文件（{type(error).__name__}）。",
            en=f"This file cannot be written ({type(error).__name__}).",
            do_zh="换一个文件夹，或者腾出空间。",
            do_en="Choose another folder, or make room.",
        )
    return size
