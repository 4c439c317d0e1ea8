# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Erasure: the key of the personal fields is destroyed, and with it every copy; the chain still verifies.

`destroy` runs inside the commit of PersonalDataErased. `scrub` runs afterwards, outside any transaction, and makes
what was plain in lists and in the search index leave the disk as well.
"""

from django.db import connection
from django.db.models import Q

from recourse.core.case.state import Case
from recourse.store import drafts, people, search
from recourse.store.models import (
    BlobKey,
    CaseKey,
    CaseRow,
    IdempotencyKey,
    InspectionRow,
    Person,
    PersonContact,
    PrivateRow,
    ReadingOrder,
    ThreadRow,
)

_SCRUBBED = (
    *("store_case", "store_case_key", "store_private", "store_search", "store_blob_key"),
    *(
        "store_person_contact",
        "store_draft",
        "store_draft_reading",
        "store_idempotency_key",
        "store_inspection",
        "store_rendition",
        "store_masked_rendition",
        "store_reading_order",
        "store_thread",
    ),
)


def destroy(case: Case) -> None:
    """Delete the case's key, its sealed fields, the keys of its files and previews, what was found in them, the drafts
    that file it again, and the digests of what was asked.

    The caller re-projects and re-indexes.
    """
    CaseKey.objects.filter(case_id=case.id).delete()
    PrivateRow.objects.filter(case_id=case.id).delete()
    BlobKey.objects.filter(case_id=case.id).delete()
    InspectionRow.objects.filter(case_id=case.id).delete()
    ReadingOrder.objects.filter(case_id=case.id).delete()
    ThreadRow.objects.filter(case_id=case.id).delete()
    IdempotencyKey.objects.filter(case_id=case.id).update(fingerprint="")
    drafts.drop_refilings(case.number)
    _forget_complainant(case.complainant.id)


def _forget_complainant(person: str) -> None:
    """Delete the contact that was given with this case; the proven one stays while another case needs it."""
    PersonContact.objects.filter(person_id=person, proven_at__isnull=True).delete()
    merged = Person.objects.filter(pk=person).values_list("merged_into", flat=True).first()
    holder = merged or person
    theirs = Person.objects.filter(Q(pk=holder) | Q(merged_into=holder)).values("public_id")
    if not CaseRow.objects.filter(complainant_id__in=theirs, erased=False).exists():
        people.forget(holder)


def scrub() -> bool:
    """Make deleted bytes leave the disk. False when readers kept the write-ahead log busy: try again later.

    SQLite overwrites deleted content (secure_delete), so merging the search index and emptying the log is enough.
    PostgreSQL frees the old row versions; its log archive and backups keep them until they expire, as the
    operations guide says.
    """
    search.scrub()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(cursor.fetchone()[0] == 0)
        for table in _SCRUBBED:
            cursor.execute(f"VACUUM {table}")
    return True
