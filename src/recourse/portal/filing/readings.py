# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the screenshots of a draft say, offered for the form: each value with its field, and a button that fills it in.

Nothing is filled in without that tap, and whoever does not wait for the reading loses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.playbook.types import Playbook
from recourse.core.record_reading import for_record, says_the_same
from recourse.core.text import Text
from recourse.portal.filing.contents import recorded
from recourse.portal.filing.screens import record_fields
from recourse.portal.filing.typed import Typed, said
from recourse.queries.draft import DraftPicture, draft_pictures
from recourse.webkit.world import world

# The screens beside which values are offered, and where the person's eye goes after a tap.
OFFERED_ON: Mapping[str, str] = {"record": "fields", "review": "transaction"}
_VALUES_MAX = 3  # of one field
# What was not read by then will not be soon: no worker runs, or it has too much to do. Nobody is told to wait for it,
# and later nobody needs to hear that there was nothing.
_SOON = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Offered:
    """One value for one field of the form: where it was read, and what stands in the field now."""

    field: str  # as the form calls it
    label: Text
    value: str
    shown: str
    pictures: tuple[int, ...]  # from 1, among the pictures of the draft
    file: str  # the name of the first of them
    name: str  # what the screen calls it; empty where that is the form's own word, or none
    typed: str
    stands: bool  # the field says this already


def pictures_of(typed: Typed) -> dict[str, str]:
    """The draft's pictures in their order: media types by the names of their blobs."""
    return {file["blob"]: file["media_type"] for file in _pictures(typed)}


def readings_of(
    screen: str, *, token: str, typed: Typed, playbook: Playbook, now: datetime
) -> dict[str, Any]:
    """What a screen says of the reading: the values `offered`, how many pictures are `being_read`, or for a while that
    `nothing_read` fits the form.
    """
    if screen not in {*OFFERED_ON, "evidence"} or not _pictures(typed):
        return {}
    found = draft_pictures(world(), token=token)
    values = _values(found, typed, playbook, now)
    # On the last screen a field that says what one of the pictures says is settled; on its own it can be changed still.
    settled = set() if screen == "record" else {item.field for item in values if item.stands}
    lately = [item for item in found.values() if now - item.asked_at < _SOON]
    being_read = sum(item.found is None for item in lately)
    return {
        "offered": [item for item in values if not item.stands and item.field not in settled],
        "being_read": being_read,
        "nothing_read": bool(lately) and not being_read and not values,
    }


def _pictures(typed: Typed) -> Sequence[Mapping[str, Any]]:
    return [file for file in typed.get("files", []) if file["media_type"].startswith("image/")]


def _values(
    found: Mapping[str, DraftPicture], typed: Typed, playbook: Playbook, now: datetime
) -> list[Offered]:
    """What was read for the form, in its order; a value that stands in several pictures is one."""
    today = now.astimezone(CHINA).date()
    where: dict[tuple[str, str], list[int]] = {}
    names: dict[tuple[str, str], str] = {}
    pictures = _pictures(typed)
    for no, file in enumerate(pictures, 1):
        seen = found.get(file["blob"])
        read = seen.found if seen is not None else None
        for item in for_record(read or (), subject=playbook.subject, record=playbook.record, today=today):
            where.setdefault((item.field, item.value), []).append(no)
            names.setdefault((item.field, item.value), item.name)
    values = []
    for field in record_fields(playbook):
        for at, value in [key for key in where if key[0] == field][:_VALUES_MAX]:
            label, now_typed = playbook.record[at], said(typed, f"record-{at}").strip()
            nos = where[at, value]
            values.append(
                Offered(
                    field=f"record-{at}",
                    label=label,
                    value=value,
                    shown=recorded(at, value),
                    pictures=tuple(nos),
                    file=str(pictures[nos[0] - 1]["name"]),
                    name=names[at, value] if names[at, value] != label.zh else "",
                    typed=recorded(at, now_typed),
                    stands=says_the_same(now_typed, value, field=at),
                )
            )
    return values
