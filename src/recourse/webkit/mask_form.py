# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The owner's form beside an exhibit: which places are black for the other side, and what the picture says."""

from typing import Any

from recourse.core.masking import MASK_NAMES
from recourse.core.reading import Readings, lines_of
from recourse.core.screen import FIELD_NAMES, Region, ScreenField, read_screen
from recourse.core.text import Text
from recourse.queries.exhibit_sight import Sight

_OWN = Text("自己画的方框", "a box of your own")
_OFFERED_MAX = 4


def proposed(sight: Sight) -> tuple[Region, ...]:
    """The places that are proposed."""
    return tuple(item.region for item in sight.seen.proposed) if sight.seen is not None else ()


def chosen(sight: Sight) -> tuple[Region, ...]:
    """The places that are black now."""
    return sight.exhibit.regions if sight.exhibit.regions is not None else proposed(sight)


def mask_form(sight: Sight) -> dict[str, Any]:
    """What the form of an exhibit's owner shows."""
    seen = sight.seen
    kinds = {item.region: MASK_NAMES[item.kind] for item in seen.proposed} if seen is not None else {}
    black = chosen(sight)
    places = dict.fromkeys((*kinds, *black))
    fields = _fields(sight)
    return {
        "masks": [
            _row(index, item, kinds.get(item, _OWN), item in black) for index, item in enumerate(places, 1)
        ],
        "proposes": bool(kinds),
        "undecided": sight.exhibit.regions is None,
        "unread": seen is not None and seen.reading is Readings.failed and sight.exhibit.regions is None,
        "never_read": seen is not None and seen.reading is Readings.none and sight.exhibit.regions is None,
        "fields": fields,
        "read": any(item["value"] for item in fields),
        "confirmed": bool(sight.exhibit.reading),
    }


def _row(index: int, item: Region, what: Text, black: bool) -> dict[str, Any]:
    return {
        "index": index,
        "what": what,
        "black": black,
        "page": item.page,
        "place": f"{item.page}-{item.left}-{item.top}-{item.right}-{item.bottom}",
        # In per cent of the picture, as a drawing over it takes them.
        "left": _per_cent(item.left),
        "top": _per_cent(item.top),
        "width": _per_cent(item.right - item.left),
        "height": _per_cent(item.bottom - item.top),
    }


def _per_cent(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"


def _fields(sight: Sight) -> list[dict[str, Any]]:
    """Every field with what was confirmed, or else the first that was read; the others are offered beside it."""
    found = read_screen(lines_of(sight.seen.pages)) if sight.seen is not None else ()
    fields = []
    for name in ScreenField:
        offered = [item.value for item in found if item.field is name][:_OFFERED_MAX]
        value = sight.exhibit.reading.get(name, offered[0] if offered and not sight.exhibit.reading else "")
        fields.append({"key": name.value, "name": FIELD_NAMES[name], "value": value, "offered": offered})
    return fields
