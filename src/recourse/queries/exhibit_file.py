# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The bytes of one exhibit, for a reader who may see the case it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass

from recourse.core.actor import Actor, Role
from recourse.core.port import World
from recourse.core.redaction import seen_by
from recourse.gateways.media_type import SHOWN_AS

_PARTIES = frozenset({Role.complainant, Role.respondent})


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """What is handed to the reader, proven whole. `name` is empty where the reader may not see how the owner named it.

    `chunks` are read once; a big file never lies in memory as a whole.
    """

    no: int
    name: str
    media_type: str
    size: int
    chunks: Iterator[bytes]


def exhibit_file(world: World, *, actor: Actor, number: str, no: int) -> ExhibitFile | None:
    """The file, or None when case or exhibit is absent, not for this reader, or its bytes are gone.

    What a side took out is no longer the other side's to fetch: people hand in the wrong picture and take it back.
    """
    opened = world.cases.open(actor, number)
    if opened is None:
        return None
    exhibit = next((item for item in seen_by(opened.case, actor.role).exhibits if item.no == no), None)
    if exhibit is None or (exhibit.withdrawn and actor.role in _PARTIES and exhibit.by.value != actor.role):
        return None
    found = world.blobs.open(exhibit.blob)
    if found is None:
        return None
    # A page that somebody saved must not be run by a reader's browser, not even as a download opened by habit.
    shown = exhibit.media_type if exhibit.media_type in SHOWN_AS else "application/octet-stream"
    return ExhibitFile(exhibit.no, exhibit.name, shown, found.size, found.chunks)
