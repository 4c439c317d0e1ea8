# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The bytes of one exhibit for a reader who may see its case: the original for its owner and the operator's people, for
the other side never more than the copy without metadata."""

from collections.abc import Iterator
from dataclasses import dataclass

from recourse.core.actor import Actor
from recourse.core.inspection import Form
from recourse.core.port import World
from recourse.core.recording import without_words
from recourse.core.redaction import eyes_of, gives_original, is_recording, readable
from recourse.gateways.media_type import SHOWN_AS
from recourse.queries.looked_at import looked_at
from recourse.store.access import read_case


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


def exhibit_file(
    world: World, *, actor: Actor, number: str, no: int, as_other: bool = False
) -> ExhibitFile | None:
    """The file, or None when case or exhibit is absent, not for this reader, or its bytes are gone.

    The other side gets no original: photos say where somebody lives. Of a recording, which has no copy to look at, it
    gets the recording with those fields blanked. With `as_other` a party gets its own as the side across would.
    """
    opened = read_case(actor, number)
    exhibit = readable(opened.case, actor, no, as_other=as_other) if opened is not None else None
    if exhibit is None:
        return None
    whole = gives_original(exhibit, eyes_of(actor, as_other=as_other))
    if not whole and not is_recording(exhibit):
        return None
    if whole:
        found = world.blobs.open(exhibit.blob)
        if found is None:
            return None
        # A page that somebody saved must not be run by a reader's browser, not even as a download opened by habit.
        shown = exhibit.media_type if exhibit.media_type in SHOWN_AS else "application/octet-stream"
        return ExhibitFile(exhibit.no, exhibit.name, shown, found.size, found.chunks)
    data = world.blobs.get(exhibit.blob)
    blanked = without_words(data, exhibit.media_type) if data is not None else None
    if blanked is None:
        return None
    return ExhibitFile(exhibit.no, exhibit.name, exhibit.media_type, len(blanked), iter((blanked,)))


def exhibit_picture(
    world: World, *, actor: Actor, number: str, no: int, form: Form, page: int, as_other: bool = False
) -> ExhibitFile | None:
    """One picture made of an exhibit, or None as above, or when there is none."""
    opened = read_case(actor, number)
    exhibit = readable(opened.case, actor, no, as_other=as_other) if opened is not None else None
    if opened is None or exhibit is None:
        return None
    seen = looked_at(actor, opened.case, only=[no], as_other=as_other).get(no)
    picture = seen.rendition(form, page) if seen is not None else None
    data = world.blobs.get(picture.blob) if picture is not None else None
    if picture is None or data is None:
        return None
    return ExhibitFile(no, "", picture.media_type, len(data), iter((data,)))
