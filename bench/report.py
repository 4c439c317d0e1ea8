# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""docs/benchmarks.md from the results: what was measured, beside its floor and its target."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.calibration import describe
from recourse.core.calendar import CHINA

REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"

# What each line is called, its floor, and the targets: (rate at 8 clients and the largest size, share of the floor).
_NAMES = {
    "file": ("提交（最后一步） file, last post", "same rows, one transaction"),
    "file_200k": ("上传200 kB再提交 upload 200 kB, then file", "same rows and the file, flushed"),
    "walk": ("走完七步 all seven screens, 15 requests", "same rows, one transaction"),
    "case": ("案件页 case page", "the same rows read"),
    "own": ("我的投诉（20件） own list, 20 cases", "the same rows read"),
    "queue": ("工作台队列 desk queue", "25 rows read"),
    "search_rare": ("搜“茉莉” search, one case in 1,000", "25 rows found and read"),
    "search_common": ("搜“退款” search, most cases", "25 rows found and read"),
    "empty": ("最小的一次应答 smallest answer of ours", "empty view"),
}
_TARGETS: dict[str, tuple[float, float]] = {
    "file": (202.5, 0.6),
    "file_200k": (166.5, 0.0),
    "case": (220.0, 0.0),
    "own": (112.0, 0.0),
    "queue": (64.0, 0.0),
    "search_rare": (60.0, 0.0),
    "search_common": (60.0, 0.0),
}
_PEERS = """\
| | peers | bare Django |
|---|---|--:|
| filing | 135 django-helpdesk, 56 Trac, 42 Roundup, 11 RT | 439 |
| filing with 200 kB | 111 | 256 |
| page | 55 | 376 |
| own list | 10; 28 RT | 101 |
| queue | 16; 52 RT | 318 |
| Chinese search | 2.7 RT, 1.1 django-helpdesk | 128 (indexed) |
| 1,000 due of 100,000 open | 7.2 s django-helpdesk, 17.8 s RT | 0.064 s (SQL) |
"""
_SWEEP_SECONDS = 0.7
# The load we make ourselves: two workers and the clients on two processors.
BUSY = 2.5


def write_report(found: Sequence[dict[str, Any]]) -> str:
    """The whole page."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    machine = describe()
    today = datetime.now(CHINA).date().isoformat()
    yield "# 有多快 How fast it is"
    yield ""
    yield f"`make bench` 于 {today} 生成。Written by `make bench` on {today}; do not edit."
    yield ""
    yield "Machine: " + ", ".join(f"{name} {value}" for name, value in machine.items()) + "."
    yield ""
    yield from _method()
    for result in found:
        yield from _engine(result)
    yield from _missed(found)
    yield "## 同类 Peers"
    yield ""
    yield (
        "Requests a second on a machine of this class (PostgreSQL, 2 workers, 8 clients, 100,000 tickets). "
        "They were measured on another day; the floors above say how this machine compares."
    )
    yield ""
    yield _PEERS


def _method() -> Iterator[str]:
    yield (
        "Each line is the median of the rounds. Ours is granian with two workers on the product's own settings; the "
        "floor is a bare Django view without middleware on the same server and database, measured in turns with ours. "
        "Clients keep their connections, ask again at once and run on the same processors: `gen` is the share of one "
        "processor they took. `CPU ms` is the processor time of one visit in a process by itself, at the cheapest tenth. No worker ran beside the pages. The cases are made by the real rules "
        "(`bench/seed.py`): sealed events, private fields, projections, search words and jobs."
    )
    yield ""
    yield (
        "`file` is the post of the last screen of a whole draft: it reads the session and the draft, decides, commits the "
        "case, drops the draft, writes the sign-in code with its job and the session. With 200 kB it is two requests: "
        "the upload, sealed and flushed to the vault, and the post."
    )
    yield ""


def _engine(result: dict[str, Any]) -> Iterator[str]:
    marks = result["calibration"]
    yield f"## {result['engine']}"
    yield ""
    yield (
        f"Calibration: SHA-256 {marks['sha256_mb']:.0f} MB/s, {marks['loop_m']:.1f} million loop turns of Python a second, "
        f"{marks['fsync']:.0f} flushes of 4 KiB a second; load average at the start {marks['load']:.1f}, at the end {result['load_at_the_end']:.1f}."
    )
    yield ""
    if max(marks["load"], result["load_at_the_end"]) > BUSY * (os.cpu_count() or 1):
        yield (
            "**机器当时很忙。 The machine was busy with other work:** rates are far below what it can do. Compare the "
            "shares of the floor and the processor time, and measure again on a quiet machine."
        )
        yield ""
    seeding = [f"{item['cases']:,} cases in {item['seconds']:.0f} s" for item in result["seeding"]]
    yield f"Seeding: {', '.join(seeding)}."
    yield ""
    for size in sorted({line["cases"] for line in result["lines"]}):
        yield f"### {size:,} 件未结 open cases"
        yield ""
        yield "| | clients | a second | p50 ms | p95 ms | CPU ms | floor | of floor | gen | target |"
        yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"
        for line in result["lines"]:
            if line["cases"] == size:
                yield _row(line)
        yield ""
    yield "### 到期处理 Sweep"
    yield ""
    yield "| open cases | due | seconds, two workers as served | one worker | SQL alone | target |"
    yield "|--:|--:|--:|--:|--:|---|"
    for item in result["sweeps"]:
        per_thousand = item["seconds"] * 1000 / item["due"]
        yield (
            f"| {item['cases']:,} | {item['due']:,} | {item['seconds']:.2f} | {item['alone']:.2f} | "
            f"{item['bare']:.3f} | "
            f"{_mark(per_thousand <= _SWEEP_SECONDS)} ≤ {_SWEEP_SECONDS} s per 1,000 |"
        )
    yield ""
    rates = ", ".join(f"{name} {rate:,.0f}" for name, rate in result["decide"].items())
    yield f"Pure decisions a second on one processor: {rates} (fold: a history of 11 events)."
    yield ""


def _row(line: dict[str, Any]) -> str:
    name, floor = _NAMES[line["key"]]
    failed = f" ({line['failed']} failed: {line['why']})" if line["failed"] else ""
    return (
        f"| {name}{failed} | {line['clients']} | {line['rate']:.0f} | {line['p50']:.0f} | {line['p95']:.0f} | "
        f"{line['cost']:.1f} | {line['floor']:.0f} {floor} | {line['ratio']:.0%} | {line['generator']:.0%} | {_target(line)} |"
    )


def _target(line: dict[str, Any]) -> str:
    if line["key"] not in _TARGETS or line["clients"] != 8:
        return ""
    rate, share = _TARGETS[line["key"]]
    said = f"{_mark(line['rate'] >= rate)} ≥ {rate:.0f}"
    return f"{said}, {_mark(line['ratio'] >= share)} ≥ {share:.0%} of floor" if share else said


def _mark(reached: bool) -> str:
    return "✓" if reached else "✗"


def _missed(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    missed = [
        f"{result['engine']}, {line['cases']:,} cases: {_NAMES[line['key']][0]} {line['rate']:.0f}/s, target {_target(line)}"
        for result in found
        for line in result["lines"]
        if "✗" in _target(line)
    ]
    missed += [
        f"{result['engine']}, {item['cases']:,} cases: sweep {item['seconds']:.2f} s per {item['due']:,}"
        for result in found
        for item in result["sweeps"]
        if item["seconds"] * 1000 / item["due"] > _SWEEP_SECONDS
    ]
    if missed:
        yield "## 没达到的 What misses its target"
        yield ""
        yield from (f"- {item}" for item in missed)
        yield ""
