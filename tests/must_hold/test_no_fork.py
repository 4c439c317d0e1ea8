# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Forks are never cosigned: two requests race for one witness, which may take one and remembers it for good."""

import json
import random
import threading
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recourse.core.checkpoint.extension import growth
from recourse.core.checkpoint.head import Checkpoint, Head
from recourse.core.checkpoint.note import Note, NoteKey, encode, sign_note
from recourse.core.merkle import leaf_hash, prove_consistency, root_of
from recourse.processes.kept_state import Folder
from recourse.processes.listening import Asked
from recourse.processes.witness import Witness
from tests.must_hold.length import times

ORIGIN = "log.example/1"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
KEY = NoteKey(ORIGIN, PRIVATE.public_key().public_bytes_raw())


def request(leaves: list[bytes], *, old: int) -> bytes:
    """A request by a log that signs whatever it likes, with an honest proof of its own tree."""

    def fetch(wanted: list[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        return {(h, n): root_of(leaves[n << h : (n + 1) << h]) for h, n in wanted}

    text = Checkpoint(ORIGIN, Head(len(leaves), root_of(leaves))).text()
    note = Note(text, (sign_note(text, key=KEY, sign=PRIVATE.sign),))
    return growth(old=old, proof=prove_consistency(old, len(leaves), fetch), note=note).write().encode()


def race(witness: Witness, bodies: list[bytes]) -> list[int]:
    """The statuses of requests that start together."""
    gate, found = threading.Barrier(len(bodies)), [0] * len(bodies)

    def ask(place: int) -> None:
        gate.wait()
        found[place] = witness.answer(Asked("POST", "/add-checkpoint", "", bodies[place])).status

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_forks_one_is_cosigned_and_it_is_never_taken_back(tmp_path: Path) -> None:
    (tmp_path / "logs.json").write_text(json.dumps({ORIGIN: [encode(KEY.key)]}))
    witness = Witness(Folder(tmp_path))
    rng = random.Random(5)
    tree: list[bytes] = []
    rivals: list[bytes] = []
    for number in range(times(150, 1000)):
        more = [leaf_hash(f"{number}/{k}".encode()) for k in range(rng.randint(1, 3))]
        other = [leaf_hash(f"fork/{number}/{k}".encode()) for k in range(rng.randint(1, 3))]
        # Two histories, and the race of N and N+K that C2SP tlog-witness writes out, in one.
        options = [tree + more, tree + other, [*tree, *more, leaf_hash(f"{number}/+".encode())]]
        rng.shuffle(options)
        statuses = race(witness, [request(option, old=len(tree)) for option in options])
        assert sorted(statuses) == [200, 409, 409]
        winner = options[statuses.index(200)]
        rivals = next(option for option in options if option is not winner)
        # On the disk before it was answered, and larger than anything before.
        kept = json.loads((tmp_path / "state.json").read_text())[ORIGIN]
        assert kept == {"size": len(winner), "root": encode(root_of(winner))}
        # Whoever lost comes back with the size it was told: its tree is no growth, whatever it proves.
        if len(rivals) >= len(winner) and rivals[: len(winner)] != winner:
            again = request(rivals, old=min(len(winner), len(rivals)))
            assert witness.answer(Asked("POST", "/add-checkpoint", "", again)).status in {409, 422}
        tree = winner
    del rivals
