# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The signer after a declared gap: one name grows, and no other, whoever asks and whatever was killed."""

from pathlib import Path

import pytest

from recourse.core.canonical import Plain, canonical
from recourse.core.checkpoint.declaration import gap_statement
from recourse.core.checkpoint.extension import NOTHING, growth
from recourse.core.checkpoint.head import Checkpoint, Head
from recourse.core.checkpoint.note import Note
from recourse.core.merkle import leaf_hash, prove_consistency, root_of
from recourse.processes.kept_state import Folder
from recourse.processes.signer import Signer

NAME = "log.example/1"
LEAVES = [leaf_hash(bytes([n])) for n in range(20)]


def head(size: int) -> Head:
    return Head(size, root_of(LEAVES[:size]))


def asked(origin: str, old: int, new: int) -> bytes:
    """A request to let a log grow."""
    proof = prove_consistency(
        old, new, lambda wanted: {(h, n): root_of(LEAVES[n << h : (n + 1) << h]) for h, n in wanted}
    )
    return growth(old=old, proof=proof, note=Note(Checkpoint(origin, head(new)).text(), ())).write().encode()


def declared(
    origin: str, *, before: str = NAME, seen: Head = NOTHING, held: Head = NOTHING
) -> dict[str, Plain]:
    return gap_statement(
        at="2026",
        by="王",
        reason="硬盘坏了",
        before=before,
        seen=seen,
        seen_by="signer",
        held=held,
        origin=origin,
    )


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    made = Signer(Folder(tmp_path / "signer"), name=NAME)
    assert made.sign(asked(NAME, 0, 7)).status == 200
    return made


def test_after_a_declaration_the_earlier_names_grow_no_more(signer: Signer, tmp_path: Path) -> None:
    assert signer.declare(canonical(declared(f"{NAME}/2", seen=head(7), held=head(5)))).status == 200
    # Neither what it signed last nor anything further: two logs of one house would be a fork.
    assert signer.sign(asked(NAME, 7, 7)).status == 404
    assert signer.sign(asked(NAME, 7, 9)).status == 404
    assert signer.sign(asked(f"{NAME}/2", 0, 6)).status == 200
    third = declared(f"{NAME}/3", before=f"{NAME}/2", seen=head(6), held=head(6))
    assert signer.declare(canonical(third)).status == 200
    assert signer.sign(asked(f"{NAME}/2", 6, 8)).status == 404
    # Whoever comes after it knows it too.
    folder = signer._folder
    folder._lock.close()
    again = Signer(Folder(tmp_path / "signer"), name=NAME)
    assert [again.sign(asked(name, 0, 8)).status for name in (NAME, f"{NAME}/2", f"{NAME}/3")] == [
        404,
        404,
        200,
    ]


def test_a_declaration_hides_nothing_that_was_signed(signer: Signer) -> None:
    for seen, held in ((head(6), head(5)), (Head(7, leaf_hash(b"x")), head(6)), (NOTHING, NOTHING)):
        assert signer.declare(canonical(declared(f"{NAME}/2", seen=seen, held=held))).status == 409
    assert signer.sign(asked(NAME, 7, 9)).status == 200, "what was refused ends nothing"
    # Somebody else saw another tree, of whatever size: all that was signed here is still held.
    forked = declared(f"{NAME}/2", seen=Head(4, b""), held=head(9))
    assert signer.declare(canonical(forked)).status == 200
