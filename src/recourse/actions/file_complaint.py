# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hand in a complaint: choose the rules of today, recognise the respondent and the record, and open the case.

Filing comes first; nothing reaches the respondent before the complainant's contact is proven.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from recourse.actions.story import ATTEMPTS, Story, busy, fingerprint
from recourse.core.actor import Actor, system
from recourse.core.calendar import CHINA
from recourse.core.case.commands import AddExhibit, FileComplaint
from recourse.core.case.decide import Decided, decide
from recourse.core.case.facts import Facts
from recourse.core.claim import Claim
from recourse.core.complaint import Complaint
from recourse.core.day import day_problems
from recourse.core.playbook.types import Playbook
from recourse.core.port import Conflict, Key, Receipt, World
from recourse.core.problem import Problem, Problems, gather
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.triage.propose import propose
from recourse.core.vocabulary import MONEY_REMEDIES, RungName


@dataclass(frozen=True, slots=True)
class Refiling:
    """A closed case that is filed again, and what is new: a ground, or files, told by the digests of their bytes."""

    number: str
    new_ground: str
    digests: tuple[str, ...]


def file_complaint(
    world: World,
    *,
    actor: Actor,
    complaint: Complaint,
    by_phone: bool = False,
    refiling: Refiling | None = None,
    exhibits: Sequence[AddExhibit] = (),
    person: str = "",
    key: str | None = None,
    vouched: bool = False,
    also: Sequence[Callable[[], None]] = (),
) -> Story[Receipt | Problems]:
    """File a complaint with the files that belong to it: all of it, or nothing.

    With a key, filing twice opens one case. `person` is a newcomer's id made beforehand. `vouched` is nothing that is
    done here: it was asked for in the same request, so the key stands for it too. `also` is what else is written with
    the case.
    """
    asked = (complaint, by_phone, refiling, *exhibits, *(("vouched",) if vouched else ()))
    sealed = Key(key, fingerprint(asked)) if key else None
    shelf = yield partial(world.rules.current, complaint.platform)
    if isinstance(shelf, Problems):
        return shelf
    digest, rules = shelf
    for _ in range(ATTEMPTS):
        replayed = (yield partial(world.cases.replay, actor, sealed)) if sealed is not None else None
        if replayed is not None:
            return replayed
        now = yield world.clock.now
        command = yield from _command(
            world, actor, complaint, rules.playbook, digest, now, by_phone=by_phone, refiling=refiling
        )
        command = replace(command, complainant_id=person) if person else command
        decided = _decide_all((command, *exhibits), actor=actor, rules=rules, now=now)
        refused = gather(
            (*_unlikely(complaint, now), *(decided.items if isinstance(decided, Problems) else ()))
        )
        if refused is not None or isinstance(decided, Problems):
            return refused or decided
        outcome = yield partial(
            world.cases.commit,
            None,
            decided.case,
            decided.events,
            actor=actor,
            now=now,
            key=sealed,
            also=also,
        )
        if not isinstance(outcome, Conflict):
            return outcome
    return busy()


def _unlikely(complaint: Complaint, now: datetime) -> Iterator[Problem]:
    """What is wrong with the days as typed: the operator's record, which stands above them, must keep nobody out."""
    return day_problems(
        happened_on=complaint.happened_on,
        received_on=complaint.received_on,
        today=now.astimezone(CHINA).date(),
    )


def _decide_all(
    commands: Sequence[FileComplaint | AddExhibit], *, actor: Actor, rules: Rulebook, now: datetime
) -> Decided | Problems:
    events: list[Any] = []
    case = None
    for command in commands:
        decided = decide(case, command, actor=actor, rules=rules, facts=Facts(), now=now)
        if isinstance(decided, Problems):
            return decided
        case = decided.case
        events += decided.events
    assert case is not None, "the first command opens the case"
    return Decided(tuple(events), case)


def _command(
    world: World,
    actor: Actor,
    complaint: Complaint,
    playbook: Playbook,
    digest: str,
    now: datetime,
    *,
    by_phone: bool,
    refiling: Refiling | None,
) -> Story[FileComplaint]:
    operator = actor.operator
    record = yield partial(world.register.record, operator, complaint.platform, complaint.record_id)
    found = yield partial(
        world.register.find, operator, complaint.platform, complaint.respondent_name, complaint.record_id
    )
    operated = yield partial(world.register.operated, operator, complaint.platform)
    service = yield partial(world.register.service_hours, operator)
    person = yield partial(world.people.person_for, complaint.contact.value)
    triaged = None
    if not complaint.problems:
        lexicon = yield world.rules.lexicon
        triaged = propose(
            complaint.story, complaint.answers, playbook=playbook, lexicon=lexicon, today=now.date()
        )
    first = triaged.proposals[0].id if triaged is not None and triaged.proposals else ""
    problems = complaint.problems or ((first,) if first else ())
    registered, name, accepts = found or ("", complaint.respondent_name, False)
    subject = _subject(complaint, playbook, record)
    refilings, new_evidence = yield from _before(world, operator, refiling)
    return FileComplaint(
        id=(yield world.randomness.public_id),
        number=(yield world.randomness.case_number),
        complainant_id=person,
        complainant_name=complaint.complainant_name,
        contact=complaint.contact.value,
        respondent_name=name or complaint.respondent_name,
        respondent_registered=registered,
        accepts_defaults=accepts,
        subject=subject,
        story=complaint.story,
        problems=problems,
        confirmed=bool(complaint.problems),
        claims=_claims(complaint, playbook, problems, subject),
        answers_given=complaint.answers,
        evidence=complaint.evidence,
        operated=tuple(RungName(item) for item in operated),
        rulebook=digest,
        service=service,
        by_phone=by_phone,
        refiled_from=refiling.number if refiling else "",
        refilings=refilings,
        new_ground=refiling.new_ground if refiling else "",
        new_evidence=new_evidence,
        conditions=complaint.conditions,
        refusal=complaint.refusal,
    )


def _before(world: World, operator: str, refiling: Refiling | None) -> Story[tuple[int, bool]]:
    """How many filings of this matter there were, from whichever of them it is filed again, and is a file new to it?

    A newcomer files, who sees none of those cases yet: the engine looks on their behalf and tells no more than this.
    """
    if refiling is None:
        return 0, False
    matter = yield partial(world.cases.matter, operator, refiling.number)
    earlier = yield partial(world.cases.open_many, system(operator), matter)
    known = {exhibit.digest for opened in earlier for exhibit in opened.case.exhibits}
    return len(matter), any(digest not in known for digest in refiling.digests)


def _subject(complaint: Complaint, playbook: Playbook, record: Mapping[str, Any] | None) -> Subject:
    """The subject as typed; what the operator's imported record says stands above what was typed."""
    known = record or {}
    return Subject(
        kind=playbook.subject,
        id=complaint.record_id,
        line=complaint.record_line,
        title=known.get("title") or complaint.record_title,
        amount_fen=known.get("amount_fen") or complaint.amount_fen,
        happened_on=known.get("happened_on") or complaint.happened_on,
        promised_on=known.get("promised_on") or complaint.promised_on,
        received_on=known.get("received_on") or complaint.received_on,
        proven=bool(record),
    )


def _claims(
    complaint: Complaint, playbook: Playbook, problems: tuple[str, ...], subject: Subject
) -> tuple[Claim, ...]:
    """The demands as named; with none named, the problem's best fitting remedy, for what was paid."""
    if complaint.demands:
        return tuple(_summed(claim, subject) for claim in complaint.demands)
    leading = next((item for item in playbook.problems if problems and item.id == problems[0]), None)
    if leading is None or not leading.remedies:
        return ()
    return (_summed(Claim(leading.remedies[0]), subject),)


def _summed(claim: Claim, subject: Subject) -> Claim:
    if claim.kind in MONEY_REMEDIES and claim.amount_fen is None:
        return Claim(claim.kind, subject.amount_fen, claim.points)
    return claim
