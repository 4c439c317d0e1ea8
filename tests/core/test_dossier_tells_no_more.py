# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a party's dossier discloses of an event, the party sees on its pages.

Each field of each event is varied by itself. Where the dossier tells the two cases apart (the field is in the public
body, or its commitment is opened), the reader's case or timeline has to tell them apart as well. So a new field fails
here until it is shown, or is personal with its readers in `disclosure`, or stands in NOT_ON_PAGES with the reason.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from recourse.core.actor import Role
from recourse.core.case import events as e
from recourse.core.case.as_read import History
from recourse.core.case.chronicle import chronicle
from recourse.core.case.event import EVENT_TYPES, PERSONAL, personal_fields
from recourse.core.case.evolve import fold
from recourse.core.deadline.deadline import Deadline
from recourse.core.disclosure import EventFields, readable_fields
from recourse.core.offer import OfferState
from recourse.core.playbook.types import Playbook
from recourse.core.redaction import seen_by
from recourse.core.remedy import Remedy, Step
from recourse.core.rulebook import Rulebook
from recourse.core.vocabulary import Party
from recourse.gateways.rule_files import load_rulebook
from tests.event_samples import AT, others, sample

PARTIES = (Role.complainant, Role.respondent)
# When the event happened: every link says it. Of these two it is when something else did.
ITS_OWN_MOMENT = "at"
ANOTHER_MOMENT = {"ContactLogged", "FilingOpened"}
# Public and on no page of one party or of either, with the reason why nobody learns anything by it.
NOT_ON_PAGES = {
    # Every link says which seat acted, under which id.
    **dict.fromkeys(("NoteAdded.by", "PersonalDataErased.by", "ComplaintTakenByPhone.agent"), "the actor"),
    **dict.fromkeys(
        ("DeadlineMoved.by", "ExhibitMasked.by", "WordsShown.by", "ReadingConfirmed.by"), "the actor"
    ),
    "ContactProven.method": "the complainant acts with a code, an agent vouches: the actor",
    # The number of the item within the case.
    **dict.fromkeys(("CaptureSet.id", "CaptureDone.id", "EvidenceAsked.id"), "a running number"),
    **dict.fromkeys(("FilingOpened.id", "FilingUpdated.id", "DeadlineEnded.id"), "a running number"),
    # EventFields by the event beside it.
    "CaseAssessed.route": "RungEntered says whether the first step is outside",
    "SettlementReached.offer": "OfferAnswered says which offer was accepted",
    "SettlementReached.terms": "RemedyOrdered says what is owed",
    "RemedyBarred.kind": "one of the claims or of the agreed terms",
    "RemedyBarred.group": "follows from the kind",
    "DeadlineEnded.how": "that a clock stopped, met or not, shows in what runs",
    "RungEntered.why": "why the case moves on: the event before it",
    "CaseReopened.because": "why the case is open again: the event before it",
    "NoticeBounced.reason": "why it did not arrive, from a closed list",
    # From a published schedule.
    **dict.fromkeys(("ErasureAnnounced.rule", "ErasureAnnounced.version"), "the retention schedule"),
}
# Texts from closed lists.
CLOSED = {
    "DeadlineMoved.why": ("extended", "resumed"),
    "DeadlineEnded.how": ("missed", "met"),
    "RemedyDisputed.reason": ("wrong_thing", "late_answer"),
    "OfferAnswered.state": (OfferState.accepted, OfferState.refused),
    "StepPerformed.index": (0, 1),
}


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    rules = load_rulebook("kuaishou-shop", on=date(2026, 9, 21))
    assert isinstance(rules, Rulebook)
    return rules.playbook


def stream(event: Any) -> tuple[Any, ...]:
    """The event after everything that it may refer to."""
    if isinstance(event, e.ComplaintFiled):
        return (event,)
    by = getattr(event, "by", Party.complainant)
    step = sample(Step)
    before = [
        *(sample(kind) for kind in (e.ComplaintFiled, e.NoticeOrdered, e.OfferMade, e.EvidenceAsked)),
        replace(sample(e.ExhibitAdded), by=by if by in (Party.complainant, Party.respondent) else Party.complainant),
        *(sample(kind) for kind in (e.CaptureSet, e.DecisionIssued, e.FilingOpened, e.AccountShown)),
        replace(sample(e.RemedyOrdered), remedy=replace(sample(Remedy), steps=(step, step))),
        (getattr(event, "deadline", None) and e.DeadlineListed(event.deadline)) or sample(e.DeadlineListed),
    ]  # fmt: skip
    return (*before, event)


def streams(event: Any) -> Iterator[tuple[Any, ...]]:
    """The stream as it stands, and after what the event asks for was given."""
    yield stream(event)
    if isinstance(event, e.EvidenceAsked):
        yield (*stream(event), sample(e.EvidenceAnswered))


def variants(name: str) -> Iterator[Any]:
    """The event, by each party, and with a clock of an outside filing where it has a clock."""
    event = sample(EVENT_TYPES[name])
    first = {key.partition(".")[2]: given[0] for key, given in CLOSED.items() if key.startswith(f"{name}.")}
    event = replace(event, **first)
    yield event
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, Party):
            yield from (replace(event, **{field.name: who}) for who in (Party.respondent, Party.operator))
        if isinstance(value, Deadline):
            yield replace(event, **{field.name: replace(value, scope="filing:f1")})


def changed(event: Any, name: str) -> Iterator[Any]:
    """The event with other values of one field."""
    value = getattr(event, name)
    closed = CLOSED.get(f"{type(event).__name__}.{name}")
    for other in closed or others(value):
        if other != value:
            yield replace(event, **{name: other})


def history(events: tuple[Any, ...]) -> History:
    return tuple((version, AT, Role.agent, event) for version, event in enumerate(events, start=1))


def pages(events: tuple[Any, ...], role: Role, playbook: Playbook) -> Any:
    """The reader's case and timeline."""
    return seen_by(fold(events), role), chronicle(history(events), playbook=playbook, role=role)


def disclosed(event: Any, events: tuple[Any, ...], role: Role) -> set[str]:
    """The fields of the event that this party's dossier tells."""
    record = [
        EventFields(
            version, type(item).__name__, {field.name: getattr(item, field.name) for field in fields(item)}
        )
        for version, item in enumerate(events, start=1)
    ]
    opened = readable_fields(record, role=role)[events.index(event) + 1]
    personal = personal_fields(event)
    return {field.name for field in fields(event) if field.name not in personal or field.name in opened}


def excused(name: str, field: str) -> bool:
    return f"{name}.{field}" in NOT_ON_PAGES or (field == ITS_OWN_MOMENT and name not in ANOTHER_MOMENT)


@pytest.mark.parametrize("role", PARTIES)
@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_a_dossier_tells_a_party_no_more_than_its_pages(name: str, role: Role, playbook: Playbook) -> None:
    more = set()
    for event in variants(name):
        for events in streams(event):
            seen, place = pages(events, role, playbook), events.index(event)
            for field in disclosed(event, events, role):
                told = (
                    pages((*events[:place], other, *events[place + 1 :]), role, playbook) != seen
                    for other in changed(event, field)
                )
                if not excused(name, field) and not any(told):
                    more.add(field)
    assert not more, (
        "shown to this party nowhere else: make it personal, with its readers in core/disclosure.py"
    )


def test_nothing_is_excused_that_needs_no_excuse() -> None:
    for key in (*NOT_ON_PAGES, *CLOSED):
        name, _, field = key.partition(".")
        assert field in {item.name for item in fields(EVENT_TYPES[name])}, key
        assert key in CLOSED or field not in PERSONAL[name], key
