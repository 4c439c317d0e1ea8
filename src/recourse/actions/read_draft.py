# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Read the screenshots of a complaint while it is still being written, where the extra `ocr` is installed.

What they say is offered for the form and fills in nothing by itself. Neither the copy nor the lines are kept: once the
complaint is filed its exhibits are looked at anew, for everybody who may see the case.
"""

from collections.abc import Mapping
from functools import partial

from recourse.actions.story import Story
from recourse.core.inspection import Form
from recourse.core.port import World
from recourse.core.reading import lines_of
from recourse.core.record_reading import worth_offering
from recourse.core.screen import Reading, read_screen
from recourse.store import draft_readings


def ask_to_read(world: World, *, token: str, pictures: Mapping[str, str]) -> Story[None]:
    """These pictures (media types by blob) are the draft's now; the new ones are read soon. Nothing where nobody reads."""
    if world.reader is None or world.inspector is None:
        return
    now = yield world.clock.now
    yield partial(draft_readings.ask, token, pictures, now=now)


def read_draft(world: World, *, draft: str, blob: str, media_type: str) -> Story[bool]:
    """Read one picture. What cannot be opened or read offers nothing, and nobody waits for it any longer."""
    if (yield partial(draft_readings.waits, draft, blob)):
        found = yield from _read(world, blob, media_type)
        yield partial(draft_readings.keep, draft, blob, found)
    return True


def _read(world: World, blob: str, media_type: str) -> Story[tuple[Reading, ...]]:
    if world.reader is None or world.inspector is None:
        return ()
    data = yield partial(world.blobs.get, blob)
    if data is None:
        return ()
    made = yield partial(world.inspector.inspect, data, media_type)
    copy = next((item for item in made.pictures if item.form is Form.copy), None)
    if copy is None:
        return ()
    page = yield partial(world.reader.read, copy.data, page=0)
    return () if page is None else worth_offering(read_screen(lines_of([page])))
