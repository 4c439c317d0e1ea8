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
from pathlib import Path
from typing import Any

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
from recourse.core.gap import SIGNER, WITNESS
from recourse.core.log import Declined, Seen
from recourse.core.merkle import HASH_SIZE
from recourse.gateways.foreign_witness import ForeignWitness, WitnessAnswers, write_whole
from recourse.gateways.outgoing import ask

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


class Notaries:
    """`Notary` over HTTP: the signer, the witness of this house, and those of others."""

    def __init__(
        self,
        data: Path,
        *,
        name: str,
        receipts: Callable[[], Sequence[NoteKey]],
        operator: str,
        foreign: Sequence[ForeignWitness] = (),
        quorum: int = 1,
        signer_url: str = "",
        signer_token: str = "",
    ) -> None:
        self._data = data
        self._name = name
        self._receipts = receipts
        self.operator = operator
        self._foreign = {one.key.name: one for one in foreign}
        self._quorum = quorum
        self._signer_url = signer_url
        self._signer_token = signer_token
        self._answers = WitnessAnswers(data / "witnessed.json")
        # What a signer elsewhere last said of its state: once heard, it may be away for a while.
        self._heard: Any = None

    def ready(self, origin: str) -> bool:
        """Whether the signer answers. The witness of this house learns the log's keys, and the policy file is written."""
        if self._state() is None:
            return False
        self._introduce(origin)
        policy = self.policy(origin)
        path = self._data / "policy.json"
        if policy is not None and _bytes(path) != policy.write():
            write_whole(path, policy.write())
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

    def others(self) -> frozenset[str]:
        """The names of the witnesses that others run."""
        return frozenset(self._foreign)

    def cosign(self, witness: str, asked: Growth) -> tuple[NoteSignature, ...] | Declined:
        """A witness's cosignature; lines of other keys and false ones are thrown away. What one of others says is kept."""
        foreign = self._foreign.get(witness)
        own = self._local_witness()
        if foreign is not None:
            answer = _cosigned(foreign.key, foreign.url, asked)
            self._answers.keep(witness, asked, answer)
            return answer
        if own is not None and own.name == witness:
            return _cosigned(own, _url(self._witness), asked)
        return _DOWN

    def seen(self) -> Sequence[Seen]:
        """What signer and witnesses keep. Files are read where they are here: that needs no running process."""
        if self._signer_url:
            self._heard = self._state() or self._heard
        return [
            *(self._kept(SIGNER) or ()),
            *(self._kept(WITNESS) or ()),
            *self._answers.seen(self.others()),
        ]

    def silent(self) -> frozenset[str]:
        """A signer elsewhere that this process never heard, and whoever of this house keeps what cannot be read."""
        return frozenset(who for who in (SIGNER, WITNESS) if self._kept(who) is None)

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
        return Policy(origin, log, tuple(self._receipts()), tuple(witnesses), quorum)

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

    def _kept(self, who: str) -> list[Seen] | None:
        """The heads that signer or witness keeps, none before the first; None when they cannot be had.

        One without leaves tells that a gap was declared, unless it is the log's first.
        """
        try:
            if who == SIGNER and self._signer_url:
                heads = self._heard["heads"]
            else:
                heads = _read({SIGNER: self._signer, WITNESS: self._witness}[who] / "state.json") or {}
            return [
                Seen(who, origin, Head(int(item["size"]), decode(item["root"], size=HASH_SIZE)))
                for origin, item in sorted(heads.items())
                if int(item["size"]) > 0 or origin != self._name
            ]
        except (OSError, AttributeError, KeyError, TypeError, ValueError):
            return None

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
            write_whole(path, json.dumps({**known, origin: keys}, indent=1).encode())

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
    """One request; None when nobody answers in time."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        return ask(method, url, body, headers=headers, seconds=_TIMEOUT_SECONDS, limit=NOTE_MAX)
    except (OSError, http.client.HTTPException, ValueError):
        return None


def _cosigned(key: NoteKey, url: str, asked: Growth) -> tuple[NoteSignature, ...] | Declined:
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
