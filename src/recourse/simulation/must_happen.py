# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a run must have seen, or it was blind."""

from collections.abc import Mapping

MUST_HAPPEN: frozenset[str] = frozenset()


def unseen(seen: Mapping[str, int], *, cases: int) -> tuple[str, ...]:
    """What had to happen at least once in a thousand cases, and did not."""
    needed = cases // 1_000
    return tuple(sorted(mark for mark in MUST_HAPPEN if seen.get(mark, 0) < needed))
