# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every hostile file gets its verdict at arrival, within two seconds, and nothing opens it in the web process."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from recourse.core.port import StoredBlob
from recourse.core.problem import Problems
from recourse.gateways.blobs import Vault, local_vault
from tests.gateways.key_ring import KeyRing
from tests.hostile import CLASSES, every_file
from tests.hostile.file import HostileFile

FILES = list(every_file())
# Whatever decodes has no place in a process that takes uploads in.
DECODERS = ("PIL", "pillow_heif", "pypdfium2", "pypdf", "zipfile_deflate64", "lxml", "cv2", "openpyxl")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """An empty vault."""
    return local_vault(tmp_path, keys=KeyRing())


def verdict(vault: Vault, file: HostileFile) -> str:
    """What became of it: a media type or the key of a refusal."""
    pieces = (file.content[i : i + 65_536] for i in range(0, len(file.content), 65_536))
    answer = vault.put(pieces, name=file.name)
    if isinstance(answer, Problems):
        return answer.keys()[0]
    assert isinstance(answer, StoredBlob)
    assert vault.get(answer.blob) == file.content
    return answer.media_type


def test_there_are_three_hundred_and_more_in_all_classes() -> None:
    assert {file.kind for file in FILES} == set(CLASSES) and len(FILES) >= 300
    assert len({(file.kind, file.name) for file in FILES}) == len(FILES)
    assert min(Counter(file.kind for file in FILES).values()) >= 5
    assert [file.content for file in every_file()] == [file.content for file in FILES]


def test_each_gets_its_verdict(vault: Vault) -> None:
    wrong = {
        (file.kind, file.name): (found, file.taken_as or file.refused)
        for file in FILES
        if (found := verdict(vault, file)) != (file.taken_as or file.refused)
    }
    assert wrong == {}


def test_nothing_that_decodes_is_loaded_where_files_arrive() -> None:
    import subprocess

    asked = (
        "import sys, recourse.gateways.blobs, recourse.gateways.media_type;"
        f"print([name for name in {DECODERS} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_refusal_says_what_to_do_in_both_languages(vault: Vault) -> None:
    refusals = [file for file in FILES if file.refused][:40]
    for file in refusals:
        answer = vault.put([file.content], name=file.name)
        assert isinstance(answer, Problems)
        (problem,) = answer.items
        assert problem.message.zh and problem.message.en and problem.do.zh and problem.do.en
