# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A respondent comes in: a code goes to a contact of the operator's register, and to no other contact ever.

Whoever asks learns nothing: an unknown number, an unknown contact and a known one answer alike.
"""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from recourse.actions.ask_for_code import ask_for_code
from recourse.actions.story import Story
from recourse.core.actor import Actor, Role, Via
from recourse.core.address import Address, parse_address
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.store import codes, register
from recourse.store.models import Operator
from recourse.store.rate_limit import allow
from recourse.store.served_contact import served_contact

# What a code of a respondent opens: the seats that its contact has in the registers.
RESPONDENT = "respondent"
PER_WORD = (5, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class RespondentSeat:
    """One seat that a contact opens: the actor, and the name the register has for whom it speaks."""

    actor: Actor
    name: str


def ask_respondent_code(world: World, *, given: str) -> Story[str | Problems]:
    """A ticket for a code. `given` is a case number, or a contact that is already in the register."""
    now = yield world.clock.now
    word = _folded(given)
    if not word:
        return refuse(
            "entry_missing",
            field="given",
            zh="请填投诉编号，或在平台登记的手机号、邮箱。",
            en="Give the complaint number, or the mobile number or e-mail registered with the platform.",
            do_zh="编号在店铺后台收到的通知里。",
            do_en="The number stands in the notice in your shop's back office.",
        )
    times, per = PER_WORD
    if not (yield partial(allow, f"respondent/{word}", times=times, per=per, now=now)):
        return _too_many()
    address = yield partial(_registered, world, word)
    ticket = None
    if address is not None:
        ticket = yield from ask_for_code(world, address=address, purpose=RESPONDENT)
    if ticket is None or isinstance(ticket, Problems):
        # Nobody is told whether a contact stands behind the word, nor that it got too many codes from elsewhere.
        nobody = Address("mail", f"{(yield world.randomness.public_id)}@nobody.invalid")
        ticket = yield from ask_for_code(world, address=nobody, purpose=RESPONDENT, send=False)
    return ticket


def enter_as_respondent(
    world: World, *, ticket: str, code: str
) -> Story[tuple[RespondentSeat, ...] | Problems]:
    """The seats that the proven contact has in every register of this installation."""
    now = yield world.clock.now
    address = yield partial(codes.check, ticket, code, purpose=RESPONDENT, now=now)
    if isinstance(address, Problems):
        return address
    seats = yield partial(_seats, address)
    return seats or _no_seat()


def _folded(given: str) -> str:
    """A number or contact as one word; a number typed without its dashes gets them back."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", given) if char.isprintable())
    word = "".join(plain.split()).casefold()[:254]
    digits = word.replace("-", "")
    if len(digits) == _DIGITS and digits.isascii() and digits.isdigit():
        return "-".join(digits[at : at + 4] for at in range(0, _DIGITS, 4))
    return word


_DIGITS = 12  # of a case number


def _registered(world: World, word: str) -> Address | None:
    """The registered contact behind a case number or behind a contact as typed; None when there is none."""
    served = served_contact(word)
    if served is not None:
        found = world.register.contact(*served)  # type: ignore[attr-defined]
        return Address(*found) if found is not None else None
    address = parse_address(word)
    return address if isinstance(address, Address) and _seats(address) else None


def _seats(address: Address) -> tuple[RespondentSeat, ...]:
    operators = Operator.objects.order_by("created_at", "slug").values_list("slug", flat=True)
    return tuple(
        RespondentSeat(Actor(id=contact, role=Role.respondent, operator=operator, via=Via.portal), name)
        for operator in operators
        for contact, name in register.seats_for(operator, address)
    )


def _too_many() -> Problems:
    return refuse(
        "too_many_codes",
        field="given",
        zh="要验证码的次数太多了。",
        en="Too many codes were asked for.",
        do_zh="请一小时后再试，或用刚才收到的验证码。",
        do_en="Try again in an hour, or use a code you already received.",
    )


def _no_seat() -> Problems:
    return refuse(
        "contact_not_registered",
        field="code",
        zh="这个联系方式已经不在平台的登记里。",
        en="This contact is no longer in the platform's register.",
        do_zh="请在店铺后台更新联系方式，或联系平台。",
        do_en="Bring your contact up to date in the shop's back office, or ask the platform.",
    )
