# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The server reads its rules before the first visitor comes, and starts without a database."""

import pytest
from django.db import OperationalError

from recourse.config.rules_ahead import read_rules_ahead
from recourse.store.models import RulebookRow
from recourse.store.rulebooks import load_rulebook
from recourse.store.shelf import Shelf
from recourse.webkit.world import world


@pytest.mark.django_db(transaction=True)
def test_every_platforms_rules_are_stored_and_decoded_ahead() -> None:
    load_rulebook.cache_clear()
    read_rules_ahead()
    assert set(RulebookRow.objects.values_list("platform", flat=True)) == set(world().rules.platforms())
    assert load_rulebook.cache_info().currsize == len(world().rules.platforms())


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_not_there_yet_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Shelf, _platform: str) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(Shelf, "current", fail)
    read_rules_ahead()
