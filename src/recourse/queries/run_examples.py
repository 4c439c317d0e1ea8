# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Does a playbook do what its examples say? Runs `examples.yaml` through triage, engine and calendar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from recourse.core.actor import Actor, Role, Via, system
from recourse.core.case import commands as c
from recourse.core.case.decide import decide
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.claim import Claim, carries_money
from recourse.core.deadline.deadline import Deadline, listed, start
from recourse.core.deadline.length import parse_length
from recourse.core.money import parse_yuan
from recourse.core.playbook.example import Example, ExpectedDate
from recourse.core.playbook.types import DeadlineSpec, ProblemType
from recourse.core.problem import Problem, Problems
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceKind, EvidenceState, RemedyKind
from recourse.gateways.rule_files import load_examples, load_rulebook
from recourse.queries.propose_problems import propose_problems


@dataclass(frozen=True, slots=True)
class Ran:
    """One example that was run: its name and every column that differs; none means that it holds."""

    name: str
    problems: tuple[Problem, ...]


def run_examples(folder: Path) -> tuple[Ran, ...] | Problems:
    """Run the decision table of one playbook. Refused when playbook, law, calendar or table cannot be read."""
    loaded = load_examples(folder)
    if isinstance(loaded, Problems):
        return loaded
    examples, tree = loaded
    rows = []
    for index, example in enumerate(examples.examples):
        on = date.fromisoformat(example.record.happened_on or example.filed_at[:10])
        rules = load_rulebook(folder.name, on=on, root=folder.parent)
        if isinstance(rules, Problems):
            return rules
        where = f"examples[{index}].expect"
        found = (tree.place(_problem(f"{where}.{path}", *told)) for path, *told in _run(example, rules))
        rows.append(Ran(example.name, tuple(found)))
    return tuple(rows)


def _run(example: Example, rules: Rulebook) -> Iterator[tuple[str, object, object]]:
    """The columns that differ, as (path, what the row says, what came out)."""
    want = example.expect
    have = {kind for kind, state in example.evidence.items() if state is EvidenceState.have}
    triage = propose_problems(
        example.situation,
        facts={**example.answers, **_facts(example)},
        playbook=rules.playbook,
        today=date.fromisoformat(example.filed_at[:10]),
        have=have,
    )
    if isinstance(triage, Problems):
        yield "problem", want.problem, triage.items[0].message.zh
        return
    first = triage.proposals[0].id if triage.proposals else "（没有合适的）"
    if first != want.problem:
        yield "problem", want.problem, first
    problem = next((item for item in rules.playbook.problems if item.id == want.problem), None)
    if problem is None:
        return
    missing = tuple(kind for kind in problem.evidence.needed if kind not in have)
    if missing != want.missing or (
        triage.proposals and first == want.problem and triage.missing_evidence != missing
    ):
        yield "missing", _words(want.missing), _words(missing)
    offered = _offered(problem, rules, example.answers)
    if offered != want.remedies:
        yield "remedies", _words(want.remedies), _words(offered)
    case = _filed(example, rules, problem, offered)
    rung = case.rung if isinstance(case, Case) else case.items[0].message.zh
    if rung != want.first_rung:
        yield "first_rung", want.first_rung, rung
    for index, expected in enumerate(want.dates):
        yield from _date(f"dates[{index}]", expected, rules)


def _facts(example: Example) -> dict[str, object]:
    record = example.record
    days = {name: getattr(record, name) for name in ("happened_on", "promised_on", "received_on")}
    return {name: value for name, value in days.items() if value}


def _offered(problem: ProblemType, rules: Rulebook, answers: Mapping[str, str]) -> tuple[RemedyKind, ...]:
    def fits(when: Mapping[str, tuple[str, ...]]) -> bool:
        return all(answers.get(key, values[0]) in values for key, values in when.items())

    specs = {spec.kind for spec in rules.playbook.remedies if fits(spec.when)}
    return tuple(kind for kind in problem.remedies if kind in specs)


def _filed(
    example: Example, rules: Rulebook, problem: ProblemType, offered: tuple[RemedyKind, ...]
) -> Case | Problems:
    """The case after filing, with every rung operated that can be: a complainant who demands all that is offered."""
    record, now = example.record, datetime.fromisoformat(example.filed_at)
    amount = parse_yuan(record.amount)
    happened, promised, received = (
        date.fromisoformat(day) if day else None
        for day in (record.happened_on, record.promised_on, record.received_on)
    )
    filing = c.FileComplaint(
        id="example",
        number=example.name,
        complainant_id="complainant",
        complainant_name="投诉人",
        contact="complainant@example.org",
        respondent_name="被投诉人",
        respondent_registered="register",
        accepts_defaults=False,
        subject=Subject(
            rules.playbook.subject,
            record.id,
            amount_fen=amount,
            happened_on=happened,
            promised_on=promised,
            received_on=received,
        ),
        story=example.situation,
        problems=(problem.id,),
        confirmed=True,
        claims=tuple(Claim(kind, amount if carries_money(kind) else None) for kind in offered),
        answers_given=example.answers,
        evidence=example.evidence,
        operated=tuple(spec.rung for spec in rules.playbook.ladder if not spec.outside_only),
        rulebook="example",
    )
    facts = Facts(contacts=("register@example.org",))
    person = Actor("complainant", Role.complainant, "example", Via.cli)
    filed = decide(None, filing, actor=person, rules=rules, facts=facts, now=now)
    if isinstance(filed, Problems):
        return filed
    proven = decide(
        filed.case, c.ProveContact("code"), actor=system("example"), rules=rules, facts=facts, now=now
    )
    return proven if isinstance(proven, Problems) else proven.case


def _date(path: str, expected: ExpectedDate, rules: Rulebook) -> Iterator[tuple[str, object, object]]:
    spec = next((item for item in _clocks(expected, rules) if item.act == expected.act), None)
    if spec is None:
        yield f"{path}.act", expected.act, "（没有这个期限）"
        return
    begun = _begun(spec, datetime.fromisoformat(expected.started), rules)
    for name in ("nominal_end", "act_by", "due_at"):
        said = getattr(expected, name) or (expected.due_at if name == "act_by" else "")
        got = getattr(begun, name)
        if said and got != datetime.fromisoformat(said):
            yield f"{path}.{name}", said, got.isoformat() if got else "（没有日期）"


def _clocks(expected: ExpectedDate, rules: Rulebook) -> tuple[DeadlineSpec, ...]:
    if expected.channel:
        found = (item.deadlines for item in rules.playbook.channels if item.id == expected.channel)
    elif expected.rung is not None:
        found = (item.deadlines for item in rules.playbook.ladder if item.rung is expected.rung)
    else:
        return rules.playbook.deadlines
    return next(found, ())


def _begun(spec: DeadlineSpec, at: datetime, rules: Rulebook) -> Deadline:
    length = parse_length(spec.length)
    assert not isinstance(length, Problems), "a checked playbook has only lengths that can be counted"
    waiting = listed(spec, id="example", scope="example", length=length)
    return start(waiting, at=at, by=spec.starts_when.value, calendar=rules.calendar)


def _words(items: tuple[EvidenceKind, ...] | tuple[RemedyKind, ...]) -> str:
    return "、".join(item.value for item in items) or "（没有）"


def _problem(field: str, said: object, got: object) -> Problem:
    return Problem(
        "example_differs",
        field,
        Text(f"表里写的是 {said}，算出来是 {got}", f"The row says {said}, the result is {got}"),
        Text("改规程，或者改这一行", "Change the playbook, or this row"),
    )
