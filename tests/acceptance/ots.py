# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads OpenTimestamps proofs (.ots) as far as one can without network: every operation is followed to each attestation.

Whether a Bitcoin block really holds what an attestation says takes a node, and is not looked at.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
# Tags of attestations with the number of what they name: a block's height.
_BITCOIN = bytes.fromhex("0588960d73d71901")
_PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_LITECOIN = bytes.fromhex("06869a0d73d71b45")
_ETHEREUM = bytes.fromhex("30fe8087b5c7ead7")
_NAMES = {_BITCOIN: "bitcoin", _LITECOIN: "litecoin", _ETHEREUM: "ethereum"}
_MESSAGE_MAX = 4096
_DEPTH_MAX = 256
_DIGESTS: dict[int, tuple[str, int]] = {0x02: ("sha1", 20), 0x03: ("ripemd160", 20), 0x08: ("sha256", 32)}


class BadProof(ValueError):
    """This is no proof that can be followed; the message says why."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """Where a path ends: who is said to hold `message`. `kind` is pending, a chain, or unknown."""

    kind: str
    message: bytes
    said: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The digest that was stamped, by which hash, and every attestation that its operations lead to."""

    hash: str
    digest: bytes
    attestations: tuple[Attestation, ...]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise BadProof("the proof ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self) -> int:
        total, shift = 0, 0
        while True:
            (byte,) = self.take(1)
            total |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return total
            shift += 7
            if shift > 63:
                raise BadProof("a number is too long")

    def piece(self, most: int) -> bytes:
        length = self.number()
        if length > most:
            raise BadProof("a piece is too long")
        return self.take(length)


def read_proof(data: bytes) -> Proof:
    """Read a whole proof. Raises BadProof."""
    reader = _Reader(data)
    if reader.take(len(MAGIC)) != MAGIC or reader.number() != 1:
        raise BadProof("this is no proof of version 1")
    (tag,) = reader.take(1)
    if tag not in _DIGESTS:
        raise BadProof("the file's hash is not known")
    name, size = _DIGESTS[tag]
    digest = reader.take(size)
    found = tuple(_follow(reader, digest, 0))
    if reader.at != len(data):
        raise BadProof("something follows the proof")
    return Proof(name, digest, found)


def _follow(reader: _Reader, message: bytes, depth: int) -> Iterator[Attestation]:
    """One timestamp: items that each begin at `message`; 0xff says that another follows."""
    if depth > _DEPTH_MAX:
        raise BadProof("the operations are nested too deep")
    more = True
    while more:
        (tag,) = reader.take(1)
        more = tag == 0xFF
        if more:
            (tag,) = reader.take(1)
        if tag == 0x00:
            yield _attestation(reader, message)
        else:
            yield from _follow(reader, _operation(tag, reader)(message), depth + 1)


def _attestation(reader: _Reader, message: bytes) -> Attestation:
    tag, inner = reader.take(8), _Reader(reader.piece(8192))
    if tag == _PENDING:
        return Attestation("pending", message, inner.piece(1000).decode("ascii"))
    if tag in _NAMES:
        return Attestation(_NAMES[tag], message, f"block {inner.number()}")
    return Attestation("unknown", message, tag.hex())


def _operation(tag: int, reader: _Reader) -> Callable[[bytes], bytes]:
    match tag:
        case 0xF0:
            more = reader.piece(_MESSAGE_MAX)
            found: Callable[[bytes], bytes] = lambda message: message + more  # noqa: E731
        case 0xF1:
            before = reader.piece(_MESSAGE_MAX)
            found = lambda message: before + message  # noqa: E731
        case 0xF2:
            found = lambda message: message[::-1]  # noqa: E731
        case 0xF3:
            found = lambda message: message.hex().encode()  # noqa: E731
        case 0x67:
            found = keccak256
        case _ if tag in _DIGESTS:
            name = _DIGESTS[tag][0]
            found = lambda message: hashlib.new(name, message).digest()  # noqa: E731
        case _:
            raise BadProof(f"the operation {tag:#04x} is not known")

    def apply(message: bytes) -> bytes:
        result = found(message)
        if not 0 < len(result) <= _MESSAGE_MAX:
            raise BadProof("a message is empty or too long")
        return result

    return apply


def keccak256(message: bytes) -> bytes:
    """Keccak-256 as Ethereum uses it: SHA-3's permutation with the padding of before the standard."""
    rate = 136
    padded = bytearray(message + b"\x01" + bytes(rate - 1 - len(message) % rate))
    padded[-1] |= 0x80
    state = [0] * 25
    for begin in range(0, len(padded), rate):
        for lane in range(rate // 8):
            state[lane] ^= int.from_bytes(padded[begin + 8 * lane : begin + 8 * lane + 8], "little")
        state = _permuted(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])


def _permuted(state: list[int]) -> list[int]:
    """Keccak-f[1600] (FIPS 202 section 3)."""
    register = 1
    for _ in range(24):
        parity = [state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)]
        state = [lane ^ parity[(n - 1) % 5] ^ _turned(parity[(n + 1) % 5], 1) for n, lane in enumerate(state)]
        x, y, lane = 1, 0, state[1]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            state[x + 5 * y], lane = _turned(lane, (step + 1) * (step + 2) // 2), state[x + 5 * y]
        state = [
            lane ^ (~state[5 * (n // 5) + (n + 1) % 5] & state[5 * (n // 5) + (n + 2) % 5])
            for n, lane in enumerate(state)
        ]
        for power in range(7):
            register = (register << 1) ^ ((register >> 7) * 0x171)
            if register & 2:
                state[0] ^= 1 << ((1 << power) - 1)
        state = [lane & (1 << 64) - 1 for lane in state]
    return state


def _turned(lane: int, by: int) -> int:
    by %= 64
    return (lane << by | lane >> (64 - by)) & ((1 << 64) - 1)
