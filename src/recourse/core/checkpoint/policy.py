# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Policies: whose word is taken for a log. The keys of the log, of its promises, of its witnesses, and the quorum.

A witness is only as independent as whoever runs it, so that each names its operator.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recourse.core.canonical import Plain, canonical
from recourse.core.checkpoint.cosignature import is_cosigned
from recourse.core.checkpoint.head import Checkpoint, read_checkpoint
from recourse.core.checkpoint.note import (
    KEY_SIZE,
    BadNote,
    Kind,
    Note,
    NoteKey,
    Verify,
    decode,
    encode,
    is_name,
    is_signed,
)

FORMAT = "recourse-policy/1"
_FIELDS = {"format", "log", "origin", "quorum", "receipt", "witnesses"}
_NAME = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """A witness: its key, and who runs it (a name; the log's own operator says so)."""

    key: NoteKey
    operator: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose signatures count for the log `origin`. `quorum` is how many witnesses a checkpoint needs."""

    origin: str
    log: tuple[NoteKey, ...]
    receipt: tuple[NoteKey, ...]
    witnesses: tuple[WitnessKey, ...]
    quorum: int

    def to_plain(self) -> dict[str, Plain]:
        """As it is written to a file."""
        return {
            "format": FORMAT,
            "origin": self.origin,
            "log": [{"name": k.name, "key": encode(k.key), "alg": "ed25519"} for k in self.log],
            "receipt": [{"name": k.name, "key": encode(k.key)} for k in self.receipt],
            "witnesses": [
                {"name": w.key.name, "key": encode(w.key.key), "operator": w.operator} for w in self.witnesses
            ],
            "quorum": self.quorum,
        }

    def write(self) -> bytes:
        """The canonical bytes."""
        return canonical(self.to_plain())


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a checkpoint's signatures come to under a policy.

    `log` is whether the log signed; `false_names` are keys of the policy with a line that does not verify.
    """

    checkpoint: Checkpoint
    log: bool
    witnesses: tuple[WitnessKey, ...]
    false_names: tuple[str, ...]
    quorum: bool


def judge_checkpoint(note: Note, policy: Policy, *, verify: Verify) -> Judgement:
    """Look at every signature that a key of the policy claims. Raises BadNote when the text is no checkpoint."""
    signed = {key: is_signed(note, key, verify=verify) for key in policy.log}
    cosigned = {witness: is_cosigned(note, witness.key, verify=verify) for witness in policy.witnesses}
    wrong = [
        *(key.name for key, found in signed.items() if found is False),
        *(w.key.name for w, found in cosigned.items() if found is False),
    ]
    good = tuple(witness for witness, found in cosigned.items() if found)
    checkpoint = read_checkpoint(note.text)
    return Judgement(
        checkpoint=checkpoint,
        log=any(signed.values()) and checkpoint.origin == policy.origin,
        witnesses=good,
        false_names=tuple(wrong),
        quorum=len(good) >= policy.quorum,
    )


def read_policy(given: Plain) -> Policy:
    """Read a policy strictly. Raises BadNote with the place and what is wrong."""
    if not isinstance(given, Mapping) or set(given) != _FIELDS or given["format"] != FORMAT:
        raise BadNote(f"a policy has the fields {', '.join(sorted(_FIELDS))} and the format {FORMAT}")
    origin, quorum = given["origin"], given["quorum"]
    if not isinstance(origin, str) or not _NAME.fullmatch(origin):
        raise BadNote("origin: a text without white space was expected")
    log = [_key(item, f"log[{n}]", {"alg"}, Kind.ed25519) for n, item in enumerate(_list(given, "log"))]
    receipt = [
        _key(item, f"receipt[{n}]", set(), Kind.ed25519) for n, item in enumerate(_list(given, "receipt"))
    ]
    witnesses = [_witness(item, n) for n, item in enumerate(_list(given, "witnesses"))]
    if type(quorum) is not int or not 0 <= quorum <= len(witnesses):
        raise BadNote("quorum: a number from 0 to that of the witnesses was expected")
    if not log or len({w.key.key for w in witnesses}) != len(witnesses):
        raise BadNote("there is at least one key of the log, and no witness stands twice")
    return Policy(origin, tuple(log), tuple(receipt), tuple(witnesses), quorum)


def _witness(item: Plain, n: int) -> WitnessKey:
    where = f"witnesses[{n}]"
    key = _key(item, where, {"operator"}, Kind.cosignature)
    operator = item["operator"] if isinstance(item, Mapping) else None
    if not isinstance(operator, str) or not operator:
        raise BadNote(f"{where}.operator: a name was expected")
    return WitnessKey(key, operator)


def _key(item: Plain, where: str, more: set[str], kind: Kind) -> NoteKey:
    if not isinstance(item, Mapping) or set(item) != {"name", "key"} | more:
        raise BadNote(f"{where}: name, key{''.join(f', {field}' for field in sorted(more))} were expected")
    name, key = item["name"], item["key"]
    if not isinstance(name, str) or not is_name(name) or not isinstance(key, str):
        raise BadNote(f"{where}.name: a name without white space or plus was expected")
    if item.get("alg", "ed25519") != "ed25519":
        raise BadNote(f"{where}.alg: only ed25519 is known")
    return NoteKey(name, decode(key, size=KEY_SIZE), kind)


def _list(given: Mapping[str, Plain], name: str) -> Sequence[Plain]:
    found = given[name]
    if not isinstance(found, list | tuple):
        raise BadNote(f"{name}: a list was expected")
    return found
