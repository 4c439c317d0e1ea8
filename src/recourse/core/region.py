# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Regions 遮挡区域: which parts of a picture are black in the copy that the other side sees.

Counted in thousandths of the picture, so that they hold for every size of it; no word of what lies beneath.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recourse.core.inspection import PAGES_MAX
from recourse.core.masking import MaskKind, find_masks, hidden_part
from recourse.core.screen import WHOLE, Line, Region

REGIONS_MAX = 200
# Around letters that were found: a box that is read a little too tight must not leave their edges.
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A region that is proposed, and what seems to stand there."""

    kind: MaskKind
    region: Region


@dataclass(frozen=True, slots=True)
class Page:
    """What was read off one picture: its size in pixels and its lines. `no` counts from 1; 0 is a picture by itself."""

    no: int
    width: int
    height: int
    lines: tuple[Line, ...]


def propose(pages: Iterable[Page]) -> tuple[Proposal, ...]:
    """The regions to be masked unless the owner says otherwise, page by page, from the top."""
    found: list[Proposal] = []
    for page in pages:
        for line in page.lines:
            found += _of_line(page, line)
        found += _of_rows(page, found)
    found.sort(key=lambda item: (item.region.page, item.region.top, item.region.left))
    return _few_enough(list(dict.fromkeys(found)))


def _few_enough(found: list[Proposal]) -> tuple[Proposal, ...]:
    """At most as many as anybody may choose. What is beyond goes black page by page, in one box around all of it:
    to leave it out would be to show it."""
    if len(found) <= REGIONS_MAX:
        return tuple(found)
    beyond: dict[int, Proposal] = {}
    for item in found[REGIONS_MAX - PAGES_MAX :]:
        known = beyond.setdefault(item.region.page, item)
        beyond[item.region.page] = Proposal(known.kind, _around(known.region, item.region))
    return (*found[: REGIONS_MAX - PAGES_MAX], *beyond.values())


def _around(one: Region, other: Region) -> Region:
    """The smallest box that holds both."""
    return Region(
        one.page,
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _of_line(page: Page, line: Line) -> Iterator[Proposal]:
    for mask in find_masks(line.text):
        start, end = hidden_part(line.text, mask)
        region = _region(page, line, start, end, kind=mask.kind)
        if region.whole:
            yield Proposal(mask.kind, region)


def _of_rows(page: Page, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """A name on the left and its number on the right: only together do they say that it is a card key."""
    for line in page.lines:
        for other in page.lines:
            if other is line or not _beside(line, other):
                continue
            said = f"{line.text.rstrip()} "
            for mask in find_masks(said + other.text):
                start, end = hidden_part(said + other.text, mask)
                if start < len(said):
                    continue
                region = _region(page, other, start - len(said), end - len(said), kind=mask.kind)
                if region.whole and all(item.region != region for item in found):
                    yield Proposal(mask.kind, region)


def _beside(left: Line, right: Line) -> bool:
    """Whether one line goes on in the other: on one row, further right."""
    middle = right.top + right.height // 2
    return left.left + left.width <= right.left + right.height and left.top <= middle < left.top + left.height


def _region(page: Page, line: Line, start: int, end: int, *, kind: MaskKind) -> Region:
    """Where letters of a line stand. Hanzi are as wide as they are high, the rest is about half as wide.

    Fonts differ, so half a letter more is taken at both ends; of a card key less, whose ends are to be read.
    """
    widths = [2 if ord(sign) > 0x2E7F else 1 for sign in line.text]
    total = max(1, sum(widths))
    across, down = max(1, page.width), max(1, page.height)
    more = line.height // (4 if kind is MaskKind.card_key else 2)
    left = WHOLE * (line.left * total + line.width * sum(widths[:start]) - more * total) // (total * across)
    right = WHOLE * (line.left * total + line.width * sum(widths[:end]) + more * total) // (total * across)
    return Region(
        page.no,
        max(0, left - _MARGIN),
        max(0, WHOLE * line.top // down - _MARGIN),
        min(WHOLE, right + 1 + _MARGIN),
        min(WHOLE, WHOLE * (line.top + line.height) // down + 1 + _MARGIN),
    )


def black(rgb: bytearray, *, width: int, height: int, regions: Iterable[Region]) -> None:
    """Blacken regions of raw RGB pixels where they lie: what was there is gone."""
    for region in regions:
        left, top, right, bottom = region.pixels(width, height)
        row = bytes(3 * (right - left))
        for y in range(top, min(bottom, height)):
            at = 3 * (y * width + left)
            rgb[at : at + len(row)] = row
