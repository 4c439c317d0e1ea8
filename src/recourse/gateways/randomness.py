# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Unpredictable bytes from the operating system, in the shapes that are needed."""

import secrets

# Twelve digits in groups of four: easy to read out on the phone, and 10^12 numbers to guess among.
_GROUPS, _GROUP = 3, 10_000


class SystemRandomness:
    """`Randomness` of a real installation."""

    def salt(self) -> bytes:
        """16 random bytes for a commitment."""
        return secrets.token_bytes(16)

    def public_id(self) -> str:
        """A random 128-bit id: 32 hex digits."""
        return secrets.token_hex(16)

    def case_number(self) -> str:
        """A random case number such as 4821-0937-5516."""
        return "-".join(f"{secrets.randbelow(_GROUP):04d}" for _ in range(_GROUPS))

    def code(self) -> str:
        """A six-digit sign-in code, leading zeros included."""
        return f"{secrets.randbelow(1_000_000):06d}"
