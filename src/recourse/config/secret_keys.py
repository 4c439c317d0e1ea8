# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One root secret, one key per purpose.

The keys are derived, so that a leaked link key opens no field and a rotated session key breaks no evidence.
The root is a file of its own in the data folder, made on first use and readable by its owner only.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

# Each purpose has its own key. Add a purpose rather than use a key twice.
PURPOSES = ("django", "field", "blob", "code", "link", "webhook", "api", "receipt", "origin", "index", "demo")

_ROOT_BYTES = 32
_SHORTEST = 32


def root_secret(*, data: Path, given: str) -> bytes:
    """The root secret: `given` (RECOURSE_SECRET) when set, else the file `secret` in `data`, made when missing.

    Raises ValueError when the given secret is too short to be one.
    """
    if given:
        if len(given) < _SHORTEST:
            raise ValueError(f"RECOURSE_SECRET must have at least {_SHORTEST} characters")
        return given.encode()
    path = data / "secret"
    try:
        return bytes.fromhex(path.read_text().strip())
    except FileNotFoundError:
        return _create(path)


def derive_key(root: bytes, *, purpose: str) -> bytes:
    """The 32-byte key of a purpose (HMAC-SHA-256 of its name under the root)."""
    return hmac.new(root, b"recourse/" + purpose.encode(), hashlib.sha256).digest()


def derive_keys(root: bytes) -> dict[str, bytes]:
    """All keys by purpose."""
    return {purpose: derive_key(root, purpose=purpose) for purpose in PURPOSES}


def _create(path: Path) -> bytes:
    # Two workers may start at once: each writes its own file and the first link wins, so that both read the same.
    draft = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(_ROOT_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # The other worker was first; its secret is the one.
    finally:
        draft.unlink()
    return bytes.fromhex(path.read_text().strip())
