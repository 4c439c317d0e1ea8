# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""May anything be written? Not while signer or witness saw more of the log than the database holds, or forgot it.

The answer is looked up at the first question and kept for a while: reading two small files and a few rows is cheap, but
not worth doing for every request. The first question of a process also asks the witnesses that others run.
"""

import time
from threading import Lock

from recourse.core.gap import ask_others, closed_for, gap_of
from recourse.core.log import Log, Notary
from recourse.core.port import World
from recourse.core.problem import Problems

# An open installation is looked at again now and then; a closed one soon, so that it opens when the gap was declared.
_OPEN_SECONDS = 60.0
_CLOSED_SECONDS = 2.0
# While one looks again, which may take a network's time, the others go by the last answer this long.
_LOOKING_SECONDS = 15.0


class _Memory:
    """The last answer of this process, and until when it is good; `until` is 0 when there is none.

    `era` tells a look that began before `look_again` that its answer is of yesterday.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.until = 0.0
        self.era = 0
        self.answer: Problems | None = None


_memory = _Memory()


def closed(world: World) -> Problems | None:
    """Why nothing may be written, or None when the house is open."""
    if world.log is None or world.notary is None:
        return None
    with _memory.lock:
        now, until, era, last = time.monotonic(), _memory.until, _memory.era, _memory.answer
        if now < until:
            return last
        if until:
            _memory.until = now + _LOOKING_SECONDS
    # Without the lock: signer and witnesses may take their time, and nobody else should wait for that.
    answer = _look(world.log, world.notary, first=not until, last=last)
    with _memory.lock:
        if era == _memory.era:
            _memory.answer = answer
            _memory.until = time.monotonic() + (_OPEN_SECONDS if answer is None else _CLOSED_SECONDS)
    return answer


def look_again() -> None:
    """Forget the answer: something was restored, or a gap was declared."""
    with _memory.lock:
        _memory.until, _memory.answer = 0.0, None
        _memory.era += 1


def _look(log: Log, notary: Notary, *, first: bool, last: Problems | None) -> Problems | None:
    if last is not None:
        # Another process may have declared the gap, and with it another name.
        log.forget_origin()
    if first:
        ask_others(log, notary)
    found = gap_of(log, notary)
    return None if found is None else closed_for(found)
