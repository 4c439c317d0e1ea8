# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.desk_scale`: every list over a million cases on PostgreSQL, and how each finds its rows.

Some cases are made by the real rules with whole histories; the rest are copies of the rows that lists and searches
read, under other numbers, people, shops and days. The result is docs/desk-scale.md.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench import load
from bench.load import Visit, get, once
from tests.postgres import NoPostgres, postgres_url

REPORT = Path(__file__).resolve().parents[1] / "docs" / "desk-scale.md"
# Issue by issue we promise this of every list, with two people asking at once.
TARGET_MS = 150.0
_CLIENTS = 2
# One shop in ten of the copies is the same as in the original, so that some shops have many cases.
_COPY_CASE = """
INSERT INTO store_case ({names})
SELECT {values} FROM store_case, generate_series(%s, %s) AS copy WHERE number LIKE 'B%%' AND number NOT LIKE '%%-%%'
"""
_COPY_SEARCH = """
INSERT INTO store_search (case_id, words)
SELECT md5(case_id || copy), words FROM store_search, generate_series(%s, %s) AS copy
WHERE case_id IN (SELECT id FROM store_case WHERE number LIKE 'B%%' AND number NOT LIKE '%%-%%')
"""
_COPIED = {
    "id": "md5(id || copy)",
    "number": "number || '-' || copy",
    "complainant": "md5(complainant || copy)",
    "complainant_id": "md5(complainant_id || copy)",
    "respondent_registered": "CASE WHEN copy %% 10 = 0 THEN respondent_registered "
    "ELSE left(md5(respondent_registered || copy), 32) END",
    "filed_at": "filed_at - make_interval(mins => copy * 61)",
    "updated_at": "updated_at - make_interval(mins => copy * 61)",
    "next_due_at": "next_due_at + make_interval(mins => copy * 37)",
}


@dataclass
class View:
    """One list: its times in milliseconds, and what its statements do."""

    name: str
    p50: float = 0.0
    p95: float = 0.0
    visits: int = 0
    failed: int = 0
    ways: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Address:
    name: str
    request: bytes
    shows: str = ""


def main(arguments: list[str]) -> int:
    """Start a database, measure in a process of its own, write the report; 1 when a list is too slow."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk_scale")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--real", type=int, default=20_000, help="how many of them have whole histories")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of one load")
    parser.add_argument("--out", type=Path, help="(inner) write the raw result here")
    given = parser.parse_args(arguments)
    if given.out is not None:
        given.out.write_text(json.dumps(_measure(given.cases, given.real, given.seconds), ensure_ascii=False))
        return 0
    try:
        with tempfile.TemporaryDirectory(prefix="recourse-scale-") as folder, postgres_url() as url:
            out = Path(folder) / "result.json"
            environment = {k: v for k, v in os.environ.items() if not k.startswith("RECOURSE_")}
            environment |= {
                "RECOURSE_DATA": f"{folder}/data",
                "RECOURSE_DATABASE_URL": url,
                "RECOURSE_BEHIND_PROXY": "1",
            }
            command = [sys.executable, "-m", "bench.desk_scale", *arguments, "--out", str(out)]
            subprocess.run(command, env=environment, check=True)
            found = json.loads(out.read_text("utf-8"))
    except NoPostgres as reason:
        print(f"NOT MEASURED: {reason}", file=sys.stderr)
        return 1
    text = report(found)
    print(text)
    if given.cases >= 1_000_000:
        REPORT.write_text(text, encoding="utf-8")
    return 0 if all(view["p95"] <= TARGET_MS and not view["whole"] for view in found["views"]) else 1


def multiply(copies: int) -> None:
    """Copy the rows that lists read, `copies` times."""
    from django.db import connection

    from bench.seed import TABLES

    columns = TABLES["store_case"]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(_COPIED.get(name, f'"{name}"') for name in columns)
    with connection.cursor() as cursor:
        for begin in range(1, copies + 1, 5):
            part = [begin, min(begin + 4, copies)]
            cursor.execute(_COPY_CASE.format(names=names, values=values), part)
            cursor.execute(_COPY_SEARCH, part)
            _say(f"copied {part[1]} of {copies} times")
        cursor.execute("VACUUM ANALYZE")


def _measure(cases: int, real: int, seconds: float) -> dict[str, Any]:
    from recourse.cli.opening import open_installation
    from recourse.core.problem import Problems

    world = open_installation()
    assert not isinstance(world, Problems), world
    from django.core.management import call_command
    from django.db import connection

    from bench import seed
    from bench.calibration import describe
    from bench.server import serving

    call_command("collectstatic", interactive=False, verbosity=0)
    house = seed.found_house(world)
    began = time.perf_counter()
    seed.seed(house, 0, min(real, cases))
    multiply(max(0, cases // real - 1))
    seeded = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COUNT(*) FILTER (WHERE closed_at IS NULL) FROM store_case")
        there, still_open = cursor.fetchone()
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    _say(f"{there} cases ({still_open} open) in {seeded:.0f} s")
    addresses = list(_addresses(world))
    views = {address.name: View(address.name) for address in addresses}
    _explain(addresses, views)
    with serving() as port:
        for address in addresses:
            _time(port, address, views[address.name], seconds)
    return {
        "cases": there,
        "open": still_open,
        "real": min(real, cases),
        "seconds": seeded,
        "version": version,
        "machine": ", ".join(f"{name} {value}" for name, value in describe().items()),
        "views": [asdict(view) for view in views.values()],
    }


def _explain(addresses: Sequence[_Address], views: dict[str, View]) -> None:
    from bench.costs import drive
    from bench.plans import plans_of
    from recourse.config.wsgi import pages

    for address in addresses:
        # The first visit reads rules that are kept in memory afterwards.
        drive(pages, once(address.request, lambda _: True))
        for plan in plans_of(lambda one=address: drive(pages, once(one.request, lambda _: True))):  # type: ignore[misc]
            views[address.name].ways += [way for way in plan.ways if way not in views[address.name].ways]
            views[address.name].whole += [
                f"{table}: … {plan.statement[plan.statement.find(' WHERE ') :][:300]}" for table in plan.whole
            ]


def _time(port: int, address: _Address, view: View, seconds: float) -> None:
    def visits() -> Iterator[Visit]:
        while True:
            yield once(
                address.request, lambda answer: answer.status == 200 and address.shows.encode() in answer.body
            )

    load.run(port, itertools.islice(visits(), 40), clients=_CLIENTS, seconds=0.5)
    # A program's token may ask 600 times a minute.
    result = load.run(port, itertools.islice(visits(), 500), clients=_CLIENTS, seconds=seconds)
    view.p50, view.p95 = result.percentile(0.5) * 1000, result.percentile(0.95) * 1000
    view.visits, view.failed = result.done, result.failed
    _say(f"{view.p50:7.1f} {view.p95:7.1f} ms {view.visits:5} visits {view.failed} failed  {view.name}")


def _addresses(world: Any) -> Iterator[_Address]:
    from bench import visits
    from bench.measure import agent
    from bench.stories import COMMON_WORD, PLATFORM, RARE_WORD
    from recourse.core.vocabulary import RungName, Stage

    until = world.clock.now() + timedelta(days=1)
    held = agent(visits, until)
    queues = {"": "", **{f"stage={stage}": f"stage={stage}" for stage in Stage if stage is not Stage.closed}}
    queues |= {f"rung={rung}": f"rung={rung}" for rung in RungName}
    for query in (
        *(f"assigned={who}" for who in ("mine", "nobody")),
        *(f"due={when}" for when in ("today", "over")),
        *(f"severity={how}" for how in ("heavy", "ordinary")),
        *(
            f"platform={PLATFORM}",
            f"platform={PLATFORM}&stage=appealed&severity=heavy",
            "closed=1",
            "closed=1&stage=closed",
        ),
        "assigned=nobody&due=today&severity=heavy",
    ):
        queues[query] = query
    for name, query in queues.items():
        yield _Address(f"desk ?{name}" if name else "desk queue", get(f"/desk/?{query}", cookies=held))
    for name, word in (
        ("rare", RARE_WORD),
        ("common", COMMON_WORD),
        ("two words", f"{RARE_WORD} {COMMON_WORD}"),
    ):
        yield _Address(f"desk search, {name}", get(f"/desk/?q={quote(word)}", cookies=held))
    yield from _later_pages(held)
    person = f"{0:032x}"
    yield _Address("own list", get("/cases", cookies=visits.signed_in([person], until=until)[person]))
    yield from _programs(world)


def _later_pages(held: str) -> Iterator[_Address]:
    """The hundredth page of a list costs what the first does: its cursor is an address like any other."""
    from bench.seed import OPERATOR
    from recourse.core.actor import Actor, Role, Via
    from recourse.queries.desk_queue import Filters, desk_queue
    from recourse.webkit.world import world

    actor = Actor("bench", Role.agent, OPERATOR, Via.desk)
    for name, filters in (("", Filters()), ("closed=1", Filters(closed=True))):
        after = ""
        for _ in range(100):
            page = desk_queue(actor, filters=filters, now=world().clock.now(), after=after)
            after = page.after or after
        yield _Address(f"desk ?{name} page 101", get(f"/desk/?{name}&after={quote(after)}", cookies=held))


def _programs(world: Any) -> Iterator[_Address]:
    from bench.seed import OPERATOR
    from bench.stories import COMMON_WORD, RARE_WORD
    from recourse.actions.add_token import add_token
    from recourse.actions.story import perform
    from recourse.core.actor import Actor, Role, Via

    owner = Actor("bench-owner", Role.owner, OPERATOR, Via.cli)
    paths = {
        f"API cases{query}": f"/cases{query}"
        for query in ("", "?stage=appealed", "?closed=true", "?assigned=nobody")
    }
    paths |= {
        f"API search, {name}": f"/cases/search?q={quote(word)}"
        for name, word in (("rare", RARE_WORD), ("common", COMMON_WORD))
    }
    for name, path in paths.items():
        # Each with a token of its own: a token may ask so often in a minute only.
        made: Any = perform(
            add_token(world, actor=owner, name=name[:40], scopes=["cases:read"], seat="agent")
        )
        yield _Address(name, _asked(f"/api/v1{path}", made.word))


def _asked(path: str, word: str) -> bytes:
    lines = (
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {word}",
        "Accept: application/json",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def report(found: dict[str, Any]) -> str:
    """The page."""
    views = found["views"]
    slow = [view["name"] for view in views if view["p95"] > TARGET_MS]
    whole = [(view["name"], line) for view in views for line in view["whole"]]
    lines = [
        "# 一百万件时的列表 The lists over a million cases",
        "",
        "`python -m bench.desk_scale` 生成，请勿手改。Written by `python -m bench.desk_scale`; do not edit.",
        "",
        f"PostgreSQL {found['version']}, {found['cases']:,} cases, {found['open']:,} of them open; {found['real']:,} made by the "
        "real rules with whole histories, the others copies of the rows that lists and searches read. "
        f"Machine: {found['machine']}. Web server, database and the {_CLIENTS} clients share the processors. "
        f"Target: every list answers within {TARGET_MS:.0f} ms at the 95th percentile, and none reads a growing table whole.",
        "",
        f"Median of all lists {statistics.median(view['p50'] for view in views):.0f} ms. "
        + (f"**Too slow: {', '.join(slow)}.** " if slow else "No list is too slow. ")
        + ("**Whole tables are read: see below.**" if whole else "No growing table is read whole."),
        "",
        "| list | p50 ms | p95 ms | visits | ways to the rows |",
        "|---|--:|--:|--:|---|",
    ]
    for view in views:
        ways = ", ".join(
            way
            for way in view["ways"]
            if any(part in way for part in ("store_case", "store_search")) or "Index" in way
        )
        failed = f" ({view['failed']} failed)" if view["failed"] else ""
        lines.append(
            f"| {view['name']} | {view['p50']:.0f} | {view['p95']:.0f} | {view['visits']}{failed} | {ways} |"
        )
    if whole:
        lines += ["", "## 读了整张表的 Whole tables", "", *(f"- {name}: `{line}`" for name, line in whole)]
    return "\n".join(lines) + "\n"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
