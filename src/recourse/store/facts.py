# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Facts for a command: checks on imported records, entitlements held, contacts that may be served, what was paid.

The checks are the files `checks/*.sql`, the same that whole-population audits run on other engines. Each reads two
relations, `asked` (what a complaint says) and `record` (what the operator imported), and gives `case_id, passed`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.port import OpenedCase
from recourse.store.entitlements import locked_for
from recourse.store.records import day_number
from recourse.store.repeats import repeats_for
from recourse.store.rows import select, select_among

CHECKS = Path(__file__).resolve().parents[3] / "checks"

_ASKED = ("case_id", "operator", "platform", "kind", "record_id", "today")
_WHOLE_NUMBERS = frozenset({"today"})
_RECORD = (
    "operator, platform, kind, record_id, respondent, amount_fen, refunded_fen, "
    "happened_day, promised_day, delivered_day"
)

# What every deed asks goes without a query builder.
_HAS_RECORDS = "SELECT 1 FROM store_record WHERE operator = %s AND platform = %s LIMIT 1"
_PAID = (
    "SELECT operator, platform, kind, record_id, amount_fen FROM store_record "
    "WHERE operator IN ({}) AND record_id IN ({}) AND amount_fen IS NOT NULL"
)
_CONTACTS = (
    "SELECT contact.operator, respondent.public_id, contact.public_id FROM store_register_contact AS contact "
    "JOIN store_respondent AS respondent ON respondent.id = contact.respondent_id "
    "WHERE respondent.public_id IN ({}) AND contact.verified_at IS NOT NULL AND contact.bounced_at IS NULL "
    "ORDER BY contact.rank, contact.id"
)


@cache
def check_texts() -> Mapping[str, str]:
    """Every check by name: the file's SELECT without its comments and its closing semicolon."""
    return {path.stem: _select(path.read_text("utf-8")) for path in sorted(CHECKS.glob("*.sql"))}


def facts_for(cases: Sequence[OpenedCase], *, now: datetime) -> list[Facts]:
    """The facts of each case, in a fixed number of queries for all of them."""
    paid = _paid([opened.case for opened in cases])
    contacts = _contacts([opened.case for opened in cases])
    locked = locked_for([opened.case for opened in cases])
    checks = run_checks(cases, now=now)
    repeats = repeats_for(cases)
    return [
        Facts(
            checks=checks.get(opened.case.id, {}),
            locked=locked.get(opened.case.id, {}),
            contacts=contacts.get((opened.case.operator, opened.case.respondent.registered), ()),
            paid_fen=paid.get(opened.case.id),
            repeats=repeats.get(opened.case.id, {}),
        )
        for opened in cases
    ]


def run_checks(cases: Sequence[OpenedCase], *, now: datetime) -> dict[str, dict[str, bool]]:
    """By case: the checks its problems name, and whether each holds.

    A case whose operator imported nothing for the platform has no results: nothing is known, which is not "false".
    """
    places = {(item.case.operator, item.case.platform) for item in cases}
    known = {place for place in places if select(_HAS_RECORDS, place)}
    wanted = {
        item.case.id: _wanted(item) for item in cases if (item.case.operator, item.case.platform) in known
    }
    names = sorted({name for found in wanted.values() for name in found})
    if not names:
        return {}
    asked = [_asked(item.case, now=now) for item in cases if wanted.get(item.case.id)]
    results: dict[str, dict[str, bool]] = {}
    for case_id, name, passed in _run(names, asked):
        if name in wanted[case_id]:
            results.setdefault(case_id, {})[name] = bool(passed)
    return results


def _run(names: Sequence[str], asked: Sequence[Sequence[Any]]) -> list[tuple[str, str, int]]:
    """One statement for all checks on all cases."""
    mark = ", ".join(f"CAST(%s AS {'BIGINT' if name in _WHOLE_NUMBERS else 'TEXT'})" for name in _ASKED)
    parts = [
        f"SELECT case_id, '{name}' AS name, passed FROM ({check_texts()[name]}) AS {name}" for name in names
    ]
    query = (
        f"WITH asked ({', '.join(_ASKED)}) AS (VALUES {', '.join([f'({mark})'] * len(asked))}), "
        f"record AS (SELECT {_RECORD} FROM store_record) "
        + " UNION ALL ".join(parts)
        + " ORDER BY case_id, name"
    )
    return select(query, [value for row in asked for value in row])


def _wanted(opened: OpenedCase) -> frozenset[str]:
    """The checks of the case's problems that have a file.

    A playbook that names another is refused when it is read, but a case keeps the rules it was filed under: its own
    may name a check that has gone since, and of that nothing is known.
    """
    ids = {problem.id for problem in opened.case.problems}
    named = {name for item in opened.rules.playbook.problems if item.id in ids for name in item.checks}
    if opened.rules.playbook.instant is not None:
        named.update(opened.rules.playbook.instant.checks_all)
    return frozenset(named & check_texts().keys())


def _asked(case: Case, *, now: datetime) -> tuple[Any, ...]:
    today = day_number(now.astimezone(CHINA).date())
    subject = case.subject
    return (case.id, case.operator, case.platform, subject.kind.value, subject.id, today)


def _paid(cases: Sequence[Case]) -> dict[str, int]:
    rows = select_among(_PAID, {case.operator for case in cases}, {case.subject.id for case in cases} - {""})
    found = {(operator, platform, kind, id_): amount for operator, platform, kind, id_, amount in rows}
    keys = {
        case.id: (case.operator, case.platform, case.subject.kind.value, case.subject.id) for case in cases
    }
    return {case_id: found[key] for case_id, key in keys.items() if key in found}


def _contacts(cases: Sequence[Case]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    registered = {case.respondent.registered for case in cases} - {""}
    for operator, respondent, contact in select_among(_CONTACTS, registered):
        found[operator, respondent] = (*found.get((operator, respondent), ()), contact)
    return found


def _select(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    # A percent sign would be read as a parameter mark.
    return "\n".join(lines).strip().rstrip(";").replace("%", "%%")
