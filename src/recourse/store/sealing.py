# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sealing small values: AES-256-GCM under a key of one purpose, bound to the place the value belongs to.

The place (`about`) is authenticated but not stored, so that a ciphertext moved to another row does not open.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class Unsealable(ValueError):
    """The ciphertext does not belong here, was altered, or its key is another one."""


def purpose_key(purpose: str) -> bytes:
    """The installation's 32-byte key of a purpose (see the settings); no two purposes share one."""
    key: bytes = settings.RECOURSE_KEYS[purpose]
    return key


def seal(value: bytes, *, key: bytes, about: str) -> bytes:
    """Nonce and ciphertext of a value."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, about.encode())


def unseal(sealed: bytes | memoryview, *, key: bytes, about: str) -> bytes:
    """The value again. Raises Unsealable when key, place or bytes are not those of the sealing."""
    sealed = bytes(sealed)
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        raise Unsealable(f"cannot open what was sealed about {about.split('/')[0]}") from None


def blind(text: str, *, about: str) -> str:
    """A keyed digest (HMAC-SHA-256, hex) to look a personal value up by, without storing it."""
    return hmac.digest(purpose_key("index"), f"{about}|{text}".encode(), "sha256").hex()
