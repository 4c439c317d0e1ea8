# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The folder inside a dossier: a bag by RFC 8493 (BagIt 1.0), so that any archive's tools can check it as well.

Everything but the payload follows from the payload and the case's number; only the seal does not.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.dossier.container import Bytes
from recourse.core.dossier.strict import lines_of

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGMANIFEST, SEAL = "manifest-sha256.txt", "tagmanifest-sha256.txt", "seal.txt"
PAYLOAD = "data/"

_TAGS = ("bagit.txt", "bag-info.txt", MANIFEST, TAGMANIFEST, SEAL)
_LINE = re.compile(rb"([0-9a-f]{64})  (data/[A-Za-z0-9._/-]+)")


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


def bag_faults(number: str, files: Mapping[str, Bytes]) -> tuple[str, ...]:
    """What is wrong with a dossier's bag, as places in the order of the checks; `files` by path below the root.

    The manifest's line is named when it is none, else the file that was altered, added or taken away.
    """
    payload = {path: content_of(data) for path, data in files.items() if path.startswith(PAYLOAD)}
    tags = files.keys() - payload.keys()
    misplaced = (*sorted(tags - set(_TAGS)), *(path for path in _TAGS if path not in tags))
    if misplaced:
        return misplaced
    digests = _listed(bytes(files[MANIFEST]))
    if isinstance(digests, str):
        return (digests,)
    expected = tag_files(number, payload)
    expected[TAGMANIFEST] = manifest({path: content_of(files[path]).digest for path in _TAGS[:3]})
    wrong = [path for path in ("bagit.txt",) if files[path] != expected[path]]
    for path in sorted(digests.keys() | payload.keys()):
        if path not in digests or path not in payload or digests[path] != payload[path].digest:
            wrong.append(path)
    return (*wrong, *(path for path in ("bag-info.txt", TAGMANIFEST) if files[path] != expected[path]))


def listed(files: Mapping[str, Bytes]) -> dict[str, str]:
    """Digest by path, of a bag without faults: its files were hashed for that, and need not be again."""
    found = _listed(bytes(files[MANIFEST]))
    return found if isinstance(found, dict) else {}


def _listed(data: bytes) -> dict[str, str] | str:
    """Digest by path, or the first line that is none: `manifest-sha256.txt:LINE`. Paths ascend, each once."""
    found: dict[str, str] = {}
    last = b""
    for number, line in enumerate(lines_of(data), start=1):
        row = _LINE.fullmatch(line) if line is not None else None
        if row is None or not last < row[2]:
            return f"{MANIFEST}:{number}"
        last = row[2]
        found[last.decode()] = row[1].decode()
    return found
