# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dossiers for the fronts: by a thread with a connection of its own, and with a fresh stamp of the log."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.keep_log import keep_log
from recourse.actions.story import perform
from recourse.core.dossier.contents import TIMESTAMP
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind
from recourse.queries import dossier_exhibits
from recourse.webkit import dossier_builds as builds
from tests.config.test_read_only import lose
from tests.dossiers.read_zip import files, verified
from tests.portal.person import PNG, wire
from tests.previews import look_at
from tests.store.house import House, build_house
from tests.store.log_house import with_log


class Stamps:
    """An authority whose word is not looked at here."""

    name = "tsa.example"

    def __init__(self) -> None:
        self.asked = 0

    def stamp(self, message: bytes) -> tuple[bytes, str] | None:
        self.asked += 1
        return b"token over " + message[:10], "chain"


@pytest.fixture
def stamps(monkeypatch: pytest.MonkeyPatch) -> Stamps:
    """The authority, which was never slow yet."""
    monkeypatch.setattr(builds._Stamping, "until", 0.0)
    return Stamps()


@pytest.fixture
def house(db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stamps: Stamps) -> House:
    """A house whose log is kept and stamped."""
    made = build_house(tmp_path)
    logged, _ = with_log(made, tmp_path / "log", monkeypatch)
    made.world = replace(logged, authority=stamps)
    wire(made, monkeypatch)
    return made


def zipped(house: House, number: str) -> dict[str, bytes]:
    found = builds.dossier(house.staff(), number, lang="zh")
    assert found is not None and not isinstance(found, Problems)
    return files(b"".join(found.parts[0].pieces()))


def test_a_dossier_brings_a_fresh_stamp(house: House, stamps: Stamps) -> None:
    for asked in (1, 2):
        number = house.served()
        perform(keep_log(house.world))
        # The second comes within the hour in which the housekeeping would not stamp again.
        assert zipped(house, number)[TIMESTAMP].startswith(b"token over") and stamps.asked == asked
    assert builds.paper(house.staff(), number, lang="zh") is not None and stamps.asked == 2


def test_an_authority_that_is_slow_is_left_alone_for_a_while(
    house: House, stamps: Stamps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "_SLOW_SECONDS", -1.0)
    for _ in range(3):
        number = house.served()
        perform(keep_log(house.world))
        zipped(house, number)
    assert stamps.asked == 1


def test_nothing_is_stamped_while_nothing_may_be_written(house: House, stamps: Stamps) -> None:
    number = house.served()
    perform(keep_log(house.world))
    lose(1)
    zipped(house, number)
    assert stamps.asked == 0


def test_pictures_drawn_again_make_another_dossier_and_cut_none_off(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.served()
    given = {"kind": EvidenceKind.photo, "name": "a.png", "note": ""}
    house.do(add_exhibit(house.world, actor=house.complainant(number), number=number, chunks=[PNG], **given))
    # Larger than what stays at hand between being looked at and being packed.
    monkeypatch.setattr(dossier_exhibits, "_KEPT_MAX", 0)
    look_at(house, number, 1)
    first = builds.dossier(house.respondent(), number, lang="zh")
    look_at(house, number, 1)
    second = builds.dossier(house.respondent(), number, lang="zh")
    assert second is not first and second is not None and not isinstance(second, Problems)
    assert verified(b"".join(second.parts[0].pieces())).ok


def test_a_file_that_vanishes_while_it_is_packed_is_packed_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, tried, make = house.served(), [], builds.question.dossier

    def vanishing(*words: Any, **given: Any) -> Any:
        tried.append(1)
        if len(tried) < 2:
            raise dossier_exhibits.VanishedFile("a picture drawn again")
        return make(*words, **given)

    monkeypatch.setattr(builds.question, "dossier", vanishing)
    assert zipped(house, number) and len(tried) == 2

    def gone(*_words: Any, **_given: Any) -> Any:
        raise dossier_exhibits.VanishedFile("again and again")

    monkeypatch.setattr(builds.question, "dossier", gone)
    found = builds.dossier(house.staff(), house.served(), lang="zh")
    assert isinstance(found, Problems) and found.keys() == ("dossier_in_making",)


@pytest.mark.django_db(transaction=True)
def test_the_thread_reads_by_itself(
    transactional_db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build_house(tmp_path)
    wire(made, monkeypatch)
    number = made.served()
    monkeypatch.setattr(builds.ASIDE, "on_the_spot", False)
    monkeypatch.setattr(builds.ASIDE, "patience", 60.0)
    found = builds.dossier(made.staff(), number, lang="zh")
    assert found is not None and not isinstance(found, Problems)
    assert verified(b"".join(found.parts[0].pieces())).ok
