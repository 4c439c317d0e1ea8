# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Papers that were just set, kept for a while: whoever turns pages in a browser must not have all set for each.

They lie in the memory of this process alone. What was set is known by everything that went into it, so that an erased
or changed case never meets an old paper; the oldest leaves when there are too many.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from recourse.gateways.pdf import Paper, Picture, typeset

_BYTES_MAX = 48 * 1024 * 1024
_kept: OrderedDict[str, Paper] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture before its bytes are fetched. `blob` is the name of its bytes; `read` gives them, or None if gone."""

    key: str
    no: int
    caption: tuple[str, ...]
    blob: str
    read: Callable[[], bytes | None]
    lines: tuple[tuple[str, str, bool], ...] = ()


def paper_of(data: Mapping[str, Any], plates: Sequence[Plate]) -> Paper:
    """The paper of these values and pictures, set only when it is not at hand. Raises Untypeset."""
    told = [(p.key, p.no, p.caption, p.blob, p.lines) for p in plates]
    name = hashlib.sha256(json.dumps([data, told], ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    with _lock:
        found = _kept.get(name)
        if found is not None:
            _kept.move_to_end(name)
            return found
    pictures = [
        Picture(p.key, p.no, p.caption, image, p.lines) for p in plates if (image := p.read()) is not None
    ]
    paper = typeset(data, pictures)
    with _lock:
        _kept[name] = paper
        while sum(map(_weight, _kept.values())) > _BYTES_MAX and len(_kept) > 1:
            _kept.popitem(last=False)
    return paper


def clear() -> None:
    """Forget every paper: for whoever measures how long setting one takes."""
    with _lock:
        _kept.clear()


def _weight(paper: Paper) -> int:
    return sum(len(part) for part in paper.parts)
