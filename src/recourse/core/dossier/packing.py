# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Packing a dossier: from the payload to the text that is sealed, and with the seal's signature to the container.

Between the two somebody signs, which the core cannot:

    unsealed = bag_up(origin=…, number=…, payload={path: content_of(data)})
    line = …sign(unsealed.seal_text)…
    for piece in packed(unsealed, line, read): …
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from recourse.core.dossier.bag import SEAL, TAGMANIFEST, Content, content_of, tag_files
from recourse.core.dossier.container import Bytes, pieces

SEAL_HEADING = "recourse.dossier/v1"


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A bag that waits for its seal: what there is by path below the case's number, and what is to be signed."""

    number: str
    payload: tuple[str, ...]
    tags: Mapping[str, bytes]
    seal_text: bytes


def bag_up(*, origin: str, number: str, payload: Mapping[str, Content]) -> Unsealed:
    """The bag of a payload (`data/…` to size and digest) and the text of its seal. `origin` names the log."""
    tags = tag_files(number, payload)
    digest = content_of(tags[TAGMANIFEST]).digest
    return Unsealed(number, tuple(payload), tags, seal_text(origin=origin, number=number, digest=digest))


def seal_text(*, origin: str, number: str, digest: str) -> bytes:
    """What the operator's receipt key signs: that this bag (digest of its tag manifest) is of this case and log."""
    return f"{SEAL_HEADING}\n{origin}\n{number}\n{digest}\n".encode()


def packed(bag: Unsealed, signature_line: str, read: Callable[[str], Bytes]) -> Iterator[Bytes]:
    """The container in pieces. `signature_line` is a signed note's line for the seal's text, without its line feed.

    `read` gives the bytes of a payload path again, once each and in order, so that no more than one needs to be at
    hand. Raises NotContainable, see `container.pieces`.
    """
    root = bag.number + "/"
    tags = {**bag.tags, SEAL: bag.seal_text + b"\n" + signature_line.encode() + b"\n"}

    def of(name: str) -> Bytes:
        path = name.removeprefix(root)
        return tags[path] if path in tags else read(path)

    return pieces((root + path for path in (*bag.payload, *tags)), of)
