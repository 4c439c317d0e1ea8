# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The exhibits of a dossier for one reader: originals for their owner and the operator's people, never the other side's.

What the other side gets is a copy without metadata; where there is none the exhibit is withheld, with its reason.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from recourse.core.actor import Actor, Role
from recourse.core.case.state import Case
from recourse.core.dossier.contents import ExhibitEntry, Form
from recourse.core.evidence import Exhibit, Link
from recourse.core.port import World
from recourse.core.text import Text

_EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/amr": "amr",
    "audio/x-wav": "wav",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}
_PARTIES = frozenset({Role.complainant, Role.respondent})
_GONE = Text(
    "文件已按要求删除，或保存处出了问题，取不出来。",
    "The file was erased on request, or cannot be read where it is kept.",
)
_TAKEN_BACK = Text(
    "提交人已收回，不再给对方。", "Taken back by whoever handed it in; the other side gets it no more."
)
_NO_COPY = Text(
    "对方提交的原件只给对方和平台；给你看的副本还没有做出来，先不附。",
    "The other side's original is for them and the operator; a copy for you is not made yet.",
)
# Bytes below this stay at hand between being looked at and being packed.
_KEPT_MAX = 4_000_000


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One exhibit as it lies in the dossier. `read` gives its bytes again; None where it is withheld, with `reason`."""

    exhibit: Exhibit
    entry: ExhibitEntry
    read: Callable[[], bytes] | None
    reason: Text | None = None


def enclosed(world: World, *, actor: Actor, case: Case, links: Sequence[Link]) -> tuple[Enclosed, ...]:
    """Every exhibit of a case that was already redacted for this reader, in order of numbers."""
    versions = {link.body["no"]: link.version for link in links if link.type == "ExhibitAdded"}
    return tuple(_one(world, item, actor=actor, versions=versions) for item in case.exhibits)


def _one(world: World, item: Exhibit, *, actor: Actor, versions: Mapping[object, int]) -> Enclosed:
    version = versions[item.no]
    if actor.role in _PARTIES and item.by.value != actor.role.value:
        return _withheld(item, version, _TAKEN_BACK if item.withdrawn else _NO_COPY)
    data = world.blobs.get(item.blob) if item.digest else None
    if data is None or hashlib.sha256(data).hexdigest() != item.digest:
        return _withheld(item, version, _GONE)
    extension = _EXTENSIONS.get(item.media_type, "bin")
    entry = ExhibitEntry(
        no=item.no,
        version=version,
        kind=item.kind.value,
        form=Form.original,
        file=f"exhibits/{item.no:03d}-original.{extension}",
        size=len(data),
        media_type=item.media_type,
        digest=item.digest,
        part=1,
    )
    kept = data if len(data) <= _KEPT_MAX else None
    return Enclosed(item, entry, _reader(world, item.blob, kept))


def _reader(world: World, blob: str, kept: bytes | None) -> Callable[[], bytes]:
    def read() -> bytes:
        data = kept if kept is not None else world.blobs.get(blob)
        if data is None:
            raise VanishedFile(blob)
        return data

    return read


class VanishedFile(RuntimeError):
    """A file was erased between being looked at and being packed: the dossier has to be made anew."""


def _withheld(item: Exhibit, version: int, reason: Text) -> Enclosed:
    entry = ExhibitEntry(
        no=item.no,
        version=version,
        kind=item.kind.value,
        form=Form.withheld,
        file=None,
        size=item.size,
        media_type=item.media_type,
        digest=None,
        part=None,
    )
    return Enclosed(item, entry, None, reason)
