# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Is a playbook correct? Every problem of its files at once, each with file and line."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from recourse.core.problem import Problem, Problems, refuse
from recourse.gateways.law_files import load_law
from recourse.gateways.rule_files import PLAYBOOKS, load_examples, load_playbook, platforms


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked: each platform with its problems, in the order of their names. No problems means correct."""

    platforms: tuple[tuple[str, tuple[Problem, ...]], ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of all platforms."""
        return tuple(item for _name, found in self.platforms for item in found)


def check_playbook(path: Path | None = None) -> Checked | Problems:
    """Check one playbook (its folder or its playbook.yaml), all below a root, or the shipped ones.

    Shape, references, letters, cited law and the form of examples.yaml are checked; running the examples is
    `run_examples`. Refused when there is no playbook at `path` or the law itself cannot be read.
    """
    folders = folders_at(path)
    if isinstance(folders, Problems):
        return folders
    book = load_law()
    if isinstance(book, Problems):
        return book
    return Checked(tuple((folder.name, _check(folder, law_ids=book.keys())) for folder in folders))


def folders_at(path: Path | None) -> tuple[Path, ...] | Problems:
    """The playbook folders that a path means: itself, its parent, or all folders below it."""
    root = (path or PLAYBOOKS).resolve()
    if root.is_file():
        root = root.parent
    if (root / "playbook.yaml").is_file():
        return (root,)
    found = tuple(root / name for name in platforms(root))
    return found or refuse(
        "no_playbook",
        field=str(path or PLAYBOOKS),
        zh=f"{root} 里没有 playbook.yaml",
        en=f"There is no playbook.yaml in {root}",
        do_zh="给出规程所在的目录，或者不写路径检查全部",
        do_en="Name the playbook's folder, or leave the path out to check all",
    )


def _check(folder: Path, *, law_ids: Collection[str]) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for loaded in (load_playbook(folder, law_ids=law_ids), load_examples(folder)):
        if isinstance(loaded, Problems):
            found += loaded.items
    return tuple(found)
