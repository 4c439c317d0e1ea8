# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case file as one seat may see it: everything a page, the CLI and the API show of a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from recourse.core.actor import STAFF, Actor, Role
from recourse.core.case.chronicle import Entry, Names, chronicle
from recourse.core.case.draft import SIDES
from recourse.core.case.facts import Facts
from recourse.core.case.hidden_words import to_choose
from recourse.core.case.permission import PERMISSIONS, may
from recourse.core.case.progress import NextStep, Progress, next_step, progress, running
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline
from recourse.core.port import World
from recourse.core.redaction import eyes_of, seen_across, seen_by
from recourse.core.rulebook import Rulebook
from recourse.core.values import replace
from recourse.core.vocabulary import Party
from recourse.queries.looked_at import looked_at
from recourse.store.access import read_case, visible
from recourse.store.inspections import Inspected
from recourse.store.matters import matter_of


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case for one reader. `case` is already redacted; `allowed` names the commands seat and stage permit.

    `facts` are what the operator's records say; they are for the operator's people alone. `may_refile` says whether
    the complainant may file the closed matter again: it was not yet filed as often as its playbook lets it. `inspected` is
    what can be seen of the exhibits, by number; one that is not there yet is being looked at. `damaged` says of exhibits by
    number since when their bytes cannot be served.
    """

    case: Case
    rules: Rulebook
    names: Names
    progress: Progress
    next_step: NextStep
    running: tuple[Deadline, ...]
    chronicle: tuple[Entry, ...]
    allowed: frozenset[str]
    now: datetime
    head: str
    role: str
    facts: Facts = field(default_factory=Facts)
    may_refile: bool = False
    inspected: Mapping[int, Inspected] = field(default_factory=dict)
    damaged: Mapping[int, datetime] = field(default_factory=dict)

    @property
    def masked_words(self) -> tuple[tuple[str, str, bool], ...]:
        """(place, as the other side reads it masked, whether it is shown in full) of the reader's texts with numbers in them."""
        party = next((item for item in Party if item.value == self.role), None)
        if party is None:
            return ()
        shown = self.case.words_shown
        return tuple((where, text, where in shown) for where, text in to_choose(self.case, party))


def case_file(world: World, *, actor: Actor, number: str) -> CaseFile | None:
    """The file, or None both when it is absent and when it is not for this reader."""
    # Facts are for commands; a page does not pay for them.
    opened = read_case(actor, number)
    if opened is None:
        return None
    case = seen_by(opened.case, actor.role)
    playbook = opened.rules.playbook
    history = tuple((item.version, item.at, item.role, item.event) for item in opened.history)
    return CaseFile(
        case=case,
        rules=opened.rules,
        names=Names(playbook),
        progress=progress(case, playbook),
        # Whoever is no party reads each side by its name.
        next_step=next_step(case, playbook, reader=SIDES.get(actor.role)),
        running=running(case),
        chronicle=chronicle(history, playbook=playbook, role=actor.role),
        allowed=frozenset(kind.__name__ for kind in PERMISSIONS if may(actor, kind, case.stage)),
        now=world.clock.now(),
        head=opened.head,
        role=actor.role.value,
        facts=opened.facts if actor.role in STAFF else Facts(),
        may_refile=_may_refile(actor, case, limit=playbook.refiling.times_max),
        inspected=_inspected(actor, case),
        damaged=_damaged(world, case),
    )


def sees_case(actor: Actor, number: str) -> bool:
    """Whether there is such a case for this reader; it is not opened for that."""
    return visible(actor).filter(number=number).exists()


def across(file: CaseFile, actor: Actor) -> CaseFile:
    """A party's file with its own things as the side across sees them, and nothing to do in it."""
    case = seen_across(file.case, actor.role)
    return replace(
        file,
        case=case,
        role=eyes_of(actor, as_other=True).value,
        allowed=frozenset(),
        inspected=_inspected(actor, case, as_other=True),
    )


def _inspected(actor: Actor, case: Case, *, as_other: bool = False) -> dict[int, Inspected]:
    """What was seen of each exhibit; of a bill whose row was picked also what it says."""
    if not case.exhibits:
        return {}
    seen = looked_at(actor, case, as_other=as_other)
    picked = [no for no, item in seen.items() if item.picked is not None]
    return seen | looked_at(actor, case, findings=True, only=picked, as_other=as_other) if picked else seen


def _damaged(world: World, case: Case) -> Mapping[int, datetime]:
    if not case.exhibits or case.erased:
        return {}
    since = world.blobs.damaged_since([item.blob for item in case.exhibits])
    return {item.no: since[item.blob] for item in case.exhibits if item.blob in since}


def _may_refile(actor: Actor, case: Case, *, limit: int) -> bool:
    if actor.role is not Role.complainant or not case.closed or case.erased:
        return False
    return len(matter_of(case.operator, case.number)) <= limit
