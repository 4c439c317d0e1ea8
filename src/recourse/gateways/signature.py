# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Talks to the signer and to witnesses over HTTP, and reads what those of this house keep.

Nobody waits for them long: one that is not to be had leaves proofs pending, and cases go on. The signer and the witness of
this house run on this machine, in folders of the data folder; others are named by settings.
"""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from recourse.core.canonical import Plain, canonical
from recourse.core.checkpoint.cosignature import holds
from recourse.core.checkpoint.extension import Growth
from recourse.core.checkpoint.head import Head, read_size
from recourse.core.checkpoint.note import (
    KEY_SIZE,
    NOTE_MAX,
    BadNote,
    Kind,
    NoteKey,
    NoteSignature,
    decode,
    encode,
    read_signatures,
)
from recourse.core.checkpoint.policy import Policy, WitnessKey
from recourse.core.log import Declined, Seen
from recourse.core.merkle import HASH_SIZE

_TIMEOUT_SECONDS = 3.0
_START_SECONDS = 10.0
_DOWN = Declined(0)


def verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class ForeignWitness:
    """A witness that somebody else runs: its key, who that is, and where it listens."""

    key: NoteKey
    operator: str
    url: str


def read_foreign_witnesses(path: str) -> tuple[ForeignWitness, ...]:
    """The file of RECOURSE_WITNESSES: [{"name", "key", "operator", "url"}]. Raises ValueError with what is wrong."""
    if not path:
        return ()
    try:
        found = json.loads(Path(path).read_bytes())
        return tuple(
            ForeignWitness(
                NoteKey(item["name"], decode(item["key"], size=KEY_SIZE), Kind.cosignature),
                item["operator"],
                item["url"].rstrip("/"),
            )
            for item in found
        )
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"RECOURSE_WITNESSES must name a file of name, key, operator and url: {error}"
        ) from None


class Notaries:
    """`Notary` over HTTP: the signer, the witness of this house, and those of others."""

    def __init__(
        self,
        data: Path,
        *,
        name: str,
        receipt: Callable[[], NoteKey],
        operator: str,
        foreign: Sequence[ForeignWitness] = (),
        quorum: int = 1,
        signer_url: str = "",
        signer_token: str = "",
    ) -> None:
        self._data = data
        self._name = name
        self._receipt = receipt
        self.operator = operator
        self._foreign = {one.key.name: one for one in foreign}
        self._quorum = quorum
        self._signer_url = signer_url
        self._signer_token = signer_token

    def ready(self, origin: str) -> bool:
        """Whether the signer answers. The witness of this house learns the log's keys, and the policy file is written."""
        if self._state() is None:
            return False
        self._introduce(origin)
        policy = self.policy(origin)
        path = self._data / "policy.json"
        if policy is not None and _bytes(path) != policy.write():
            _write(path, policy.write())
        return True

    def sign(self, asked: Growth) -> tuple[NoteSignature, ...] | Declined:
        """The signer's signatures over a checkpoint, or why there are none."""
        answer = self._ask_signer("/sign", asked.write().encode())
        if answer is None:
            return _DOWN
        status, body = answer
        if status != 200:
            return _declined(status, body)
        return _lines(body)

    def witnesses(self) -> Sequence[str]:
        """The names of the witnesses, this house's own first."""
        own = self._local_witness()
        return [*([own.name] if own else []), *self._foreign]

    def cosign(self, witness: str, asked: Growth) -> tuple[NoteSignature, ...] | Declined:
        """A witness's cosignature; lines of other keys and false ones are thrown away."""
        foreign = self._foreign.get(witness)
        own = self._local_witness()
        if foreign is not None:
            key, url = foreign.key, foreign.url
        elif own is not None and own.name == witness:
            key, url = own, _url(self._witness)
        else:
            return _DOWN
        answer = _http("POST", f"{url}/add-checkpoint", asked.write().encode()) if url else None
        if answer is None:
            return _DOWN
        status, body = answer
        if status != 200:
            return _declined(status, body)
        lines = _lines(body)
        if isinstance(lines, Declined):
            return lines
        mine = [one for one in lines if (one.name, one.key_id) == (key.name, key.key_id)]
        good = [one for one in mine if holds(one, text=asked.note.text, key=key, verify=verify)]
        return tuple(good[:1]) or _DOWN

    def seen(self) -> Sequence[Seen]:
        """What signer and own witness keep. Their files are read where they are here: that needs no running process."""
        found = [*_heads("signer", _read(self._signer / "state.json"))]
        if self._signer_url:
            state = self._state()
            found = [*_heads("signer", state["heads"] if state else None)]
        return [*found, *_heads("witness", _read(self._witness / "state.json"))]

    def policy(self, origin: str) -> Policy | None:
        """Whose word is taken for the log; None before the signer's first start."""
        log = self._log_keys()
        if not log:
            return None
        own = self._local_witness()
        witnesses = [
            *([WitnessKey(own, self.operator)] if own else []),
            *(WitnessKey(one.key, one.operator) for one in self._foreign.values()),
        ]
        quorum = min(self._quorum, len(witnesses))
        return Policy(origin, log, (self._receipt(),), tuple(witnesses), quorum)

    def declare(self, statement: Mapping[str, Plain]) -> tuple[NoteSignature, ...] | Declined:
        """The signer's signature under a gap declaration."""
        answer = self._ask_signer("/declare", canonical(statement))
        if answer is None:
            return _DOWN
        return _lines(answer[1]) if answer[0] == 200 else _declined(*answer)

    def rotate(self, statement: Mapping[str, Plain]) -> Mapping[str, Plain] | Declined:
        """A new key, and the statement both keys signed."""
        answer = self._ask_signer("/rotate", canonical(statement))
        if answer is None:
            return _DOWN
        if answer[0] != 200:
            return _declined(*answer)
        found: Mapping[str, Plain] = json.loads(answer[1])
        return found

    def start(self) -> Callable[[], None]:
        """Start those of signer and witness that do not run, for as long as the caller needs them."""
        children = [_start(command) for folder, command in self.commands().items() if not _answers(folder)]
        deadline = time.monotonic() + _START_SECONDS
        while children and time.monotonic() < deadline and not all(map(_answers, self.commands())):
            time.sleep(0.02)
        return lambda: _stop(children)

    def commands(self) -> dict[Path, list[str]]:
        """How signer and witness of this house are started, by folder."""
        python = (sys.executable, "-m")
        found = {self._witness: [*python, "recourse.processes.witness", str(self._witness)]}
        if not self._signer_url:
            found[self._signer] = [
                *(*python, "recourse.processes.signer", str(self._signer)),
                *("--name", self._name),
            ]
        return found

    @property
    def _signer(self) -> Path:
        return self._data / "signer"

    @property
    def _witness(self) -> Path:
        return self._data / "witness"

    def _log_keys(self) -> tuple[NoteKey, ...]:
        state = self._state() if self._signer_url else _read(self._signer / "public.json")
        return tuple(NoteKey(self._name, decode(key, size=KEY_SIZE)) for key in (state or {}).get("keys", []))

    def _local_witness(self) -> NoteKey | None:
        found = _read(self._witness / "public.json")
        if not found:
            return None
        return NoteKey(found["name"], decode(found["key"], size=KEY_SIZE), Kind.cosignature)

    def _introduce(self, origin: str) -> None:
        """Tell the witness of this house the log's keys. Keys it knows are only added to: a signer that came back with
        another key is a stranger to it."""
        if self._local_witness() is None:
            return
        path = self._witness / "logs.json"
        known: dict[str, list[str]] = _read(path) or {}
        keys = [encode(key.key) for key in self._log_keys()]
        trusted = [key for listed in known.values() for key in listed]
        if known.get(origin) != keys and (not known or set(keys) & set(trusted)):
            _write(path, json.dumps({**known, origin: keys}, indent=1).encode())

    def _state(self) -> Any:
        answer = self._ask_signer("/state")
        return json.loads(answer[1]) if answer is not None and answer[0] == 200 else None

    def _ask_signer(self, path: str, body: bytes | None = None) -> tuple[int, bytes] | None:
        url = self._signer_url or _url(self._signer)
        token = self._signer_token or _read(self._signer / "token") or ""
        if not url:
            return None
        return _http("GET" if body is None else "POST", url + path, body, token=token)


def _http(method: str, url: str, body: bytes | None, *, token: str = "") -> tuple[int, bytes] | None:
    """One request; None when nobody answers in time. No redirect is followed and no proxy asked."""
    place = urlsplit(url)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=_TIMEOUT_SECONDS)
    try:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        connection.request(method, place.path or "/", body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(NOTE_MAX)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _declined(status: int, body: bytes) -> Declined:
    try:
        size = read_size(body.decode().strip()) if status == 409 else None
    except (BadNote, UnicodeError):
        size = None
    return Declined(status, size)


def _lines(body: bytes) -> tuple[NoteSignature, ...] | Declined:
    try:
        return read_signatures(body.decode())
    except (BadNote, UnicodeError):
        return _DOWN


def _heads(by: str, kept: Any) -> list[Seen]:
    return [
        Seen(by, origin, Head(int(item["size"]), decode(item["root"], size=HASH_SIZE)))
        for origin, item in sorted((kept or {}).items())
        if int(item["size"]) > 0
    ]


def _url(folder: Path) -> str:
    try:
        return f"http://{(folder / 'address').read_text()}"
    except OSError:
        return ""


def _answers(folder: Path) -> bool:
    url = _url(folder)
    return bool(url) and _http("GET", f"{url}/state", None) is not None


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".new")
    draft.write_bytes(content)
    draft.replace(path)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True)


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
