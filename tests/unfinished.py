# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Long work that is begun and does not end before a test lets it: what visitors are told meanwhile."""

from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import pytest

from recourse.webkit.dossier_builds import ASIDE


class _Unserved(SimpleQueue[Any]):
    """A queue whose thread gets nothing."""

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        return SimpleQueue[Any]().get()


@pytest.fixture
def unfinished(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Nothing that is begun aside ends before it is let: what to call for that."""
    queue = _Unserved()
    monkeypatch.setattr(ASIDE, "on_the_spot", False)
    monkeypatch.setattr(ASIDE, "patience", 0.0)
    monkeypatch.setattr(ASIDE, "_queue", queue)
    monkeypatch.setattr(ASIDE, "_thread", None)

    def finish() -> None:
        while not queue.empty():
            ASIDE._run(super(_Unserved, queue).get())

    return finish
