# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Parsed rule files kept as JSON beside the data, because reading YAML again at every start takes a second.

An entry's name is the digest of the files' bytes and of the code that read them, so an entry can be stale only by
being unused. A damaged or foreign entry is read again from its files.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from recourse.core.problem import Problems

Rules = TypeVar("Rules")
_CORE = Path(__file__).parents[1] / "core"


def remember(
    kind: str,
    *,
    of: Iterable[Path],
    shape: type[Rules],
    make: Callable[[], Rules | Problems],
    folder: Path | None,
) -> Rules | Problems:
    """The value that `make` reads from the files `of`, taken from `folder` when it was read before.

    `shape` is the value's type, checked while decoding. Problems are never kept. No folder means no keeping.
    """
    if folder is None:
        return make()
    kept = folder / f"{kind}-{_name(of)}.json"
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(kept.read_bytes(), type=shape)
    made = make()
    if not isinstance(made, Problems):
        # A folder that cannot be written costs a second at the next start and nothing else.
        with suppress(OSError):
            _write(kept, msgspec.json.encode(made))
    return made


def _write(kept: Path, content: bytes) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Several processes may start at once: each writes its own file and the last rename wins with equal bytes.
    handle, name = tempfile.mkstemp(dir=kept.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(kept)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _name(of: Iterable[Path]) -> str:
    mark = hashlib.sha256(_code().encode())
    for path in sorted(of):
        content = path.read_bytes()
        mark.update(f"{path.name}:{len(content)}:".encode())
        mark.update(content)
    return mark.hexdigest()[:32]


@cache
def _code() -> str:
    mark = hashlib.sha256()
    for path in sorted((*_CORE.rglob("*.py"), *Path(__file__).parent.glob("*_files.py"), Path(__file__))):
        mark.update(path.read_bytes())
    return mark.hexdigest()
