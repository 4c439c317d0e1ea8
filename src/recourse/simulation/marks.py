# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Counting what a run saw, so that a run that never saw something can be told from one that saw it hold."""

from collections import Counter


class Tally:
    """What happened in a run, by kind and name."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def mark(self, kind: str, name: str) -> None:
        """Something happened once more."""
        self.seen[f"{kind}:{name}"] += 1
