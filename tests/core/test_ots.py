# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The reader of OpenTimestamps proofs that the acceptance uses: operations followed, everything else refused."""

import hashlib

import pytest

from tests.acceptance.ots import MAGIC, BadProof, keccak256, read_proof

DIGEST = hashlib.sha256(b"hello").digest()
URL = b"https://calendar.example"
PENDING = b"\x00" + bytes.fromhex("83dfe30d2ef90c8e") + bytes([len(URL) + 1, len(URL)]) + URL
BITCOIN = b"\x00" + bytes.fromhex("0588960d73d71901") + b"\x03\xe5\x8e\x26"
HEAD = MAGIC + b"\x01\x08" + DIGEST


def test_operations_are_followed_to_every_attestation() -> None:
    proof = read_proof(HEAD + b"\xf0\x02ab" + b"\x08" + b"\xff" + PENDING + b"\xf1\x01z\x08" + BITCOIN)
    assert (proof.hash, proof.digest) == ("sha256", DIGEST)
    first = hashlib.sha256(DIGEST + b"ab").digest()
    second = hashlib.sha256(b"z" + first).digest()
    assert [(a.kind, a.message, a.said) for a in proof.attestations] == [
        ("pending", first, URL.decode()),
        ("bitcoin", second, "block 624485"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        MAGIC,
        MAGIC + b"\x02\x08" + DIGEST + PENDING,
        MAGIC + b"\x01\x09" + DIGEST + PENDING,
        HEAD,
        HEAD + b"\xf0",
        HEAD + b"\xee" + PENDING,
        HEAD + PENDING + b"x",
        HEAD + b"\xf0\xff\xff\x7f",
        HEAD + b"\x08" * 300 + PENDING,
        HEAD + b"\xf0\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
    ],
)
def test_what_cannot_be_followed_is_refused(data: bytes) -> None:
    with pytest.raises(BadProof):
        read_proof(data)


def test_keccak_is_the_one_of_before_the_standard() -> None:
    empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak256(b"").hex() == empty
    abc = "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"
    assert keccak256(b"abc").hex() == abc
