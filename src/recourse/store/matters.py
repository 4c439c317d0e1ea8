# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which cases are one matter: the first filing, and every case that was filed again from it or from one of those."""

from recourse.store.rows import select

# Up to the first filing, then down to everything that came of it. The first one counts even where another operator
# has it: a matter is followed within one operator only. The index holds refiled cases alone, hence `> ''`.
_MATTER = (
    "WITH RECURSIVE above(number) AS ("
    "SELECT CAST(%s AS TEXT) UNION "
    "SELECT CAST(one.refiled_from AS TEXT) FROM store_case AS one JOIN above ON one.number = above.number "
    "WHERE one.operator = %s AND one.refiled_from > ''"
    "), matter(number) AS ("
    "SELECT number FROM above UNION "
    "SELECT CAST(one.number AS TEXT) FROM store_case AS one JOIN matter ON one.refiled_from = matter.number "
    "WHERE one.operator = %s AND one.refiled_from > ''"
    ") SELECT number FROM matter ORDER BY number"
)


def matter_of(operator: str, number: str) -> tuple[str, ...]:
    """The numbers of all cases of the matter that this case belongs to, itself among them."""
    return tuple(found for (found,) in select(_MATTER, [number, operator, operator]))
