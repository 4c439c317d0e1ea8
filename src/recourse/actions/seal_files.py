# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Seal the files that a complaint is about to be filed with: all of them, or none."""

from collections.abc import Iterable, Sequence
from functools import partial

from recourse.actions.story import Story
from recourse.core.case.commands import AddExhibit
from recourse.core.port import World
from recourse.core.problem import Problem, Problems
from recourse.core.vocabulary import EvidenceKind


def seal_files(
    world: World, files: Sequence[tuple[EvidenceKind, str, Iterable[bytes]]]
) -> Story[tuple[AddExhibit, ...] | Problems]:
    """Seal files given as (kind, name, chunks). When any is refused, every refusal is told and no file stays.

    Should the filing itself never come, the files are orphans that are swept later.
    """
    sealed: list[AddExhibit] = []
    problems: list[Problem] = []
    for kind, name, chunks in files:
        stored = yield partial(world.blobs.put, chunks, name=name)
        if isinstance(stored, Problems):
            problems += [
                Problem(item.key, f"{name} {item.field}".rstrip(), item.message, item.do)
                for item in stored.items
            ]
            continue
        sealed.append(
            AddExhibit(
                kind=kind,
                blob=stored.blob,
                size=stored.size,
                media_type=stored.media_type,
                digest=stored.digest,
                name=name,
            )
        )
    if problems:
        yield from drop_files(world, sealed)
        return Problems(tuple(problems))
    return tuple(sealed)


def drop_files(world: World, sealed: Sequence[AddExhibit]) -> Story[None]:
    """The complaint was refused: its files go again."""
    for exhibit in sealed:
        yield partial(world.blobs.delete, exhibit.blob)
