# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The rules on disk: playbooks with their letters, and the Rulebook of one platform on one day.

Folders: `playbooks/<platform>/{playbook.yaml, letters/*.md, examples.yaml}`; statutes are read by `law_files`.
Every refusal names each problem with file and line.
"""

import re
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from recourse.core.calendar import Calendar
from recourse.core.law import in_force
from recourse.core.letter import Letter, check_letter, check_scope
from recourse.core.playbook.example import Examples
from recourse.core.playbook.parse import parse
from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.rulebook import Rulebook, cited_law
from recourse.core.shape import nearest, read
from recourse.core.text import Text
from recourse.gateways.calendar_files import CALENDARS, load_calendar
from recourse.gateways.law_files import load_law
from recourse.gateways.rule_cache import remember
from recourse.gateways.yaml_lines import Tree, read_text, read_yaml

# The repository is the package's home: an editable install keeps the data files beside `src`.
HOME = Path(__file__).parents[3]
PLAYBOOKS = HOME / "playbooks"
CHECKS = HOME / "checks"
_ENGLISH = "--- en ---"
_Stamp = tuple[tuple[str, int, int], ...]


def platforms(root: Path = PLAYBOOKS) -> tuple[str, ...]:
    """The platforms that have a playbook, by name."""
    return tuple(sorted(path.parent.name for path in root.glob("*/playbook.yaml")))


def current_platforms() -> Sequence[str]:
    """The platforms of this installation; a new one is seen within a second."""
    return _platforms_at(PLAYBOOKS, int(time.monotonic()))


def load_playbook(
    folder: Path, *, law_ids: Collection[str] | None = None, cache: Path | None = None
) -> Playbook | Problems:
    """The playbook of a folder, checked against its letters, the files of checks and, when given, the ids of the law.

    With `cache` a playbook that was read before comes from there; checks against the law are always made anew.
    """
    if law_ids is None:
        return remember(
            "playbook",
            of=_files(folder),
            shape=Playbook,
            make=lambda: _read_playbook(folder, law_ids=None),
            folder=cache,
        )
    return _read_playbook(folder, law_ids=law_ids)


def load_letters(folder: Path, *, cache: Path | None = None) -> dict[str, Letter] | Problems:
    """The letters of a playbook's folder by key, in the order of their names."""
    return remember(
        "letters",
        of=sorted((folder / "letters").glob("*.md")),
        shape=dict[str, Letter],
        make=lambda: _letters(folder),
        folder=cache,
    )


def load_examples(folder: Path) -> tuple[Examples, Tree] | Problems:
    """The decision table `examples.yaml` of a playbook's folder, with the lines of its rows."""
    tree = _tree(folder / "examples.yaml")
    if isinstance(tree, Problems):
        return tree
    examples, problems = read(Examples, tree.plain)
    if examples is None:
        return Problems(tuple(tree.place(item) for item in problems))
    return examples, tree


def load_all(
    root: Path = PLAYBOOKS, *, law_ids: Collection[str] | None = None, cache: Path | None = None
) -> dict[str, Playbook] | Problems:
    """Every playbook under a root by platform, or the problems of all of them."""
    found: list[Problem] = []
    playbooks: dict[str, Playbook] = {}
    for platform in platforms(root):
        loaded = load_playbook(root / platform, law_ids=law_ids, cache=cache)
        if isinstance(loaded, Problems):
            found += loaded.items
        else:
            playbooks[platform] = loaded
    return gather(found) or playbooks


def load_rulebook(
    platform: str, *, on: date, root: Path = PLAYBOOKS, cache: Path | None = None
) -> Rulebook | Problems:
    """The rules of one platform with the articles in force on the day of the act, or every problem found.

    Read once per process as long as no file changes; a change is seen within a second. An article that was not yet, or no longer, in force on that
    day is left out.
    """
    second = int(time.monotonic())
    if platform not in _platforms_at(root, second):
        near = nearest(platform, platforms(root))
        return refuse(
            "unknown_platform",
            field="platform",
            zh=f"没有这个平台的规程：{platform}",
            en=f"There is no playbook for {platform}",
            do_zh=f"是不是想写 {near}？" if near else f"可选：{'、'.join(platforms(root))}",
            do_en=f"Did you mean {near}?" if near else f"Choices: {', '.join(platforms(root))}",
        )
    return _rulebook(root, platform, on, cache, _stamp_at(root, platform, second))


# Looking at twenty files costs more than most of what a page does, so they are looked at once a second.
@lru_cache(maxsize=8)
def _platforms_at(root: Path, _second: int) -> Sequence[str]:
    return platforms(root)


@lru_cache(maxsize=64)
def _stamp_at(root: Path, platform: str, _second: int) -> _Stamp:
    return _stamp(_files(root / platform))


@lru_cache(maxsize=256)
def _rulebook(root: Path, platform: str, on: date, cache: Path | None, stamp: _Stamp) -> Rulebook | Problems:
    rules = _rules(root / platform, cache, stamp)
    book = load_law(cache=cache)
    calendar = _calendar(_stamp(sorted(CALENDARS.glob("*.json"))))
    found = [item for part in (rules, book, calendar) if isinstance(part, Problems) for item in part.items]
    if isinstance(rules, Problems) or isinstance(book, Problems) or isinstance(calendar, Problems):
        return Problems(tuple(found))
    playbook, letters = rules
    law = {key: in_force(book, key, on) for key in cited_law(playbook)}
    return Rulebook(playbook, letters, {key: item for key, item in law.items() if item is not None}, calendar)


@lru_cache(maxsize=32)
def _rules(
    folder: Path, cache: Path | None, _stamp: _Stamp
) -> tuple[Playbook, Mapping[str, Letter]] | Problems:
    playbook = load_playbook(folder, cache=cache)
    letters = load_letters(folder, cache=cache)
    if isinstance(playbook, Problems):
        return playbook
    return letters if isinstance(letters, Problems) else (playbook, letters)


@lru_cache(maxsize=1)
def current_calendar() -> Calendar:
    """The newest calendar of this installation, read once: a new year's file arrives with a new version of ours.

    Raises RuntimeError when the files cannot be read.
    """
    found = _calendar(_stamp(sorted(CALENDARS.glob("*.json"))))
    if isinstance(found, Problems):
        first = found.items[0]
        raise RuntimeError(f"{first.field}: {first.message.en}")
    return found


@lru_cache(maxsize=2)
def _calendar(_stamp: _Stamp) -> Calendar | Problems:
    return load_calendar(CALENDARS)


def _files(folder: Path) -> list[Path]:
    # The checks belong to what was read: a playbook that names one is judged anew when its file comes or goes.
    return [folder / "playbook.yaml", *sorted((folder / "letters").glob("*.md")), *_check_files()]


def _check_files() -> list[Path]:
    return sorted(CHECKS.glob("*.sql"))


def _stamp(paths: Iterable[Path]) -> _Stamp:
    # What changes when a file is edited; a file that is gone changes the list.
    stats = ((path, path.stat()) for path in paths)
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def _read_playbook(folder: Path, *, law_ids: Collection[str] | None) -> Playbook | Problems:
    tree = _tree(folder / "playbook.yaml")
    letters = _read_letters(folder)
    found = list(letters.items) if isinstance(letters, Problems) else []
    if isinstance(tree, Problems):
        return Problems((*tree.items, *found))
    # With broken letters their references cannot be judged; the letters' own problems are told instead.
    heads = None if isinstance(letters, Problems) else letters
    checks = [path.stem for path in _check_files()]
    playbook, problems = parse(tree.plain, law_ids=law_ids, letters=heads, known_checks=checks)
    if playbook is None:
        return Problems((*(tree.place(item) for item in problems), *found))
    if playbook.platform != folder.name:
        found.append(tree.place(_wrong_name("platform", playbook.platform, folder.name)))
    for letter, head in (heads or {}).values():
        found += _check_reader(playbook, letter)
        found += [head.place(item) for item in check_scope(letter, playbook)]
    return gather(found) or playbook


def _letters(folder: Path) -> dict[str, Letter] | Problems:
    read = _read_letters(folder)
    return read if isinstance(read, Problems) else {key: letter for key, (letter, _head) in read.items()}


def _read_letters(folder: Path) -> dict[str, tuple[Letter, Tree]] | Problems:
    """The letters by key, each with the lines of its head."""
    found: list[Problem] = []
    letters: dict[str, tuple[Letter, Tree]] = {}
    for path in sorted((folder / "letters").glob("*.md")):
        read = _read_letter(path)
        if isinstance(read, Problems):
            found += read.items
        else:
            letters[read[0].key] = read
    return gather(found) or letters


def _read_letter(path: Path) -> tuple[Letter, Tree] | Problems:
    file = f"letters/{path.name}"
    text = read_text(path, file=file)
    if isinstance(text, Problems):
        return text
    parts = text.split("---\n", 2)
    bodies = parts[2].split(f"\n{_ENGLISH}\n") if len(parts) == 3 and not parts[0].strip() else []
    if len(bodies) != 2:
        return refuse(
            "letter_form",
            field=f"{file}:1",
            zh="信函要有：两行 --- 之间的信头，中文正文，一行 --- en ---，英文正文",
            en="A letter has a head between two lines ---, the Chinese body, a line --- en ---, the English body",
            do_zh="照别的信函改",
            do_en="Follow the other letters",
        )
    tree = read_yaml(parts[1], file=file, first_line=2)
    if isinstance(tree, Problems):
        return tree
    head = tree.plain if isinstance(tree.plain, Mapping) else {}
    letter, problems = read(Letter, {**head, "body": {"zh": bodies[0].strip(), "en": bodies[1].strip()}})
    if letter is None:
        return Problems(tuple(tree.place(item) for item in problems))
    found = [_place_blank(item, file, text) for item in check_letter(letter)]
    if letter.key != path.stem:
        found.append(tree.place(_wrong_name("key", letter.key, path.stem)))
    return gather(found) or (letter, tree)


def _place_blank(problem: Problem, file: str, text: str) -> Problem:
    """Place a blank's problem at the line where the blank first stands."""
    name = problem.field.removeprefix("body.")
    at = re.search(rf"\{{\{{\??\s*{re.escape(name)}\b", text)
    line = text[: at.start()].count("\n") + 1 if at else 1
    return replace(problem, field=f"{file}:{line} {problem.field}")


def _check_reader(playbook: Playbook, letter: Letter) -> list[Problem]:
    rungs = {rung.rung for rung in playbook.ladder}
    if letter.to in playbook.parties and (letter.rung is None or letter.rung in rungs):
        return []
    return [
        Problem(
            "unknown_reader",
            f"letters/{letter.key}.md:1 to",
            Text(
                f"规程里没有「{letter.to}」或它的一步", f"The playbook has no “{letter.to}”, or not its rung"
            ),
            Text(
                "to 写 parties 里的名字，rung 写阶梯里的一步",
                "to is a name of parties, rung a rung of the ladder",
            ),
        )
    ]


def _wrong_name(field: str, said: str, name: str) -> Problem:
    return Problem(
        "name_differs",
        field,
        Text(f"文件里写的是 {said}，文件或目录名却是 {name}", f"The file says {said}, its name says {name}"),
        Text("改成一致", "Make them the same"),
    )


def _tree(path: Path) -> Tree | Problems:
    text = read_text(path, file=path.name)
    return text if isinstance(text, Problems) else read_yaml(text, file=path.name)
