# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The Subject of a complaint: the order, card, draw or points record that a remedy is owed on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from recourse.core.values import replace
from recourse.core.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class Subject:
    """What happened to what. `id` is the order number (or draw id) as the person typed it; `line` its order line.

    `proven` says that an imported record of the operator confirms it; an unproven subject goes to a human
    before anything is paid on it.
    """

    kind: SubjectKind
    id: str
    line: str = ""
    title: str = ""
    amount_fen: int | None = None
    happened_on: date | None = None
    promised_on: date | None = None
    received_on: date | None = None
    proven: bool = False


# Of a secret that whoever reads it can spend, these many signs are kept at either end.
SHOWN = 4


def masked(subject: Subject, names: Collection[str]) -> Subject:
    """The subject with the middle of these text fields (id, line, title) gone for good: what is not kept cannot leak."""
    hidden = {name: mask_middle(getattr(subject, name)) for name in names if name in {"id", "line", "title"}}
    return replace(subject, **hidden) if hidden else subject


def mask_middle(secret: str) -> str:
    """The first and last four letters or digits: ABCD****7890. What has no more than those stays as it was typed."""
    signs = [sign for sign in secret if sign.isalnum()]
    if len(signs) <= 2 * SHOWN:
        return secret.strip()
    return "".join(signs[:SHOWN]) + "****" + "".join(signs[-SHOWN:])
