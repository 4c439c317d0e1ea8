# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Packing a dossier: from the payload to the text that is sealed, and with the seal's signature to the container.

Between the two somebody signs, which the core cannot:

    unsealed = bag_up(origin=…, number=…, payload={path: content_of(data)})
    line = …sign(unsealed.seal_text)…
    size = packed_size(unsealed, line)
    for piece in packed(unsealed, line, read): …

What is too big for one file is split into parts beforehand, `share_out`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from recourse.core.dossier.bag import SEAL, TAGMANIFEST, Content, content_of, tag_files
from recourse.core.dossier.container import NAME_BYTES_MAX, Bytes, length, pieces

SEAL_HEADING = "recourse.dossier/v1"
# A part is verified in a browser's memory, on a phone: it must fit there. The container itself ends at 4 GiB.
PART_BYTES_MAX = 1_000_000_000
# A member's two headers and its line in the manifest, at most; and the seal, the tag files and the container's end.
_BESIDE_A_FILE, _BESIDE_ALL = 3 * NAME_BYTES_MAX + 150, 16 * 1024


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A bag that waits for its seal: what there is by path below the case's number, and what is to be signed."""

    number: str
    payload: Mapping[str, Content]
    tags: Mapping[str, bytes]
    seal_text: bytes


def bag_up(*, origin: str, number: str, payload: Mapping[str, Content]) -> Unsealed:
    """The bag of a payload (`data/…` to size and digest) and the text of its seal. `origin` names the log."""
    tags = tag_files(number, payload)
    digest = content_of(tags[TAGMANIFEST]).digest
    return Unsealed(number, payload, tags, seal_text(origin=origin, number=number, digest=digest))


def seal_text(*, origin: str, number: str, digest: str) -> bytes:
    """What the operator's receipt key signs: that this bag (digest of its tag manifest) is of this case and log."""
    return f"{SEAL_HEADING}\n{origin}\n{number}\n{digest}\n".encode()


def share_out(sizes: Iterable[int], *, common: int, most: int = PART_BYTES_MAX) -> tuple[int, ...]:
    """The part, from 1, in which each file lies, in order: a part is filled, then the next begins.

    `sizes` are those of the files in bytes, `common` is what every part holds. A file bigger than a part has one alone.
    """
    room = most - common - _BESIDE_ALL
    found: list[int] = []
    part, left = 1, room
    for size in sizes:
        need = size + _BESIDE_A_FILE
        if need > left and part in found:
            part, left = part + 1, room
        found.append(part)
        left -= need
    return tuple(found)


def packed_size(bag: Unsealed, signature_line: str) -> int:
    """Bytes of the container, told before any file is read. Raises NotContainable, see `container.pieces`."""
    sizes = {path: item.size for path, item in bag.payload.items()}
    sizes |= {path: len(data) for path, data in _tags(bag, signature_line).items()}
    return length({f"{bag.number}/{path}": size for path, size in sizes.items()})


def packed(bag: Unsealed, signature_line: str, read: Callable[[str], Bytes]) -> Iterator[Bytes]:
    """The container in pieces. `signature_line` is a signed note's line for the seal's text, without its line feed.

    `read` gives the bytes of a payload path again, once each and in order, so that no more than one needs to be at
    hand. Raises NotContainable, see `container.pieces`.
    """
    root = bag.number + "/"
    tags = _tags(bag, signature_line)

    def of(name: str) -> Bytes:
        path = name.removeprefix(root)
        return tags[path] if path in tags else read(path)

    return pieces((root + path for path in (*bag.payload, *tags)), of)


def _tags(bag: Unsealed, signature_line: str) -> dict[str, bytes]:
    return {**bag.tags, SEAL: bag.seal_text + b"\n" + signature_line.encode() + b"\n"}
