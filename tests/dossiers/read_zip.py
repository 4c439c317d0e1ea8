# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A dossier as a test reads it: verified, its files by path, the words of its pages."""

import io
import re
import zipfile

import pypdfium2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from recourse.core.actor import Actor
from recourse.core.dossier.verdict import Verdict
from recourse.core.dossier.verify import verify_dossier
from recourse.queries.dossier import dossier
from tests.store.house import House

URL = "https://odr.example.cn"


def made(house: House, actor: Actor, number: str, *, lang: str = "zh") -> bytes:
    """The one zip for a seat."""
    found = dossier(house.world, actor=actor, number=number, public_url=URL, lang=lang)
    assert found is not None
    (part,) = found.parts
    data = b"".join(part.pieces())
    assert len(data) == part.size, "its size was told beforehand"
    return data


def verified(data: bytes) -> Verdict:
    """The verdict on its bytes."""
    return verify_dossier(data, verify=holds)


def holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def files(data: bytes) -> dict[str, bytes]:
    """What lies in it, by path below the case's number."""
    with zipfile.ZipFile(io.BytesIO(data)) as kept:
        return {name.partition("/")[2]: kept.read(name) for name in kept.namelist()}


def pages(data: bytes) -> list[str]:
    """The words of each page of its PDF, without spaces and places to break."""
    pdf = pypdfium2.PdfDocument(files(data)["data/dossier.pdf"])
    return [re.sub(r"[\u200b\ufffe\s]", "", page.get_textpage().get_text_range()) for page in pdf]
