# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The campaigns of must_hold in small, so that they stay true between the long runs."""

from pathlib import Path

import pytest

from tests.must_hold import vault
from tests.store.house import build_house

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_upload_killed_anywhere_is_whole_or_absent(tmp_path: Path) -> None:
    report = vault.campaign(build_house(tmp_path), tmp_path / "blobs", rounds=2)
    assert report.wrong == []
    assert report.kills == dict.fromkeys(vault.points(), 2)
    # The one place where it is written and nobody was told, and the one after somebody was.
    assert report.written_unsaid == 2 and report.acknowledged == 2
