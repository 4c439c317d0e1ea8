# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Keys in memory, with what the vault remembers of the health of each file."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from recourse.core.calendar import CHINA

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=CHINA)


class KeyRing:
    """`Keys` of the vault."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}
        self.damaged: dict[str, datetime] = {}
        self.marks = 0

    def keep(self, blob: str, key: bytes, *, made: bool = False) -> None:
        """A key is kept once."""
        assert blob not in self.keys
        self.keys[blob] = key

    def key(self, blob: str) -> bytes | None:
        """The key."""
        return self.keys.get(blob)

    def destroy(self, blob: str) -> None:
        """Gone with what was known of its file."""
        self.keys.pop(blob, None)
        self.damaged.pop(blob, None)

    def mark(self, blob: str, *, damaged: bool) -> None:
        """The first mark counts, until the file is whole again."""
        if not damaged:
            self.damaged.pop(blob, None)
        elif blob in self.keys and blob not in self.damaged:
            self.marks += 1
            self.damaged[blob] = NOW + timedelta(minutes=self.marks)

    def damaged_since(self, blobs: Sequence[str]) -> Mapping[str, datetime]:
        """Those of these that are damaged."""
        return {blob: self.damaged[blob] for blob in blobs if blob in self.damaged}

    def unknown(self, blobs: Sequence[str]) -> Sequence[str]:
        """Those without a key."""
        return [blob for blob in blobs if blob not in self.keys]
