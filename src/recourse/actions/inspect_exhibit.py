# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Have an exhibit looked at by an inspector, and keep what can be seen of it. A job that follows every hand-over."""

from functools import partial

from recourse.actions.draw_masks import draw_masks
from recourse.actions.join_screens import join_screens
from recourse.actions.story import Story
from recourse.core.actor import system
from recourse.core.case.screens import screens_of
from recourse.core.inspection import Form, Inspection, Reason, nothing
from recourse.core.port import StoredBlob, World
from recourse.core.reading import Readings
from recourse.core.recording import without_words
from recourse.core.redaction import is_recording
from recourse.core.region import Page, propose
from recourse.store import inspections
from recourse.store.access import ReadCase


def inspect_exhibit(world: World, *, number: str, operator: str, no: int) -> Story[bool]:
    """Make copy, thumbnail, pages, text and findings of one exhibit. Doing it again replaces what was made before."""
    opened = yield partial(world.cases.open, system(operator), number)
    if opened is None or opened.case.erased or world.inspector is None or not isinstance(opened, ReadCase):
        return True
    exhibit = next((item for item in opened.case.exhibits if item.no == no), None)
    if exhibit is None or opened.key is None:
        return True
    data = yield partial(world.blobs.get, exhibit.blob)
    if data is None:
        made = nothing(Reason.gone)
    elif is_recording(exhibit):
        # Whether the other side can have it is found out once; the page of the exhibit says it.
        plays = without_words(data, exhibit.media_type) is not None
        made = nothing(Reason.recording if plays else Reason.uncleaned)
    else:
        made = yield partial(world.inspector.inspect, data, exhibit.media_type)
    pictures = []
    for picture in made.pictures:
        stored = yield partial(world.blobs.put, [picture.data], name="")
        if not isinstance(stored, StoredBlob):
            # The vault takes every JPEG of this size; if not, the job comes back and says so in the log.
            raise TypeError("the vault refused a picture of ours")
        pictures.append((picture, stored))
    now = yield world.clock.now
    reading, pages = yield from _read(world, made)
    kept = partial(
        inspections.keep,
        opened.case.id,
        no,
        made,
        pictures,
        key=opened.key,
        now=now,
        reading=reading,
        pages=pages,
        proposed=propose(pages),
    )
    for blob in (yield kept):
        yield partial(world.blobs.delete, blob)
    if not (yield from draw_masks(world, number=number, operator=operator, no=no)):
        return False
    if exhibit.no in screens_of(opened.case.exhibits, by=exhibit.by):
        yield from join_screens(system(operator), opened.case, by=exhibit.by)
    return True


def _read(world: World, made: Inspection) -> Story[tuple[Readings, list[Page]]]:
    """The lines of every picture but the small one, where somebody here reads."""
    pages: list[Page] = []
    if world.reader is None:
        return Readings.none, pages
    for picture in made.pictures:
        if picture.form is Form.thumbnail:
            continue
        page = yield partial(world.reader.read, picture.data, page=picture.page)
        if page is None:
            return Readings.failed, []
        pages.append(page)
    return Readings.done, pages
