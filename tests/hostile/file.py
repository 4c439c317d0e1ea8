# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One hostile file and its verdict at arrival."""

from dataclasses import dataclass

REFUSED = "file_type_refused"
EMPTY = "file_empty"


@dataclass(frozen=True, slots=True)
class HostileFile:
    """`kind` is its class; `name` is what a browser would say; `taken_as` is the media type, or empty when `refused`.

    `decodes` is for whoever looks inside: `yes`, `no` (not what its head says), or `bomb` (more comes out than may).
    """

    kind: str
    name: str
    content: bytes
    taken_as: str = ""
    refused: str = ""
    decodes: str = "no"


def taken(kind: str, name: str, content: bytes, media_type: str, *, decodes: str = "no") -> HostileFile:
    """A file that is kept as bytes under a media type."""
    return HostileFile(kind, name, content, taken_as=media_type, decodes=decodes)


def refused(kind: str, name: str, content: bytes, *, key: str = REFUSED) -> HostileFile:
    """A file that is not taken."""
    return HostileFile(kind, name, content, refused=key)
