# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether files are a valid bag by RFC 8493 (BagIt 1.0), written by anybody's program.

A dossier that another program packed again is no dossier any more; this says whether its files are still what its
manifest lists. Payloads fetched from elsewhere (fetch.txt) are not taken.
"""

import hashlib
import re
from collections.abc import Mapping

from recourse.core.dossier.container import Bytes

_LENGTHS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
_MANIFEST = re.compile(r"(?:tag)?manifest-[a-z0-9]+\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_ESCAPED = {"%0A": "\n", "%0D": "\r", "%25": "%"}
_INFO = re.compile(r"[^\s:][^:]*:[ \t].*|[ \t]+\S.*")


def bag_problems(files: Mapping[str, Bytes]) -> tuple[str, ...]:
    """What makes these files (by path below the bag) no valid bag, as paths; empty for a valid one."""
    found = [] if _is_declared(files.get("bagit.txt", b"")) else ["bagit.txt"]
    manifests = [name for name in sorted(files) if _MANIFEST.fullmatch(name)]
    if not any(name.startswith("manifest-") for name in manifests):
        found.append("manifest-sha256.txt")
    if "fetch.txt" in files:
        found.append("fetch.txt")
    if "bag-info.txt" in files and not _is_info(files["bag-info.txt"]):
        found.append("bag-info.txt")
    for name in manifests:
        found += _manifest_problems(name, files)
    return tuple(dict.fromkeys(found))


def _manifest_problems(name: str, files: Mapping[str, Bytes]) -> list[str]:
    about_tags, algorithm = name.startswith("tag"), name.rpartition("-")[2].removesuffix(".txt")
    listed = _listed(files[name])
    if algorithm not in _LENGTHS or listed is None:
        return [name]
    wrong = []
    for path, digest in listed.items():
        is_payload = path.startswith("data/")
        if is_payload is about_tags or (about_tags and path.startswith("tagmanifest-")):
            wrong.append(name)
        elif path not in files or hashlib.new(algorithm, files[path]).hexdigest() != digest:
            wrong.append(path)
    if not about_tags:
        wrong += [path for path in files if path.startswith("data/") and path not in listed]
    return wrong


def _listed(data: Bytes) -> dict[str, str] | None:
    """Digest by path; None when a line is none, or names a path again or one outside the bag."""
    lines = _lines(data)
    if lines is None:
        return None
    listed: dict[str, str] = {}
    for line in lines:
        row = _LINE.fullmatch(line)
        if row is None:
            return None
        path = re.sub("%0[AaDd]|%25", lambda found: _ESCAPED[found[0].upper()], row[2]).removeprefix("./")
        if path in listed or path.startswith(("/", "~")) or ".." in path.split("/"):
            return None
        listed[path] = row[1].lower()
    return listed


def _is_declared(data: Bytes) -> bool:
    """Exactly two lines, one space after each colon (section 2.1.1)."""
    return _lines(data) == ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"]


def _is_info(data: Bytes) -> bool:
    lines = _lines(data)
    return lines is not None and all(_INFO.fullmatch(line) for line in lines if line.strip())


def _lines(data: Bytes) -> list[str] | None:
    """The lines of a tag file, ended by CR, LF or both; None when it is no UTF-8."""
    try:
        text = bytes(data).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return re.sub("\r\n|\r", "\n", text).removesuffix("\n").split("\n") if text else []
