# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A platform's page says everything its playbook says, in both languages."""

from dataclasses import fields
from typing import Any

import pytest
from django.utils.html import escape

from recourse.core.playbook.types import Playbook, Statement
from tests.store.house import House


def statements(playbook: Playbook) -> list[Statement]:
    """Every statement of every list of the playbook."""
    lists = [getattr(playbook, field.name) for field in fields(playbook)]
    return [item for one in lists if isinstance(one, tuple) for item in one if isinstance(item, Statement)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_statement_stands_on_the_page(house: House, client: Any, lang: str) -> None:
    for platform in house.world.rules.platforms():
        shelf = house.world.rules.current(platform)
        playbook = shelf[1].playbook
        page = client.get(f"/p/{platform}", {"lang": lang}).content.decode()
        said = [getattr(item.text, lang) for item in statements(playbook)]
        assert said and [text for text in said if escape(text) not in page] == []
        named = [getattr(item.name, lang) for item in playbook.problems]
        assert [text for text in named if escape(text) not in page] == []
