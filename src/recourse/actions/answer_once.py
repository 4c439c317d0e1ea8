# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Do what a program asks once: the same key with the same request gets the same bytes, with another one a refusal.

For requests that are about no single case; a deed on a case keeps its key with the case.
"""

from collections.abc import Callable
from functools import partial

from django.db import IntegrityError, transaction

from recourse.actions.story import Story
from recourse.core.port import World, key_reused
from recourse.core.problem import Problems
from recourse.store import once

Answer = tuple[int, bytes]


def answer_once(
    world: World,
    *,
    operator: str,
    token: str,
    key: str,
    fingerprint: str,
    do: Callable[[], Answer | Problems],
    together: bool = True,
) -> Story[tuple[Answer | Problems, bool]]:
    """The answer and whether it is a repeated one. Refusals are not kept: nothing was done, so it may be tried again.

    With `together` the deed and its answer are written in one transaction; without it the deed has keys of its own.
    """
    now = yield world.clock.now

    def run() -> tuple[Answer | Problems, bool]:
        found = once.kept(operator, token=token, key=key)
        if found is not None:
            same = found.fingerprint == fingerprint
            return ((found.status, found.body) if same else key_reused()), same
        done = do()
        if not isinstance(done, Problems):
            status, body = done
            once.keep(
                operator, token=token, key=key, fingerprint=fingerprint, status=status, body=body, now=now
            )
        return done, False

    return (yield partial(_first, run, together=together))


def _first(
    run: Callable[[], tuple[Answer | Problems, bool]], *, together: bool
) -> tuple[Answer | Problems, bool]:
    def whole() -> tuple[Answer | Problems, bool]:
        if not together:
            return run()
        with transaction.atomic():
            return run()

    try:
        return whole()
    except IntegrityError:
        # The same request was made at the same moment, and what it came to is kept now; or another one was that
        # wrote the same rows, and this one is done anew, whole again.
        return whole()
