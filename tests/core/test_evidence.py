# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from typing import Any

import pytest

from recourse.core.evidence import GENESIS, Link, first_broken, link


def chain(length: int, case: str = "case1") -> list[Link]:
    """A chain of that many events."""
    links: list[Link] = []
    for version in range(1, length + 1):
        links.append(
            link(
                case=case,
                version=version,
                type="MessagePosted",
                at="2026-09-18T10:00:00+08:00",
                actor={"role": "complainant", "id": "a1"},
                body={"by": "complainant", "at": version},
                commitments={"text": "c" * 64},
                previous=links[-1].hash if links else GENESIS,
            )
        )
    return links


def test_a_whole_chain_holds() -> None:
    assert first_broken([]) is None
    assert first_broken(chain(1)) is None
    assert first_broken(chain(5)) is None
    assert chain(5) == chain(5)


@pytest.mark.parametrize(
    "change",
    [
        {"case": "case2"},
        {"version": 9},
        {"type": "NoteAdded"},
        {"at": "2026-09-18T10:00:01+08:00"},
        {"actor": {"role": "respondent", "id": "b1"}},
        {"body": {"by": "complainant", "at": 99}},
        {"commitments": {"text": "d" * 64}},
        {"commitments": {}},
        {"previous": "e" * 64},
        {"hash": "f" * 64},
    ],
)
def test_every_tamper_is_found_where_it_is(change: dict[str, Any]) -> None:
    links = chain(5)
    links[2] = replace(links[2], **change)
    assert first_broken(links) == 3


def test_a_tamper_that_rehashes_its_own_link_is_found_at_the_next() -> None:
    links = chain(4)
    old = links[1]
    links[1] = link(
        case=old.case,
        version=old.version,
        type=old.type,
        at=old.at,
        actor=old.actor,
        body={"by": "respondent"},
        commitments=old.commitments,
        previous=old.previous,
    )
    assert first_broken(links) == 3


def test_dropping_inserting_and_swapping_are_found() -> None:
    links = chain(5)
    assert first_broken(links[1:]) == 1
    assert first_broken([*links[:2], *links[3:]]) == 3
    assert first_broken([*links[:2], links[1], *links[2:]]) == 3
    assert first_broken([links[0], links[2], links[1]]) == 2
    assert first_broken([links[0], chain(2, "other")[1]]) == 2
    # What was cut off at the end leaves a chain that holds: the published head tells.
    assert first_broken(links[:3]) is None
