# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What must hold at every event: each is looked at as it becomes durable, against the record of what came before."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from recourse.core.actor import Actor, Role
from recourse.core.vocabulary import Stage
from recourse.simulation.locks import subject_of
from recourse.simulation.procedure import EDGES, SEATS
from recourse.simulation.record import CaseRecord, Clock

if TYPE_CHECKING:
    from recourse.simulation.book import Change
    from recourse.simulation.people import Deed

HEARING = timedelta(hours=48)
# The refusals that say: you are too late.
TOO_LATE = {"offer_gone": "respond_offer", "appeal_too_late": "appeal"}


def look(oracle: Any, record: CaseRecord, change: "Change") -> None:
    """Look at the events of one commit, in their order."""
    actor = change.entry.actor
    record.heads.append(change.receipt.head)
    _gate(oracle, record, change)
    names = [type(event).__name__ for event in change.entry.events]
    for name, event in zip(names, change.entry.events, strict=True):
        oracle.village.tally.mark("event", name)
        allowed = SEATS.get(name)
        if allowed is not None and actor.role not in allowed:
            oracle.broken("right_seat", record.number, f"{actor.role} brought about {name}")
        _edge(oracle, record, name, event)
        seen = _LOOKS.get(name)
        if seen is not None:
            seen(oracle, record, event, change)
    if names[0] == "AnswerRecorded" and change.entry.events[0].kind == "holding":  # type: ignore[attr-defined]
        more = [name for name in names if name.startswith("Deadline")]
        if more and not change.entry.events[0].late:  # type: ignore[attr-defined]
            oracle.broken("holding_stops_nothing", record.number, f"a holding reply led to {more}")


def _edge(oracle: Any, record: CaseRecord, name: str, event: Any) -> None:
    edge = EDGES.get(name)
    if edge is None:
        return
    before = record.stage
    after = event.stage if name == "RungEntered" else next(iter(edge[1]))
    if before not in edge[0] or after not in edge[1]:
        oracle.broken("legal_edge", record.number, f"{name} from {before} to {after}")
    oracle.village.tally.mark("edge", f"{before}-{after}")
    record.stage = after


def _gate(oracle: Any, record: CaseRecord, change: "Change") -> None:
    """Whoever acts stands in this house, and a party in its own case."""
    actor: Actor = change.entry.actor
    case = change.entry.after
    ours = actor.operator == case.operator
    if change.before is not None and actor.role is Role.complainant:
        ours = ours and actor.id == case.complainant.id
    if actor.role is Role.respondent:
        seat = oracle.village.register.seat(case.operator, actor.id)
        ours = ours and seat is not None and seat == record.filed.respondent_registered
    if not ours:
        oracle.broken("walls", record.number, f"{actor.role} {actor.id} of {actor.operator} acted")


def _filed(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    record.stage, record.filed = Stage.received, event
    record.owners["story"] = Role.complainant


def _started(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    found = event.deadline
    clock = record.clocks.setdefault(found.id, Clock(found.act, found.who, found.scope))
    clock.running, clock.due_at, clock.act_by = True, found.due_at, found.act_by
    _true_days(oracle, record, found)
    if found.starts_when == "notice_served" and not change.entry.after.rung_outside:
        served = [
            at
            for notice in change.entry.after.notices
            if (at := oracle.notice_at(record, notice.contact)) is not None
        ]
        if not served:
            oracle.broken("clock_waits_for_notice", record.number, f"{found.act} started unserved")


def _moved(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    found, clock = event.deadline, record.clocks[event.deadline.id]
    for before, after in ((clock.due_at, found.due_at), (clock.act_by, found.act_by)):
        if before is not None and after is not None and after < before:
            oracle.broken("announced_stands", record.number, f"{found.act}: {before} became {after}")
    clock.due_at, clock.act_by = found.due_at, found.act_by
    oracle.village.tally.mark("moved", event.why)
    if event.why == "revised":
        _true_days(oracle, record, found)


def _true_days(oracle: Any, record: CaseRecord, found: Any) -> None:
    """A count of working days ends no earlier than under the true calendar."""
    if found.unit != "wd" or found.suspensions or found.extended_by or found.until or found.service:
        return
    end = oracle.village.truth.earliest_end(found.started_at, found.length)
    if end is not None:
        oracle.village.tally.mark("counted", "provisional" if found.provisional else "settled")
        if found.due_at < end:
            oracle.broken("rest_days_count", record.number, f"{found.act}: {found.due_at} before {end}")


def _ended(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    clock = record.clocks.get(event.id)
    if clock is None:
        return
    clock.running = False
    oracle.village.tally.mark("clock", f"{clock.act}:{event.how}" if event.how == "missed" else event.how)
    if event.how != "missed":
        return
    now = oracle.village.engine.true_now()
    clock.missed_at = now
    if clock.due_at is not None and now + oracle.slack < clock.due_at:
        oracle.broken("never_early", record.number, f"{clock.act} missed at {now}, due {clock.due_at}")


def _late(oracle: Any, record: CaseRecord, change: "Change", act: str, scope: str = "") -> None:
    """A party's act under a clock that had run out before the act was even judged."""
    for clock in record.clocks.values():
        mine = clock.act == act and (not scope or clock.scope == scope)
        if mine and clock.due_at is not None and clock.running:
            judged = change.entry.now
            if judged >= clock.due_at:
                oracle.broken("late_act_is_refused", record.number, f"{act} at {judged}, due {clock.due_at}")


def _offer_answered(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    record.offers.discard(event.id)
    if event.state in {"accepted", "refused"}:
        _late(oracle, record, change, "respond_offer", f"offer:{event.id}")


def _answered(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    record.spoke = True
    oracle.village.tally.mark("answer", f"{event.kind}{':late' if event.late else ''}")


def _offered(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    record.offers.add(event.id)
    if event.by == "respondent":
        record.spoke = True


def _decided(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    if record.appealed and event.by in record.deciders[-1:]:
        oracle.broken("another_person", record.number, f"{event.by} decided the appeal against itself")
    record.deciders.append(event.by)
    record.appealed = False
    arrived = [
        at
        for notice in change.entry.after.notices
        if (at := oracle.notice_at(record, notice.contact)) is not None
    ]
    if event.by_default:
        _default(oracle, record, served=bool(arrived), change=change)
    elif event.terms:
        passed = any(
            clock.act == "answer" and clock.missed_at is not None for clock in record.clocks.values()
        )
        now = oracle.village.engine.true_now()
        waited = bool(arrived) and now + oracle.slack >= min(arrived) + HEARING
        if not (arrived and (record.spoke or passed or waited)):
            oracle.broken("nobody_unheard", record.number, f"granted {event.terms[0].kind}")


def _default(oracle: Any, record: CaseRecord, *, served: bool, change: "Change") -> None:
    listed = oracle.village.register.listed.get(record.filed.respondent_registered)
    place = (record.filed.operator, record.filed.platform, record.filed.subject.id)
    imported = oracle.village.register.records.get(place)
    wanted = set(oracle.village.register.checks(change.entry.after, oracle.village.rules_of(record.number)))
    agrees = imported is not None and not (imported.fails & wanted)
    if listed is None or not listed.accepts_defaults or not served or not agrees:
        oracle.broken("default_has_ground", record.number, f"served={served} agrees={agrees}")
    oracle.village.tally.mark("decided", "by_default")


def _appealed(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    record.appealed = True
    _late(oracle, record, change, "appeal")


def _ordered(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    remedy, case = event.remedy, change.entry.after
    if remedy.points is not None:
        oracle.village.tally.mark("remedy", "in_points")
    record.remedies[remedy.id] = remedy
    place = (*subject_of(case), remedy.group)
    live = oracle.book.held.setdefault(place, [])
    paid = oracle.village.register.paid(case) or case.subject.amount_fen
    parts = [amount for _, _, amount in live]
    whole = not remedy.part or remedy.amount_fen is None
    if live and (whole or None in parts or sum(p or 0 for p in parts) + remedy.amount_fen > (paid or 0)):
        oracle.broken("one_value_once", record.number, f"{remedy.kind} beside {live[0][0]}")
    live.append((record.number, remedy.id, None if whole else remedy.amount_fen))


def _freed(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    for live in oracle.book.held.values():
        live[:] = [row for row in live if row[:2] != (record.number, event.remedy)]


def _confirmed(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    if change.entry.actor.role is not Role.complainant:
        oracle.broken(
            "silence_is_no_yes", record.number, f"{change.entry.actor.role} confirmed {event.remedy}"
        )


def _exhibit(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    oracle.book.exhibits.append((record.number, event.blob, event.digest))
    record.owners[f"exhibit:{event.no}"] = event.by


def _erased(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    oracle.erased.add(record.number)
    if record.held_by:
        oracle.broken("held_is_kept", record.number, f"erased while {record.held_by} held it")


def _posted(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    record.owners[f"message:{record.messages}"] = event.by
    record.messages += 1


def _shown(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    where = getattr(event, "where", None) or f"exhibit:{event.no}"
    role = change.entry.actor.role
    if record.owners.get(where, role) != role:
        oracle.broken("own_to_show", record.number, f"{role} chose for {where} of {record.owners[where]}")


def _held(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    record.held_by = change.entry.actor.id


def _released(oracle: Any, record: CaseRecord, event: Any, change: "Change") -> None:
    if record.held_by == change.entry.actor.id:
        oracle.broken("held_is_kept", record.number, f"{record.held_by} released their own hold")
    record.held_by = ""


_LOOKS: dict[str, Callable[[Any, CaseRecord, Any, "Change"], None]] = {
    "ComplaintFiled": _filed,
    "DeadlineStarted": _started,
    "DeadlineMoved": _moved,
    "DeadlineEnded": _ended,
    "OfferAnswered": _offer_answered,
    "OfferMade": _offered,
    "AnswerRecorded": _answered,
    "DecisionIssued": _decided,
    "AppealLodged": _appealed,
    "RemedyOrdered": _ordered,
    "RemedyBroken": _freed,
    "RemedyDisputed": _freed,
    "RemedyConfirmed": _confirmed,
    "ExhibitAdded": _exhibit,
    "PersonalDataErased": _erased,
    "MessagePosted": _posted,
    "ExhibitMasked": _shown,
    "WordsShown": _shown,
    "ReadingConfirmed": _shown,
    "CaseHeld": _held,
    "HoldReleased": _released,
}


def refused(oracle: Any, deed: "Deed", keys: tuple[str, ...]) -> None:
    """A refusal for being late is true: the clock had run out, or somebody else ended it first."""
    for key in keys:
        act, record = TOO_LATE.get(key), oracle.book.cases.get(deed.number)
        if act is None or record is None:
            continue
        now = oracle.village.engine.true_now()
        if deed.what not in {"accept_offer", "refuse_offer", "appeal_decision"}:
            continue
        for clock in record.clocks.values():
            mine = clock.act == act and (act == "appeal" or clock.scope == f"offer:{deed.about}")
            if mine and clock.running and clock.due_at is not None and now + oracle.slack < clock.due_at:
                mine_to_answer = deed.actor.role.value == clock.who or act == "appeal"
                if mine_to_answer:
                    oracle.broken("in_time_is_heard", deed.number, f"{act} at {now}, due {clock.due_at}")
