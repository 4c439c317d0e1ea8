# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse dossier` and `recourse import dossier`: a case goes out as one file, and a foreign one comes in."""

from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path

from recourse.actions.story import absent, perform
from recourse.cli.opening import LOCAL_OWNER, open_installation, open_to_write
from recourse.cli.telling import DONE, refused, say, show_json, unreadable
from recourse.core.actor import Actor, Role
from recourse.core.port import World
from recourse.core.problem import Problem, Problems, refuse
from recourse.core.text import Text


def write(given: Namespace) -> int:
    """Write a case's dossier to a file; nothing half-written stays behind."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from django.conf import settings

    from recourse.actions.inspect_case import inspect_case
    from recourse.queries.dossier import dossier
    from recourse.webkit.dossier_builds import freshly_stamped

    # There may be no worker; the pages need the pictures it would have made.
    perform(inspect_case(world, actor=LOCAL_OWNER, number=given.number))
    freshly_stamped()
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
    files = {_target(given.output, part.no): part.pieces() for part in made.parts}
    failed = _written(files)
    if failed is not None:
        return refused(failed, as_json=given.json)
    if given.json:
        told = {"number": made.number, "file": str(given.output), "bytes": made.size, "seat": given.seat}
        show_json({**told, "files": [str(target) for target in files]})
        return DONE
    for target, part in zip(files, made.parts, strict=True):
        say(
            f"已写好 {target}（{part.size} 字节）。核验：recourse verify {target}",
            f"Written: {target} ({part.size} bytes). To verify: recourse verify {target}",
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


def _target(first: Path, no: int) -> Path:
    """Where a part is written: beside the first, with its number."""
    return first if no == 1 else first.with_stem(f"{first.stem}-{no}")


def _written(files: Mapping[Path, Iterable[bytes | memoryview]]) -> Problems | None:
    drafts = {target: target.with_name(f".{target.name}.part") for target in files}
    try:
        for target, pieces in files.items():
            with drafts[target].open("wb") as file:
                file.writelines(pieces)
        for target, draft in drafts.items():
            draft.replace(target)
    except OSError as error:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        return refuse(
            "unwritable_file",
            field=", ".join(map(str, files)),
            zh=f"写不了这个文件（{type(error).__name__}）。",
            en=f"This file cannot be written ({type(error).__name__}).",
            do_zh="换一个文件夹，或者腾出空间。",
            do_en="Choose another folder, or make room.",
        )
    return None


def take(given: Namespace) -> int:
    """Take a foreign dossier in, all parts of it; what does not verify is refused with its first fault."""
    parts: list[bytes] = []
    unread: list[Problem] = []
    for path in given.files:
        try:
            parts.append(path.read_bytes())
        except OSError as error:
            unread += _not_there(error, path).items
    if unread:
        return refused(Problems(tuple(unread)), as_json=given.json)
    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.actions.import_dossier import import_dossier

    actor = replace(LOCAL_OWNER, operator=given.operator)
    done = import_dossier(world, actor=actor, parts=parts)
    if isinstance(done, Problems):
        return refused(done, as_json=given.json)
    if given.json:
        show_json(asdict(done) | {"same_number": list(done.same_number)})
        return DONE
    known = Text("早就导入过，没有重复", "was here already") if done.known else Text("已导入", "taken in")
    print(f"✓ {done.number}（{done.version}）{known.zh}：只读，来自 {done.origin}。")
    print(f"  {done.number}: {known.en}, read-only, from {done.origin}. /desk/foreign/{done.id}")
    if done.same_number:
        print(
            f"  注意：这里还有同号的案件或记录，互不相干。 Mind: something else here bears the number {done.number}."
        )
    return DONE


def _not_there(error: OSError, path: Path) -> Problems:
    return unreadable(
        error,
        field=str(path),
        do_zh="确认文件在，再试一次。",
        do_en="Make sure that it is there, and try again.",
    )


def forget(given: Namespace) -> int:
    """Erase a foreign record: its files, and the key of its private fields."""
    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.actions.forget_foreign_record import forget_foreign_record

    done = forget_foreign_record(world, actor=replace(LOCAL_OWNER, operator=given.operator), id=given.id)
    if isinstance(done, Problems):
        return refused(done, as_json=given.json)
    if given.json:
        show_json({"number": done})
    else:
        print(f"✓ {done}：导入的记录已删除。 The foreign record was erased.")
    return DONE
