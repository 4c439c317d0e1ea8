# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Persons behind the complainant's seat: a newcomer with every filing, one person once a code proved the contact."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.expressions import RawSQL

from recourse.core.actor import Actor, Role, Via
from recourse.core.address import Address
from recourse.core.case.state import Case
from recourse.store import rows
from recourse.store.models import Person, PersonContact
from recourse.store.models.staff import new_public_id
from recourse.store.sealing import blind, purpose_key, seal, unseal


class Persons:
    """`People` on the database."""

    def person_for(self, contact: str) -> str:
        """The id of a newcomer; `commit` writes it down with the case that it files.

        Every filing gets an id of its own, whatever the contact: who types somebody else's contact must not step
        into that person's other cases, nor be linked to them. Proving the contact brings them together.
        """
        return new_public_id()


def address_mac(address: Address) -> str:
    """The keyed digest by which a contact is found."""
    return blind(address.value, about="contact")


def write_newcomers(cases: list[Case], *, now: datetime) -> None:
    """Write down who filed these cases and how they said they can be reached, inside the commit."""
    rows.insert(
        "store_person",
        ("public_id", "merged_into", "created_at"),
        [(case.complainant.id, "", now) for case in cases],
        once=True,
    )
    given = [
        (case.complainant.id, _given(case.complainant.contact)) for case in cases if case.complainant.contact
    ]
    rows.insert(
        "store_person_contact",
        ("person_id", "channel", "address_mac", "address"),
        [(id_, address.channel, address_mac(address), _sealed(id_, address)) for id_, address in given],
    )


def prove(address: Address, *, now: datetime) -> str:
    """The contact answered with its code: the one person it belongs to. Newcomers who gave it are merged into them."""
    mac = address_mac(address)
    try:
        with transaction.atomic():
            person = proven_person(address) or _first_proof(address, now=now)
    except IntegrityError:
        # Two devices proved the same contact at once; the person of the other one is the one.
        found = proven_person(address)
        if found is None:
            raise
        person = found
    newcomers = PersonContact.objects.filter(address_mac=mac, proven_at__isnull=True).values("person_id")
    Person.objects.filter(pk__in=newcomers, merged_into="").exclude(pk=person).update(merged_into=person)
    return person


# One list, not an OR: PostgreSQL reads every case for “mine, or of somebody in this list”, and goes by the index for a
# list. Whoever is merged into nobody is not merged into a nameless person.
IDS_OF = (
    "SELECT CAST(%s AS TEXT) UNION ALL "
    "SELECT public_id FROM store_person WHERE merged_into = %s AND merged_into > ''"
)


def ids_of(person: str) -> RawSQL:
    """The ids under which a person filed, for a query to look among: its own, and those that were merged into it."""
    return RawSQL(IDS_OF, [person, person])


def proven_person(address: Address) -> str | None:
    """The person whose proven contact this is."""
    found = PersonContact.objects.filter(address_mac=address_mac(address), proven_at__isnull=False)
    return found.values_list("person_id", flat=True).first()


def address_of(person: str) -> Address | None:
    """How to reach a person: the proven contact of whoever it was merged into, else the contact it gave."""
    merged = Person.objects.filter(pk=person).values_list("merged_into", flat=True).first()
    found = list(PersonContact.objects.filter(person_id__in=[person, merged or person]).order_by("id"))
    row = next((item for item in found if item.proven_at is not None), found[0] if found else None)
    if row is None:
        return None
    text = unseal(row.address, key=purpose_key("field"), about=f"person/{row.person_id}").decode()
    return Address(row.channel, text)


def is_proven(person: str) -> bool:
    """Whether a code proved this person's contact."""
    merged = Person.objects.filter(pk=person).exclude(merged_into="").exists()
    return merged or PersonContact.objects.filter(person_id=person, proven_at__isnull=False).exists()


def forget(person: str) -> None:
    """Delete everything a person can be reached by. Their cases keep the random id, which then leads nowhere."""
    merged = Person.objects.filter(merged_into=person).values("public_id")
    PersonContact.objects.filter(person_id__in=merged).delete()
    PersonContact.objects.filter(person_id=person).delete()


def complainant(person: str, *, operator: str, via: Via) -> Actor:
    """The actor in the complainant's seat."""
    return Actor(id=person, role=Role.complainant, operator=operator, via=via)


def _first_proof(address: Address, *, now: datetime) -> str:
    """Proves the contact for the first newcomer who gave it, or for a new person when nobody ever did."""
    mac = address_mac(address)
    first = PersonContact.objects.filter(address_mac=mac, person__merged_into="").order_by("id").first()
    if first is not None:
        PersonContact.objects.filter(pk=first.pk).update(proven_at=now)
        return first.person_id
    person = Person.objects.create(public_id=new_public_id(), created_at=now)
    PersonContact.objects.create(
        person=person,
        channel=address.channel,
        address_mac=mac,
        address=_sealed(person.public_id, address),
        proven_at=now,
    )
    return person.public_id


def _given(contact: str) -> Address:
    return Address("mail" if "@" in contact else "sms", contact)


def _sealed(person: str, address: Address) -> bytes:
    return seal(address.value.encode(), key=purpose_key("field"), about=f"person/{person}")
