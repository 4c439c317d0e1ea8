# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The bench measures real cases: what it seeds must be what the doors would have written."""

import io
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bench import load, seed, visits
from bench.costs import drive
from bench.deciding import decisions
from bench.load import get, once
from bench.report import write_report
from bench.stories import COMMON_WORD, House, tell
from bench.sweeping import Sweeps
from recourse.config.wiring import world
from recourse.core.actor import system
from recourse.store import search
from recourse.store.access import visible
from recourse.store.chain import broken_at
from recourse.store.models import CaseRow, Job
from recourse.store.rebuild import rebuild

KINDS = ("new", "waiting", "holding", "offered", "climbed", "outside", "due", "closed")


@pytest.fixture
def house(transactional_db: None) -> House:
    return seed.found_house(world())


def test_seeded_cases_equal_what_their_events_say(house: House) -> None:
    for index, kind in enumerate(KINDS):
        seed.seed(house, index, index + 1, kind=kind)
    engine = system(seed.OPERATOR)
    for row in CaseRow.objects.filter(operator=seed.OPERATOR):
        assert rebuild(row.id) is False
        assert broken_at(engine, row.number) is None
    assert CaseRow.objects.filter(operator=seed.OPERATOR).count() == len(KINDS)
    assert Job.objects.filter(done_at__isnull=True, ready_at__lt=house.now).count() == 0


def test_open_cases_wait_and_due_ones_are_due(house: House) -> None:
    waiting = [tell(house, index).case for index in range(40)]
    assert {case.stage for case in waiting} >= {"received", "negotiating", "reviewing", "outside"}
    seed.seed(house, 0, 40)
    seed.seed(house, 100, 105, kind="due")
    due = CaseRow.objects.filter(next_due_at__lte=house.now)
    assert due.count() == 5
    assert search.matching(visible(system(seed.OPERATOR)), COMMON_WORD, by_name=True).exists()


def test_a_sweep_moves_all_that_is_due(house: House) -> None:
    seconds, alone, bare = Sweeps(world(), house, count=7).run()
    assert seconds > 0 and alone > 0 and bare > 0
    assert CaseRow.objects.filter(rung="operator_support").count() == 14


def test_decisions_are_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.deciding._SECONDS", 0.01)
    assert all(rate > 0 for rate in decisions(house).values())


@pytest.fixture
def answering() -> Iterator[int]:
    """A server that says ok to each request."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with connection:
            while connection.recv(65_536):
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 2\r\n\r\nok"
                )

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield int(listening.getsockname()[1])
    listening.close()


def test_a_load_counts_what_went_well_and_what_did_not(answering: int) -> None:
    made = [once(get("/"), lambda answer, good=good: good) for good in (True, True, False, True)]
    result = load.run(answering, iter(made), clients=2, seconds=5)
    assert (result.done, result.failed, result.requests) == (3, 1, 4)
    assert result.rate > 0 and result.percentile(0.5) > 0


def test_a_visit_is_played_without_a_network() -> None:
    def application(environment: dict[str, str], start: Any) -> io.BytesIO:
        start("200 OK", [("Content-Length", "3")])
        return io.BytesIO((environment["PATH_INFO"] + environment["QUERY_STRING"]).encode())

    seen: list[bytes] = []
    visit = once(get("/c?q"), lambda answer: not seen.append(answer.body))
    assert drive(application, visit) is True
    assert seen == [b"/cq"]


def test_every_visit_goes_well_on_the_pages_of_today(house: House) -> None:
    seed.seed(house, 0, 20)
    until = house.now + timedelta(days=1)
    people = visits.signed_in([f"{0:032x}"], until=until)
    prepared = visits.filings(world(), operator=seed.OPERATOR, count=2, run="r", until=until)
    played = (
        visits.walks(1, run="r"),
        visits.hand_in(prepared[:1]),
        visits.hand_in_with_file(prepared[1:], file=visits.exhibit()),
        visits.case_pages(people, size=20),
        visits.own_lists(people),
    )
    application = get_wsgi_application()
    assert [drive(application, next(source)) for source in played] == [True] * len(played)


def test_an_answer_tells_its_cookies() -> None:
    answer = load.Answer(302, b"HTTP/1.1 302 Found\r\nLocation: /x\r\nSet-Cookie: s=1; Path=/", b"")
    assert (answer.location, answer.cookie("s"), answer.cookie("t")) == ("/x", "1", "")


def test_the_report_names_what_misses() -> None:
    line = {
        **{"cases": 10, "key": "case", "clients": 8, "rate": 1.0, "p50": 1.0, "p95": 1.0, "floor": 2.0},
        **{"ratio": 0.5, "failed": 0, "generator": 0.1, "why": "", "rounds": [1.0], "cost": 1.0},
    }
    result = {
        "engine": "SQLite",
        "calibration": {"sha256_mb": 1.0, "loop_m": 1.0, "fsync": 1.0, "load": 0.0},
        "decide": {"fold": 1.0},
        "lines": [line],
        "sweeps": [{"cases": 10, "due": 10, "seconds": 0.001, "alone": 0.002, "bare": 0.001}],
        "seeding": [{"cases": 10, "seconds": 1.0}],
        "load_at_the_end": 1000.0,
    }
    text = write_report([result])
    assert "The machine was busy" in text
    assert "✗ ≥ 220" in text and "What misses its target" in text
    assert str(settings.RECOURSE_DATA) not in text
