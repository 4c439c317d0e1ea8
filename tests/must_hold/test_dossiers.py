# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dossiers: no bit, row or file changes unseen, and three verifiers, written apart from one another, agree.

The short form runs with every test run. All of it: `RECOURSE_TEST_LONG=1 pytest tests/must_hold/test_dossiers.py`.
"""

import random
from typing import Any

import pytest

from tests.conftest import visit
from tests.dossiers.draft import POLICY
from tests.dossiers.make import make
from tests.dossiers.mutate import mutant
from tests.dossiers.verifiers import BrowserVerifier, by_core, by_script
from tests.must_hold.dossier_campaigns import (
    BITS,
    SIZE,
    disagreements,
    dossier_of_64_kib,
    edits_let_pass,
    undetected_flips,
)
from tests.must_hold.length import LONG, times


def test_no_bit_of_64_kib_flips_unseen() -> None:
    """All 524,288 in the long form."""
    assert len(dossier_of_64_kib()) == SIZE
    assert by_core(dossier_of_64_kib())["ok"] and by_script(dossier_of_64_kib())["ok"]
    bits = range(BITS) if LONG else sorted(random.Random(64).sample(range(BITS), 6_000))
    assert undetected_flips(bits) == []


def test_no_row_and_no_file_is_deleted_put_in_swapped_doubled_or_cut_off_unseen() -> None:
    """An operator that holds every key edits the rows of a dossier whose last head stands in the log."""
    chance = random.Random(15)
    tried = 0
    for seed in range(10_000):
        draft = make(seed)
        if draft.checkpoint is None or not draft.leaves or draft.leaves[-1]["index"] is None:
            continue
        assert edits_let_pass(draft, chance) == [], seed
        tried += 1
        if tried == times(4, 100):
            return


def test_core_and_script_agree_on_sound_dossiers() -> None:
    """1,000 in the long form, by their own word, which never counts for witnesses, and by a policy."""
    wrong, _ = disagreements(range(times(60, 1_000)), mutants=False)
    assert wrong == []


def test_core_and_script_agree_on_mutants() -> None:
    """5,000 in the long form. Every kind of fault has to come up, or the mutants are blind."""
    wrong, codes = disagreements(range(times(400, 5_000)), mutants=True)
    assert wrong == []
    if LONG:
        assert {
            *("container", "bag", "format", "seal", "chain", "commitment", "rulebook", "exhibit"),
            *("promise", "leaf", "inclusion", "checkpoint", "witness", "timestamp"),
        } <= set(codes)


@pytest.mark.browser
def test_the_browser_agrees_on_sound_dossiers_and_on_mutants(chromium: Any) -> None:
    """1,000 and 500 in the long form, by their own word and by a policy; from a file, with no request to anybody."""
    going = visit(chromium, base="http://127.0.0.1:9", width=390, height=844)
    verifier = BrowserVerifier(next(going))
    sound = [make(seed).pack() for seed in range(times(30, 1_000))]
    bent = [mutant(number).data for number in range(times(60, 500))]
    everything = [*sound, *bent]
    for begin in range(0, len(everything), 50):
        batch = everything[begin : begin + 50]
        for policy in (None, POLICY):
            for at, (data, verdict) in enumerate(zip(batch, verifier.verify(batch, policy), strict=True)):
                assert verdict == by_core(data, policy), begin + at
    assert next(going, None) is None
