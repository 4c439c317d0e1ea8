# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a reader sees of one exhibit: pictures, text, mail, bill; and, for the neutral and the exhibit's owner, hints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recourse.core.actor import Actor, Role
from recourse.core.case.state import Case
from recourse.core.evidence import Exhibit
from recourse.core.inspection import Reason
from recourse.core.likeness.picture import LikePair, like_pairs
from recourse.core.redaction import eyes_of, gives_original, is_recording, openable, seen_across, seen_by
from recourse.queries.looked_at import looked_at
from recourse.store.access import read_case
from recourse.store.inspections import Inspected


def withheld(seen: Inspected | None) -> bool:
    """Whether the other side gets nothing of a recording, because what else it says cannot be taken out."""
    return seen is not None and seen.reason is Reason.uncleaned


@dataclass(frozen=True, slots=True)
class Hints:
    """What might be worth a second look, and is no verdict: exhibits alike, a program that edits pictures."""

    alike: tuple[LikePair, ...]
    software: str = ""
    taken_at: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """One exhibit for one reader. `seen` is None while nobody has looked yet; `hints` None where they are not shown.

    `file` is whether the reader may download it: the original, or a recording without its metadata.
    """

    exhibit: Exhibit
    seen: Inspected | None
    original: bool
    file: bool
    hints: Hints | None
    numbers: tuple[int, ...]  # the exhibits this reader may open, for turning over


def exhibit_sight(*, actor: Actor, number: str, no: int, as_other: bool = False) -> Sight | None:
    """What is to be seen of an exhibit; None when case or exhibit is absent or not for this reader.

    With `as_other` a party's own as the side across sees it; raises KeyError for who is no party.
    """
    opened = read_case(actor, number)
    if opened is None:
        return None
    case = (seen_across if as_other else seen_by)(opened.case, actor.role)
    return sight_of(case, actor=actor, no=no, as_other=as_other)


def sight_of(case: Case, *, actor: Actor, no: int, as_other: bool = False) -> Sight | None:
    """The same of a case that was opened and redacted for this reader already, as a case file's is.

    With `as_other` the case went through `seen_across`, and the sight is that of the side across.
    """
    eyes = eyes_of(actor, as_other=as_other)
    mine = openable(case, eyes)
    exhibit = next((item for item in mine if item.no == no), None)
    if exhibit is None:
        return None
    original = gives_original(exhibit, eyes)
    hinted = eyes is Role.neutral or exhibit.by.value == eyes.value
    # The others' findings are opened for likenesses alone.
    seen = looked_at(actor, case, findings=True, only=None if hinted else [no], as_other=as_other)
    hints = None
    if hinted:
        # The owner is told of likenesses among its own exhibits alone: the other side's are not its business.
        among = [item for item in mine if gives_original(item, eyes)]
        found = like_pairs(
            {item.no: item.digest for item in among},
            {item.no: _word(seen, item.no, "likeness") for item in among},
        )
        hints = Hints(
            tuple(pair for pair in found if no in {pair.first, pair.second}),
            _word(seen, no, "software"),
            _word(seen, no, "taken_at"),
        )
    return Sight(
        exhibit=exhibit,
        seen=seen.get(no),
        original=original,
        file=original or (is_recording(exhibit) and not withheld(seen.get(no))),
        hints=hints if hints is not None and (hints.alike or hints.software or hints.taken_at) else None,
        numbers=tuple(item.no for item in mine),
    )


def _word(seen: Mapping[int, Inspected], no: int, name: str) -> str:
    value: Any = seen[no].findings.get(name, "") if no in seen else ""
    return value if isinstance(value, str) else ""
