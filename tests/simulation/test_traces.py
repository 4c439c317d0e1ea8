# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Failures that were shrunk and kept: with their bug they still break, without it they hold."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recourse.simulation.planted import BUGS
from recourse.simulation.shrink import Trace, read_trace, shrink
from recourse.simulation.trial import try_bug

TRACES = sorted((Path(__file__).parent / "traces").glob("*.json"))


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A planted bug makes noise."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("path", TRACES, ids=lambda path: path.stem)
def test_a_kept_failure_breaks_with_its_bug_and_holds_without(path: Path) -> None:
    trace = read_trace(path)
    if trace.bug:
        assert trace.breaks(trace.replay())
    mended = replace(trace, bug="").replay()
    assert mended.oracle.breaches == []


def test_a_failure_shrinks_and_still_breaks(tmp_path: Path) -> None:
    bug = next(bug for bug in BUGS if bug.name == "no entitlement")
    whole = Trace(f"1/{try_bug(bug).at}", bug.found_by, bug=bug.name)
    before = whole.replay()
    assert whole.breaks(before)
    small = shrink(whole, tries=24)
    small.write(tmp_path / "small.json")
    again = read_trace(tmp_path / "small.json")
    assert again == small
    after = again.replay()
    assert again.breaks(after)
    assert after.commands < before.commands // 2
