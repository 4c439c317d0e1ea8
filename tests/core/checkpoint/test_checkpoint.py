# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Notes, checkpoints, cosignatures, requests to sign, policies: written as C2SP says, and read strictly."""

import json
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from recourse.core.canonical import canonical
from recourse.core.checkpoint.cosignature import cosign, cosigned_at, cosigned_message, is_cosigned
from recourse.core.checkpoint.extension import NOTHING, Refusal, growth, judge, read_growth
from recourse.core.checkpoint.head import Checkpoint, Head, read_checkpoint
from recourse.core.checkpoint.leaf import exhibit_leaf, gap_leaf, head_commitment, head_leaf, rotation_leaf
from recourse.core.checkpoint.note import (
    BadNote,
    Kind,
    Note,
    NoteKey,
    NoteSignature,
    encode,
    is_signed,
    read_note,
    sign_note,
)
from recourse.core.checkpoint.policy import Policy, WitnessKey, judge_checkpoint, read_policy
from recourse.core.checkpoint.promise import promise_message
from recourse.core.merkle import leaf_hash, prove_consistency, root_of

# The example of C2SP tlog-cosignature: a checkpoint, and a witness's signature line with its time.
EXAMPLE = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""


def key(n: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)


def public(n: int) -> bytes:
    return key(n).public_key().public_bytes_raw()


def verify(raw: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)
    except InvalidSignature:
        return False
    return True


LOG = NoteKey("log.example/1", public(1))
WITNESS = NoteKey("witness.example/w", public(2), Kind.cosignature)
LEAVES = [leaf_hash(bytes([n])) for n in range(40)]


def fetch(wanted: list[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    return {(h, n): root_of(LEAVES[n << h : (n + 1) << h]) for h, n in wanted}


def head(size: int) -> Head:
    return Head(size, root_of(LEAVES[:size]))


def signed(size: int) -> Note:
    text = Checkpoint(LOG.name, head(size)).text()
    return Note(text, (sign_note(text, key=LOG, sign=key(1).sign),))


def test_the_published_example_is_read_and_written_unchanged() -> None:
    note = read_note(EXAMPLE)
    assert note.write() == EXAMPLE
    found = read_checkpoint(note.text)
    assert (found.origin, found.head.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.text() == note.text
    assert cosigned_at(note.signatures[1]) == 1679315147
    assert cosigned_message(note.text, time=1679315147).decode() == (
        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_signature_holds_for_its_text_its_key_and_its_kind_alone() -> None:
    note = signed(7)
    assert is_signed(note, LOG, verify=verify) is True
    assert is_signed(replace(note, text=signed(8).text), LOG, verify=verify) is False
    assert is_signed(note, NoteKey("log.example/2", public(1)), verify=verify) is None
    assert is_signed(note, NoteKey(LOG.name, public(3)), verify=verify) is None
    line = cosign(note.text, key=WITNESS, time=1_800_000_000, sign=key(2).sign)
    both = note.with_signatures([line, line])
    assert len(both.signatures) == 2
    assert is_cosigned(both, WITNESS, verify=verify) is True
    assert is_cosigned(note, WITNESS, verify=verify) is None
    late = NoteSignature(line.name, line.key_id, (1_800_000_001).to_bytes(8, "big") + line.blob[8:])
    assert is_cosigned(note.with_signatures([late]), WITNESS, verify=verify) is False
    assert read_note(both.write()) == both
    assert LOG.vkey() == "+".join((LOG.name, LOG.key_id.hex(), encode(b"\x01" + public(1))))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n\n",
        "a\n\n— name AAAAAAA=",
        "a\n\n— name AAAA\n",
        "a\n\n— na+me AAAAAAA=\n",
        "a\n\n- name AAAAAAA=\n",
        "a\n\n— name AAAAAAB=\n",
        "a\n\n— name  AAAAAAA=\n",
        "a\r\n\n— name AAAAAAA=\n",
        "a\n\n— name AAAAAAA=\n\n",
        "a\n\n" + "— name AAAAAAA=\n" * 65,
        "a" * 70_000 + "\n\n— name AAAAAAA=\n",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_note(text)
    with pytest.raises(BadNote):
        read_note(text.encode() + b"\xff")


@pytest.mark.parametrize(
    "text",
    [
        "o\n1\n",
        "o\n01\nX\n",
        "o\n-1\nX\n",
        "o\n1\nX\n",
        "\n1\nX\n",
        "o\n1\nX\nmore\n",
        f"o\n{2**63}\nX\n",
        "o\n１\nX\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_checkpoint(text.replace("X", encode(bytes(31)) if text == "o\n1\nX\n" else encode(bytes(32))))


def test_a_request_is_read_as_it_was_written() -> None:
    proof = prove_consistency(5, 17, fetch)
    asked = growth(old=5, proof=proof, note=signed(17))
    assert read_growth(asked.write().encode(), signed=True) == asked
    bare = growth(old=5, proof=proof, note=Note(signed(17).text, ()))
    assert read_growth(bare.write().encode(), signed=False) == bare
    for wrong in (b"", b"old 5\n", b"old 05\n\n" + EXAMPLE.encode(), b"new 5\n\n" + EXAMPLE.encode()):
        with pytest.raises(BadNote):
            read_growth(wrong, signed=True)
    with pytest.raises(BadNote):
        read_growth(
            ("old 5\n" + encode(bytes(32)) + "\n").encode() * 64 + b"\n" + EXAMPLE.encode(), signed=True
        )


def test_a_log_may_only_grow() -> None:
    nine = head(9)

    def ask(old: int, new: int, proof: list[bytes] | None = None, last: Head = nine) -> Refusal | None:
        found = prove_consistency(old, new, fetch) if proof is None and old <= new else proof or []
        return judge(last, growth(old=old, proof=found, note=signed(new)))

    assert ask(9, 9) is None
    assert ask(9, 30) is None
    assert ask(0, 30, last=NOTHING) is None
    assert ask(31, 30) is Refusal.malformed
    assert ask(8, 30) is Refusal.conflict
    assert ask(0, 30) is Refusal.conflict
    assert ask(9, 30, []) is Refusal.inconsistent
    assert ask(9, 30, prove_consistency(8, 30, fetch)) is Refusal.inconsistent
    assert ask(9, 9, [bytes(32)]) is Refusal.inconsistent
    assert ask(0, 30, [bytes(32)], last=NOTHING) is Refusal.inconsistent
    assert ask(9, 9, last=Head(9, bytes(32))) is Refusal.conflict
    # Nobody grows back: a smaller tree has no proof from the larger one.
    assert ask(9, 5, []) is Refusal.malformed


def test_leaves_are_canonical_and_commit_to_the_chain() -> None:
    made = head_commitment(case="c", version=3, head="ab" * 32, salt=bytes(16))
    assert made != head_commitment(case="c", version=4, head="ab" * 32, salt=bytes(16))
    assert json.loads(head_leaf(at="2026-01-01T00:00:00+08:00", commitment=made)) == {
        "at": "2026-01-01T00:00:00+08:00",
        "commitment": made,
        "kind": "head",
        "v": 1,
    }
    leaves = [
        head_leaf(at="t", commitment="c"),
        exhibit_leaf(at="t", commitment="c"),
        gap_leaf(at="t", declaration={"a": 1}),
        rotation_leaf(at="t", keys={"a": 1}),
    ]
    assert len(set(leaves)) == 4
    assert all(canonical(json.loads(leaf)) == leaf for leaf in leaves)
    assert (
        promise_message(origin="o", leaf=bytes(32), at="t")
        == b"recourse.promise/v1\no\n" + b"00" * 32 + b"\nt\n"
    )


POLICY = Policy(LOG.name, (LOG,), (NoteKey("r", public(3)),), (WitnessKey(WITNESS, "us"),), 1)


def test_a_policy_says_whose_signatures_count() -> None:
    assert read_policy(json.loads(POLICY.write())) == POLICY
    note = signed(12)
    alone = judge_checkpoint(note, POLICY, verify=verify)
    assert (alone.log, alone.quorum, alone.witnesses, alone.false_names) == (True, False, (), ())
    line = cosign(note.text, key=WITNESS, time=5, sign=key(2).sign)
    seen = judge_checkpoint(note.with_signatures([line]), POLICY, verify=verify)
    assert (seen.quorum, seen.witnesses) == (True, POLICY.witnesses)
    forged = replace(line, blob=line.blob[:-1] + bytes([line.blob[-1] ^ 1]))
    assert judge_checkpoint(note.with_signatures([forged]), POLICY, verify=verify).false_names == (
        WITNESS.name,
    )
    elsewhere = judge_checkpoint(note, replace(POLICY, origin="other"), verify=verify)
    assert not elsewhere.log


@pytest.mark.parametrize(
    "change",
    [
        {"format": "x"},
        {"more": 1},
        {"origin": "a b"},
        {"log": []},
        {"log": [{"name": "a", "key": "AA==", "alg": "ed25519"}]},
        {"log": [{"name": "a", "key": encode(bytes(32)), "alg": "ml-dsa-44"}]},
        {"log": [{"name": "a+b", "key": encode(bytes(32)), "alg": "ed25519"}]},
        {"log": "x"},
        {"receipt": ["x"]},
        {"witnesses": [{"name": "a", "key": encode(bytes(32)), "operator": ""}]},
        {"witnesses": [{"name": n, "key": encode(bytes(32)), "operator": "us"} for n in "ab"]},
        {"quorum": 2},
        {"quorum": True},
        {"quorum": -1},
    ],
)
def test_what_is_no_policy_is_refused(change: dict) -> None:
    with pytest.raises(BadNote):
        read_policy({**json.loads(POLICY.write()), **change})
