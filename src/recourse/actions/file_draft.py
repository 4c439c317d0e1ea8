# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""File a draft: the complaint with the files that were sealed while it was being written."""

from collections.abc import Sequence
from functools import partial

from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.case.commands import AddExhibit
from recourse.core.complaint import Complaint
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind
from recourse.store import drafts


def file_draft(
    world: World,
    *,
    actor: Actor,
    token: str,
    complaint: Complaint,
    files: Sequence[tuple[EvidenceKind, str, str, int, str, str, str]],
    refiling: Refiling | None = None,
) -> Story[Receipt | Problems]:
    """File, and drop the draft with it. `files` are (kind, blob, digest, size, media type, name, SM3 or empty) of sealed files.

    The draft is the idempotency key, so that a second tap finds the case of the first.
    """
    exhibits = [
        AddExhibit(kind=kind, blob=blob, size=size, media_type=media_type, digest=digest, name=name, sm3=sm3)
        for kind, blob, digest, size, media_type, name, sm3 in files
    ]
    return (
        yield from file_complaint(
            world,
            actor=actor,
            complaint=complaint,
            person=actor.id,
            refiling=refiling,
            exhibits=exhibits,
            key=f"draft:{token.partition('.')[0]}",
            also=(partial(drafts.drop, token),),
        )
    )
