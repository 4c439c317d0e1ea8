# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A new year's calendar is published while clocks run: they are recounted once, and nobody loses a day."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from recourse.actions.revise_calendars import announce_calendar
from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import perform
from recourse.core.actor import system
from recourse.core.calendar import CHINA, Calendar, CalendarDay, CalendarYear, DayKind, make_calendar
from recourse.core.case.state import Case
from recourse.gateways.rule_files import current_calendar
from recourse.store.models import Job
from tests.store.house import OPERATOR, House, build_house


def with_2027() -> Calendar:
    """The published years and a 2027 that a test makes up: three days off at New Year."""
    days = tuple(CalendarDay(date(2027, 1, day), DayKind.holiday, "元旦") for day in (1, 2, 3))
    made_up = CalendarYear(2027, days, ("https://example.org/notice",))
    return make_calendar((*current_calendar().years, made_up))


@pytest.fixture
def house(db: None, tmp_path: Path) -> House:
    """A house just before the year whose notice is not out."""
    built = build_house(tmp_path)
    built.clock.at = datetime(2026, 12, 30, 10, 0, tzinfo=CHINA)
    return built


def publish(house: House, calendar: Calendar) -> House:
    """The same house after the new file arrived."""
    shelf = house.world.rules
    shelf._calendar = lambda: calendar
    house.world.cases._calendar = lambda: calendar
    return house


def opened(house: House, number: str) -> Case:
    """The case as the engine sees it."""
    found = house.world.cases.open(system(OPERATOR), number)
    assert found is not None
    return found.case


def work(house: House) -> None:
    """Empty the outbox of everything that is due."""
    while perform(run_jobs(house.world)):
        pass


def test_running_clocks_are_recounted_and_no_announced_date_moves_earlier(house: House) -> None:
    number = house.served()
    before = next(d for d in opened(house, number).deadlines if d.act == "answer")
    assert before.provisional

    publish(house, with_2027())
    perform(announce_calendar(house.world))
    work(house)

    after = next(d for d in opened(house, number).deadlines if d.act == "answer")
    assert not after.provisional
    assert after.calendar_version == with_2027().version != before.calendar_version
    assert (after.act_by, after.due_at) >= (before.act_by, before.due_at)


def test_announcing_twice_recounts_once(house: House) -> None:
    number = house.served()
    publish(house, with_2027())
    for _ in range(2):
        perform(announce_calendar(house.world))
        work(house)
    version = opened(house, number).version
    assert Job.objects.filter(kind="calendar").count() == 1
    assert Job.objects.filter(kind="revise", done_at__isnull=False).count() == 1
    perform(announce_calendar(house.world))
    work(house)
    assert opened(house, number).version == version


def test_a_closed_case_is_left_alone(house: House) -> None:
    from recourse.actions.withdraw_case import withdraw_case

    number = house.served()
    house.do(withdraw_case(house.world, actor=house.complainant(number), number=number, reason="不投诉了"))
    publish(house, with_2027())
    perform(announce_calendar(house.world))
    work(house)
    assert not Job.objects.filter(kind="revise").exists()


def test_many_cases_are_queued_page_by_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recourse.actions.revise_calendars.PAGE", 2)
    numbers = [house.served() for _ in range(5)]
    publish(house, with_2027())
    perform(announce_calendar(house.world))
    work(house)
    assert not any(d.provisional for n in numbers for d in opened(house, n).deadlines if d.act == "answer")
    assert Job.objects.filter(kind="calendar").count() == 3


def test_a_clock_that_starts_later_counts_with_the_newest_calendar(house: House) -> None:
    number = house.file()
    publish(house, replace(with_2027()))
    house.prove(number)
    key = f"notice-{number}"
    from recourse.actions.serve_notice import serve_notice

    contact = house.merchant_contact
    house.do(serve_notice(house.world, number=number, operator=OPERATOR, contact=contact, key=key))
    answer = next(d for d in opened(house, number).deadlines if d.act == "answer")
    assert answer.calendar_version == with_2027().version and not answer.provisional
