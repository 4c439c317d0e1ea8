# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Money and goods that really moved: a book outside the system, which only the oracle reads."""

from typing import TYPE_CHECKING, Any

from recourse.core.case.state import Case
from recourse.simulation.locks import subject_of

if TYPE_CHECKING:
    from recourse.simulation.people import Person


class Ledger:
    """What respondents really gave. One who reports a step twice has paid once: the remedy is the payment's key."""

    def __init__(self, village: Any) -> None:
        self._village = village
        self.given: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def pays(self, person: "Person", case: Case, remedy: str, index: int) -> None:
        """The last step of a remedy gives the value."""
        found = next((item for item in case.remedies if item.id == remedy), None)
        if found is None or index != len(found.steps) - 1:
            return
        place = (*subject_of(case), found.group)
        before = self.given.setdefault(place, [])
        mine = (case.number, remedy)
        if mine in before:
            return
        oracle = self._village.oracle
        held = {row[:2]: row[2] for row in oracle.book.held.get(place, ())}
        others = [held[one] for one in before if one in held]
        if others and (None in others or held.get(mine, 0) is None):
            oracle.broken("one_value_once", case.number, f"{person.name} gave {found.kind} a second time")
        before.append(mine)
