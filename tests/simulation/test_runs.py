# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The world in memory: nothing breaks in it, and the same seed tells the same story everywhere."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from recourse.cli.main import main
from recourse.simulation.invariants import COUNT_OF, INVARIANTS
from recourse.simulation.must_happen import MUST_HAPPEN, MUST_HAPPEN_SELDOM, unseen
from recourse.simulation.runs import COUNTS, Report, simulate
from recourse.simulation.stage import library

# The rest of 20,000 is played by .ci/run.
CASES = int(os.environ.get("RECOURSE_TEST_SIMULATED_CASES", "1200"))


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Faults make the product log what it should."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_nothing_breaks_and_nothing_that_matters_is_missed() -> None:
    report = simulate(cases=CASES, seed=2026)
    assert report.breaches == []
    assert report.blind == ()
    assert report.cases >= CASES and report.faults >= 3 * report.cases
    assert {f"platform:{name}" for name in library().rulebooks} <= set(report.seen), (
        "all playbooks are played"
    )


def test_one_seed_is_one_story_whoever_tells_it_with_however_many_hands() -> None:
    here = [simulate(cases=60, seed=5, processes=n).as_json() for n in (1, 2)]
    code = (
        "import django; django.setup(); import json, logging; logging.disable(50)\n"
        "from recourse.simulation.runs import simulate\n"
        "print(json.dumps(simulate(cases=60, seed=5, processes=1).as_json()))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "4711"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    there = json.loads(done.stdout.splitlines()[-1])
    for one in (*here, there):
        one.pop("seconds")
    assert here[0] == here[1] == there
    assert simulate(cases=60, seed=6, processes=1).log_head != there["log_head"]


def test_the_command_says_what_design_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--cases", "12", "--seed", "3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["cases", "commands", "events", "faults", *COUNTS, "log_head", "seconds"]
    assert COUNTS == (
        "lost_commands",
        "double_remedies",
        "missed_deadlines",
        "early_deadlines",
        "illegal_transitions",
        "stuck_cases",
    )
    assert all(told[count] == 0 for count in COUNTS)


def test_a_run_that_saw_too_little_says_that_it_was_blind() -> None:
    assert MUST_HAPPEN
    missing = sorted(MUST_HAPPEN)[0]
    seen = dict.fromkeys((MUST_HAPPEN | MUST_HAPPEN_SELDOM) - {missing}, 25)
    assert unseen(seen, cases=20_000) == (missing,)
    assert unseen(seen, cases=900) == (), "too few cases to expect anything"
    assert not Report(blind=("edge:x",)).clean


def test_every_invariant_says_what_it_holds() -> None:
    texts = [text for names in INVARIANTS.values() for text in names.values()]
    assert all(texts) and len(COUNT_OF) == len(texts)
