# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Many screenshots of one chat as one thread: duplicates dropped, in reading order, what overlaps cut.

Screens that overlap order one another for certain. Groups without an overlap between them stand in order of the time in
their file names, else of the moment their metadata gives, else as they were received; the thread says which it was.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from recourse.core.calendar import CHINA
from recourse.core.likeness.overlap import Overlap, contradicts, overlaps
from recourse.core.likeness.strip import bars, rows_of

_NAMED_MOMENT = re.compile(
    r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])[-_ T.]*([01]\d|2[0-3])[-_:.]?([0-5]\d)[-_:.]?([0-5]\d)"
)
_NAMED_MILLISECONDS = re.compile(
    r"(?<!\d)(1[4-9]\d{11})(?!\d)"
)  # 微信 names its exports mmexport1700000000000
# Screens whose content lies upon one another but for this much are one and the same.
_SAME_ROWS = 6


class OrderedBy(StrEnum):
    """What ordered the screens: overlaps alone, or where none was to be had, what else was known."""

    overlap = "overlap"
    file_name = "file_name"
    metadata = "metadata"
    received = "received"
    owner = "owner"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screenshot as it came: the exhibit's number, its strips in hex, its file name, the moment in its metadata."""

    no: int
    strips: str
    name: str = ""
    taken_at: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen of the thread. `cut_top` and `cut_bottom` are thousandths of its height that are not shown.

    `joined` says that it goes on from the screen before without a gap.
    """

    no: int
    cut_top: int
    cut_bottom: int
    joined: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """The reading order. `duplicates` are (left out, shown instead)."""

    shown: tuple[Shown, ...]
    duplicates: tuple[tuple[int, int], ...]
    ordered_by: OrderedBy
    groups: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A screen in its group: where its content begins, in strips from the group's first."""

    index: int
    begins: int


def thread_of(screens: Sequence[Screen], *, order: Sequence[int] = ()) -> Thread:
    """The thread of these screens. `order` is the owner's own order of exhibit numbers; it wins, and nothing is dropped."""
    screens = sorted(screens, key=lambda item: item.no)
    rows = [rows_of(item.strips) for item in screens]
    top, bottom = bars([item for item in rows if item])
    content = [item[top : len(item) - bottom] for item in rows]
    found = overlaps(content)
    if order:
        return _as_ordered(screens, order, rows=rows, content=content, top=top, bottom=bottom, found=found)
    kept, duplicates = _without_duplicates(content, found)
    groups = _groups(kept, content, found)
    ordered_by = OrderedBy.overlap
    if len(groups) > 1:
        ordered_by, groups = _by_time(groups, screens)
    shown: list[Shown] = []
    for group in groups:
        shown.extend(_cut(group, screens, rows=rows, content=content, top=top))
    named = tuple((screens[left].no, screens[kept_].no) for left, kept_ in duplicates)
    return Thread(tuple(shown), named, ordered_by, len(groups))


def _without_duplicates(
    content: Sequence[Sequence[int]], found: Sequence[Overlap]
) -> tuple[list[int], list[tuple[int, int]]]:
    """The screens to keep, and (left out, kept): a screen whose whole content lies within another adds nothing."""
    within: dict[int, list[int]] = defaultdict(list)
    for item in found:
        first, second = len(content[item.first]), len(content[item.second])
        if item.shift >= -_SAME_ROWS and item.shift + second <= first + _SAME_ROWS:
            within[item.second].append(item.first)
        elif item.shift <= _SAME_ROWS and first <= item.shift + second + _SAME_ROWS:
            within[item.first].append(item.second)
    kept = [index for index in range(len(content)) if not within[index]]
    # Two that lie in one another both ways never happen: the branch above takes the later one out.
    duplicates = []
    for index in range(len(content)):
        holder, seen = index, {index}
        while within[holder] and (step := min(within[holder])) not in seen:
            holder = step
            seen.add(step)
        if holder != index:
            duplicates.append((index, holder))
    return kept, duplicates


def _groups(
    kept: Sequence[int], content: Sequence[Sequence[int]], found: Sequence[Overlap]
) -> list[list[_Placed]]:
    """The screens that hang together, each placed by the surest overlaps, from top to bottom.

    The same greeting may stand in a chat ten times. So two groups are joined only where all that would then lie upon one
    another agrees; a doubtful overlap is left out, and its groups stand apart.
    """
    inside = set(kept)
    group_of = {index: [_Placed(index, 0)] for index in kept}
    for item in sorted(found, key=lambda item: (-item.telling, item.first, item.second)):
        if not {item.first, item.second} <= inside:
            continue
        one, other = group_of[item.first], group_of[item.second]
        if one is other:
            continue
        begins = {placed.index: placed.begins for placed in (*one, *other)}
        shift = begins[item.first] + item.shift - begins[item.second]
        moved = [_Placed(placed.index, placed.begins + shift) for placed in other]
        if _fit(one, moved, content):
            joined = sorted([*one, *moved], key=lambda placed: (placed.begins, placed.index))
            for placed in joined:
                group_of[placed.index] = joined
    return list({id(group): group for group in group_of.values()}.values())


def _fit(one: Sequence[_Placed], other: Sequence[_Placed], content: Sequence[Sequence[int]]) -> bool:
    """Whether no screen of one group would lie upon a different one of the other. Both are in order."""
    tallest = max(len(content[item.index]) for item in one)
    for item in other:
        ends = item.begins + len(content[item.index])
        near = bisect_left(one, item.begins - tallest, key=lambda placed: placed.begins)
        for placed in one[near:]:
            if placed.begins >= ends:
                break
            if contradicts(content[placed.index], content[item.index], item.begins - placed.begins):
                return False
    return True


def _by_time(groups: list[list[_Placed]], screens: Sequence[Screen]) -> tuple[OrderedBy, list[list[_Placed]]]:
    """Groups in order of the first moment known the same way for all of them."""
    for how, known in (
        (OrderedBy.file_name, [named_moment(item.name) for item in screens]),
        (OrderedBy.metadata, [item.taken_at for item in screens]),
    ):
        firsts = [
            min((known[item.index] for item in group if known[item.index]), default="") for group in groups
        ]
        if all(firsts):
            ranked = sorted(zip(firsts, groups, strict=True), key=lambda pair: pair[0])
            return how, [group for _, group in ranked]
    return OrderedBy.received, sorted(groups, key=lambda group: min(item.index for item in group))


def named_moment(name: str) -> str:
    """The moment that a file name gives, as sortable digits; empty when it gives none."""
    match = _NAMED_MOMENT.search(name)
    if match is not None:
        return "".join(match.groups())
    milliseconds = _NAMED_MILLISECONDS.search(name)
    if milliseconds is None:
        return ""
    # The phone's clock counts from 1970 in UTC; names with a date are in the phone's own hours, in China +08:00.
    moment = datetime(1970, 1, 1, 8, tzinfo=CHINA) + timedelta(milliseconds=int(milliseconds[1]))
    return moment.strftime("%Y%m%d%H%M%S")


def _cut(
    group: Sequence[_Placed],
    screens: Sequence[Screen],
    *,
    rows: Sequence[Sequence[int]],
    content: Sequence[Sequence[int]],
    top: int,
) -> list[Shown]:
    """Each screen from where the one before ends; the first keeps its upper bar, so that the chat has its name."""
    shown, ends = [], 0
    for position, item in enumerate(group):
        height = len(rows[item.index])
        hidden = max(0, ends - item.begins) if position else 0
        last = item.begins + len(content[item.index])
        if position and last <= ends:
            continue
        shown.append(
            Shown(
                no=screens[item.index].no,
                cut_top=_share(top + hidden, height) if position else 0,
                cut_bottom=_share(height - top - len(content[item.index]), height),
                joined=bool(position) and item.begins <= ends,
            )
        )
        ends = last
    return shown


def _as_ordered(
    screens: Sequence[Screen],
    order: Sequence[int],
    *,
    rows: Sequence[Sequence[int]],
    content: Sequence[Sequence[int]],
    top: int,
    bottom: int,
    found: Sequence[Overlap],
) -> Thread:
    """The owner's order: what overlaps with the screen just before is cut, and nothing is left out."""
    at = {screen.no: index for index, screen in enumerate(screens)}
    wanted = [no for no in dict.fromkeys(order) if no in at]
    wanted += [screen.no for screen in screens if screen.no not in set(wanted)]
    shifts: Mapping[tuple[int, int], int] = {(item.first, item.second): item.shift for item in found} | {
        (item.second, item.first): -item.shift for item in found
    }
    shown: list[Shown] = []
    for position, no in enumerate(wanted):
        index, height = at[no], len(rows[at[no]])
        before = at[wanted[position - 1]] if position else None
        shift = shifts.get((before, index)) if before is not None else None
        hidden = (
            max(0, len(content[before]) - shift)
            if before is not None and shift is not None and shift >= 0
            else 0
        )
        joined = before is not None and shift is not None and 0 <= shift <= len(content[before])
        if hidden >= len(content[index]):
            hidden, joined = 0, False
        shown.append(
            Shown(
                no=no,
                cut_top=_share(top + hidden, height) if position else 0,
                cut_bottom=_share(bottom, height),
                joined=joined,
            )
        )
    return Thread(tuple(shown), (), OrderedBy.owner, 1)


def _share(part: int, whole: int) -> int:
    return part * 1000 // whole if whole else 0
