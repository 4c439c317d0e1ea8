# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse file`, `case` and `letter`: the local operator's owner hands in, looks at and writes for cases."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial
from mimetypes import guess_type
from pathlib import Path

from recourse.actions.story import Story, absent, perform
from recourse.cli.opening import LOCAL_OWNER, open_installation, open_to_write
from recourse.cli.telling import DONE, refused, say, show_json, unreadable
from recourse.core.complaint import Complaint
from recourse.core.port import Receipt, World
from recourse.core.problem import Problem, Problems, refuse
from recourse.core.vocabulary import EvidenceKind, RungName

_CHUNK = 1 << 16
# What a file most likely shows when its kind is not said.
_GUESSED = {
    "image": EvidenceKind.photo,
    "video": EvidenceKind.video_unboxing_or_process,
    "audio": EvidenceKind.call_log_with_agent_no,
}


def file(given: Namespace) -> int:
    """File a complaint with its exhibits, vouch for the contact so that the case moves on, and show it."""
    from recourse.queries.read_complaint import read_complaint

    read = read_complaint(given.case)
    exhibits = [_kind_and_path(item) for item in given.exhibit]
    unreadable = [problem for _kind, path in exhibits for problem in _unreadable(path)]
    if isinstance(read, Problems):
        return refused((*read.items, *unreadable), as_json=given.json)
    if unreadable:
        return refused(unreadable, as_json=given.json)
    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.actions.prove_contact import prove_contact

    complaint, tree = read
    filed = perform(_file_whole(world, complaint, exhibits, place=tree.place))
    if isinstance(filed, Problems):
        return refused(filed, as_json=given.json)
    proven = perform(prove_contact(world, actor=LOCAL_OWNER, number=filed.number, method="vouched"))
    if isinstance(proven, Problems):
        # The complaint stands; what did not work is told with its number, so that nothing is filed twice.
        return refused((_on(item, filed.number) for item in proven.items), as_json=given.json)
    return _show(world, filed.number, as_json=given.json, lang="zh")


def show(given: Namespace) -> int:
    """Show one case."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    return _show(world, given.number, as_json=given.json, lang=given.lang)


def letter(given: Namespace) -> int:
    """Print the first letter of a rung, filled from the case; blanks that stayed empty are named at the end."""
    if given.rung not in set(RungName):
        return refused(_no_rung(given.rung, [item.value for item in RungName]), as_json=False)
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=False)
    from recourse.core.calendar import CHINA
    from recourse.queries.case_file import case_file
    from recourse.queries.rung_letter import fill, letters_for

    found = case_file(world, actor=LOCAL_OWNER, number=given.number)
    if found is None:
        return refused(absent(), as_json=False)
    rung = RungName(given.rung)
    # The notice of an operated step is the operator's own; at any other step it would speak for nobody.
    letters = letters_for(found.rules, case=found.case, rung=rung, own=rung not in found.case.operated)
    if not letters:
        have = [
            spec.rung.value
            for spec in found.rules.playbook.ladder
            if letters_for(found.rules, case=found.case, rung=spec.rung)
        ]
        return refused(_no_rung(given.rung, have), as_json=False)
    today = found.now.astimezone(CHINA).date().isoformat()
    written, missing = fill(letters[0], found.case, found.rules, today=today)
    print(getattr(written.subject, given.lang), getattr(written.body, given.lang), sep="\n\n")
    if missing:
        say(f"\n还空着：{'、'.join(missing)}", f"\nstill blank: {', '.join(missing)}", lang=given.lang)
    return DONE


def _show(world: World, number: str, *, as_json: bool, lang: str) -> int:
    from recourse.queries.case_file import case_file
    from recourse.queries.case_json import case_json

    found = case_file(world, actor=LOCAL_OWNER, number=number)
    if found is None:
        return refused(absent(), as_json=as_json)
    if as_json:
        show_json(case_json(found.case, found.rules))
        return DONE
    from recourse.cli.case_words import case_words

    print(case_words(found, lang=lang))
    return DONE


def _kind_and_path(given: str) -> tuple[EvidenceKind, Path]:
    """`KIND=FILE`, or a FILE alone, whose kind is then guessed from its ending."""
    kind, mark, rest = given.partition("=")
    if mark and kind in set(EvidenceKind):
        return EvidenceKind(kind), Path(rest)
    path = Path(given)
    media = guess_type(path.name)[0] or ""
    return _GUESSED.get(media.partition("/")[0], EvidenceKind.chat_export), path


def _file_whole(
    world: World,
    complaint: Complaint,
    exhibits: list[tuple[EvidenceKind, Path]],
    *,
    place: Callable[[Problem], Problem],
) -> Story[Receipt | Problems]:
    """The complaint and its files in one commit; a refusal of either leaves nothing of both."""
    from recourse.actions.file_complaint import file_complaint
    from recourse.actions.seal_files import drop_files, seal_files

    sealed = yield from seal_files(world, [(kind, path.name, _chunks(path)) for kind, path in exhibits])
    if isinstance(sealed, Problems):
        return sealed
    filed = yield from file_complaint(world, actor=LOCAL_OWNER, complaint=complaint, exhibits=sealed)
    if isinstance(filed, Problems):
        yield from drop_files(world, sealed)
        return Problems(tuple(place(item) for item in filed.items))
    return filed


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(partial(file.read, _CHUNK), b"")


def _unreadable(path: Path) -> Iterator[Problem]:
    try:
        with path.open("rb"):
            return
    except OSError as error:
        yield from unreadable(
            error,
            field=str(path),
            do_zh="确认文件在，再提交一次。",
            do_en="Make sure that it is there, and file again.",
        ).items


def _on(problem: Problem, where: str) -> Problem:
    return Problem(problem.key, f"{where} {problem.field}".rstrip(), problem.message, problem.do)


def _no_rung(rung: str, have: list[str]) -> Problems:
    return refuse(
        "no_letter_for_rung",
        field="rung",
        zh=f"“{rung}”这一步没有文书。",
        en=f"There is no letter for the step {rung}.",
        do_zh=f"可选：{'、'.join(have)}。",
        do_en=f"Choose from: {', '.join(have)}.",
    )
