# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Bar charts as plain SVG: they need no script, print well and pass the content policy (no style attribute)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ROW = 34
_BAR = 14
_WIDTH = 320


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its place in the drawing; `shown` is the value as people read it."""

    label: str
    shown: str
    y_label: int
    y_bar: int
    width: int
    tone: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """A horizontal bar chart, drawn to scale in a box `width` × `height`."""

    bars: Sequence[Bar]
    width: int
    height: int
    bar_height: int


def bar_chart(rows: Iterable[tuple[str, int, str, str]]) -> BarChart:
    """Lay out rows of (label, value, shown, tone). The longest bar fills the width; a zero shows as a hairline.

    Raises ValueError for a negative value, which a bar cannot show honestly.
    """
    given = list(rows)
    if any(value < 0 for _, value, _, _ in given):
        raise ValueError("a bar chart shows quantities, which are not negative")
    longest = max((value for _, value, _, _ in given), default=0) or 1
    bars = [
        Bar(
            label=label,
            shown=shown,
            y_label=i * _ROW + 12,
            y_bar=i * _ROW + 17,
            width=max(1, value * _WIDTH // longest),
            tone=tone,
        )
        for i, (label, value, shown, tone) in enumerate(given)
    ]
    return BarChart(bars=bars, width=_WIDTH, height=len(bars) * _ROW + 2, bar_height=_BAR)
