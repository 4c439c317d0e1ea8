# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The exhibits of a dossier for one reader: originals for their owner and the operator's people, never the other side's.

What the other side gets is a copy without metadata: the picture drawn anew, the text that was read, the recording with its
words about itself blanked, the pages of a document as pictures. Where there is none the exhibit is withheld, with its
reason. The pages show the same copies to everybody: a print needs no camera data.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from recourse.core.actor import Actor
from recourse.core.case.state import Case
from recourse.core.dossier.contents import ExhibitEntry, Form
from recourse.core.evidence import Exhibit, Link
from recourse.core.inspection import REASONS, Reason
from recourse.core.inspection import Form as Made
from recourse.core.port import World
from recourse.core.recording import without_words
from recourse.core.redaction import gives_original, is_recording
from recourse.core.text import Text
from recourse.queries.exhibit_sight import withheld
from recourse.queries.looked_at import looked_at
from recourse.store.inspections import Inspected, Rendition

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
_PAGES_ONLY = Text(
    "对方提交的文件，这里附分页图，不附原文件。",
    "Handed in by the other side: its pages are enclosed as pictures, not the file itself.",
)
# Bytes below this stay at hand between being looked at and being packed.
_KEPT_MAX = 100_000

Read = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture that the pages show. `blob` is the vault's name of its bytes, `page` of `pages` counts from 1."""

    blob: str
    read: Read
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One exhibit as it lies in the dossier: its line of the list, its files, what the pages show of it.

    `files` are entry and bytes of what is enclosed: the exhibit itself and pictures of its pages. `reason` says why it is
    withheld. `text` is what was read of a text file.
    """

    exhibit: Exhibit
    entry: ExhibitEntry
    files: tuple[tuple[ExhibitEntry, Read], ...]
    pictures: tuple[Shown, ...] = ()
    text: str = ""
    reason: Text | None = None

    @property
    def entries(self) -> tuple[ExhibitEntry, ...]:
        """Its lines in exhibits.json."""
        pages = tuple(entry for entry, _ in self.files if entry.form is Form.page)
        return (self.entry, *pages)


class VanishedFile(RuntimeError):
    """A file was erased between being looked at and being packed: the dossier has to be made anew."""


def enclosed(
    world: World, *, actor: Actor, case: Case, links: Sequence[Link], packing: bool
) -> tuple[Enclosed, ...]:
    """Every exhibit of a case that was already redacted for this reader, in order of numbers.

    For `packing` each file is read and checked. Pages alone need none but their pictures: nobody reads a film again
    for each page that is turned.
    """
    if not case.exhibits:
        return ()
    versions = {link.body["no"]: link.version for link in links if link.type == "ExhibitAdded"}
    seen = looked_at(actor, case, findings=True)
    desk = _Desk(world, actor, versions, seen, packing)
    return tuple(desk.one(item) for item in case.exhibits)


@dataclass(frozen=True, slots=True)
class _Desk:
    world: World
    actor: Actor
    versions: Mapping[object, int]
    seen: Mapping[int, Inspected]
    packing: bool

    def one(self, item: Exhibit) -> Enclosed:
        if gives_original(item, self.actor.role):
            return self._original(item)
        return self._withheld(item, _TAKEN_BACK) if item.withdrawn else self._copy(item)

    def _original(self, item: Exhibit) -> Enclosed:
        if item.digest and not self.packing:
            entry = self._described(
                item, Form.original, size=item.size, media_type=item.media_type, digest=item.digest
            )
            return Enclosed(item, entry, (), self._shown(item), self._text(item))
        data = self.world.blobs.get(item.blob) if item.digest else None
        if data is None or hashlib.sha256(data).hexdigest() != item.digest:
            return self._withheld(item, _GONE)
        read = _kept(data) if len(data) <= _KEPT_MAX else self._again(item.blob)
        entry = self._entry(item, Form.original, data, media_type=item.media_type)
        return Enclosed(item, entry, ((entry, read),), self._shown(item), self._text(item))

    def _copy(self, item: Exhibit) -> Enclosed:
        """What the other side gets of an exhibit."""
        shown = self._shown(item)
        if not self.packing and is_recording(item) and not withheld(self.seen.get(item.no)):
            entry = self._described(item, Form.copy, size=item.size, media_type=item.media_type, digest="")
            return Enclosed(item, entry, ())
        made = self._derived(item)
        if made is not None:
            data, media_type = made
            entry = self._entry(item, Form.copy, data, media_type=media_type)
            read = _kept(data) if len(data) <= _KEPT_MAX else self._derived_again(item)
            return Enclosed(item, entry, ((entry, read),), shown, self._text(item))
        if not shown:
            seen = self.seen.get(item.no)
            told = seen is not None and seen.reason is not Reason.none
            return self._withheld(item, REASONS[seen.reason] if seen is not None and told else _NO_COPY)
        pages = tuple(self._page(item, one) for one in shown)
        return Enclosed(item, self._missing(item), pages, shown, reason=_PAGES_ONLY)

    def _derived(self, item: Exhibit) -> tuple[bytes, str] | None:
        """The copy's bytes and media type."""
        if is_recording(item):
            data = self.world.blobs.get(item.blob)
            blanked = without_words(data, item.media_type) if data is not None else None
            return (blanked, item.media_type) if blanked is not None else None
        seen = self.seen.get(item.no)
        made = seen.rendition(Made.copy) if seen is not None else None
        if made is not None:
            data = self.world.blobs.get(made.blob)
            return (data, made.media_type) if data is not None else None
        text = self._text(item)
        return (text.encode(), "text/plain") if text else None

    def _derived_again(self, item: Exhibit) -> Read:
        def read() -> bytes:
            made = self._derived(item)
            if made is None:
                raise VanishedFile(item.blob)
            return made[0]

        return read

    def _shown(self, item: Exhibit) -> tuple[Shown, ...]:
        """The copy of a picture, or the pages of a document, as the vault has them."""
        seen = self.seen.get(item.no)
        if seen is None:
            return ()
        copy = seen.rendition(Made.copy)
        made = [copy] if copy is not None else list(_pages(seen))
        return tuple(
            Shown(one.blob, self._again(one.blob), at, len(made)) for at, one in enumerate(made, start=1)
        )

    def _text(self, item: Exhibit) -> str:
        seen = self.seen.get(item.no)
        text = seen.findings.get("text", "") if seen is not None else ""
        return text if isinstance(text, str) else ""

    def _page(self, item: Exhibit, shown: Shown) -> tuple[ExhibitEntry, Read]:
        data = shown.read()
        kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
        return self._entry(item, Form.page, data, media_type=kind, page=shown.page), _kept(data)

    def _entry(
        self, item: Exhibit, form: Form, data: bytes, *, media_type: str, page: int = 0
    ) -> ExhibitEntry:
        digest = hashlib.sha256(data).hexdigest()
        return self._described(item, form, size=len(data), media_type=media_type, digest=digest, page=page)

    def _described(
        self, item: Exhibit, form: Form, *, size: int, media_type: str, digest: str, page: int = 0
    ) -> ExhibitEntry:
        middle = f"page{page}" if form is Form.page else form.value
        return ExhibitEntry(
            no=item.no,
            version=self.versions[item.no],
            kind=item.kind.value,
            form=form,
            file=f"exhibits/{item.no:03d}-{middle}.{_EXTENSIONS.get(media_type, 'bin')}",
            size=size,
            media_type=media_type,
            digest=digest,
            part=1,
        )

    def _missing(self, item: Exhibit) -> ExhibitEntry:
        return ExhibitEntry(
            no=item.no,
            version=self.versions[item.no],
            kind=item.kind.value,
            form=Form.withheld,
            file=None,
            size=item.size,
            media_type=item.media_type,
            digest=None,
            part=None,
        )

    def _withheld(self, item: Exhibit, reason: Text) -> Enclosed:
        return Enclosed(item, self._missing(item), (), reason=reason)

    def _again(self, blob: str) -> Read:
        def read() -> bytes:
            data = self.world.blobs.get(blob)
            if data is None:
                raise VanishedFile(blob)
            return data

        return read


def _kept(data: bytes) -> Read:
    return lambda: data


def _pages(seen: Inspected) -> Iterator[Rendition]:
    page = 1
    while (found := seen.rendition(Made.page, page)) is not None:
        yield found
        page += 1
