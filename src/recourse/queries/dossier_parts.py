# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The parts of a dossier: what is too big for one file is split, and each part verifies by itself.

Every part holds the chain, the proofs and the list of all exhibits; the pages and the files are shared out in order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from recourse.core.dossier import contents, packing
from recourse.core.dossier.bag import Content, content_of
from recourse.core.dossier.contents import Cover, ExhibitEntry
from recourse.queries.dossier_exhibits import Enclosed, Read
from recourse.queries.dossier_proofs import seal_line


@dataclass(frozen=True, slots=True)
class Part:
    """One file to hand out: `no` of `of`, its size in bytes. `pieces` gives its bytes, anew each time it is called."""

    number: str
    no: int
    of: int
    size: int
    pieces: Callable[[], Iterator[bytes | memoryview]]

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"recourse-{self.number}{f'-{self.no}of{self.of}' if self.of > 1 else ''}.zip"


def parts_of(
    cover: Cover,
    *,
    common: Mapping[str, bytes],
    pdf: Mapping[str, bytes],
    exhibits: Sequence[Enclosed],
    origin: str,
) -> tuple[Part, ...]:
    """All parts, sealed. `common` are the files of every part by path, `origin` the log's name for the seal.

    Raises NotContainable when not even a part of its own holds a file: before anything was handed out.
    """
    enclosed = {f"data/{entry.file}": (entry, read) for item in exhibits for entry, read in item.files}
    sizes = {path: len(data) for path, data in pdf.items()}
    sizes |= {path: entry.size for path, (entry, _) in enclosed.items()}
    rows = [entry for item in exhibits for entry in item.entries]
    always = (
        sum(map(len, common.values())) + len(contents.exhibits_json(rows)) + len(contents.cover_json(cover))
    )
    shared = packing.share_out(sizes.values(), common=always, most=packing.PART_BYTES_MAX)
    place = dict(zip(sizes, shared, strict=True))
    listed = contents.exhibits_json(_placed(entry, place) for entry in rows)
    files = {**common, contents.EXHIBITS: listed, **pdf}
    known = {path: content_of(data) for path, data in files.items()}
    known |= {path: Content(entry.size, entry.digest or "") for path, (entry, _) in enclosed.items()}
    readers = {path: read for path, (_, read) in enclosed.items()}
    last = max(shared, default=1)
    return tuple(
        _part(
            replace(cover, part=no, parts=last),
            files=files,
            payload={path: item for path, item in known.items() if place.get(path, no) == no},
            readers=readers,
            origin=origin,
        )
        for no in range(1, last + 1)
    )


def _placed(entry: ExhibitEntry, place: Mapping[str, int]) -> ExhibitEntry:
    return replace(entry, part=place[f"data/{entry.file}"]) if entry.file is not None else entry


def _part(
    cover: Cover,
    *,
    files: Mapping[str, bytes],
    payload: Mapping[str, Content],
    readers: Mapping[str, Read],
    origin: str,
) -> Part:
    front = contents.cover_json(cover)
    bag = packing.bag_up(
        origin=origin, number=cover.number, payload={contents.CASE: content_of(front), **payload}
    )
    line = seal_line(bag.seal_text.decode())

    def read(path: str) -> bytes:
        if path == contents.CASE:
            return front
        return files[path] if path in files else readers[path]()

    size = packing.packed_size(bag, line)
    return Part(cover.number, cover.part, cover.parts, size, partial(packing.packed, bag, line, read))
