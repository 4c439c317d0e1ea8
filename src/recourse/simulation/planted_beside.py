# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Planted bugs beside the course of a case: in what is shown, and in what is kept."""

from typing import Any

from recourse.core.case import decide, showing
from recourse.core.case import keeping_commands as kc
from recourse.core.values import replace


def masks_of_others() -> list[tuple[Any, Any, Any]]:
    """Whose exhibit it is goes unasked."""

    def anybodys(draft: Any, no: int) -> Any:
        return next((item for item in draft.case.exhibits if item.no == no), None)

    return [(showing, "_own", anybodys)]


def held_is_erased() -> list[tuple[Any, Any, Any]]:
    """Whether the case is held goes unasked."""
    erase = decide._DEEDS[kc.ErasePersonalData]

    def anyway(draft: Any, command: Any) -> Any:
        case = draft._case
        draft._case = replace(case, hold=None)
        refused = erase(draft, command)
        draft._case = replace(draft._case, hold=case.hold)
        return refused

    return [(decide._DEEDS, kc.ErasePersonalData, anyway)]
