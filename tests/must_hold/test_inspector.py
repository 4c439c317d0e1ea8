# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The campaign of hostile files in small: a few of each class."""

from collections import defaultdict

import pytest

from recourse.gateways.inspector import CagedInspector
from tests.must_hold.inspector import campaign, generated


def test_a_few_hostile_files_of_each_class_get_their_verdict() -> None:
    inspector = CagedInspector()
    if not inspector.confinement.enough:
        pytest.skip(f"this system does not confine an inspector: {inspector.confinement}")
    by_class = defaultdict(list)
    for file in generated():
        by_class[file[0].partition("/")[0], file[2]].append(file)
    few = [file for files in by_class.values() for file in files[:1]]
    assert len(few) >= 25
    report = campaign(few, inspector=inspector)
    assert report.wrong == []
    assert {"ok", "damaged", "recording", "unknown_kind"} <= set(report.verdicts)
