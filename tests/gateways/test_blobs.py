# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault: sealed on arrival, named by its ciphertext, never served damaged, gone when its key is."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes

from recourse.core.port import StoredBlob
from recourse.core.problem import Problems
from recourse.gateways.blobs import Vault, local_vault
from recourse.gateways.media_type import ALLOWED, XLSX, media_type
from tests.gateways.key_ring import KeyRing

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
HEADS = {
    "image/jpeg": bytes.fromhex("ffd8ffe000104a46494600010100000100010000"),
    "image/png": PNG,
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20),
    "image/gif": b"GIF89a" + bytes(20),
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(20),
    "application/pdf": b"%PDF-1.7\n" + bytes(20),
    "audio/mpeg": b"ID3\x03\x00\x00" + bytes(20),
    "audio/mp4": b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42" + bytes(20),
    "audio/amr": b"#!AMR\n" + bytes(20),
    "audio/x-wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20),
    "video/mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42" + bytes(20),
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  " + bytes(20),
    "image/avif": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf" + bytes(20),
    "audio/aac": b"\xff\xf1\x50\x80" + bytes(20),
    "audio/ogg": b"OggS\x00\x02" + bytes(20),
    "audio/silk": b"\x02#!SILK_V3" + bytes(20),
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + bytes(20),
    "video/3gpp": b"\x00\x00\x00\x18ftyp3gp5\x00\x00\x01\x003gp53gp4" + bytes(20),
    "text/html": "<!DOCTYPE html>\n<html><body>聊天记录</body></html>".encode(),
    "message/rfc822": "Received: by mx.example.cn\r\nFrom: kefu@example.cn\r\nDate: Thu, 1 Oct 2026 10:00:00 +0800\r\n"
    "Subject: 回复\r\n\r\n您好".encode(),
    XLSX: b"PK\x03\x04\x14\x00\x06\x00" + bytes(18) + b"\x13\x00\x00\x00[Content_Types].xml xl/workbook.xml",
    "text/plain": "2026-09-18 20:31 客服：亲，正在处理。\n".encode(),
}


@pytest.fixture
def ring() -> KeyRing:
    """The keys of the vault under test."""
    return KeyRing()


@pytest.fixture
def vault(tmp_path: Path, ring: KeyRing) -> Vault:
    """An empty vault."""
    return local_vault(tmp_path, keys=ring)


def put(vault: Vault, content: bytes, *, piece: int = 1000) -> StoredBlob:
    """Seal some bytes that arrive in pieces."""
    stored = vault.put((content[i : i + piece] for i in range(0, len(content), piece)), name="照片.png")
    assert isinstance(stored, StoredBlob), stored
    return stored


def files(folder: Path) -> list[Path]:
    """All files of the vault."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, 65_503, 65_504, 65_505, 131_072, 300_001])
@pytest.mark.parametrize("piece", [7_000, 65_536, 400_000])
def test_what_was_put_comes_back_whatever_its_size_and_pieces(
    vault: Vault, tmp_path: Path, size: int, piece: int
) -> None:
    content = PNG + bytes(index * 7 % 251 for index in range(size))
    stored = put(vault, content, piece=piece)
    assert vault.get(stored.blob) == content
    assert stored.size == len(content)
    assert stored.digest == hashlib.sha256(content).hexdigest()
    (path,) = files(tmp_path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == stored.blob
    assert PNG[8:] not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_equal_files_are_different_blobs(vault: Vault) -> None:
    assert put(vault, PNG).blob != put(vault, PNG).blob


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_every_kind_of_the_list_is_recognised_by_its_bytes(vault: Vault, kind: str) -> None:
    assert put(vault, HEADS[kind]).media_type == kind


@pytest.mark.parametrize(
    "head",
    [
        b"MZ\x90\x00" + bytes(60),
        b"\x7fELF" + bytes(60),
        b"PK\x03\x04" + bytes(60),
        b"Rar!\x1a\x07\x00" + bytes(60),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"<?xml version='1.0'?><!DOCTYPE html><html/>",
        b"<script>alert(1)</script>",
        b"<!-- <html> --><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"hello\x00world",
        bytes(range(256)),
        b"\xff\xfe\x00",
    ],
)
def test_what_is_not_on_the_list_is_refused_and_leaves_nothing(
    vault: Vault, ring: KeyRing, tmp_path: Path, head: bytes
) -> None:
    refused = vault.put([head], name="photo.png")
    assert isinstance(refused, Problems) and refused.keys() == ("file_type_refused",)
    assert files(tmp_path) == [] and ring.keys == {}


def test_an_empty_file_is_refused(vault: Vault) -> None:
    for chunks in ([], [b""], [b"", b""]):
        refused = vault.put(chunks, name="x.png")
        assert isinstance(refused, Problems) and refused.keys() == ("file_empty",)


def test_too_many_bytes_are_refused_as_soon_as_they_come(vault: Vault, tmp_path: Path) -> None:
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        yield HEADS["image/png"]
        while True:
            asked += 1
            yield b"x" * 65_536

    refused = vault.put(endless(), name="log.txt")
    assert isinstance(refused, Problems) and refused.keys() == ("file_too_big",)
    assert asked <= ALLOWED["image/png"] // 65_536 + 1
    assert files(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(vault: Vault, ring: KeyRing, tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield PNG * 1000
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        vault.put(broken(), name="x.png")
    assert files(tmp_path) == [] and ring.keys == {}


def test_any_flipped_byte_and_any_cut_is_never_served(vault: Vault, tmp_path: Path) -> None:
    stored = put(vault, PNG * 3000)
    (path,) = files(tmp_path)
    sealed = path.read_bytes()
    for index in range(0, len(sealed), 9_973):
        path.write_bytes(sealed[:index] + bytes([sealed[index] ^ 1]) + sealed[index + 1 :])
        assert vault.get(stored.blob) is None
    path.write_bytes(sealed[: 4 + 65_536 + 16])
    assert vault.get(stored.blob) is None
    path.unlink()
    assert vault.get(stored.blob) is None


def test_a_truncated_file_under_its_own_digest_does_not_open_either(
    vault: Vault, ring: KeyRing, tmp_path: Path
) -> None:
    stored = put(vault, PNG * 3000)
    (path,) = files(tmp_path)
    cut = path.read_bytes()[: 4 + 65_536 + 16]
    name = hashlib.sha256(cut).hexdigest()
    forged = tmp_path / name[:2] / name[2:]
    forged.parent.mkdir(exist_ok=True)
    forged.write_bytes(cut)
    ring.keys[name] = ring.keys[stored.blob]
    assert vault.get(name) is None


def test_without_its_key_a_file_is_noise(vault: Vault, ring: KeyRing) -> None:
    stored = put(vault, PNG)
    ring.destroy(stored.blob)
    assert vault.get(stored.blob) is None


def test_deleting_takes_key_and_file(vault: Vault, ring: KeyRing, tmp_path: Path) -> None:
    stored = put(vault, PNG)
    vault.delete(stored.blob)
    vault.delete(stored.blob)
    assert files(tmp_path) == [] and ring.keys == {}


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_blob_is_named_by_a_digest_and_nothing_else(vault: Vault, ring: KeyRing, name: str) -> None:
    ring.keys[name] = bytes(32)
    with pytest.raises(ValueError, match="digest"):
        vault.get(name)


def test_text_cut_within_a_character_is_still_text() -> None:
    assert media_type(("啊" * 4000).encode()[:8192]) == "text/plain"
    assert media_type("聊天记录".encode("gb18030")) == "text/plain"


def test_a_second_digest_is_made_where_it_is_wanted(tmp_path: Path, ring: KeyRing) -> None:
    stored = put(local_vault(tmp_path, keys=ring, sm3=True), PNG)
    second = hashes.Hash(hashes.SM3())
    second.update(PNG)
    assert stored.sm3 == second.finalize().hex()
    # The example of GB/T 32905-2016, annex A.1.
    abc = hashes.Hash(hashes.SM3())
    abc.update(b"abc")
    assert abc.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert put(local_vault(tmp_path, keys=ring), PNG).sm3 == ""
