# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""File a draft: the complaint with the files that were sealed while it was being written."""

from collections.abc import Callable, Sequence
from functools import partial

from recourse.actions.ask_for_code import SIGN_IN, ask_for_code
from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.case.commands import AddExhibit
from recourse.core.complaint import Complaint
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind
from recourse.store import codes, drafts, people

# (kind, blob, digest, size, media type, name, SM3 or empty) of a sealed file.
File = tuple[EvidenceKind, str, str, int, str, str, str]


def file_draft(
    world: World,
    *,
    actor: Actor,
    token: str,
    complaint: Complaint,
    files: Sequence[File],
    refiling: Refiling | None = None,
    also: Sequence[Callable[[], None]] = (),
) -> Story[Receipt | Problems]:
    """File, and drop the draft with it; `also` is what else is written with the case.

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
            also=(partial(drafts.drop, token), *also),
        )
    )


def file_draft_and_ask(
    world: World,
    *,
    actor: Actor,
    token: str,
    complaint: Complaint,
    files: Sequence[File],
    refiling: Refiling | None = None,
    person: str = "",
    visitor: str = "",
) -> Story[tuple[Receipt, str | Problems | None] | Problems]:
    """File, and ask for the code that proves the contact: the receipt, and the ticket or why no code was sent.

    The ticket is None where the signed-in `person` proved this contact before. Case and code are written in one
    transaction: a second one would wait for the only writer once more. Anybody may type anybody's contact here, so
    this asks no more freely than the sign-in does; a code that is refused stops no filing.
    """
    now = yield world.clock.now
    code = yield world.randomness.code
    known = bool(person) and (yield partial(people.proven_person, complaint.contact)) == person
    asked: list[str | Problems] = []

    def ask() -> None:
        asked.append(codes.start(complaint.contact, purpose=SIGN_IN, code=code, now=now, visitor=visitor))

    outcome = yield from file_draft(
        world,
        actor=actor,
        token=token,
        complaint=complaint,
        files=files,
        refiling=refiling,
        also=() if known else (ask,),
    )
    if isinstance(outcome, Problems):
        return outcome
    if known:
        return outcome, None
    if not asked:
        # A second tap found the case of the first, whose ticket went to a page that nobody saw.
        asked.append((yield from ask_for_code(world, address=complaint.contact, visitor=visitor)))
    return outcome, asked[-1]
