# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Effects: what must reach the outside world because of events. They go into the outbox with the events.

An effect carries ids only, never personal data, and a key: delivered at least once, effective once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.case import events as e
from recourse.core.case.state import Case
from recourse.core.vocabulary import AnswerKind, OnMiss, Party, Stage

# Nobody is alerted at night.
QUIET_FROM, QUIET_UNTIL = time(22), time(8)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to do outside. `kind` is notice | tell | remind | capture | inspect | mask | erase; `not_before` keeps the quiet hours."""

    kind: str
    key: str
    payload: Mapping[str, str]
    not_before: datetime


def awake(moment: datetime) -> datetime:
    """The moment itself, or the next 8:00 if it lies in the quiet hours."""
    local = moment.astimezone(CHINA)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return local
    morning = local.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    return morning if local.time() < QUIET_UNTIL else morning + timedelta(days=1)


def effects(before: Case | None, after: Case, events: Iterable[Any], now: datetime) -> tuple[Effect, ...]:
    """Everything that these events want done. One command tells each person at most once, the gravest topic first."""
    found: list[Effect] = []
    topics: dict[Party, str] = {}
    for event in events:
        if isinstance(event, e.NoticeOrdered):
            found.append(_notice(after, event, now))
        elif isinstance(event, e.DeadlineStarted | e.DeadlineMoved):
            found.extend(_reminders(after, event, now))
        elif isinstance(event, e.DeadlineEnded) and _wants_a_step(after, event):
            topics[Party.complainant] = type(event).__name__
        elif isinstance(event, e.CaptureSet):
            assert event.due_at is not None
            payload = {"number": after.number, "capture": event.id}
            found.append(Effect("capture", f"{after.id}:capture:{event.id}", payload, awake(event.due_at)))
        elif isinstance(event, e.ExhibitAdded):
            payload = {"number": after.number, "no": str(event.no)}
            found.append(Effect("inspect", f"{after.id}:inspect:{event.no}", payload, now))
        elif isinstance(event, e.ExhibitMasked):
            payload = {"number": after.number, "no": str(event.no)}
            found.append(Effect("mask", f"{after.id}:mask:{event.no}:{after.version}", payload, now))
        elif isinstance(event, e.PersonalDataErased):
            found.append(Effect("erase", f"{after.id}:erase", {"number": after.number}, now))
        for who in _TOLD.get(type(event), lambda _: ())(event):
            topics[who] = type(event).__name__
    for who, topic in topics.items():
        if who is Party.respondent and not any(n.served_at for n in after.notices):
            continue
        if after.erased:
            continue
        payload = {"number": after.number, "who": who.value, "topic": topic}
        found.append(Effect("tell", f"{after.id}:{after.version}:{who.value}", payload, awake(now)))
    return tuple(found)


def _wants_a_step(case: Case, event: e.DeadlineEnded) -> bool:
    """A clock ran out, and what follows is the complainant's own step: nothing else would tell them."""
    told = {OnMiss.remind, OnMiss.propose_next}
    return event.how == "missed" and any(d.id == event.id and d.on_miss in told for d in case.deadlines)


def _notice(case: Case, event: e.NoticeOrdered, now: datetime) -> Effect:
    payload = {
        "number": case.number,
        "contact": event.contact,
        "rung": event.rung.value,
    }
    order = sum(1 for notice in case.notices if (notice.contact, notice.rung) == (event.contact, event.rung))
    return Effect(
        "notice", f"{case.id}:notice:{event.contact}:{event.rung.value}:{order}", payload, awake(now)
    )


def _reminders(case: Case, event: Any, now: datetime) -> Iterable[Effect]:
    """Two thirds into a clock, whoever must act is reminded; the worker drops it if the clock has stopped."""
    deadline = event.deadline
    if deadline.act_by is None or deadline.who is Party.outside or case.stage is Stage.closed:
        return
    moment = now + (deadline.act_by - now) * 2 // 3
    if moment > now:
        act_by = deadline.act_by.isoformat()
        payload = {"number": case.number, "deadline": deadline.id, "act_by": act_by}
        key = f"{case.id}:remind:{deadline.id}:{act_by}"
        yield Effect("remind", key, payload, awake(moment))


def _both(_: Any) -> tuple[Party, ...]:
    return (Party.complainant, Party.respondent)


def _complainant(_: Any) -> tuple[Party, ...]:
    return (Party.complainant,)


def _respondent(_: Any) -> tuple[Party, ...]:
    return (Party.respondent,)


def _other(event: Any) -> tuple[Party, ...]:
    return _respondent(event) if event.by is Party.complainant else _complainant(event)


_TOLD: dict[type, Callable[[Any], tuple[Party, ...]]] = {
    e.ComplaintAcknowledged: _complainant,
    e.RungEntered: _complainant,
    e.AnswerRecorded: lambda ev: () if ev.kind is AnswerKind.holding else (Party.complainant,),
    e.OfferMade: _other,
    e.MessagePosted: lambda ev: _both(ev) if ev.by is Party.operator else _other(ev),
    e.EvidenceAsked: lambda ev: (ev.of,),
    e.RepeatTold: _respondent,
    e.SettlementReached: _both,
    e.DecisionIssued: _both,
    e.AppealLodged: _both,
    e.DecisionBecameFinal: _both,
    e.StepPerformed: _both,
    e.RemedyDisputed: _respondent,
    e.RemedyBroken: _both,
    e.RemedyFellSilent: _complainant,
    e.RemedyConfirmed: _respondent,
    e.CaseClosed: _both,
    e.CaseReopened: _both,
    e.ErasureAnnounced: _both,
}
