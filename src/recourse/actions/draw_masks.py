# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Have the inspector draw the copy of an exhibit that the other side sees: black where its owner chose, or as proposed.

A job that follows every choice; it also ends every inspection. Until it is done the other side sees nothing of the exhibit.
"""

from collections.abc import Sequence
from functools import partial

from recourse.actions.story import Story
from recourse.core.actor import system
from recourse.core.inspection import Form, Inspection, Picture, Verdict
from recourse.core.port import StoredBlob, World
from recourse.core.redaction import hidden_regions
from recourse.core.screen import Region
from recourse.core.values import replace
from recourse.store import inspections
from recourse.store.inspections import Inspected

# The owner may choose again while it is drawn.
_TRIES = 5


def draw_masks(world: World, *, number: str, operator: str, no: int) -> Story[bool]:
    """Draw it unless it is drawn already. False when it cannot be drawn now: try again later."""
    for _ in range(_TRIES):
        opened = yield partial(world.cases.open, system(operator), number)
        if opened is None or opened.case.erased or world.inspector is None:
            return True
        exhibit = next((item for item in opened.case.exhibits if item.no == no), None)
        seen = (yield partial(inspections.inspected, system(operator), number, only=[no])).get(no)
        if exhibit is None or seen is None:
            return True
        wanted = hidden_regions(exhibit, proposed=seen.proposed, reading=seen.reading)
        if wanted is None or wanted == seen.drawn:
            return True
        pictures = yield from _drawn(world, seen, wanted)
        if pictures is None:
            return False
        for blob in (yield partial(inspections.keep_masked, opened.case.id, no, wanted, pictures)):
            yield partial(world.blobs.delete, blob)
    return False


def _drawn(
    world: World, seen: Inspected, regions: Sequence[Region]
) -> Story[list[tuple[Picture, StoredBlob]] | None]:
    """Every picture with something to hide, and the small one when the first is among them; None when one failed."""
    assert world.inspector is not None
    first = next((item.page for item in seen.renditions if item.form is not Form.thumbnail), 0)
    made: list[tuple[Picture, StoredBlob]] = []
    for rendition in seen.renditions:
        mine = [item for item in regions if item.page == rendition.page]
        if rendition.form is Form.thumbnail or not mine:
            continue
        data = yield partial(world.blobs.get, rendition.blob)
        if data is None:
            return None
        again: Inspection = yield partial(world.inspector.mask, data, mine)
        if again.verdict is not Verdict.ok:
            return None
        for picture in again.pictures:
            small = picture.form is Form.thumbnail
            if small and rendition.page != first:
                continue
            kept = picture if small else replace(picture, form=rendition.form, page=rendition.page)
            stored = yield partial(world.blobs.put, [picture.data], name="")
            if not isinstance(stored, StoredBlob):
                raise TypeError("the vault refused a picture of ours")
            made.append((kept, stored))
    return made
