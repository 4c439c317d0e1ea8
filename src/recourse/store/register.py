# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The operator's register: who the respondents are, whom notices reach, and what is known for a command."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from recourse.core.address import Address
from recourse.core.case.facts import Facts
from recourse.core.deadline.service import ServiceHours
from recourse.core.port import Clock, OpenedCase
from recourse.store import facts, operators, records, rows
from recourse.store.models import RegisterContact, Respondent, RespondentAlias
from recourse.store.models.staff import new_public_id
from recourse.store.people import address_mac
from recourse.store.sealing import purpose_key, seal, unseal

# Below what the oldest SQLite binds in one statement.
_ASKED_AT_ONCE = 900

_PREFIX_MAX = 40

# By the imported record first, then by name, then by the longest prefix of the order number.
_FIND = """
SELECT respondent.public_id, respondent.legal_name, respondent.name,
    CASE WHEN respondent.accepts_defaults_at <= %s THEN 1 ELSE 0 END
FROM (
    SELECT r.id AS id, 0 AS way, 0 AS length
    FROM store_record AS record JOIN store_respondent AS r ON r.public_id = record.respondent
    WHERE record.operator = %s AND record.platform = %s AND record.record_id = %s
        AND r.operator = record.operator AND r.platform = record.platform
    UNION ALL
    SELECT respondent_id, 1, 0 FROM store_respondent_alias
    WHERE operator = %s AND platform = %s AND kind = 'name' AND value = %s
    UNION ALL
    SELECT respondent_id, 2, LENGTH(value) FROM store_respondent_alias
    WHERE operator = %s AND platform = %s AND kind = 'prefix' AND value IN ({prefixes})
) AS found
JOIN store_respondent AS respondent ON respondent.id = found.id
ORDER BY found.way, found.length DESC, respondent.id
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One respondent to be registered. `shops` are further names, `order_prefixes` begin its order numbers."""

    name: str
    legal_name: str = ""
    credit_code: str = ""
    accepts_defaults: bool = False
    shops: tuple[str, ...] = ()
    order_prefixes: tuple[str, ...] = ()
    contacts: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalIdentity:
    """Who stands behind a shop's name, as the operator registered it; what it did not register is empty."""

    legal_name: str
    credit_code: str


class MerchantRegister:
    """`Register` on the database."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock

    def by(self, clock: Clock) -> "MerchantRegister":
        """The same register, asked at the moments of another clock."""
        return MerchantRegister(clock=clock)

    def service_hours(self, operator: str) -> ServiceHours | None:
        """When the operator's desk is open today; None means around the clock."""
        return operators.service_hours(operator, on=self._clock.now())

    def operated(self, operator: str, platform: str) -> tuple[str, ...]:
        """The rungs that the operator operates for this platform today."""
        return operators.operated_rungs(operator, platform, on=self._clock.now())

    def find(self, operator: str, platform: str, name: str, record_id: str) -> tuple[str, str, bool] | None:
        """(public id, legal or plain name, accepts defaults): by the record first, then by name, then by prefix."""
        number = fold_name(record_id)
        prefixes = [number[:end] for end in range(1, min(len(number), _PREFIX_MAX) + 1)]
        place = [operator, platform]
        marks = ", ".join(["%s"] * len(prefixes)) or "NULL"
        found = rows.select(
            _FIND.format(prefixes=marks),
            [self._clock.now(), *place, record_id, *place, fold_name(name), *place, *prefixes],
        )
        return (found[0][0], found[0][1] or found[0][2], bool(found[0][3])) if found else None

    def record(self, operator: str, platform: str, record_id: str) -> Mapping[str, object] | None:
        """The imported record: id, kind, respondent, title, amount_fen, happened_on, promised_on, received_on, status."""
        return records.find(operator, platform, record_id)

    def contact(self, operator: str, contact: str) -> tuple[str, str] | None:
        """(channel, address) of a usable registered contact."""
        row = _usable(operator).filter(public_id=contact).first()
        return None if row is None else (row.channel, _address(row))

    def bounced(self, operator: str, contact: str) -> None:
        """A notice came back: the contact is not used again until it is registered anew."""
        RegisterContact.objects.filter(operator=operator, public_id=contact).update(
            bounced_at=self._clock.now()
        )

    def facts(self, cases: Sequence[OpenedCase]) -> list[Facts]:
        """What is known for a command on each of these cases, in a fixed number of queries."""
        return facts.facts_for(cases, now=self._clock.now())


def add_respondent(operator: str, platform: str, entry: Entry, *, now: datetime) -> str:
    """Register a respondent, or bring its entry up to date; its public id.

    Contacts given are the operator's word: one that is no longer among them is reached no more and opens no seat.
    Without any the contacts stay as they are.
    """
    with transaction.atomic():
        row, _ = Respondent.objects.get_or_create(
            operator=operator,
            platform=platform,
            name=entry.name,
            defaults={"public_id": new_public_id(), "created_at": now},
        )
        row.legal_name, row.credit_code = entry.legal_name, entry.credit_code
        if not entry.accepts_defaults:
            row.accepts_defaults_at = None
        elif row.accepts_defaults_at is None:
            row.accepts_defaults_at = now
        row.save()
        _set_aliases(row, entry)
        if entry.contacts:
            named = [address_mac(address) for address in entry.contacts]
            RegisterContact.objects.filter(respondent=row).exclude(address_mac__in=named).update(
                verified_at=None
            )
        for rank, address in enumerate(entry.contacts):
            _set_contact(row, address, rank=rank, now=now)
    return row.public_id


def seats_for(operator: str, address: Address) -> list[tuple[str, str]]:
    """(contact id, respondent name) of every usable registration of an address: the seats its code opens."""
    rows = (
        _usable(operator).filter(address_mac=address_mac(address)).select_related("respondent").order_by("id")
    )
    return [(row.public_id, row.respondent.name) for row in rows]


def respondent_name(operator: str, public_id: str) -> str:
    """The name of a registered respondent, or nothing."""
    found = Respondent.objects.filter(operator=operator, public_id=public_id)
    return found.values_list("name", flat=True).first() or ""


def legal_identity(operator: str, public_id: str) -> LegalIdentity | None:
    """Legal name and 统一社会信用代码 of a registered respondent."""
    found = Respondent.objects.filter(operator=operator, public_id=public_id)
    row = found.values_list("legal_name", "credit_code").first() if public_id else None
    return LegalIdentity(*row) if row is not None else None


def registered(operator: str, public_ids: Iterable[str]) -> set[str]:
    """Those of the ids that are this operator's respondents."""
    asked = sorted(public_ids)
    found: set[str] = set()
    for begin in range(0, len(asked), _ASKED_AT_ONCE):
        some = Respondent.objects.filter(
            operator=operator, public_id__in=asked[begin : begin + _ASKED_AT_ONCE]
        )
        found |= set(some.values_list("public_id", flat=True))
    return found


def fold_name(text: str) -> str:
    """A shop name or order number in the one form it is compared in."""
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold()


def _usable(operator: str) -> "QuerySet[RegisterContact]":
    return RegisterContact.objects.filter(
        operator=operator, verified_at__isnull=False, bounced_at__isnull=True
    )


def _set_aliases(row: Respondent, entry: Entry) -> None:
    wanted = {("name", fold_name(name)) for name in (entry.name, entry.legal_name, *entry.shops) if name}
    wanted |= {("prefix", fold_name(prefix)) for prefix in entry.order_prefixes}
    for kind, value in sorted(wanted):
        # A name that moved to another respondent follows the newest entry.
        RespondentAlias.objects.update_or_create(
            operator=row.operator, platform=row.platform, kind=kind, value=value, defaults={"respondent": row}
        )


def _set_contact(row: Respondent, address: Address, *, rank: int, now: datetime) -> None:
    mac = address_mac(address)
    known = RegisterContact.objects.filter(respondent=row, address_mac=mac)
    if known.update(rank=rank, verified_at=now, bounced_at=None):
        return
    public_id = new_public_id()
    RegisterContact.objects.create(
        public_id=public_id,
        respondent=row,
        operator=row.operator,
        channel=address.channel,
        address_mac=mac,
        address=seal(address.value.encode(), key=purpose_key("field"), about=f"register/{public_id}"),
        rank=rank,
        verified_at=now,
    )


def _address(row: RegisterContact) -> str:
    return unseal(row.address, key=purpose_key("field"), about=f"register/{row.public_id}").decode()
