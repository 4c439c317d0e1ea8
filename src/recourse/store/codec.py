# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Events and rulebooks as they are stored: the one place that maps between core values and plain ones.

msgspec turns values into plain ones and back; the bytes that are hashed come from `core.canonical` alone.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recourse.core.actor import Actor, Role
from recourse.core.calendar import CHINA
from recourse.core.canonical import Plain, canonical, commitment_to, digest
from recourse.core.case.event import EVENT_TYPES, PERSONAL, personal_fields
from recourse.core.case.events import DeadlineEnded, DeadlineListed, DeadlineStarted
from recourse.core.evidence import Link
from recourse.core.rulebook import Rulebook

_NONCE = 12
_SALT = 16


# A link as it is stored: what `Sealed` begins with.
EVENT_COLUMNS = ("case_id", "version", "type", "at", "actor", "body", "commitments", "previous", "hash")


class CaseStopped(Exception):
    """This case cannot be read by this version; other cases can. The message says which event is the reason."""


class Sealed(NamedTuple):
    """One event ready to be stored: the columns of its link as text in their order, then its personal fields packed.

    `private` is None for an event without personal fields.
    """

    case: str
    version: int
    type: str
    at: str
    actor: str
    body: str
    commitments: str
    previous: str
    hash: str
    private: bytes | None

    def link(self) -> Link:
        """The link that was sealed."""
        return link_of(*self[:-1])


def link_of(
    case: str,
    version: int,
    type: str,
    at: str,
    actor: str,
    body: str,
    commitments: str,
    previous: str,
    hash: str,
) -> Link:
    """A link from its stored columns."""
    who, said, committed = plain_json(actor), plain_json(body), plain_json(commitments)
    return Link(case, version, type, at, who, said, committed, previous, hash)


def split(event: object) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """The public body and the personal fields of an event, as plain values."""
    plain = cast(dict[str, Plain], msgspec.to_builtins(event, str_keys=True))
    personal = personal_fields(event)
    if not personal:
        return plain, {}
    body = {name: value for name, value in plain.items() if name not in personal}
    return body, {name: plain[name] for name in personal}


def seal_event(
    event: object, *, case: str, version: int, at: datetime, actor: Actor, previous: str, key: bytes
) -> Sealed:
    """Split an event, commit to its personal fields with fresh salts, encrypt them and seal the link.

    Raises NotCanonical when a text cannot be written (an unpaired surrogate).
    """
    body, personal = _written_clock(event) if type(event) in _CLOCKS else _written(event)
    commitments: dict[str, str] = {}
    packed: list[tuple[str, bytes, bytes]] = []
    if personal:
        cipher = AESGCM(key)
        for field, value in personal.items():
            salt, text = secrets.token_bytes(_SALT), canonical(value)
            commitments[field] = commitment_to(text, field=field, salt=salt)
            packed.append((field, salt, _closed(cipher, text, _about(case, version, field))))
    kind, who, when = type(event).__name__, _written_actor(actor), _written_moment(at)
    committed = canonical(commitments).decode() if commitments else "{}"
    # The canonical bytes of the whole link, put together from its parts: each part is written once, for the row and
    # for the hash. A test holds this against `core.evidence`.
    whole = (
        f'{{"actor":{who},"at":"{when}","body":{body},"case":"{case}","commitments":{committed},'
        f'"previous":"{previous}","type":"{kind}","version":{version}}}'
    )
    hash_ = hashlib.sha256(whole.encode()).hexdigest()
    private = msgspec.msgpack.encode(packed) if packed else None
    return Sealed(case, version, kind, when, who, body, committed, previous, hash_, private)


def _written(event: object) -> tuple[str, dict[str, Plain]]:
    """The public body as canonical text, and the personal fields."""
    body, personal = split(event)
    return canonical(body).decode(), personal


# A sweep lists, starts and ends the same clocks at the same moment for hundreds of cases.
_CLOCKS = frozenset({DeadlineListed, DeadlineStarted, DeadlineEnded})
_written_clock = lru_cache(maxsize=256)(_written)


def open_event(
    *, case: str, version: int, type: str, body: str, private: bytes | None, cipher: AESGCM | None
) -> Any:
    """The event again. Without a key or a private row its personal fields hold what stands there once erased.

    Raises CaseStopped for an event this version does not know, or whose parts do not fit.
    """
    cls = EVENT_TYPES.get(type)
    if cls is None:
        raise CaseStopped(f"case {case}, event {version}: this version does not know {type}")
    personal = PERSONAL[type]
    try:
        if not personal:
            return _reader(cls).decode(body)
        # What was still public in an event of an earlier version stays what it was.
        plain = {**personal, **msgspec.json.decode(body)}
        for field, value in open_fields(case=case, version=version, private=private, cipher=cipher).items():
            plain[field] = value[1]
        return msgspec.convert(plain, cls)
    except msgspec.DecodeError as error:
        raise CaseStopped(f"case {case}, event {version} ({type}): {error}") from None


def rebuilt_event(link: Link, opened: Mapping[str, Plain]) -> Any:
    """An event from its link and those of its private fields that were opened; the others stand as if erased.

    Raises CaseStopped for an event this version does not know, or whose parts do not fit.
    """
    where = f"case {link.case}, event {link.version} ({link.type})"
    cls = EVENT_TYPES.get(link.type)
    if cls is None:
        raise CaseStopped(f"{where}: this version does not know it")
    try:
        return msgspec.convert({**PERSONAL[link.type], **link.body, **opened}, cls)
    except msgspec.ValidationError as error:
        raise CaseStopped(f"{where}: {error}") from None


@cache
def _reader(cls: type) -> msgspec.json.Decoder[Any]:
    """From stored text straight to the value; made once, for making it looks through all the types within."""
    return msgspec.json.Decoder(cls)


def open_fields(
    *, case: str, version: int, private: bytes | None, cipher: AESGCM | None
) -> dict[str, tuple[bytes, Plain]]:
    """Salt and value of each personal field of one event; nothing once they are erased.

    Raises CaseStopped when a ciphertext was altered or moved.
    """
    if private is None or cipher is None:
        return {}
    fields: dict[str, tuple[bytes, Plain]] = {}
    for field, salt, closed in msgspec.msgpack.decode(private):
        try:
            value = cipher.decrypt(closed[:_NONCE], closed[_NONCE:], _about(case, version, field))
        except InvalidTag:
            raise CaseStopped(
                f"case {case}, event {version}: the private field {field} was altered"
            ) from None
        fields[field] = (salt, msgspec.json.decode(value))
    return fields


def pack_fields(
    *, case: str, version: int, fields: Mapping[str, tuple[bytes, Plain]], cipher: AESGCM
) -> bytes:
    """Private fields of one event that came with their salts, sealed as those of our own: what `open_fields` opens."""
    packed: list[tuple[str, bytes, bytes]] = []
    for field, (salt, value) in sorted(fields.items()):
        packed.append((field, salt, _closed(cipher, canonical(value), _about(case, version, field))))
    return msgspec.msgpack.encode(packed)


def plain_actor(actor: Actor) -> dict[str, str]:
    """The actor as it stands in a link: random id, seat, operator and channel, and the program that acted for it."""
    who = {"id": actor.id, "role": actor.role.value, "operator": actor.operator, "via": actor.via.value}
    return {**who, "through": actor.through} if actor.through else who


@lru_cache(maxsize=256)
def _written_actor(actor: Actor) -> str:
    """The actor as canonical text: one deed writes several events, a sweep thousands."""
    return canonical(plain_actor(actor)).decode()


@lru_cache(maxsize=64)
def _written_moment(at: datetime) -> str:
    return at.astimezone(CHINA).isoformat()


@lru_cache(maxsize=1024)
def read_actor(text: str) -> tuple[Role, str]:
    """Seat and id of an actor as it stands in a link: few act, and each in many events."""
    who = plain_json(text)
    return Role(who["role"]), who["id"]


def rulebook_text(rulebook: Rulebook) -> tuple[str, str]:
    """Digest and canonical text of a rulebook."""
    plain = cast(Plain, msgspec.to_builtins(rulebook, str_keys=True))
    return digest(plain), canonical(plain).decode()


def rulebook_value(text: str) -> Rulebook:
    """A rulebook from its stored text. Raises CaseStopped when this version cannot read it."""
    try:
        return msgspec.json.decode(text, type=Rulebook)
    except msgspec.ValidationError as error:
        raise CaseStopped(f"a stored rulebook cannot be read: {error}") from None


def plain_json(text: str) -> dict[str, Any]:
    """Stored canonical text as plain values."""
    return cast(dict[str, Any], msgspec.json.decode(text))


def _closed(cipher: AESGCM, text: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, text, about)


def _about(case: str, version: int, field: str) -> bytes:
    return f"{case}/{version}/{field}".encode()
