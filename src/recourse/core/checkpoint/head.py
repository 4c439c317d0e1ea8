# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Checkpoints (C2SP tlog-checkpoint): the head of a log's tree as the text of a signed note."""

import re
from dataclasses import dataclass

from recourse.core.checkpoint.note import BadNote, decode, encode
from recourse.core.merkle import HASH_SIZE, PROOF_MAX

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """A tree: how many leaves it has, and its root (32 bytes)."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of its tree at one moment."""

    origin: str
    head: Head

    def text(self) -> str:
        """The text of the note: origin, size and root, a line each."""
        return f"{self.origin}\n{self.head.size}\n{encode(self.head.root)}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint. Extension lines are refused: no monitor can audit them. Raises BadNote."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise BadNote("a checkpoint has three lines: origin, size and root")
    return Checkpoint(lines[0], Head(read_size(lines[1]), decode(lines[2], size=HASH_SIZE)))


def read_size(text: str) -> int:
    """A tree size: decimal, without leading zeroes, below 2^63. Raises BadNote."""
    if not _SIZE.fullmatch(text) or int(text) >= 1 << PROOF_MAX:
        raise BadNote("a tree size is a decimal number without leading zeroes")
    return int(text)
