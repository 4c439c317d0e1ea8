# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Signer and witness as programs: every answer of tlog-witness, what they remember over a kill, and their orderly end."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recourse.core.checkpoint.cosignature import holds
from recourse.core.checkpoint.extension import growth
from recourse.core.checkpoint.head import Checkpoint, Head
from recourse.core.checkpoint.note import (
    Kind,
    Note,
    NoteKey,
    decode,
    encode,
    is_signed,
    read_signatures,
    sign_note,
)
from recourse.core.log import Declined
from recourse.core.merkle import leaf_hash, prove_consistency, root_of
from recourse.gateways.foreign_witness import ForeignWitness, read_foreign_witnesses
from recourse.gateways.signature import Notaries, verify
from recourse.processes.kept_state import Damaged, Folder

ORIGIN = "log.example/1"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
KEY = NoteKey(ORIGIN, PRIVATE.public_key().public_bytes_raw())
LEAVES = [leaf_hash(bytes([n])) for n in range(60)]


def fetch(wanted: list[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    return {(h, n): root_of(LEAVES[n << h : (n + 1) << h]) for h, n in wanted}


def body(
    old: int, new: int, *, origin: str = ORIGIN, root: bytes = b"", proof: list[bytes] | None = None
) -> bytes:
    text = Checkpoint(origin, Head(new, root or root_of(LEAVES[:new]))).text()
    note = Note(text, (sign_note(text, key=KEY, sign=PRIVATE.sign),))
    found = prove_consistency(old, new, fetch) if proof is None and old <= new else proof or []
    return growth(old=old, proof=found, note=note).write().encode()


class Program:
    """A running witness."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "recourse.processes.witness", str(self.folder)]
        self.child = subprocess.Popen(command)
        end = time.monotonic() + 60
        while not (self.folder / "address").exists() and time.monotonic() < end:
            time.sleep(0.02)

    def kill(self) -> None:
        """kill -9, and a new one: the address file of the dead one is in the way until it is gone."""
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        (self.folder / "address").unlink()

    def post(self, sent: bytes, path: str = "/add-checkpoint") -> tuple[int, str, str]:
        host = (self.folder / "address").read_text()
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request("POST", path, body=sent)
        answer = connection.getresponse()
        found = answer.status, answer.read().decode(), answer.headers["Content-Type"]
        connection.close()
        return found


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Program]:
    (tmp_path / "logs.json").write_text(json.dumps({ORIGIN: [encode(KEY.key)]}))
    program = Program(tmp_path)
    yield program
    program.child.terminate()
    assert program.child.wait(20) == 0
    assert not (tmp_path / "address").exists()


def test_a_witness_answers_as_the_standard_says_and_remembers_over_a_kill(witness: Program) -> None:
    kept = json.loads((witness.folder / "public.json").read_text())
    key = NoteKey(kept["name"], decode(kept["key"]), Kind.cosignature)
    # 400: no request at all, a proof that is too long, an old size beyond the new one.
    for wrong in (b"", b"old 3\n\nno checkpoint", body(9, 5, proof=[])):
        assert witness.post(wrong)[0] == 400
    assert witness.post(b"x" * 70_000)[0] == 400
    assert witness.post(body(0, 5), "/elsewhere")[0] == 404
    # 404: a log that is not known; 403: nobody trusted signed.
    assert witness.post(body(0, 5, origin="log.example/2"))[0] == 404
    stranger = body(0, 5).replace(b"\xe2\x80\x94 log.example/1 ", b"\xe2\x80\x94 log.example/9 ")
    assert witness.post(stranger)[0] == 403
    # 200: the first, with the cosignature of this very text.
    status, told, _ = witness.post(body(0, 5))
    assert status == 200
    (line,) = read_signatures(told)
    text = Checkpoint(ORIGIN, Head(5, root_of(LEAVES[:5]))).text()
    assert holds(line, text=text, key=key, verify=verify)
    # 409: another old size than the last, with the last one in the body; or the same size with another root.
    assert witness.post(body(0, 8)) == (409, "5\n", "text/x.tlog.size")
    assert witness.post(body(5, 5, root=leaf_hash(b"fork")))[0] == 409
    # 422: a proof that does not lead there.
    assert witness.post(body(5, 9, root=leaf_hash(b"fork")))[0] == 422
    assert witness.post(body(5, 9, proof=[]))[0] == 422
    assert witness.post(body(5, 9))[0] == 200
    # Killed at once: what it said, it knows.
    witness.kill()
    witness.start()
    assert witness.post(body(5, 9, root=leaf_hash(b"fork"))) == (409, "9\n", "text/x.tlog.size")
    assert witness.post(body(9, 9))[0] == 200


def test_one_folder_has_one_program_and_another_waits_for_its_end(witness: Program) -> None:
    assert witness.post(body(0, 5))[0] == 200
    first, address = witness.child, (witness.folder / "address").read_text()
    command = [sys.executable, "-m", "recourse.processes.witness", str(witness.folder)]
    second = subprocess.Popen(command)
    time.sleep(1)
    assert second.poll() is None and (witness.folder / "address").read_text() == address
    first.terminate()
    assert first.wait(20) == 0
    witness.child = second
    end = time.monotonic() + 60
    while not (witness.folder / "address").exists() and time.monotonic() < end:
        time.sleep(0.02)
    # It reads what is kept only once the folder is its own.
    assert witness.post(body(0, 8)) == (409, "5\n", "text/x.tlog.size")


def test_a_damaged_memory_stops_a_program(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"a": ')
    command = [sys.executable, "-m", "recourse.processes.witness", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1 and "cannot be read" in done.stderr


def test_what_is_kept_is_whole_or_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path / "f")
    folder.keep_heads({"o": Head(3, LEAVES[0])})

    def full(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="disk full"):
            folder.keep_heads({"o": Head(4, LEAVES[1])})
    assert folder.heads() == {"o": Head(3, LEAVES[0])}
    assert [path.name for path in folder.path.iterdir() if path.name.startswith(".")] == []
    (folder.path / "state.json").write_text('{"o": {"size": "three"}}')
    with pytest.raises(Damaged):
        folder.heads()


def test_the_gateway_starts_both_lets_the_log_grow_and_stops_them(tmp_path: Path) -> None:
    notary = Notaries(tmp_path, name=ORIGIN, receipts=lambda: [KEY], operator="odr.example.cn")
    assert not notary.ready(ORIGIN) and notary.policy(ORIGIN) is None and notary.seen() == []
    assert notary.sign(
        growth(old=0, proof=[], note=Note(Checkpoint(ORIGIN, Head(1, LEAVES[0])).text(), ()))
    ) == Declined(0)
    stop = notary.start()
    try:
        assert notary.ready(ORIGIN)
        policy = notary.policy(ORIGIN)
        assert policy is not None and policy.quorum == 1 and policy.witnesses[0].operator == "odr.example.cn"
        text = Checkpoint(ORIGIN, Head(7, root_of(LEAVES[:7]))).text()
        lines = notary.sign(growth(old=0, proof=[], note=Note(text, ())))
        assert not isinstance(lines, Declined)
        note = Note(text, lines)
        assert is_signed(note, policy.log[0], verify=verify)
        (name,) = notary.witnesses()
        assert not isinstance(notary.cosign(name, growth(old=0, proof=[], note=note)), Declined)
        # The signer forks for nobody, and says nothing without its token.
        fork = Note(Checkpoint(ORIGIN, Head(9, leaf_hash(b"fork"))).text(), ())
        assert notary.sign(growth(old=7, proof=prove_consistency(7, 9, fetch), note=fork)) == Declined(422)
        assert notary.sign(growth(old=5, proof=[], note=fork)) == Declined(409, 7)
        elsewhere = Note(Checkpoint("other", Head(9, LEAVES[0])).text(), ())
        assert notary.sign(growth(old=0, proof=[], note=elsewhere)) == Declined(404)
        bold = Notaries(tmp_path, name=ORIGIN, receipts=lambda: [KEY], operator="x", signer_token="guess")
        assert bold.sign(growth(old=7, proof=[], note=note)) == Declined(401)
        assert {(one.by, one.head.size) for one in notary.seen()} == {("signer", 7), ("witness", 7)}
    finally:
        stop()
    assert not (tmp_path / "signer" / "address").exists() and not (tmp_path / "witness" / "address").exists()
    assert {one.head.size for one in notary.seen()} == {7}


def test_witnesses_of_others_are_named_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "witnesses.json"
    path.write_text(
        json.dumps(
            [{"name": "w.example/1", "key": encode(KEY.key), "operator": "消协", "url": "https://w.example/"}]
        )
    )
    expected = ForeignWitness(NoteKey("w.example/1", KEY.key, Kind.cosignature), "消协", "https://w.example")
    assert read_foreign_witnesses(str(path)) == (expected,)
    assert read_foreign_witnesses("") == ()
    path.write_text('[{"name": "w"}]')
    with pytest.raises(ValueError, match="RECOURSE_WITNESSES"):
        read_foreign_witnesses(str(path))
