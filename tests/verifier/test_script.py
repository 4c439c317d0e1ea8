# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""verifier/verify.py stands alone: short, from the standard library and one more, with the sentences of the core."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from recourse.core.dossier.words import FAULTS, PROVEN, UNPROVEN
from tests.dossiers.draft import STRANGER
from tests.dossiers.make import make
from tests.dossiers.verifiers import VERIFIER, by_core, load_script

SCRIPT = VERIFIER / "verify.py"
FIXTURE = VERIFIER / "example" / "dossier.zip"
# What only `recourse verify` says, which checks a time stamp's signature.
ONLY_OURS = {"timestamp_signature", "timestamp_root"}


def test_it_is_short_and_imports_nothing_of_ours() -> None:
    text = SCRIPT.read_text()
    assert len(text.splitlines()) <= 700
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or ".").split(".")[0])
    assert names - set(sys.stdlib_module_names) == {"cryptography", "nacl"}


def test_its_sentences_are_those_of_the_core() -> None:
    rows = [line.split("|") for line in load_script().WORDS.strip().splitlines()]
    tables = {"fault": FAULTS, "proven": PROVEN, "unproven": UNPROVEN}
    assert {(kind, code): (zh, en) for kind, code, zh, en in rows} == {
        (kind, code): (text.zh, text.en)
        for kind, table in tables.items()
        for code, text in table.items()
        if code not in ONLY_OURS and (kind, code) != ("proven", "timestamp")
    }


def run(*words: str, cwd: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    """verify.py as a stranger runs it: another folder, nothing of ours on the path."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONIOENCODING": "utf-8",
        **({"PYTHONPATH": path} if path else {}),
    }
    return subprocess.run(
        [sys.executable, str(SCRIPT), *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


def test_it_tells_people_and_programs(tmp_path: Path) -> None:
    draft = make(5)
    (tmp_path / "案卷.zip").write_bytes(draft.pack())
    told = run("案卷.zip", "--json", cwd=tmp_path)
    assert told.returncode == 0 and json.loads(told.stdout) == by_core(draft.pack())
    words = run("案卷.zip", cwd=tmp_path)
    assert words.returncode == 0 and words.stdout.startswith("✓ 没有发现问题 · no fault found")
    (tmp_path / "bad.zip").write_bytes(draft.pack()[:-1])
    bad = run("bad.zip", cwd=tmp_path)
    assert bad.returncode == 1 and "✗" in bad.stdout and "证明了" not in bad.stdout


def test_a_policy_is_taken_from_a_file(tmp_path: Path) -> None:
    draft = make(5)
    (tmp_path / "d.zip").write_bytes(draft.pack())
    (tmp_path / "own.json").write_text(json.dumps(draft.policy, indent=2))
    (tmp_path / "other.json").write_text(
        json.dumps({**draft.policy, "receipt": [{"name": STRANGER.name, "key": STRANGER.base64}]})
    )
    own = json.loads(run("d.zip", "--policy", "own.json", "--json", cwd=tmp_path).stdout)
    assert own["ok"] and "keys" not in [item["code"] for item in own["unproven"]]
    other = run("d.zip", "--policy", "other.json", "--json", cwd=tmp_path)
    assert other.returncode == 1 and json.loads(other.stdout)["faults"][0]["code"] == "seal"


@pytest.mark.parametrize(
    "words", [(), ("absent.zip",), ("d.zip", "--policy", "absent.json"), ("d.zip", "--policy", "d.zip")]
)
def test_a_wrong_call_is_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "d.zip").write_bytes(b"")
    assert run(*words, cwd=tmp_path).returncode == 2


def test_without_a_library_it_says_which(tmp_path: Path) -> None:
    for name in ("cryptography", "nacl"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    (tmp_path / "d.zip").write_bytes(b"")
    told = run("d.zip", cwd=tmp_path, path=str(tmp_path))
    assert told.returncode == 2 and "pip install cryptography" in told.stderr


def test_the_example_is_what_its_page_says(tmp_path: Path) -> None:
    data = FIXTURE.read_bytes()
    verdict = by_core(data)
    assert verdict["ok"] and {"exhibit", "log"} <= {item["code"] for item in verdict["proven"]}
    assert {"keys", "witness", "split"} <= {item["code"] for item in verdict["unproven"]}
    assert json.loads(run(str(FIXTURE), "--json", cwd=tmp_path).stdout) == verdict
    assert json.loads((FIXTURE.parent / "verdict.json").read_text()) == verdict
    assert (
        hashlib.sha256(data).hexdigest()
        in (VERIFIER.parent / "docs" / "rules" / "evidence-chain.md").read_text()
    )
