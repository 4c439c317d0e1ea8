# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Programs in every seat of the access table, two houses, and a case for every relation."""

from collections.abc import Mapping
from dataclasses import dataclass

from recourse.actions.add_token import revoke_token
from recourse.core.actor import Actor, Role, Via
from recourse.core.address import Address
from recourse.core.token import Scope
from recourse.store import operators, register
from recourse.store.register import Entry
from tests.api.program import ALL, FOREIGN, Program, foreign_program, owner, program
from tests.config import access_table as t
from tests.desk.desk_people import account, told_case
from tests.previews import look_at
from tests.store.house import OPERATOR, PLATFORM, START, House


@dataclass(frozen=True)
class Seat:
    """A program, and whom it says it acts for."""

    program: Program
    acts_for: str = ""


@dataclass(frozen=True)
class Programs:
    """The seats by name, the numbers by relation, and what else exists in the house."""

    house: House
    seats: Mapping[str, Seat]
    numbers: Mapping[str, str]
    lacking: Mapping[Scope, Program]  # every scope but one

    def version(self, number: str) -> int:
        """How many events a case has."""
        for operator in (OPERATOR, FOREIGN):
            opened = self.house.world.cases.open(Actor("x", Role.system, operator, Via.worker), number)
            if opened is not None:
                return opened.case.version
        return 0


def gather(house: House, *, story: str = "") -> Programs:
    """Set up both houses and seat every program."""
    number = told_case(house, **({"story": story} if story else {}))
    look_at(house, number, 1)
    other = house.served(complainant={"name": "别人", "email": "other@example.cn"})
    unserved = house.file(complainant={"name": "第三人", "email": "third@example.cn"})
    foreign = foreign_program(house, seat="owner")
    elsewhere = house.file(
        by=Actor("newcomer", Role.complainant, FOREIGN, Via.portal),
        complainant={"name": "外人", "email": "foreign@example.cn"},
    )
    next_door = Entry(name="隔壁店", contacts=(Address("mail", "next@door.example.cn"),))
    other_merchant = register.add_respondent(OPERATOR, PLATFORM, next_door, now=START)
    mine, dead = program(house, seat="owner"), program(house)
    house.do(revoke_token(house.world, actor=owner(), token=dead.id))
    person, another = house.complainant(number).id, house.complainant(other).id
    neutral = account(Role.neutral)
    operators.add_staff(
        "foreign-neutral", operator=FOREIGN, role=Role.neutral, display_name="外中立", password=None
    )
    seats = {
        "agent token": Seat(program(house, seat="agent")),
        "owner token": Seat(mine),
        "auditor token": Seat(program(house, seat="auditor")),
        t.COMPLAINANT: Seat(mine, f"complainant:{person}"),
        t.OTHER_COMPLAINANT: Seat(mine, f"complainant:{another}"),
        t.MERCHANT: Seat(mine, f"respondent:{house.merchant}"),
        t.OTHER_MERCHANT: Seat(mine, f"respondent:{other_merchant}"),
        t.NEUTRAL: Seat(mine, f"staff:{neutral.public_id}"),
        t.FOREIGN: Seat(foreign),
        t.FOREIGN_FOR: Seat(foreign, f"complainant:{person}"),
        t.NO_SEAT: Seat(program(house, seat="")),
        t.DEAD: Seat(dead),
        t.NONE: Seat(Program("")),
    }
    numbers = {
        "own": number,
        "not served yet": unserved,
        "another complainant's": other,
        "another operator's": elsewhere,
        "absent": "0000-0000-0000",
    }
    lacking = {
        scope: program(house, scopes=tuple(item for item in ALL if item != scope.value)) for scope in Scope
    }
    return Programs(house, seats, numbers, lacking)
