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

# Made once: making it costs as much as writing a small event.
_WRITER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]


class NotCanonical(ValueError):
    """The value cannot be written canonically; the message names the place."""


def canonical(value: Plain) -> bytes:
    """Write a plain value canonically. Raises NotCanonical for floats, big integers, odd keys or lone surrogates."""
    if not _is_plain(value):
        # The slow look names the place; it also takes what merely behaves like a str or a dict.
        _check(value, "$")
    try:
        return _WRITER.encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(f"unpaired surrogate at character {error.start}") from None


def digest(value: Plain) -> str:
    """SHA-256 of the canonical bytes, in lower-case hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def commitment(*, field: str, salt: bytes, value: Plain) -> str:
    """A salted commitment to one private field: HMAC-SHA-256(salt, canonical([field, value])), hex.

    Without the salt nothing about the value can be guessed; destroying salt and value leaves the chain provable.
    """
    return commitment_to(canonical(value), field=field, salt=salt)


def commitment_to(text: bytes, *, field: str, salt: bytes) -> str:
    """The same for a value that is written canonically already."""
    return hmac.digest(salt, b"[" + canonical(field) + b"," + text + b"]", "sha256").hex()


_LEAVES = frozenset({str, bool, type(None)})


def _is_plain(value: object) -> bool:
    """Whether a value is made of the plain types themselves, within their limits: nearly all that is ever hashed.

    Leaves are looked at where they stand: a call for each would cost more than all the rest.
    """
    kind = type(value)
    if kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]
            if type(key) is not str or not key.isascii():
                return False
            if type(item) not in _LEAVES and not _is_plain(item):
                return False
        return True
    if kind is list or kind is tuple:
        return all(type(item) in _LEAVES or _is_plain(item) for item in value)  # type: ignore[attr-defined]
    if kind is int:
        return -INT_LIMIT < value < INT_LIMIT  # type: ignore[operator]
    return kind in _LEAVES


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
