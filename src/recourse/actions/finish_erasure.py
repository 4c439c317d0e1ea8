# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Finish an erasure: the key is gone already; now the sealed files and what was plain leave the disk as well."""

from functools import partial

from recourse.actions.story import Story
from recourse.core.actor import system
from recourse.core.port import World
from recourse.store import inspections
from recourse.store.erase import scrub


def finish_erasure(world: World, *, number: str, operator: str) -> Story[bool]:
    """Delete the files and previews of an erased case and make deleted rows leave the disk. False means: try again later."""
    opened = yield partial(world.cases.open, system(operator), number)
    if opened is not None and opened.case.erased:
        for exhibit in opened.case.exhibits:
            yield partial(world.blobs.delete, exhibit.blob)
        for blob in (yield partial(inspections.blobs_of, opened.case.id)):
            yield partial(world.blobs.delete, blob)
        yield partial(inspections.drop_renditions, opened.case.id)
    return (yield scrub)
