# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse simulate`: cases played in memory with faults, and what of it broke. Touches no data of this installation."""

import json
import logging
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

_NAMES = {
    "cases": "案件 cases",
    "commands": "请求 commands",
    "events": "事件 events",
    "faults": "故障 faults",
    "lost_commands": "丢失的请求 lost commands",
    "double_remedies": "重复给付 double remedies",
    "missed_deadlines": "漏掉的期限 missed deadlines",
    "early_deadlines": "提前的期限 early deadlines",
    "illegal_transitions": "不合规的变化 illegal transitions",
    "stuck_cases": "卡住的案件 stuck cases",
    "log_head": "记录摘要 log head",
    "seconds": "秒 seconds",
}
_SHOWN = 10


def simulate(given: Namespace) -> int:
    """Play; 0 when all held, 1 when something broke or the run was blind."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")
    import django

    django.setup()
    # Faults make the product log what it should; a thousand runs of it are of no use here.
    logging.disable(logging.CRITICAL)
    if given.bugs:
        return _bugs(given)
    if given.replay is not None:
        return _replay(given)
    from recourse.simulation.runs import simulate as run

    report = run(cases=given.cases, seed=given.seed)
    if given.json:
        print(json.dumps(report.as_json()))
    else:
        for key, value in report.as_json().items():
            print(f"{_NAMES[key]}: {value}")
    for seed, breach in report.breaches[:_SHOWN]:
        print(f"{seed}: {breach.invariant}: {breach.number}: {breach.seen}", file=sys.stderr)
    if given.keep is not None:
        _keep(report.breaches, given.keep)
    if report.blind:
        print(f"没看到的事 never seen: {', '.join(report.blind)}", file=sys.stderr)
    return 0 if report.clean else 1


def _keep(breaches: list[tuple[str, Any]], folder: Path) -> None:
    from recourse.simulation.shrink import Trace, shrink
    from recourse.simulation.stage import library

    platforms = tuple(sorted(library().bills))
    folder.mkdir(parents=True, exist_ok=True)
    first = {breach.invariant: seed for seed, breach in reversed(breaches)}
    for invariant, seed in sorted(first.items()):
        path = folder / f"{invariant}-{seed.replace('/', '-')}.json"
        shrink(Trace(seed, invariant, platforms=platforms)).write(path)
        print(f"{path}", file=sys.stderr)


def _replay(given: Namespace) -> int:
    from recourse.simulation.shrink import read_trace

    breaches = read_trace(given.replay).replay().oracle.breaches
    for breach in breaches:
        print(f"{breach.invariant}: {breach.number}: {breach.seen}")
    return 1 if breaches else 0


def _bugs(given: Namespace) -> int:
    from recourse.simulation.trial import try_all

    results = list(try_all(seed=given.seed))
    found: list[dict[str, Any]] = [result.as_json() for result in results]
    if given.keep is not None:
        _keep_bugs(results, given)
    if given.json:
        print(json.dumps({"bugs": found}, ensure_ascii=False))
    else:
        for one in found:
            print(f"{one['bug']}: {one['found_by']}, seed {one['at']}, {one['also'] or 'alone'}")
    return 0 if all(one["at"] is not None for one in found) else 1


def _keep_bugs(results: list[Any], given: Namespace) -> None:
    from recourse.simulation.shrink import Trace, shrink
    from recourse.simulation.stage import library

    platforms = tuple(sorted(library().bills))
    given.keep.mkdir(parents=True, exist_ok=True)
    for result in results:
        if result.at is not None:
            bug = result.bug
            trace = Trace(f"{given.seed}/{result.at}", bug.found_by, bug=bug.name, platforms=platforms)
            shrink(trace).write(given.keep / f"{bug.name.replace(' ', '-')}.json")
