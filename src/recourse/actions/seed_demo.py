# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Fill an empty installation with the demonstration: operators, people, records and stories at different stages."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from recourse.actions.add_staff import add_staff
from recourse.actions.demo.deeds import DEEDS, Scene, span
from recourse.actions.demo.script import DemoRecord, House, Script, Step, StoryHead, load_script
from recourse.actions.demo.timeline import StoryClock, advance, told_by
from recourse.actions.file_complaint import file_complaint
from recourse.actions.import_merchants import import_merchants
from recourse.actions.set_operator import OperatorChange, set_operator
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.address import Address, parse_address
from recourse.core.complaint import Complaint, parse_complaint
from recourse.core.merchant_list import MerchantList
from recourse.core.money import parse_yuan
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.core.record import ImportedRecord
from recourse.core.text import Text
from recourse.store import operators, people
from recourse.store.models import CaseRow, RegisterContact, Respondent, Staff
from recourse.store.records import import_records
from recourse.store.sealing import purpose_key

_LONGEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the table that a new user looks at: which seat, how one signs in, what one sees."""

    seat: str
    place: str
    name: str
    password: str
    number: str
    about: Text


def seed_demo(world: World) -> tuple[SignIn, ...] | Problems:
    """Play the demonstration into an installation without cases; then, and ever after, the sign-ins.

    All or nothing: the whole of it is one transaction, so that a start that was interrupted leaves no half a world.
    """
    now = world.clock.now()
    script = load_script(now)
    if isinstance(script, Problems):
        return script
    if not CaseRow.objects.exists():
        refused = _play_all(world, script, now)
        if refused is not None:
            return refused
    return _sign_ins(script)


class _Refused(Exception):
    def __init__(self, problems: Problems) -> None:
        super().__init__(str(problems.keys()))
        self.problems = problems


def _play_all(world: World, script: Script, now: datetime) -> Problems | None:
    clock = StoryClock(now - _LONGEST)
    stage = told_by(world, clock)
    try:
        with transaction.atomic():
            for house in script.houses.houses:
                _found_house(stage, house)
            _import_records(script, now)
            _play(stage, clock, script, now)
    except _Refused as refused:
        return refused.problems
    return None


def _found_house(world: World, house: House) -> None:
    change = OperatorChange(
        slug=house.slug,
        name_zh=house.name.zh,
        name_en=house.name.en,
        kind=house.kind,
        operates={house.platform: [rung.value for rung in house.operates]} if house.operates else None,
    )
    _must(set_operator(world, change, by="demo"))
    for member in house.staff:
        if not Staff.objects.filter(username=member.name).exists():
            _must(
                add_staff(
                    member.name,
                    operator=house.slug,
                    role=Role(member.role),
                    display_name=member.display_name,
                    password=_password(member.name),
                )
            )
    if house.merchants:
        listed = MerchantList(house.platform, house.merchants)
        _must(import_merchants(world, operator=house.slug, listed=listed))


def _import_records(script: Script, now: datetime) -> None:
    houses = {house.slug: house for house in script.houses.houses}
    for record in script.houses.records:
        house = houses[record.house]
        found = Respondent.objects.get(
            operator=house.slug, platform=house.platform, name=record.respondent
        ).public_id
        import_records(house.slug, house.platform, [_imported(record, found, now)], now=now)


def _imported(record: DemoRecord, respondent: str, now: datetime) -> ImportedRecord:
    def day(count: int | None) -> date | None:
        return None if count is None else (now - timedelta(days=count)).date()

    return ImportedRecord(
        kind=record.kind.value,
        id=record.id,
        respondent=respondent,
        title=record.title,
        amount_fen=parse_yuan(record.amount) if record.amount else None,
        happened_on=day(record.happened),
        promised_on=day(record.promised),
        received_on=day(record.received),
    )


def _play(world: World, clock: StoryClock, script: Script, now: datetime) -> None:
    """All stories on one time line, the oldest deed first."""
    houses = {house.slug: house for house in script.houses.houses}
    deeds = [
        (now - span(step.ago), order, story, step)
        for story in script.stories
        for order, step in enumerate(story.steps)
    ]
    numbers: dict[str, str] = {}
    for at, _order, story, step in sorted(deeds, key=lambda item: (item[0], item[2].key, item[1])):
        advance(world, clock, at)
        if step.do == "file":
            numbers[story.key] = _file(world, story, script.complaints[story.key])
            continue
        _do(world, houses[story.house], numbers[story.key], story, step)
    advance(world, clock, now)


def _file(world: World, story: StoryHead, plain: object) -> str:
    complaint = parse_complaint(plain)
    if isinstance(complaint, Problems):
        raise _Refused(complaint)
    actor = Actor(world.randomness.public_id(), Role.complainant, story.house, Via.portal)
    filed = perform(file_complaint(world, actor=actor, complaint=complaint))
    if isinstance(filed, Problems):
        raise _Refused(filed)
    return filed.number


def _do(world: World, house: House, number: str, story: StoryHead, step: Step) -> None:
    opened = world.cases.open(system(house.slug), number)
    assert opened is not None, story.key
    if step.do == "prove":
        address = parse_address(opened.case.complainant.contact)
        assert isinstance(address, Address)
        people.prove(address, now=world.clock.now())
    actor = _actor(house, opened.case.complainant.id, opened.case.respondent.registered, step)
    _must(perform(DEEDS[step.do](Scene(world, actor, opened.case, step))), story=story, step=step)


def _actor(house: House, complainant: str, respondent: str, step: Step) -> Actor:
    if step.by == "complainant":
        return Actor(complainant, Role.complainant, house.slug, Via.portal)
    if step.by == "respondent":
        usable = RegisterContact.objects.filter(operator=house.slug, respondent__public_id=respondent)
        contact = usable.order_by("rank", "id").values_list("public_id", flat=True)[0]
        return Actor(contact, Role.respondent, house.slug, Via.portal)
    role = Role.agent if step.by == "agent" else Role.neutral
    ids = operators.staff_ids(house.slug, role=role)
    return Actor(ids[1 if step.by == "second_neutral" else 0], role, house.slug, Via.desk)


def _must(outcome: object, *, story: StoryHead | None = None, step: Step | None = None) -> None:
    if not isinstance(outcome, Problems):
        return
    if story is None or step is None:
        raise _Refused(outcome)
    where = f"demo/stories {story.key}, {step.do} {step.ago}"
    raise _Refused(Problems(tuple(replace(item, field=f"{where} {item.field}") for item in outcome.items)))


def _password(name: str) -> str:
    """The same at every start, and different in every installation."""
    mark = hmac.new(purpose_key("demo"), name.encode(), hashlib.sha256).digest()
    return base64.b32encode(mark)[:12].decode().lower()


def _sign_ins(script: Script) -> tuple[SignIn, ...]:
    found = [
        SignIn(member.role, "/staff/login/", member.name, _password(member.name), "", house.name)
        for house in script.houses.houses
        for member in house.staff
    ]
    houses = {house.slug: house for house in script.houses.houses}
    for story in script.stories:
        complaint = parse_complaint(script.complaints[story.key])
        assert isinstance(complaint, Complaint), story.key
        number = _number(story.house, complaint.record_title)
        found.append(SignIn("complainant", "/sign-in", complaint.contact.value, "", number, story.about))
        for merchant in houses[story.house].merchants:
            if merchant.name == complaint.respondent_name:
                name = Text(merchant.name, merchant.name)
                found.append(SignIn("respondent", "/r/", merchant.contacts[0], "", number, name))
    return tuple(found)


def _number(operator: str, title: str) -> str:
    """The case of a story; empty when its operator has erased it."""
    rows = CaseRow.objects.filter(operator=operator, title=title).order_by("filed_at")
    return rows.values_list("number", flat=True).first() or ""
