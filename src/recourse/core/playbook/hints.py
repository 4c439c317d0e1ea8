# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which hints a complaint calls for: by its sum, or by what was answered. A hint advises and never decides."""

from collections.abc import Mapping

from recourse.core.money import parse_yuan
from recourse.core.playbook.types import Hint, Playbook


def hints_for(playbook: Playbook, *, amount_fen: int | None, answers: Mapping[str, str]) -> tuple[Hint, ...]:
    """The hints to show, in the playbook's order; `amount_fen` is the record's sum in fen, None when unknown."""
    return tuple(hint for hint in playbook.hints if _calls(hint, amount_fen, answers))


def _calls(hint: Hint, amount_fen: int | None, answers: Mapping[str, str]) -> bool:
    above = parse_yuan(hint.above) if hint.above else None
    by_sum = above is not None and amount_fen is not None and amount_fen > above
    return by_sum or any(answers.get(key) in allowed for key, allowed in hint.when.items())
