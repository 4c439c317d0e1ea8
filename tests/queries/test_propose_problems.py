# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The query reads with the shipped lexicon, and tells what is wrong with the file when it cannot."""

from datetime import date

import pytest

from recourse.core.problem import Problems, refuse
from recourse.queries import propose_problems as query
from tests.core.triage.playbooks import SHOP

TODAY = date(2026, 11, 22)


def test_a_story_is_read_with_the_shipped_lexicon() -> None:
    triage = query.propose_problems("耳机是坏的", facts={}, playbook=SHOP, today=TODAY)
    assert not isinstance(triage, Problems)
    assert [item.id for item in triage.proposals][:1] == ["s3.pt.quality"]


def test_a_faulty_lexicon_is_refused_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = refuse("yaml_syntax", zh="坏", en="Broken", do_zh="改", do_en="Mend", field="lexicon.yaml:1")
    monkeypatch.setattr(query, "shared_lexicon", lambda: refusal)
    assert query.propose_problems("", facts={}, playbook=SHOP, today=TODAY) == refusal
