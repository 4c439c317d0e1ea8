# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Mutants of dossiers by number: what a careless copy, a stranger, the other side or the operator itself could do.

Most are packed again with fresh manifests, sealed by the operator, by a stranger, or with an older seal. An insider
who seals a coherent lie before anything reached the log makes a sound dossier: of mutants it is only asked that
verifiers agree, and of those in `MUST_FAIL` that they find a fault.
"""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from recourse.core.dossier.container import container
from tests.dossiers import bend_bytes, bend_values
from tests.dossiers.draft import RECEIPT, STRANGER, Draft, pack
from tests.dossiers.make import make


@dataclass(frozen=True)
class Mutant:
    """Which dossier was bent and how, and the bytes that came of it. `must_fail`: a fault has to be found."""

    what: str
    data: bytes
    must_fail: bool


def mutant(number: int) -> Mutant:
    """The mutant of this number."""
    chance = random.Random(f"mutant {number}")
    draft = make(chance.randrange(10_000))
    way = chance.choice(
        (_container, _container, _zip_tricks, _tags, _payload_bytes, _payload_json, _values, _values, _values)
    )
    return way(draft, chance)


def _container(draft: Draft, chance: random.Random) -> Mutant:
    data = draft.pack()
    bend = chance.choice(bend_bytes.ALL)
    bent = bend(data, chance)
    return Mutant(f"container {bend.__name__}", bent, bent != data)


def _zip_tricks(draft: Draft, chance: random.Random) -> Mutant:
    data = draft.pack()
    trick = chance.choice(bend_bytes.ZIP_TRICKS)
    bent = trick(data, chance)
    return Mutant(f"zip {trick.__name__}", bent, bent != data)


def _tags(draft: Draft, chance: random.Random) -> Mutant:
    """A tag file bent, everything else as it was; the container is sound."""
    files = members(draft.pack())
    names = [name for name in files if "/data/" not in name]
    name = chance.choice(names)
    bend = chance.choice((*bend_bytes.ALL, *bend_bytes.TEXTS))
    before = files[name]
    files[name] = bend(before, chance)
    if chance.random() < 0.1:
        files[name.rpartition("/")[0] + "/extra.txt"] = b"x"
    return Mutant(f"tag {name.rpartition('/')[2]} {bend.__name__}", repack(files), files[name] != before)


def _payload_bytes(draft: Draft, chance: random.Random) -> Mutant:
    """A payload file bent, with fresh manifests, sealed by the operator, by a stranger, or with the old seal."""
    payload = draft.payload()
    path = chance.choice(sorted(payload))
    bend = chance.choice((*bend_bytes.ALL, *bend_bytes.TEXTS, *bend_bytes.LINES))
    payload[path] = bend(payload[path], chance)
    what = f"payload {path} {bend.__name__}"
    if chance.random() < 0.1:
        del payload[path]
        what = f"payload {path} gone"
    if chance.random() < 0.05:
        payload["data/exhibits/999-original.png"] = b"stray"
        what += " and a stray"
    return _closed(draft, payload, what, chance)


def _payload_json(draft: Draft, chance: random.Random) -> Mutant:
    """JSON that two parsers could read differently."""
    payload = draft.payload()
    path = chance.choice([name for name in sorted(payload) if name.endswith((".json", ".jsonl"))])
    trick = chance.choice(bend_bytes.JSON_TRICKS)
    before = payload[path]
    payload[path] = trick(before, chance)
    # Whoever holds the key may seal it, and still it is not taken.
    closed = _closed(draft, payload, f"json {path} {trick.__name__}", chance)
    return Mutant(closed.what, closed.data, closed.must_fail or payload[path] != before)


def _values(draft: Draft, chance: random.Random) -> Mutant:
    """The values themselves bent by somebody who writes everything else anew, and may hold the keys."""
    bend: Callable[[Draft, random.Random], None] = chance.choice(bend_values.ALL)
    bend(draft, chance)
    return _closed(draft, draft.payload(), f"values {bend.__name__}", chance, insider=0.8)


def _closed(
    draft: Draft,
    payload: dict[str, bytes],
    what: str,
    chance: random.Random,
    *,
    insider: float = 0.5,
) -> Mutant:
    if chance.random() < insider:
        return Mutant(f"{what}, sealed by the operator", pack(draft.number, payload, RECEIPT), False)
    if chance.random() < 0.5:
        return Mutant(f"{what}, sealed by a stranger", pack(draft.number, payload, STRANGER), True)
    root = f"{draft.number}/"
    files = members(pack(draft.number, payload, RECEIPT))
    files[root + "seal.txt"] = _old_seal(files[root + "seal.txt"])
    return Mutant(f"{what}, with an old seal", repack(files), True)


def _old_seal(seal: bytes) -> bytes:
    """A seal over another tag manifest, as it would be left over from before a change."""
    text = seal.decode().split("\n")
    text[3] = "0" * 64
    return "\n".join(text).encode()


def members(data: bytes) -> dict[str, bytes]:
    """The members of a container."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def repack(files: dict[str, bytes]) -> bytes:
    """A sound container of any members with allowed names."""
    return container(files)
