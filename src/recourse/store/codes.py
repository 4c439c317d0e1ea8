# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sign-in codes: six digits to a contact, ten minutes, five tries, one use."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from recourse.core.address import Address
from recourse.core.problem import Problems, refuse
from recourse.store import jobs, rows
from recourse.store.durability import may_be_lost
from recourse.store.models import SignInCode
from recourse.store.models.staff import new_public_id
from recourse.store.people import address_mac
from recourse.store.rate_limit import allow, count_visit
from recourse.store.sealing import purpose_key, seal, unseal

LIFE = timedelta(minutes=10)
TRIES = 5
# A contact gets few codes, whoever asks: each one is a message somebody pays for and may be pestered by.
PER_CONTACT = ((5, timedelta(hours=1)), (15, timedelta(days=1)))
# One network asks for the codes of a few people, and not for everybody's.
PER_VISITOR = (60, timedelta(hours=1))
_COLUMNS = (
    *("ticket", "purpose", "channel", "address_mac", "code_mac", "sealed"),
    *("created_at", "expires_at", "attempts"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A code message to be sent."""

    address: Address
    code: str
    purpose: str
    expires_at: datetime


def start(
    address: Address, *, purpose: str, code: str, now: datetime, send: bool = True, visitor: str = ""
) -> str | Problems:
    """Write a code down and queue its message (job kind `code`, payload `ticket`); the ticket to check it against.

    With `send=False` nothing is queued, so that an unknown respondent's contact gets the same answer and no message.
    With `visitor` that network address is counted too, in the same transaction.
    """
    mac = address_mac(address)
    with may_be_lost():
        refused = count_visit(visitor, limit=PER_VISITOR, now=now) if visitor else None
        if refused is not None:
            return refused
        if (refused := refused_to(mac, now=now)) is not None:
            return refused
        ticket = new_public_id()
        rows.insert("store_sign_in_code", _COLUMNS, [_row(ticket, purpose, address, mac, code, now)])
        if send:
            jobs.enqueue([jobs.NewJob("code", f"code:{ticket}", {"ticket": ticket}, now)])
    return ticket


def refused_to(mac: str, *, now: datetime) -> Problems | None:
    """None, or a refusal once this contact, told by its digest, got its codes of the hour or of the day. Counts one."""
    for times, per in PER_CONTACT:
        if not allow(f"code/{mac}", times=times, per=per, now=now):
            return _too_many(per)
    return None


def letter(ticket: str) -> Letter | None:
    """What to send for a ticket; None once it was used or deleted."""
    row = SignInCode.objects.filter(pk=ticket, used_at__isnull=True).first()
    if row is None:
        return None
    channel, text, code = json.loads(unseal(row.sealed, key=purpose_key("field"), about=f"code/{ticket}"))
    return Letter(Address(channel, text), code, row.purpose, row.expires_at)


def check(ticket: str, code: str, *, purpose: str, now: datetime) -> Address | Problems:
    """The address that this code proves. A wrong code, a used one and an unknown ticket answer alike."""
    open_rows = SignInCode.objects.filter(
        pk=ticket, purpose=purpose, used_at__isnull=True, expires_at__gt=now, attempts__lt=TRIES
    )
    # Count first and look afterwards, so that guesses in parallel are counted too.
    if open_rows.update(attempts=F("attempts") + 1) != 1:
        return _refused()
    row = SignInCode.objects.get(pk=ticket)
    if not hmac.compare_digest(row.code_mac, _mac(ticket, code.strip())):
        return _refused()
    found = letter(ticket)
    if found is None or SignInCode.objects.filter(pk=ticket, used_at__isnull=True).update(used_at=now) != 1:
        return _refused()
    SignInCode.objects.filter(pk=ticket).update(sealed=b"")
    return found.address


def forget_expired(now: datetime) -> int:
    """Delete codes that can no longer be used; how many."""
    return SignInCode.objects.filter(expires_at__lte=now).delete()[0]


def _mac(ticket: str, code: str) -> str:
    return hmac.new(purpose_key("code"), f"{ticket}|{code}".encode(), hashlib.sha256).hexdigest()


def _row(ticket: str, purpose: str, address: Address, mac: str, code: str, now: datetime) -> tuple[Any, ...]:
    plain = json.dumps([address.channel, address.value, code]).encode()
    sealed = seal(plain, key=purpose_key("field"), about=f"code/{ticket}")
    return (ticket, purpose, address.channel, mac, _mac(ticket, code), sealed, now, now + LIFE, 0)


def _too_many(per: timedelta) -> Problems:
    short = per < timedelta(days=1)
    return refuse(
        "too_many_codes",
        field="contact",
        zh="发往这个联系方式的验证码太多了。" if short else "今天发往这个联系方式的验证码太多了。",
        en="Too many codes were sent to this contact."
        if short
        else "Too many codes were sent to this contact today.",
        do_zh=f"请{'一小时后' if short else '明天'}再试，或用刚才收到的验证码。",
        do_en=f"Try again {'in an hour' if short else 'tomorrow'}, or use a code you already received.",
    )


def _refused() -> Problems:
    return refuse(
        "code_refused",
        field="code",
        zh="验证码不对或已过期。",
        en="The code is wrong or has expired.",
        do_zh="请再看一遍收到的6位数字；错5次或过10分钟后要重新获取。",
        do_en="Look at the six digits again; after five tries or ten minutes ask for a new code.",
    )
