# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was typed so far? The draft behind a token, what was read off its pictures, and the rules its screens are made of."""

from collections.abc import Mapping

from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.store import draft_readings, drafts
from recourse.store.draft_readings import DraftPicture
from recourse.store.drafts import KeptDraft


def kept_draft(world: World, *, token: str, platform: str) -> KeptDraft | None:
    """The draft of a token for this platform; None when there is none."""
    found = drafts.load(token, now=world.clock.now()) if token else None
    return found if found is not None and found.platform in {"", platform} else None


def draft_pictures(world: World, *, token: str) -> Mapping[str, DraftPicture]:
    """The pictures of a draft that were read or are being read, by blob; none where nobody reads."""
    return draft_readings.read(token) if token and world.reader is not None else {}


def rules_of(world: World, platform: str) -> Rulebook | None:
    """Today's rules of a platform; None when there is no playbook of this name."""
    if platform not in world.rules.platforms():
        return None
    found = world.rules.read(platform)
    return None if isinstance(found, Problems) else found
