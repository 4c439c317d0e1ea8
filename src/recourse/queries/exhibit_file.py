# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The bytes of one exhibit, for a reader who may see the case it belongs to."""

from dataclasses import dataclass

from recourse.core.actor import Actor
from recourse.core.port import World
from recourse.core.redaction import seen_by


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """What is handed to the reader. `name` is empty where the reader may not see how the owner named it."""

    no: int
    name: str
    media_type: str
    data: bytes


def exhibit_file(world: World, *, actor: Actor, number: str, no: int) -> ExhibitFile | None:
    """The file, or None when case or exhibit is absent, not for this reader, or its bytes are gone."""
    opened = world.cases.open(actor, number)
    if opened is None:
        return None
    exhibit = next((item for item in seen_by(opened.case, actor.role).exhibits if item.no == no), None)
    data = world.blobs.get(exhibit.blob) if exhibit is not None else None
    if exhibit is None or data is None:
        return None
    return ExhibitFile(exhibit.no, exhibit.name, exhibit.media_type, data)
