# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A draft that is filed, thrown away or swept while its pictures are asked for or read: nothing of it stays behind."""

from functools import partial

import pytest

from recourse.core.screen import Reading, ScreenField
from recourse.store import draft_readings, drafts
from recourse.store.models import Draft, DraftReading
from tests.races.test_races import ROUNDS, race
from tests.store.house import OPERATOR, START, House

pytestmark = pytest.mark.django_db(transaction=True)
BLOB = "a" * 64
SAID = (Reading(ScreenField.order_no, "KS0000000001", "KS0000000001", 1, "订单编号"),)


def asked() -> str:
    """The token of a draft with one picture that waits to be read."""
    token = drafts.begin(operator=OPERATOR, now=START, refiles="C1")
    draft_readings.ask(token, {BLOB: "image/png"}, now=START)
    return token


@pytest.mark.parametrize("_round", range(ROUNDS))
@pytest.mark.parametrize("how", ["filed", "erased"])
def test_asking_and_dropping_at_once_leave_no_row(house: House, how: str, _round: int) -> None:
    token = drafts.begin(operator=OPERATOR, now=START, refiles="C1")
    pictures = {f"{n:064d}": "image/png" for n in range(5)}
    gone = partial(drafts.drop, token) if how == "filed" else partial(drafts.drop_refilings, "C1")
    race([partial(draft_readings.ask, token, pictures, now=START), gone])
    assert not Draft.objects.exists()
    assert not DraftReading.objects.exists()


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_reading_and_dropping_at_once_leave_no_row(house: House, _round: int) -> None:
    token = asked()
    draft = token.partition(".")[0]
    race([partial(draft_readings.keep, draft, BLOB, SAID), partial(drafts.drop, token)])
    assert not DraftReading.objects.exists()


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_sweeping_while_another_draft_asks_takes_nothing_of_it(house: House, _round: int) -> None:
    old, young = asked(), drafts.begin(operator=OPERATOR, now=START + drafts.LIFE)
    later = START + drafts.LIFE
    ask = partial(draft_readings.ask, young, {BLOB: "image/png"}, now=later)
    race([partial(drafts.forget_expired, later), ask])
    assert {row.draft for row in DraftReading.objects.all()} == {young.partition(".")[0]}
    assert drafts.load(old, now=START) is None
