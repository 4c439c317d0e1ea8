# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sealing for somebody who is not here: whoever has the box's public half can put something in, and only its secret opens it.

X25519 with a key pair made for each value (RFC 7748), HKDF-SHA-256 (RFC 5869) over both public halves, then AES-256-GCM
bound to the place the value belongs to, as in `sealing`.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from recourse.store.sealing import Unsealable, seal, unseal

_HALF = 32
_INFO = b"recourse/sealed-box"


def box_of(secret: bytes) -> bytes:
    """The public half (32 bytes) of the box that these 32 secret bytes open."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def seal_into(box: bytes, value: bytes, *, about: str) -> bytes:
    """The value for whoever holds the secret of this box: a public half, then nonce and ciphertext."""
    once = X25519PrivateKey.generate()
    half = once.public_key().public_bytes_raw()
    key = _key(once.exchange(X25519PublicKey.from_public_bytes(bytes(box))), half, bytes(box))
    return half + seal(value, key=key, about=about)


def unseal_with(secret: bytes, sealed: bytes | memoryview, *, about: str) -> bytes:
    """The value again. Raises Unsealable when secret, place or bytes are not those of the sealing."""
    sealed = bytes(sealed)
    own = X25519PrivateKey.from_private_bytes(secret)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(sealed[:_HALF]))
    except ValueError:
        raise Unsealable(f"cannot open what was sealed about {about.split('/')[0]}") from None
    key = _key(shared, sealed[:_HALF], own.public_key().public_bytes_raw())
    return unseal(sealed[_HALF:], key=key, about=about)


def _key(shared: bytes, half: bytes, box: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=half + box, info=_INFO).derive(shared)
