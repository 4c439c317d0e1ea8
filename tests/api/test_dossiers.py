# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A program takes a dossier: told to wait while it is made, and how many parts there are."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from recourse.webkit import dossier_builds as builds
from tests.api.program import Program
from tests.dossiers.read_zip import files, verified
from tests.store.house import House


def test_it_is_told_to_wait_and_then_takes_it(
    house: House, owner_program: Program, unfinished: Callable[[], None]
) -> None:
    place = f"cases/{house.served()}/dossier"
    for _ in range(3):
        told = owner_program.get(place)
        assert told.status_code == 503 and told["Retry-After"] == "2"
        assert [item["key"] for item in told.json()["problems"]] == ["dossier_in_making"]
    unfinished()
    taken = owner_program.get(place)
    data = b"".join(taken.streaming_content)
    assert verified(data).ok and taken["Content-Length"] == str(len(data)) and taken["Recourse-Parts"] == "1"
    assert owner_program.get(place, part=2).status_code == 404


def test_each_reads_their_own_and_is_counted(
    house: House, owner_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"cases/{house.served()}/dossier"
    seats = []
    for acts_for in ("", "complainant"):
        taken = owner_program.get(place, acts_for=acts_for)
        seats.append(files(b"".join(taken.streaming_content))["data/case.json"])
    assert b'"seat":"owner"' in seats[0] and b'"seat":"complainant"' in seats[1]
    monkeypatch.setattr(builds, "PER_PERSON", (1, timedelta(hours=1)))
    told = owner_program.get(place, acts_for="complainant", lang="en")
    assert told.status_code == 429 and told["Retry-After"] == "600"
    assert [item["key"] for item in told.json()["problems"]] == ["too_many_dossiers"]


def test_when_too_much_waits_nothing_more_is_begun(
    house: House, owner_program: Program, unfinished: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds.ASIDE, "_waiting_max", 1)
    one, two = house.served(), house.served()
    assert owner_program.get(f"cases/{one}/dossier")["Retry-After"] == "2"
    told = owner_program.get(f"cases/{two}/dossier")
    assert told.status_code == 503 and told["Retry-After"] == "30"
    assert [item["key"] for item in told.json()["problems"]] == ["dossiers_busy"]
