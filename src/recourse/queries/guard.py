# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""May anything be written? Not while signer or witness saw more of the log than the database holds.

The answer is looked up at the first question and kept for a while: reading two small files and a row is cheap, but not
worth doing for every request.
"""

import time
from threading import Lock

from recourse.core.gap import closed_for, gap_of
from recourse.core.port import World
from recourse.core.problem import Problems

# An open installation is looked at again now and then; a closed one soon, so that it opens when the gap was declared.
_OPEN_SECONDS = 60.0
_CLOSED_SECONDS = 2.0


class _Memory:
    """The last answer of this process, and until when it is good."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.until = 0.0
        self.answer: Problems | None = None


_memory = _Memory()


def closed(world: World) -> Problems | None:
    """Why nothing may be written, or None when the house is open."""
    with _memory.lock:
        if time.monotonic() >= _memory.until:
            if world.log is None or world.notary is None:
                return None
            if _memory.answer is not None:
                # Another process may have declared the gap, and with it another name.
                world.log.forget_origin()
            found = gap_of(world.log, world.notary)
            _memory.answer = None if found is None else closed_for(found)
            _memory.until = time.monotonic() + (_OPEN_SECONDS if found is None else _CLOSED_SECONDS)
        return _memory.answer


def look_again() -> None:
    """Forget the answer: something was restored, or a gap was declared."""
    with _memory.lock:
        _memory.until, _memory.answer = 0.0, None
