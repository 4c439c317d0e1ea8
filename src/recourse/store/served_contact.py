# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The registered contact that a case's notice reached, by the case's number alone.

No actor stands behind the question: it is asked before anybody has signed in, and only a sign-in code goes there.
"""

from recourse.core.actor import system
from recourse.store.access import read_case
from recourse.store.models import CaseRow


def served_contact(number: str) -> tuple[str, str] | None:
    """(operator, contact id) of the latest notice served on this case; None when there is none."""
    rows = CaseRow.objects.filter(number=number, served_at__isnull=False)
    operator = rows.values_list("operator", flat=True).first()
    read = read_case(system(operator), number) if operator is not None else None
    if read is None:
        return None
    found = [notice for notice in read.case.notices if notice.served_at is not None]
    return (read.case.operator, found[-1].contact) if found else None
