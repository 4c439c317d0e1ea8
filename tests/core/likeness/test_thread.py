# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Screenshots of one chat as one thread: rendered screens, shuffled, twice, in other widths and qualities."""

import random
from collections.abc import Sequence

import pytest

from recourse.core.likeness.strip import bars, rows_of
from recourse.core.likeness.thread import OrderedBy, Screen, Thread, named_moment, thread_of
from recourse.processes.inspector import pictures
from recourse.processes.inspector.raw import Findings
from tests.screens import HEIGHT, INPUT, STATUS, TITLE, Shot, thread

COUNT, TWICE = 200, 30


def found_in(shot: Shot) -> dict[str, str]:
    """What the inspector finds; these files are our own, so it need not be locked in."""
    return next(item.values for item in pictures.decode(shot.data) if isinstance(item, Findings))


def shuffled(shots: Sequence[Shot]) -> list[tuple[Shot, str]]:
    mixed = list(shots)
    random.Random(3).shuffle(mixed)
    return [(shot, found_in(shot)["strips"]) for shot in mixed]


@pytest.fixture(scope="module")
def many() -> list[tuple[Shot, str]]:
    return shuffled(thread(COUNT, duplicates=TWICE))


def read(many: Sequence[tuple[Shot, str]], names: bool = True) -> Thread:
    """The thread, with file names as a phone gives them."""
    screens = []
    for no, (shot, strips) in enumerate(many, start=1):
        name = f"Screenshot_20261108_{9 + shot.begins // 360000:02d}{shot.begins // 6000 % 60:02d}{shot.begins // 100 % 60:02d}.jpg"
        screens.append(Screen(no, strips, name if names else "微信图片.jpg"))
    return thread_of(screens)


def test_two_hundred_screens_read_in_order_without_duplicates(many: list[tuple[Shot, str]]) -> None:
    found = read(many)
    begins = [many[item.no - 1][0].begins for item in found.shown]
    assert begins == sorted({shot.begins for shot, _ in many}) and len(begins) == COUNT
    assert len(found.duplicates) == TWICE
    assert all(many[left - 1][0].begins == many[kept - 1][0].begins for left, kept in found.duplicates)
    # Nearly all are put in order by what they show alone; the rest overlap by less than two lines of text.
    assert sum(item.joined for item in found.shown) >= COUNT * 95 // 100
    assert found.ordered_by in {OrderedBy.overlap, OrderedBy.file_name}


def test_what_overlaps_is_cut_at_the_line(many: list[tuple[Shot, str]]) -> None:
    found = read(many)
    apart = []
    for before, item in zip(found.shown, found.shown[1:], strict=False):
        if item.joined:
            ends = many[before.no - 1][0].begins + HEIGHT * (1000 - before.cut_bottom) / 1000 - STATUS - TITLE
            goes_on = many[item.no - 1][0].begins + HEIGHT * item.cut_top / 1000 - STATUS - TITLE
            apart.append(goes_on - ends)
    # Points of a screen 720 wide: a fifth of a line of text, and never a line that nobody sees.
    assert min(apart) > -8 and max(apart) < 4


def test_without_times_the_groups_stand_as_they_were_received(many: list[tuple[Shot, str]]) -> None:
    named, unnamed = read(many), read(many, names=False)
    if named.groups > 1:
        assert (named.ordered_by, unnamed.ordered_by) == (OrderedBy.file_name, OrderedBy.received)
    assert {item.no for item in named.shown} == {item.no for item in unnamed.shown}


def test_the_bars_of_the_app_are_found_and_left_out(many: list[tuple[Shot, str]]) -> None:
    top, bottom = bars([rows_of(strips) for _, strips in many])
    assert abs(top - (STATUS + TITLE) // 2) <= 3 and abs(bottom - INPUT // 2) <= 3


def test_screens_of_two_chats_are_two_groups() -> None:
    one, other = thread(4, seed=11), thread(4, seed=12)
    screens = [Screen(no, found_in(shot)["strips"]) for no, shot in enumerate([*one, *other], start=1)]
    found = thread_of(screens)
    assert found.groups == 2 and found.ordered_by is OrderedBy.received
    assert [item.no for item in found.shown] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [item.joined for item in found.shown] == [False, True, True, True, False, True, True, True]


def test_the_owner_order_wins_and_leaves_nothing_out() -> None:
    shots = thread(4, seed=11)
    screens = [Screen(no, found_in(shot)["strips"]) for no, shot in enumerate([*shots, shots[0]], start=1)]
    found = thread_of(screens, order=(3, 2))
    assert found.ordered_by is OrderedBy.owner
    assert [item.no for item in found.shown] == [3, 2, 1, 4, 5] and not found.duplicates


def test_pictures_that_are_no_screens_stay_as_they_are() -> None:
    found = thread_of([Screen(2, ""), Screen(1, "")])
    assert [(item.no, item.cut_top, item.cut_bottom) for item in found.shown] == [(1, 0, 0), (2, 0, 0)]
    assert thread_of([]).shown == ()


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Screenshot_20261108_091502.jpg", "20261108091502"),
        ("Screenshot_2026-11-08-09-15-02-123_com.tencent.mm.jpg", "20261108091502"),
        ("微信图片_20261108091502.jpg", "20261108091502"),
        ("mmexport1794100502000.jpg", "20261108091502"),
        ("IMG_0042.PNG", ""),
        ("订单20261108.png", ""),
    ],
)
def test_the_time_in_a_file_name_is_read(name: str, moment: str) -> None:
    assert named_moment(name) == moment
