# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was typed so far? The draft behind a token, and the rules its screens are made of."""

from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.store import drafts
from recourse.store.drafts import KeptDraft


def kept_draft(world: World, *, token: str, platform: str) -> KeptDraft | None:
    """The draft of a token for this platform; None when there is none."""
    found = drafts.load(token, now=world.clock.now()) if token else None
    return found if found is not None and found.platform in {"", platform} else None


def rules_of(world: World, platform: str) -> Rulebook | None:
    """Today's rules of a platform; None when there is no playbook of this name."""
    if platform not in world.rules.platforms():
        return None
    found = world.rules.read(platform)
    return None if isinstance(found, Problems) else found
