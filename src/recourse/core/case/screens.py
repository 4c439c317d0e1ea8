# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which exhibits of a case are screenshots of a conversation, and who may say in which order they read."""

from collections.abc import Iterable

from recourse.core.actor import Actor
from recourse.core.case.draft import SIDES
from recourse.core.evidence import Exhibit
from recourse.core.vocabulary import EvidenceKind, Party

# What people hand in as pictures of a conversation.
CHAT_KINDS = frozenset(
    {
        EvidenceKind.chat_export,
        EvidenceKind.refusal_statement,
        EvidenceKind.promise_of_time,
        EvidenceKind.ticket_no_and_history,
    }
)


def screens_of(exhibits: Iterable[Exhibit], *, by: Party) -> dict[int, Exhibit]:
    """A side's pictures of conversations, by number."""
    return {
        item.no: item
        for item in exhibits
        if item.by is by
        and not item.withdrawn
        and item.kind in CHAT_KINDS
        and item.media_type.startswith("image/")
    }


def sides_with_thread(exhibits: Iterable[Exhibit]) -> tuple[Party, ...]:
    """The sides that have handed in more than one picture of a conversation."""
    listed = tuple(exhibits)
    return tuple(by for by in (Party.complainant, Party.respondent) if len(screens_of(listed, by=by)) > 1)


def may_order(actor: Actor, by: Party) -> bool:
    """Whether this reader may say in which order the screens read: it is the owner's."""
    return SIDES.get(actor.role) is by
