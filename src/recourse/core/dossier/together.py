# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The parts of a split dossier beside each other: whether they are of one dossier, and whether all of them are there.

Each part verifies by itself (`verify`), so that this looks only at what ties them: the same case at the same head, for
the same seat, with the same list of exhibits. When they were made may differ: parts are fetched one by one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from recourse.core.dossier.container import Bytes, read
from recourse.core.dossier.contents import Cover
from recourse.core.dossier.reading import Dossier, read_dossier
from recourse.core.dossier.verdict import Finding, Verdict
from recourse.core.problem import Problem, Problems, refuse

_ELSEWHERE = "elsewhere"


def open_verified(data: Bytes) -> tuple[Dossier, dict[str, Bytes]]:
    """The payload of a container that was verified: what it says, and its files by path below the case's number."""
    members = read(data)
    assert isinstance(members, Mapping)
    number = next(iter(members)).partition("/")[0]
    files: dict[str, Bytes] = {name.removeprefix(f"{number}/"): content for name, content in members.items()}
    payload = {path: content for path, content in files.items() if path.startswith("data/")}
    found = read_dossier(number, payload)
    assert isinstance(found, Dossier)
    return found, payload


def parts_problems(parts: Sequence[Dossier]) -> tuple[Problem, ...]:
    """Why these are not one whole dossier, all at once; empty when they are. `parts`: at least one, each verified."""
    first = parts[0]
    strangers = [place for place, part in enumerate(parts, start=1) if not _same(first, part)]
    if strangers:
        return _of_another(strangers).items
    there = Counter(part.cover.part for part in parts)
    wanted = range(1, first.cover.parts + 1)
    missing = [no for no in wanted if no not in there]
    twice = sorted(no for no, times in there.items() if times > 1)
    return (
        *(_missing(missing, first.cover).items if missing else ()),
        *(_twice(twice).items if twice else ()),
    )


def joined(verdicts: Sequence[Verdict]) -> Verdict:
    """What all parts together prove and do not: every sentence once, without those that point to another part.

    `verdicts` are without a fault, in the order of the parts, and all there.
    """
    return Verdict(
        proven=_once(item for verdict in verdicts for item in verdict.proven),
        unproven=_once(item for verdict in verdicts for item in verdict.unproven if item.code != _ELSEWHERE),
    )


def _same(one: Dossier, other: Dossier) -> bool:
    return (
        _cover(one.cover) == _cover(other.cover)
        and one.links == other.links
        and one.exhibits == other.exhibits
        and one.policy.origin == other.policy.origin
    )


def _cover(cover: Cover) -> Cover:
    return replace(cover, part=1, made_at="", software="")


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple({(item.code, item.where): item for item in findings}.values())


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))


def _of_another(places: Sequence[int]) -> Problems:
    return refuse(
        "parts_of_different_dossiers",
        field=" ".join(map(str, places)),
        zh=f"第{_listed(places)}个文件和第1个不是同一份材料的分卷：案件、给谁的、记录到哪一条或证据清单不一样。",
        en=f"File {', '.join(map(str, places))} is no part of the dossier that file 1 is of: case, seat, newest event or list of exhibits differ.",
        do_zh="各卷要一次取齐；案件又有了新记录的，全部重新下载。",
        do_en="Fetch all parts of one dossier; when the case has gone on meanwhile, download all of them again.",
    )


def _missing(missing: Sequence[int], cover: Cover) -> Problems:
    return refuse(
        "parts_missing",
        field=" ".join(map(str, missing)),
        zh=f"{cover.number} 的材料一共{cover.parts}卷，还缺第{_listed(missing)}卷。",
        en=f"The dossier of {cover.number} has {cover.parts} parts; missing: {', '.join(map(str, missing))}.",
        do_zh="把各卷一起给出：第1卷.zip 第2卷.zip ……",
        do_en="Give all parts together: PART-1.zip PART-2.zip …",
    )


def _twice(twice: Sequence[int]) -> Problems:
    return refuse(
        "parts_twice",
        field=" ".join(map(str, twice)),
        zh=f"第{_listed(twice)}卷给了不止一次。",
        en=f"Given more than once: part {', '.join(map(str, twice))}.",
        do_zh="每卷只给一次。",
        do_en="Give each part once.",
    )
