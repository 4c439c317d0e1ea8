# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The folder inside a dossier: a bag by RFC 8493 (BagIt 1.0), so that any archive's tools can check it as well.

Everything but the payload follows from the payload and the case's number; only the seal does not.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.dossier.container import Bytes

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGMANIFEST, SEAL = "manifest-sha256.txt", "tagmanifest-sha256.txt", "seal.txt"
PAYLOAD = "data/"


@dataclass(frozen=True, slots=True)
class Content:
    """What a manifest needs to know of a payload file: size in bytes and SHA-256 in lower-case hex."""

    size: int
    digest: str


def content_of(data: Bytes) -> Content:
    """Size and digest of bytes at hand."""
    return Content(len(data), hashlib.sha256(data).hexdigest())


def tag_files(number: str, payload: Mapping[str, Content]) -> dict[str, bytes]:
    """The four tag files of a payload by path (`data/…`), in the order in which they depend on one another."""
    files = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": bag_info(number, payload),
        MANIFEST: manifest({path: item.digest for path, item in payload.items()}),
    }
    files[TAGMANIFEST] = manifest({path: content_of(data).digest for path, data in files.items()})
    return files


def bag_info(number: str, payload: Mapping[str, Content]) -> bytes:
    """Whose bag it is and how much lies in it: octets, a dot, files."""
    octets = sum(item.size for item in payload.values())
    return (
        f"Bag-Software-Agent: Recourse\nExternal-Identifier: {number}\nPayload-Oxum: {octets}.{len(payload)}\n"
    ).encode()


def manifest(digests: Mapping[str, str]) -> bytes:
    """One line a file, sorted by path: digest, two spaces, path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()
