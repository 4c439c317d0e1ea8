# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What are the platforms called? For filters and for choosing where a complaint belongs."""

from collections.abc import Sequence

from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.core.text import Text


def platform_names(world: World) -> Sequence[tuple[str, Text]]:
    """(key, name) of every platform that has a playbook."""
    found = [(key, world.rules.read(key)) for key in world.rules.platforms()]
    return [(key, rules.playbook.name) for key, rules in found if not isinstance(rules, Problems)]
