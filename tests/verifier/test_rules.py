# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The page of rules is what the code does: its vectors are recomputed, and every code of a verdict stands on it."""

from recourse.core.dossier import reading
from recourse.core.dossier.words import FAULTS, PROVEN, UNPROVEN
from tests.dossiers.example import PAGE, example, with_vectors
from tests.dossiers.verifiers import VERIFIER


def test_the_vectors_are_current() -> None:
    assert with_vectors(PAGE.read_text()) == PAGE.read_text(), "run python -m tests.dossiers.example"
    assert (VERIFIER / "example" / "dossier.zip").read_bytes() == example().pack()


def test_every_code_and_every_file_stands_on_the_page() -> None:
    page = PAGE.read_text()
    for code in {*FAULTS, *PROVEN, *UNPROVEN}:
        assert f"`{code}`" in page, code
    for path in reading.REQUIRED:
        assert f"`{path}`" in page, path
