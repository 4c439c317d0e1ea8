# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Canonical bytes: the one way a value is written before it is hashed.

ASCII keys, integers below 2^53, no floats, keys sorted, no white space, UTF-8. On this subset the bytes
equal RFC 8785 (JCS), so that any JCS implementation can recompute a digest.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence

INT_LIMIT = 2**53

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]


class NotCanonical(ValueError):
    """The value cannot be written canonically; the message names the place."""


def canonical(value: Plain) -> bytes:
    """Write a plain value canonically. Raises NotCanonical for floats, big integers, odd keys or lone surrogates."""
    _check(value, "$")
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(f"unpaired surrogate at character {error.start}") from None


def digest(value: Plain) -> str:
    """SHA-256 of the canonical bytes, in lower-case hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def commitment(*, field: str, salt: bytes, value: Plain) -> str:
    """A salted commitment to one private field: HMAC-SHA-256(salt, canonical([field, value])), hex.

    Without the salt nothing about the value can be guessed; destroying salt and value leaves the chain provable.
    """
    return hmac.new(salt, canonical([field, value]), hashlib.sha256).hexdigest()


def _check(value: Plain, where: str) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) >= INT_LIMIT:
            raise NotCanonical(f"integer beyond 2^53 at {where}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(f"key is not ASCII text at {where}: {key!r}")
            _check(item, f"{where}.{key}")
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for index, item in enumerate(value):
            _check(item, f"{where}[{index}]")
    else:
        raise NotCanonical(f"{type(value).__name__} is not allowed at {where}")
