# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A small house for store tests: operator, staff, merchant, world; and the deeds that lead a case somewhere."""

import itertools
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from recourse.actions.file_complaint import file_complaint
from recourse.actions.prove_contact import prove_contact
from recourse.actions.run_deadlines import run_deadlines
from recourse.actions.serve_notice import serve_notice
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.address import Address
from recourse.core.calendar import CHINA
from recourse.core.complaint import parse_complaint
from recourse.core.port import Delivery, Receipt, World
from recourse.core.problem import Problems
from recourse.core.triage.lexicon import Lexicon
from recourse.gateways.blobs import local_vault
from recourse.gateways.lexicon_file import load_lexicon
from recourse.gateways.master_keys import MasterKeys
from recourse.gateways.randomness import SystemRandomness
from recourse.gateways.rule_files import current_calendar, load_rulebook, platforms
from recourse.store import operators, register
from recourse.store.blob_keys import BlobKeys
from recourse.store.book import Cases
from recourse.store.fault_point import fault_point
from recourse.store.log import LogTables
from recourse.store.models import RegisterContact
from recourse.store.people import Persons
from recourse.store.register import Entry, MerchantRegister
from recourse.store.sealing import purpose_key
from recourse.store.shelf import Shelf

START = datetime(2026, 9, 21, 10, 0, tzinfo=CHINA)
OPERATOR = "local"
PLATFORM = "kuaishou-shop"
MERCHANT_MAIL = Address("mail", "kefu@merchant.example.cn")


@dataclass
class StandingClock:
    """A clock that moves when told to."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def ahead(self, **length: int) -> None:
        """Let time pass."""
        self.at += timedelta(**length)


@dataclass
class KeptPost:
    """A post office that keeps what it was given."""

    sent: list[dict[str, str]] = field(default_factory=list)

    def send(self, **message: str) -> Delivery:
        self.sent.append(message)
        return Delivery.delivered


def plain_complaint(order: str, **changes: Any) -> dict[str, Any]:
    """A complaint that the playbook takes, as it is written down."""
    return {
        "platform": PLATFORM,
        "story": "直播间买的茶叶收到是碎末，和宣传的不一样，客服一直说正在处理。",
        "complainant": {"name": "王小明", "email": "xiaoming@example.cn"},
        "respondent": {"name": "山间茶铺"},
        "record": {
            "id": order,
            "amount": "129.00",
            "title": "明前龙井250克",
            "received_on": "2026-09-19",
        },
        "problems": ["s3.pt.quality"],
        "demands": [{"kind": "refund", "amount": "129.00"}],
    } | changes


@dataclass
class House:
    """Everything a test needs at hand."""

    world: World
    clock: StandingClock
    post: KeptPost
    merchant: str
    merchant_contact: str
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def staff(self, role: Role = Role.owner, operator: str = OPERATOR) -> Actor:
        """One of the operator's people."""
        return Actor(id=f"staff-{role}", role=role, operator=operator, via=Via.desk)

    def complainant(self, number: str) -> Actor:
        """The person who filed this case."""
        opened = self.world.cases.open(system(OPERATOR), number)
        assert opened is not None
        return Actor(opened.case.complainant.id, Role.complainant, OPERATOR, Via.portal)

    def respondent(self) -> Actor:
        """The merchant, signed in with its registered contact."""
        return Actor(self.merchant_contact, Role.respondent, OPERATOR, Via.portal)

    def complaint(self, **changes: Any) -> Any:
        """A complaint that the playbook takes."""
        order = changes.pop("order", f"KS{next(self.numbers):010d}")
        parsed = parse_complaint(plain_complaint(order, **changes))
        assert not isinstance(parsed, Problems), parsed
        return parsed

    def file(self, *, key: str | None = None, by: Actor | None = None, **changes: Any) -> str:
        """File a complaint; its number."""
        actor = by or Actor("newcomer", Role.complainant, OPERATOR, Via.portal)
        done = self.do(file_complaint(self.world, actor=actor, complaint=self.complaint(**changes), key=key))
        return done.number

    def do(self, story: Generator[Any, Any, Any]) -> Any:
        """Run a story that must succeed."""
        done = perform(story)
        assert not isinstance(done, Problems), done
        return done

    def prove(self, number: str) -> Receipt:
        """The complainant's contact answers."""
        return self.do(prove_contact(self.world, actor=system(OPERATOR), number=number, method="code"))

    def served(self, **changes: Any) -> str:
        """A case whose merchant was served: its number."""
        number = self.file(**changes)
        self.prove(number)
        key = f"notice-{number}"
        self.do(
            serve_notice(self.world, number=number, operator=OPERATOR, contact=self.merchant_contact, key=key)
        )
        return number

    def run_deadlines(self, number: str) -> Any:
        """Carry out what is due on one case."""
        return perform(run_deadlines(self.world, number=number, operator=OPERATOR))


def build_world(folder: Path, *, clock: Any, post: Any) -> World:
    """The real store and vault, with the given clock and post office."""
    merchants = MerchantRegister(clock=clock)
    # As in an installation: the rules lie read beside the data, here once for all workers of a run.
    rules = settings.RECOURSE_DATA / "rules"
    return World(
        clock=clock,
        randomness=SystemRandomness(),
        cases=Cases(register=merchants, calendar=current_calendar),
        rules=Shelf(
            clock=clock,
            load=lambda platform, day: load_rulebook(platform, on=day, cache=rules),
            platforms=platforms,
            lexicon=_lexicon,
            calendar=current_calendar,
        ),
        register=merchants,
        people=Persons(),
        post=post,
        blobs=local_vault(
            folder / "blobs", keys=BlobKeys(clock=clock, masters=masters(folder)), passing=fault_point
        ),
        log=LogTables(),
    )


def masters(folder: Path) -> MasterKeys:
    """The master keys of a test's house."""
    return MasterKeys(folder / "master-keys", root=purpose_key("blob"))


def _lexicon() -> Lexicon:
    found = load_lexicon()
    assert not isinstance(found, Problems), found
    return found


def build_house(folder: Path) -> House:
    """Make operator, settings and register, and the world over them."""
    clock, post = StandingClock(), KeptPost()
    operators.ensure_operator(OPERATOR, name_zh="本地", name_en="Local", kind="platform", now=START)
    rungs = ("negotiate", "operator_support", "platform_decision")
    operators.set_operated_rungs(OPERATOR, "", rungs, valid_from=START, by="test")
    entry = Entry(
        name="山间茶铺", legal_name="山间茶业有限公司", contacts=(MERCHANT_MAIL,), order_prefixes=("KS",)
    )
    merchant = register.add_respondent(OPERATOR, PLATFORM, entry, now=START)
    contact = RegisterContact.objects.get(respondent__public_id=merchant).public_id
    return House(build_world(folder, clock=clock, post=post), clock, post, merchant, contact)
