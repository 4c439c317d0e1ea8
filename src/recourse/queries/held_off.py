# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Do these words only hold somebody off? Pages mark them for what they are."""

from recourse.core.holding import Reply, read_reply
from recourse.gateways.holding_file import current_holding


def held_off(text: str) -> bool:
    """Whether the words are silence: being processed, please wait, an excuse without facts."""
    return weigh(text).holds


def weigh(text: str) -> Reply:
    """What a reply amounts to, with the words that were heard as holding off."""
    return read_reply(text, current_holding())
