# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which cases are one matter: the first filing, and every case that was filed again from it or from one of those."""

from collections.abc import Iterable

from recourse.core.case.state import Case
from recourse.store.rows import insert, select

# Up to the first filing, then down to everything that came of it. The first one counts even where another operator
# has it: a matter is followed within one operator only. The index holds refiled cases alone, hence `> ''`.
_ABOVE = (
    "WITH RECURSIVE above(number) AS ("
    "SELECT CAST(%s AS TEXT) UNION "
    "SELECT CAST(one.refiled_from AS TEXT) FROM store_case AS one JOIN above ON one.number = above.number "
    "WHERE one.operator = %s AND one.refiled_from > ''"
    ")"
)
_MATTER = (
    f"{_ABOVE}, matter(number) AS ("
    "SELECT number FROM above UNION "
    "SELECT CAST(one.number AS TEXT) FROM store_case AS one JOIN matter ON one.refiled_from = matter.number "
    "WHERE one.operator = %s AND one.refiled_from > ''"
    ") SELECT number FROM matter ORDER BY number"
)

_FIRST = (
    f"{_ABOVE} SELECT number FROM above WHERE NOT EXISTS (SELECT 1 FROM store_case AS one "
    "WHERE one.number = above.number AND one.operator = %s AND one.refiled_from > '')"
)


def matter_of(operator: str, number: str) -> tuple[str, ...]:
    """The numbers of all cases of the matter that this case belongs to, itself among them."""
    return tuple(found for (found,) in select(_MATTER, [number, operator, operator]))


def count_filings(cases: Iterable[Case]) -> None:
    """Write down which filing of its matter each newly refiled case is, inside the commit.

    Raises IntegrityError when another case was that filing already: the matter must be counted anew.
    """
    again = [case for case in cases if case.refiled_from]
    insert(
        "store_refiled",
        ("operator", "matter", "ordinal", "case_id"),
        [(case.operator, _first(case), case.refilings, case.id) for case in again],
    )


def _first(case: Case) -> str:
    """The number of the first filing of a case's matter."""
    return str(select(_FIRST, [case.refiled_from, case.operator, case.operator])[0][0])
