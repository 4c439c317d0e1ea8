# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hand over a file: it is sealed in the vault first, then it becomes part of the case."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from recourse.actions.story import Story, absent, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AddExhibit
from recourse.core.case.draft import SIDES
from recourse.core.case.permission import refusals
from recourse.core.case.proof import over_quota
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind, Party


def add_exhibit(
    world: World,
    *,
    actor: Actor,
    number: str,
    kind: EvidenceKind,
    chunks: Iterable[bytes],
    name: str,
    note: str = "",
    capture: str = "",
    request: str = "",
    own: bool = False,
    still_of: int = 0,
    second: int = 0,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Seal the bytes and add them as an exhibit. Bytes sealed without a case are orphans that are swept later.

    With a key, the same bytes handed over twice are one exhibit, although each sealing has another name.
    """
    opened = yield partial(world.cases.open, actor, number)
    if opened is None:
        return absent()
    refused = refusals(actor, AddExhibit(kind, "", 0, "", "", ""), opened.case.stage)
    # A repeated request is answered as the first time, even when the case has been closed since.
    if refused and (key is None or refused[0].key == "not_allowed"):
        return Problems(refused)
    full = over_quota(opened.case, SIDES.get(actor.role, Party.complainant), size=0)
    if full is not None and key is None:
        return Problems((full,))
    stored = yield partial(world.blobs.put, chunks, name=name)
    if isinstance(stored, Problems):
        return stored
    command = AddExhibit(
        kind=kind,
        blob=stored.blob,
        size=stored.size,
        media_type=stored.media_type,
        digest=stored.digest,
        name=name,
        note=note,
        capture=capture,
        request=request,
        own=own,
        still_of=still_of,
        second=second,
        sm3=stored.sm3,
    )
    # The sealed name is ours and new every time: whoever sends the same file again asks for the same.
    asked = replace(command, blob="")
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key, asked=asked))
