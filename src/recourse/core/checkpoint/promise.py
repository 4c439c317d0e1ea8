# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A promise: the installation's signed word, given at once, that a leaf will be in the log within ten seconds.

Whoever holds a promise and finds no leaf holds proof against the operator.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """One leaf that was promised: its hash, the time it states, and the receipt key's Ed25519 signature."""

    leaf: bytes
    at: str
    signature: bytes


def promise_message(*, origin: str, leaf: bytes, at: str) -> bytes:
    """The bytes under a promise."""
    return f"recourse.promise/v1\n{origin}\n{leaf.hex()}\n{at}\n".encode()
