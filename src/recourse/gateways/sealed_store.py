# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Where sealed files lie, whatever stands behind it: a folder, a bucket, a fake that lies. One contract suite holds all.

A store keeps bytes under the digest they have and nothing else: it needs no key and learns nothing of a case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

_HEX = frozenset("0123456789abcdef")


class Lack(StrEnum):
    """Why a store cannot do it: no room left, not to be had just now, or it refuses us (key, bucket, rights)."""

    full = "full"
    away = "away"
    refused = "refused"


class StoreTrouble(Exception):
    """The store did not do it, or did not prove that it did. Nothing counts as kept."""

    def __init__(self, lack: Lack, what: str) -> None:
        super().__init__(f"{lack}: {what}")
        self.lack = lack


@dataclass(frozen=True, slots=True)
class Listed:
    """One sealed file as the store lists it; a list may be stale."""

    blob: str
    kept_at: datetime


class SealedStore(Protocol):
    """Sealed files by name."""

    def keep(self, blob: str, sealed: Path) -> None:
        """Keep a sealed file; `sealed` may be moved away. Durable, and proven to be whole, when this returns.

        Write-once: what lies there whole already stays, and other bytes never take a name. Raises StoreTrouble.
        """

    def fetch(self, blob: str) -> BinaryIO | None:
        """The bytes that lie there, not yet believed; None when nothing does. Raises StoreTrouble."""

    def remove(self, blob: str) -> None:
        """Nothing when it is gone already. Raises StoreTrouble."""

    def names(self) -> Iterator[Listed]:
        """All there is, in the order of names. Raises StoreTrouble."""

    def sweep(self, before: datetime) -> int:
        """Take away what unfinished work left here before a moment; how many."""


def checked_name(blob: str) -> str:
    """The name itself when it is one. Raises ValueError, so that no path is ever made of anything else."""
    if len(blob) != 64 or not set(blob) <= _HEX:
        raise ValueError("a blob is named by a digest")
    return blob
