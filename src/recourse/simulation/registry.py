# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The operator's register, its imported records, the rule shelf and the newcomers: set up once, asked often."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from recourse.core.calendar import Calendar
from recourse.core.case.state import Case
from recourse.core.deadline.service import ServiceHours
from recourse.core.problem import Problems, refuse
from recourse.core.rulebook import Rulebook
from recourse.core.triage.lexicon import Lexicon


@dataclass(slots=True)
class Contact:
    """One registered contact of a respondent."""

    id: str
    channel: str
    address: str
    bounced: bool = False


@dataclass(slots=True)
class Listed:
    """One respondent in the register."""

    id: str
    operator: str
    platform: str
    name: str
    accepts_defaults: bool
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class FakeRecord:
    """What the operator imported of one order, draw, card or account. `fails` are the checks it does not pass."""

    respondent: str
    amount_fen: int
    fails: frozenset[str] = frozenset()
    columns: Mapping[str, Any] = field(default_factory=dict)


class FakeRegister:
    """`Register` in memory. Checks are SQL and tested as such: here each record says which it fails."""

    def __init__(self) -> None:
        self.listed: dict[str, Listed] = {}
        self.records: dict[tuple[str, str, str], FakeRecord] = {}
        self.rungs: dict[tuple[str, str], tuple[str, ...]] = {}
        self.hours: dict[str, ServiceHours] = {}
        self._checked: dict[tuple[Any, ...], dict[str, bool]] = {}
        self._seats: dict[tuple[str, str], str] = {}

    def add(self, listed: Listed) -> None:
        """Register a respondent."""
        self.listed[listed.id] = listed
        for contact in listed.contacts:
            self._seats[listed.operator, contact.id] = listed.id

    def service_hours(self, operator: str) -> ServiceHours | None:
        """When the desk is open."""
        return self.hours.get(operator)

    def operated(self, operator: str, platform: str) -> tuple[str, ...]:
        """The rungs that the operator operates for this platform."""
        return self.rungs.get((operator, platform), ())

    def find(self, operator: str, platform: str, name: str, record_id: str) -> tuple[str, str, bool] | None:
        """By the record first, then by name."""
        record = self.records.get((operator, platform, record_id))
        found = self.listed.get(record.respondent) if record is not None else None
        if found is None:
            mine = (
                one for one in self.listed.values() if (one.operator, one.platform) == (operator, platform)
            )
            found = next((one for one in mine if one.name == name), None)
        return None if found is None else (found.id, found.name, found.accepts_defaults)

    def record(self, operator: str, platform: str, record_id: str) -> Mapping[str, object] | None:
        """The imported record."""
        found = self.records.get((operator, platform, record_id))
        return None if found is None else {"amount_fen": found.amount_fen, **found.columns}

    def contact(self, operator: str, contact: str) -> tuple[str, str] | None:
        """(channel, address) of a usable contact."""
        found = self._contact(operator, contact)
        return None if found is None or found.bounced else (found.channel, found.address)

    def bounced(self, operator: str, contact: str) -> None:
        """Not used again."""
        found = self._contact(operator, contact)
        if found is not None:
            found.bounced = True

    def seat(self, operator: str, contact: str) -> str | None:
        """The respondent whose seat a contact opens."""
        return self._seats.get((operator, contact))

    def contacts(self, operator: str, respondent: str) -> tuple[str, ...]:
        """The usable contacts of a respondent, best first."""
        found = self.listed.get(respondent)
        if found is None or found.operator != operator:
            return ()
        return tuple(contact.id for contact in found.contacts if not contact.bounced)

    def paid(self, case: Case) -> int | None:
        """What the records say was paid."""
        found = self.records.get((case.operator, case.platform, case.subject.id))
        return None if found is None else found.amount_fen

    def checks(self, case: Case, rules: Rulebook) -> dict[str, bool]:
        """Each check that the case's problems name, and whether the record passes; without any record nothing."""
        asked = (case.operator, case.platform, case.subject.id, case.problems)
        if asked not in self._checked:
            self._checked[asked] = self._check(case, rules)
        return self._checked[asked]

    def _check(self, case: Case, rules: Rulebook) -> dict[str, bool]:
        if not any(place[:2] == (case.operator, case.platform) for place in self.records):
            return {}
        ids = {problem.id for problem in case.problems}
        wanted = {name for item in rules.playbook.problems if item.id in ids for name in item.checks}
        if rules.playbook.instant is not None:
            wanted.update(rules.playbook.instant.checks_all)
        found = self.records.get((case.operator, case.platform, case.subject.id))
        return {name: found is not None and name not in found.fails for name in sorted(wanted)}

    def _contact(self, operator: str, contact: str) -> Contact | None:
        listed = self.listed.get(self._seats.get((operator, contact), ""))
        return None if listed is None else next(one for one in listed.contacts if one.id == contact)


class FakePeople:
    """`People` in memory: every filing brings a newcomer."""

    def __init__(self, public_id: Callable[[], str]) -> None:
        self._public_id = public_id

    def person_for(self, contact: str) -> str:
        """A newcomer's id, whatever the contact."""
        return self._public_id()


class FakeShelf:
    """`RuleShelf` over rulebooks that were read once; the calendar is the one that is published today."""

    def __init__(
        self,
        rulebooks: Mapping[str, Rulebook],
        *,
        calendar: Callable[[], Calendar],
        lexicon: Callable[[], Lexicon],
    ) -> None:
        self._rulebooks = rulebooks
        self._calendar = calendar
        self._lexicon = lexicon
        self._kept: dict[str, Rulebook] = {}

    def current(self, platform: str) -> tuple[str, Rulebook] | Problems:
        """The rulebook of today, kept by its digest from now on."""
        rules = self._rulebooks.get(platform)
        if rules is None:
            return refuse(
                "unknown_platform",
                field="platform",
                zh="没有这个平台的规程。",
                en="There is no playbook for it.",
                do_zh="换一个平台。",
                do_en="Choose another.",
            )
        calendar = self._calendar()
        digest = f"{platform}@{calendar.version}"
        if digest not in self._kept:
            self._kept[digest] = replace(rules, calendar=calendar)
        return digest, self._kept[digest]

    def read(self, platform: str) -> Rulebook | Problems:
        """The rulebook of today."""
        found = self.current(platform)
        return found if isinstance(found, Problems) else found[1]

    def kept(self, digest: str) -> Rulebook:
        """A rulebook that a case refers to."""
        return self._kept[digest]

    def platforms(self) -> Sequence[str]:
        """The platforms with a playbook."""
        return tuple(sorted(self._rulebooks))

    def calendar(self) -> Calendar:
        """The newest published calendar."""
        return self._calendar()

    def lexicon(self) -> Lexicon:
        """The words that triage listens for."""
        return self._lexicon()
