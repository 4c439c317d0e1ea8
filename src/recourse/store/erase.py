# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Erasure: the key of the personal fields is destroyed, and with it every copy; the chain still verifies.

`destroy` runs inside the commit of PersonalDataErased. `scrub` runs afterwards, outside any transaction, and makes
what was plain in lists and in the search index leave the disk as well.
"""

from django.db import connection

from recourse.core.case.state import Case
from recourse.store import search
from recourse.store.models import BlobKey, CaseKey, PrivateRow, SignInCode


def destroy(case: Case) -> None:
    """Delete the case's key, its sealed fields and the keys of its files. The caller re-projects and re-indexes."""
    CaseKey.objects.filter(case_id=case.id).delete()
    PrivateRow.objects.filter(case_id=case.id).delete()
    BlobKey.objects.filter(case_id=case.id).delete()


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
        for table in ("store_case", "store_case_key", "store_private", "store_search", "store_blob_key"):
            cursor.execute(f"VACUUM {table}")
    return True


def forget_codes() -> None:
    """Delete every sign-in code that was used: its sealed address is no longer needed."""
    SignInCode.objects.filter(used_at__isnull=False).delete()
