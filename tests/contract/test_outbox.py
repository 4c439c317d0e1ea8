# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The outbox: queued once, taken on lease, tried again with waits, set aside in the end."""

from datetime import timedelta

from recourse.core.lane import REST, lane_of
from recourse.store.jobs import ATTEMPTS_MAX, NewJob
from tests.contract.conftest import Ground
from tests.store.house import START

LEASE = REST.lease


def job(name: str, minutes: int = 0) -> NewJob:
    """A job of a kind nobody knows."""
    return NewJob("none", name, {"number": "1"}, START + timedelta(minutes=minutes))


def names(taken: object) -> list[str]:
    """The keys of taken jobs, in order."""
    return [one.dedup for one in taken]  # type: ignore[attr-defined]


def test_a_key_is_queued_once_for_all_time(ground: Ground) -> None:
    ground.enqueue([job("a"), job("b", 1)])
    ground.enqueue([job("a", 5)])
    taken = ground.take(START)
    assert names(taken) == ["a"] and taken[0].payload == {"number": "1"} and taken[0].attempts == 1
    assert ground.finish(taken[0], now=START)
    ground.enqueue([job("a")])
    assert names(ground.take(START + timedelta(hours=1))) == ["b"]


def test_who_is_not_done_yet_keeps_the_job(ground: Ground) -> None:
    ground.enqueue([job("a")])
    (first,) = ground.take(START)
    assert ground.renew(first, now=START + LEASE / 2, lease=LEASE)
    assert ground.take(START + LEASE) == []
    (again,) = ground.take(START + LEASE * 2)
    assert not ground.renew(first, now=START + LEASE * 2, lease=LEASE)
    assert ground.renew(again, now=START + LEASE * 2, lease=LEASE)


def test_lanes_do_not_stand_in_one_line(ground: Ground) -> None:
    ground.enqueue([NewJob("webhook", "w", {}, START), job("a")])
    assert names(ground.take(START)) == ["a"]
    assert lane_of("webhook") is not REST


def test_a_job_is_nobody_elses_until_its_lease_ends(ground: Ground) -> None:
    ground.enqueue([job("a"), job("b"), job("c", 10)])
    first = ground.take(START, limit=1)
    assert names(first) == ["a"]
    assert names(ground.take(START)) == ["b"]
    assert ground.take(START + LEASE - timedelta(seconds=1)) == []
    again = ground.take(START + LEASE)
    assert names(again) == ["a", "b", "c"] and again[0].attempts == 2
    # Who lost the lease has no say any more.
    assert not ground.finish(first[0], now=START + LEASE)
    assert not ground.postpone(first[0], until=START)
    assert ground.finish(again[0], now=START + LEASE)


def test_what_fails_waits_longer_every_time_and_is_set_aside_at_last(ground: Ground) -> None:
    ground.enqueue([job("a")])
    now, waits = START, []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        (taken,) = ground.take(now)
        assert taken.attempts == attempt
        dead = ground.fail(taken, now=now, error="OSError")
        assert dead is (attempt == ATTEMPTS_MAX)
        wait = 15 * 2 ** (attempt - 1)
        waits.append(wait)
        assert dead or ground.take(now + timedelta(seconds=wait - 1)) == []
        now += timedelta(seconds=wait)
    assert ground.take(now + timedelta(days=9)) == []


def test_a_job_that_was_taken_too_often_without_an_end_is_set_aside(ground: Ground) -> None:
    ground.enqueue([job("a")])
    now = START
    for _ in range(ATTEMPTS_MAX):
        assert names(ground.take(now)) == ["a"]
        now += LEASE
    assert ground.take(now) == []
    assert ground.take(now + timedelta(days=1)) == []


def test_what_is_put_off_does_not_count_as_a_try(ground: Ground) -> None:
    ground.enqueue([job("a")])
    (taken,) = ground.take(START)
    assert ground.postpone(taken, until=START + timedelta(hours=8))
    assert ground.take(START + timedelta(hours=7)) == []
    (again,) = ground.take(START + timedelta(hours=8))
    assert again.attempts == 1
