# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse verify`: exit codes, words, a policy file, a dossier that another program packed again."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from recourse.cli.main import main
from tests.dossiers.draft import STRANGER
from tests.dossiers.make import make
from tests.dossiers.mutate import members
from tests.dossiers.verifiers import by_script


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "d.zip"
    path.write_bytes(make(5).pack())
    return path


def test_it_says_what_is_proven_and_what_is_not(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(dossier)]) == 0
    told = capsys.readouterr().out
    assert "没有发现问题" in told and "不证明材料内容是真的" in told
    assert main(["verify", str(dossier), "--lang", "en"]) == 0
    assert "no fault found" in capsys.readouterr().out
    assert main(["verify", str(dossier), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == by_script(dossier.read_bytes())


def test_a_fault_is_one_and_names_the_byte(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = dossier.read_bytes()
    dossier.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
    assert main(["verify", str(dossier), "--json"]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["faults"][0]["code"] == "container" and verdict["proven"] == []


def test_packed_again_it_says_whether_the_files_are_whole(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = members(dossier.read_bytes())
    for changed in (False, True):
        if changed:
            files = {
                name: data + b"x" if name.endswith("case.json") else data for name, data in files.items()
            }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as other:
            for name, data in files.items():
                other.writestr(name, data)
        dossier.write_bytes(out.getvalue())
        assert main(["verify", str(dossier)]) == 1
        assert ("里面的文件和清单一致" in capsys.readouterr().out) is not changed


def test_the_keys_of_a_policy_file_win(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = make(5).policy
    (tmp_path / "own.json").write_text(json.dumps(policy, indent=1))
    (tmp_path / "other.json").write_text(
        json.dumps({**policy, "receipt": [{"name": STRANGER.name, "key": STRANGER.base64}]})
    )
    assert main(["verify", str(dossier), "--policy", str(tmp_path / "own.json")]) == 0
    assert main(["verify", str(dossier), "--policy", str(tmp_path / "other.json"), "--json"]) == 1
    assert '"seal"' in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["absent.zip"], ["d.zip", "--policy", "absent"], ["d.zip", "--policy", "d.zip"], []]
)
def test_a_wrong_call_is_two(dossier: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(dossier.parent)
    with pytest.raises(SystemExit) as left:
        main(["verify", *words])
    assert left.value.code == 2
