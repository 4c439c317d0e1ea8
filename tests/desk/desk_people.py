# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The people of a desk, played with Django's client; and cases in the states that desks and merchants meet."""

from datetime import datetime
from typing import Any

from django.test import Client

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.add_note import add_note
from recourse.actions.assign_case import assign_case
from recourse.actions.decide_case import decide_case
from recourse.actions.log_contact import log_contact
from recourse.actions.post_message import post_message
from recourse.core.actor import Actor, Role, Via
from recourse.core.calendar import CHINA
from recourse.core.claim import Term
from recourse.core.vocabulary import AttemptResult, EvidenceKind, RemedyKind, RungName
from recourse.store import operators
from recourse.store.models import CaseRow, Staff
from tests.portal.person import PNG
from tests.store.house import OPERATOR, START, House

# What a respondent must never see of a case, each a word that stands nowhere else.
SECRETS = {
    "name": "欧阳明哲",
    "contact": "canary.contact@secret.example.cn",
    "log": "金丝雀通话内容",
    "agent_no": "工号CANARY77",
    "note": "金丝雀内部备注",
    "file": "金丝雀的身份证.png",
    "channel": "金丝雀热线",
}


def to_today(house: House) -> None:
    """Let the house live today: links and sessions end by the machine's own clock."""
    house.clock.at = max(START, datetime.now(CHINA).replace(microsecond=0))


def account(role: Role, *, operator: str = OPERATOR, name: str = "") -> Staff:
    """A staff account."""
    return operators.add_staff(
        f"{operator}-{role}-{name or 'one'}",
        operator=operator,
        role=role,
        display_name=name
        or {"agent": "陈经办", "neutral": "林中立", "owner": "赵负责", "auditor": "孙审计"}[role],
        password="correct horse battery",
    )


def actor_of(staff: Staff) -> Actor:
    """The actor of an account."""
    return operators.staff_actor(staff, via=Via.desk)


def at_desk(staff: Staff) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def told_case(house: House, **changes: Any) -> str:
    """A served case that holds every secret there is."""
    complainant = {"name": SECRETS["name"], "email": SECRETS["contact"]}
    number = house.served(**({"complainant": complainant} | changes))
    person = house.complainant(number)
    given = {"kind": EvidenceKind.photo, "chunks": [PNG], "name": SECRETS["file"], "note": "茶叶是碎末"}
    house.do(add_exhibit(house.world, actor=person, number=number, **given))
    house.do(
        log_contact(
            house.world,
            actor=person,
            number=number,
            at=house.clock.now(),
            channel=SECRETS["channel"],
            result=AttemptResult.holding,
            agent_no=SECRETS["agent_no"],
            answer=SECRETS["log"],
        )
    )
    house.do(add_note(house.world, actor=house.staff(Role.agent), number=number, text=SECRETS["note"]))
    house.do(post_message(house.world, actor=person, number=number, text="请尽快处理，谢谢。"))
    return number


def adjudicated_case(house: House, **changes: Any) -> str:
    """A case that waits for a neutral, after the merchant was silent."""
    number = house.served(**changes)
    # In small strides: how many days two clocks of working days take depends on the holidays ahead.
    for _ in range(20):
        if CaseRow.objects.get(number=number).rung == RungName.platform_decision:
            return number
        house.clock.ahead(days=2)
        house.run_deadlines(number)
    raise AssertionError("the case did not climb")


def decide(house: House, number: str, by: Actor, *, fen: int = 12900) -> None:
    """Decide for the complainant."""
    house.do(
        decide_case(
            house.world,
            actor=by,
            number=number,
            facts="收到的是碎末。",
            reasons="与宣传不一致。",
            terms=(Term(RemedyKind.refund, fen),),
            grounds=("ecl.17",),
            next_recourse="official_complaint",
        )
    )


def assign(house: House, number: str, to: Staff) -> None:
    """Give a case to somebody."""
    house.do(assign_case(house.world, actor=house.staff(), number=number, agent=to.public_id))
