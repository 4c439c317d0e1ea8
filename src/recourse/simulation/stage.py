# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The stage that a run is played on: rulebooks and calendars read once, houses with their registers and records."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache

from recourse.core.actor import Actor, Role, Via
from recourse.core.calendar import CHINA, REACH_BACK, Calendar, make_calendar
from recourse.core.deadline.service import ServiceHours
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.triage.lexicon import Lexicon
from recourse.core.vocabulary import OnMiss, Party
from recourse.gateways.lexicon_file import load_lexicon
from recourse.gateways.rule_files import current_calendar, current_platforms, load_rulebook
from recourse.simulation.dice import Dice
from recourse.simulation.engine import milliseconds
from recourse.simulation.playbill import Playbill
from recourse.simulation.registry import Contact, FakeRecord, FakeRegister, Listed
from recourse.simulation.working_days import TrueCalendar

# The day whose law and playbooks every run is played under: a run must not change because a day has passed.
DAY_OF_THE_RULES = date(2026, 9, 21)
LAST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Library:
    """What is read from files, once for each process."""

    rulebooks: dict[str, Rulebook]
    strict: dict[str, Rulebook]  # the same, with silence deciding where a playbook lets it move the case on
    bills: dict[str, Playbill]
    lexicon: Lexicon
    calendar: Calendar
    before: Calendar  # the same without the last year
    truth: TrueCalendar


@cache
def library() -> Library:
    """Every playbook of the folder, the words of triage, the calendar with and without its last year."""
    rulebooks: dict[str, Rulebook] = {}
    for platform in sorted(current_platforms()):
        found = load_rulebook(platform, on=DAY_OF_THE_RULES)
        if isinstance(found, Problems):
            raise RuntimeError(f"{platform}: {found.items[0].field}: {found.items[0].message.en}")
        rulebooks[platform] = found
    lexicon = load_lexicon()
    if isinstance(lexicon, Problems):
        raise RuntimeError(lexicon.items[0].message.en)
    years = [item for item in current_calendar().years if item.year <= LAST_YEAR]
    whole = make_calendar(years)
    return Library(
        rulebooks=rulebooks,
        strict={platform: _strict(rules) for platform, rules in rulebooks.items()},
        bills={platform: Playbill(rules) for platform, rules in rulebooks.items()},
        lexicon=lexicon,
        calendar=whole,
        before=make_calendar([item for item in years if item.year < LAST_YEAR]),
        truth=TrueCalendar(whole, until=date(LAST_YEAR, *REACH_BACK)),
    )


def _strict(rules: Rulebook) -> Rulebook:
    """The rules of an operator under which a respondent may accept that its silence grants the claim."""
    ladder = tuple(
        replace(
            rung,
            deadlines=tuple(
                replace(spec, on_miss=OnMiss.default)
                if spec.who is Party.respondent and spec.on_miss is OnMiss.escalate
                else spec
                for spec in rung.deadlines
            ),
        )
        for rung in rules.playbook.ladder
    )
    return replace(rules, playbook=replace(rules.playbook, ladder=ladder))


@dataclass(slots=True)
class House:
    """One operator on one platform, with its people and the merchants of its register."""

    operator: str
    bill: Playbill
    agent: Actor
    owner: Actor
    neutrals: tuple[Actor, Actor]
    listed: list[Listed] = field(default_factory=list)

    def respondent_name(self, dice: Dice) -> str:
        """Somebody of the register; now and then somebody who is not in it."""
        return "没登记的店" if dice.percent(8) or not self.listed else dice.pick(self.listed).name


def build_house(dice: Dice, operator: str, bill: Playbill, register: FakeRegister, dead: set[str]) -> House:
    """An operator with two merchants; some of their addresses do not exist."""

    def staff(name: str, role: Role) -> Actor:
        return Actor(name, role, operator, Via.desk)

    house = House(
        operator,
        bill,
        staff("agent1", Role.agent),
        staff("owner1", Role.owner),
        (staff("neutral1", Role.neutral), staff("neutral2", Role.neutral)),
    )
    platform = bill.playbook.platform
    rungs = [spec.rung for spec in bill.playbook.ladder if not spec.outside_only]
    shares = dice.weighted((("all", 78), ("some", 15), ("none", 7)))
    if shares == "some":
        rungs = [rung for rung in rungs if dice.percent(50)]
    register.rungs[operator, platform] = () if shares == "none" else tuple(rungs)
    if dice.percent(30):
        register.hours[operator] = ServiceHours(time(9), time(18), every_day=dice.percent(50))
    for n in range(2):
        contacts = []
        for m in range(1 + dice.percent(60)):
            id_ = hashlib.sha256(f"{operator}/{n}/{m}".encode()).hexdigest()[:32]
            address = f"{operator}-shop{n}-{m}@example.cn"
            if dice.percent(15):
                dead.add(address)
            contacts.append(Contact(id_, "mail", address))
        listed = Listed(
            id=hashlib.sha256(f"{operator}/{n}".encode()).hexdigest()[:32],
            operator=operator,
            platform=platform,
            name=f"{operator}店{n}",
            accepts_defaults=dice.percent(55),
            contacts=tuple(contacts),
        )
        house.listed.append(listed)
        register.add(listed)
    return house


def add_record(dice: Dice, house: House, register: FakeRegister, record_id: str, paid: int) -> None:
    """The operator imported this record, mostly; it may fail checks."""
    if not dice.percent(75):
        return
    names = sorted({name for item in house.bill.playbook.problems for name in item.checks})
    fails = frozenset(name for name in names if dice.percent(15))
    owner = dice.pick(house.listed).id if dice.percent(40) else ""
    register.records[house.operator, house.bill.playbook.platform, record_id] = FakeRecord(owner, paid, fails)


def start_ms(dice: Dice, *, late_calendar: bool) -> int:
    """When a run begins: where the next year's calendar is missing, in the autumn before."""
    first = datetime(2025, 10, 20, tzinfo=CHINA) if late_calendar else datetime(2025, 11, 5, tzinfo=CHINA)
    days = dice.below(50) if late_calendar else dice.below(300)
    return milliseconds(first) + days * 86_400_000 + dice.below(86_400_000)
