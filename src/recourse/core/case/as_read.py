# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A stream of events as one seat reads it: what it may not read is blank, what it reads masked is masked.

The timeline is written from this, so that it says no more than `disclosure` opens in a dossier.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from recourse.core.actor import Role
from recourse.core.case import events as e
from recourse.core.case.draft import SIDES
from recourse.core.case.event import PERSONAL
from recourse.core.case.hidden_words import hidden_fields
from recourse.core.disclosure import EventFields, readable_fields, reads_all
from recourse.core.values import replace

# (version, moment, seat that acted, event)
History = tuple[tuple[int, datetime, Role, Any], ...]


def as_read(history: History, *, role: Role) -> History:
    """The stream for this seat. A field that is not for it holds what stands there once erased."""
    if reads_all(role):
        return history
    # An event without a personal field is everybody's.
    record = tuple(
        EventFields(version, type(event).__name__, _said(event))
        for version, _, _, event in history
        if PERSONAL[type(event).__name__]
    )
    readable, side = readable_fields(record, role=role), SIDES.get(role)
    shown = _words_shown(event for _, _, _, event in history)
    masked = hidden_fields(record, shown=shown, reader=side) if side else {}
    found = []
    for version, at, seat, event in history:
        changes: dict[str, Any] = {
            name: value
            for name, value in PERSONAL[type(event).__name__].items()
            if name not in readable[version]
        }
        changes |= {name: text for (place, name), text in masked.items() if place == version}
        found.append((version, at, seat, replace(event, **changes) if changes else event))
    return tuple(found)


def _words_shown(events: Iterable[Any]) -> frozenset[str]:
    """The places of texts whose owner lets the other side read them in full, at the end of the stream."""
    last = {event.where: event.shown for event in events if isinstance(event, e.WordsShown)}
    return frozenset(where for where, shown in last.items() if shown)


def _said(event: Any) -> dict[str, Any]:
    return {item.name: getattr(event, item.name) for item in fields(event)}
