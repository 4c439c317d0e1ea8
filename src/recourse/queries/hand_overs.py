# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which hand-over links are out, and what was done through them?"""

from collections.abc import Sequence

from recourse.core.actor import Actor
from recourse.store.hand_over import HandOverEntry, given


def hand_overs(actor: Actor) -> Sequence[HandOverEntry]:
    """All links of this actor's respondent, newest first, with their uses."""
    return given(actor)
