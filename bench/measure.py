# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One database, measured: `python -m bench.measure --sizes 1000,100000 --rounds 3 --seconds 3 --out FILE`.

The environment names data folder and database. Ours and the floor of each line are measured right after another in
every round, so that a busy neighbour slows both.
"""

import argparse
import json
import os
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench import calibration, load
from bench.load import Result, Visit

WARM_UP_SECONDS = 1.5
PERSONS = 200
DUE = 1000


@dataclass
class Line:
    """One measured thing: medians over the rounds. Rates are visits a second, times are milliseconds."""

    cases: int
    key: str
    clients: int
    rate: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    floor: float = 0.0
    ratio: float = 0.0
    failed: int = 0
    generator: float = 0.0  # share of one processor that the clients took
    cost: float = 0.0  # milliseconds of processor time of one visit
    why: str = ""
    rounds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class _Subject:
    """What is measured: a source of visits for each round, and the same for its floor."""

    key: str
    clients: tuple[int, ...]
    ours: Callable[[], Iterator[Visit]]
    floor: Callable[[], Iterator[Visit]]


def main(arguments: list[str]) -> int:
    """Measure and write the results as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--due", type=int, default=DUE)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    os.environ.setdefault("RECOURSE_BEHIND_PROXY", "1")
    # Told to stop, the servers under load are stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sizes = [int(part) for part in given.sizes.split(",")]
    found = measure(sizes, rounds=given.rounds, seconds=given.seconds, due=given.due)
    given.out.write_text(json.dumps(found, ensure_ascii=False, indent=1))
    return 0


def measure(sizes: list[int], *, rounds: int, seconds: float, due: int) -> dict[str, Any]:
    """Everything about one database, growing from size to size."""
    from recourse.cli.opening import open_installation
    from recourse.core.problem import Problems

    world = open_installation()
    assert not isinstance(world, Problems), world
    from django.core.management import call_command
    from django.db import connection

    from bench import deciding, seed
    from bench.sweeping import Sweeps
    from recourse.webkit.garbage import collect_rarely

    call_command("collectstatic", interactive=False, verbosity=0)
    house = seed.found_house(world)
    # The sweep runs in this process, which therefore collects as the worker does.
    collect_rarely()
    found: dict[str, Any] = {
        "engine": _engine(),
        "calibration": calibration.calibrate(),
        "decide": deciding.decisions(house),
        "lines": [],
        "sweeps": [],
        "seeding": [],
    }
    done = 0
    for size in sizes:
        began = time.perf_counter()
        seed.seed(house, done, size)
        found["seeding"].append({"cases": size - done, "seconds": time.perf_counter() - began})
        _say(f"{connection.vendor}: {size} cases are there")
        done = size
        sweeps = Sweeps(world, house, count=due, among=size)
        times = [sweeps.run() for _ in range(rounds)]
        ours, alone, bare = (statistics.median(part) for part in zip(*times, strict=True))
        found["sweeps"].append({"cases": size, "due": due, "seconds": ours, "alone": alone, "bare": bare})
        _say(f"sweep of {due}: {ours:.2f} s, by one worker {alone:.2f} s (bare {bare:.3f} s)")
        found["lines"] += [asdict(line) for line in _pages(world, size, rounds=rounds, seconds=seconds)]
        # Cases that were swept must not be due again on the next size.
        house = seed.refreshed(house, house.now + timedelta(seconds=1))
    found["load_at_the_end"] = os.getloadavg()[0]
    return found


def _engine() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _pages(world: Any, size: int, *, rounds: int, seconds: float) -> list[Line]:
    from bench.costs import cost
    from bench.server import serving
    from recourse.config.wsgi import application

    subjects = _subjects(world, size, seconds=seconds)
    costs = {subject.key: cost(application, subject.ours()) for subject in subjects}
    lines: list[Line] = []
    with serving() as port, serving(settings="bench.floor_settings") as floor_port:
        for subject in subjects:
            for clients in subject.clients:
                line = _line(subject, size, clients, port, floor_port, rounds=rounds, seconds=seconds)
                line.cost = costs[subject.key]
                lines.append(line)
                _say(
                    f"{size} {line.key:12} {line.cost:5.1f} ms {clients:2} clients {line.rate:8.1f}/s "
                    f"floor {line.floor:8.1f}/s "
                    f"{line.ratio:5.0%} p95 {line.p95:.0f} ms {line.why}"
                )
    return lines


def _line(
    subject: _Subject, size: int, clients: int, port: int, floor_port: int, *, rounds: int, seconds: float
) -> Line:
    load.run(port, subject.ours(), clients=clients, seconds=WARM_UP_SECONDS)
    load.run(floor_port, subject.floor(), clients=clients, seconds=WARM_UP_SECONDS / 2)
    ours: list[Result] = []
    floors: list[Result] = []
    for _ in range(rounds):
        ours.append(load.run(port, subject.ours(), clients=clients, seconds=seconds))
        floors.append(load.run(floor_port, subject.floor(), clients=clients, seconds=seconds))
    line = Line(size, subject.key, clients)
    line.rounds = [result.rate for result in ours]
    line.rate = statistics.median(line.rounds)
    line.p50 = statistics.median(result.percentile(0.5) * 1000 for result in ours)
    line.p95 = statistics.median(result.percentile(0.95) * 1000 for result in ours)
    line.floor = statistics.median(result.rate for result in floors)
    line.ratio = statistics.median(
        mine.rate / floor.rate if floor.rate else 0.0 for mine, floor in zip(ours, floors, strict=True)
    )
    line.failed = sum(result.failed for result in (*ours, *floors))
    line.generator = max(result.generator_seconds / result.seconds for result in (*ours, *floors))
    line.why = next((result.why for result in (*ours, *floors) if result.why), "")
    return line


def _subjects(world: Any, size: int, *, seconds: float) -> list[_Subject]:
    import secrets

    from bench import visits
    from bench.seed import OPERATOR
    from bench.stories import CASES_PER_PERSON, COMMON_WORD, RARE_WORD

    until = world.clock.now() + timedelta(days=1)
    whole = max(1, size // CASES_PER_PERSON)
    step = max(1, whole // PERSONS)
    people = visits.signed_in([f"{index:032x}" for index in range(0, whole, step)], until=until)
    file = visits.exhibit()

    def drafts(most: int) -> list[tuple[str, str]]:
        count = int(most * seconds) + 64
        return visits.filings(world, operator=OPERATOR, count=count, run=secrets.token_hex(4), until=until)

    subjects = [
        _Subject(
            "file",
            (1, 8, 32),
            lambda: visits.hand_in(drafts(350)),
            lambda: visits.floor_posts("/insert"),
        ),
        _Subject(
            "file_200k",
            (1, 8, 32),
            lambda: visits.hand_in_with_file(drafts(200), file=file),
            lambda: visits.floor_posts("/insert", file=file),
        ),
        _Subject(
            "walk",
            (8,),
            lambda: visits.walks(int(60 * seconds) + 32, run=secrets.token_hex(4)),
            lambda: visits.floor_posts("/insert"),
        ),
        _Subject(
            "case",
            (1, 8, 32),
            lambda: visits.case_pages(people, size=size),
            lambda: visits.floor_cases(size=size),
        ),
        _Subject("own", (8,), lambda: visits.own_lists(people), lambda: visits.floor_lists(people)),
    ]
    if find_spec("recourse.desk") and find_spec("recourse.desk.urls"):
        held = agent(visits, until)
        subjects += [
            _Subject("queue", (8,), lambda: visits.queues(held), lambda: visits.floor_visits("/queue")),
            *(
                _Subject(
                    key,
                    (8,),
                    lambda word=word: visits.searches(held, word=word),  # type: ignore[misc]
                    lambda word=word: visits.floor_finds(word),  # type: ignore[misc]
                )
                for key, word in (("search_rare", RARE_WORD), ("search_common", COMMON_WORD))
            ),
        ]
    subjects.append(
        _Subject(
            "empty",
            (8,),
            lambda: visits.empty_pages(),
            lambda: visits.floor_visits("/empty"),
        )
    )
    return subjects


def agent(visits: Any, until: Any) -> str:
    from bench.seed import OPERATOR
    from recourse.core.actor import Role
    from recourse.store.models import Staff
    from recourse.store.operators import add_staff

    account = Staff.objects.filter(username="bench-agent").first() or add_staff(
        "bench-agent", operator=OPERATOR, role=Role.agent, display_name="小陈", password=None
    )
    return visits.at_the_desk(account, until=until)  # type: ignore[no-any-return]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
