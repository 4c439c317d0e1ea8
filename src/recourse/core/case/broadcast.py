# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Broadcast: what programs of the operator are told of a case. Kinds from a closed list, ids and public facts alone.

Nothing personal is ever sent: whoever may read it fetches the case. Order is not promised; the version says it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.canonical import Plain
from recourse.core.case import events as e
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline
from recourse.core.money import format_yuan
from recourse.core.remedy import Remedy


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened: its kind, and what is said of it."""

    kind: str
    version: int
    data: Mapping[str, Plain]


def broadcast(case: Case, events: Iterable[Any]) -> tuple[News, ...]:
    """What these events, the last ones of the case, tell to programs; data is the case as it stands after all of them."""
    listed = tuple(events)
    first = case.version - len(listed) + 1
    found = []
    for version, event in enumerate(listed, start=first):
        kind, details = _KINDS.get(type(event), (None, None))
        if kind is None or (isinstance(event, e.DeadlineEnded) and event.how != "missed"):
            continue
        said = details(case, event) if details is not None else {}
        found.append(News(kind, version, {**_standing(case), "version": version, **said}))
    return tuple(found)


def _standing(case: Case) -> dict[str, Plain]:
    return {
        "number": case.number,
        "operator": case.operator,
        "platform": case.platform,
        "stage": case.stage.value,
        "rung": case.rung.value if case.rung else None,
        "outcome": case.outcome.value if case.outcome else None,
    }


def _remedy(case: Case, event: Any) -> dict[str, Plain]:
    id_ = event.remedy.id if isinstance(event.remedy, Remedy) else event.remedy
    remedy = next((item for item in case.remedies if item.id == id_), None)
    if remedy is None:
        return {"remedy": {"id": id_}}
    amount = None if remedy.amount_fen is None else format_yuan(remedy.amount_fen)
    return {"remedy": {"id": id_, "kind": remedy.kind.value, "amount": amount, "state": remedy.state.value}}


def _deadline(case: Case, event: Any) -> dict[str, Plain]:
    if isinstance(event, e.DeadlineEnded):
        clock = next((item for item in case.deadlines if item.id == event.id), None)
    else:
        clock = event.deadline
    return {"deadline": _clock(clock)} if clock is not None else {}


def _clock(clock: Deadline) -> dict[str, Plain]:
    ends = {"act_by": clock.act_by, "due_at": clock.due_at}
    return {
        "id": clock.id,
        "act": clock.act,
        "who": clock.who.value,
        **{name: end.astimezone(CHINA).isoformat() if end else None for name, end in ends.items()},
    }


def _by(name: str) -> Callable[[Case, Any], dict[str, Plain]]:
    return lambda _, event: {name: {"id": event.id}}


def _rung(_: Case, event: e.RungEntered) -> dict[str, Plain]:
    return {"entered": {"rung": event.rung.value, "outside": event.outside}}


def _answer(_: Case, event: e.AnswerRecorded) -> dict[str, Plain]:
    return {"answer": {"kind": event.kind.value, "late": event.late}}


def _exhibit(_: Case, event: e.ExhibitAdded) -> dict[str, Plain]:
    return {"exhibit": {"no": event.no, "kind": event.kind.value, "by": event.by.value}}


_Details = Callable[[Case, Any], dict[str, Plain]] | None
_KINDS: Mapping[type, tuple[str, _Details]] = {
    e.ComplaintFiled: ("complaint.filed", None),
    e.ComplaintAcknowledged: ("complaint.acknowledged", None),
    e.RungEntered: ("rung.entered", _rung),
    e.NoticeServed: ("notice.served", None),
    e.NoticeBounced: ("notice.bounced", None),
    e.AnswerRecorded: ("answer.recorded", _answer),
    e.OfferMade: ("offer.made", _by("offer")),
    e.OfferAnswered: ("offer.answered", _by("offer")),
    e.SettlementReached: ("settlement.reached", None),
    e.MessagePosted: ("message.posted", None),
    e.ExhibitAdded: ("exhibit.added", _exhibit),
    e.EvidenceAsked: ("evidence.asked", _by("request")),
    e.EvidenceAnswered: ("evidence.answered", _by("request")),
    e.DecisionIssued: ("decision.issued", _by("decision")),
    e.DecisionBecameFinal: ("decision.final", _by("decision")),
    e.AppealLodged: ("appeal.lodged", None),
    e.RemedyOrdered: ("remedy.ordered", _remedy),
    e.StepPerformed: ("remedy.step_performed", _remedy),
    e.RemedyConfirmed: ("remedy.confirmed", _remedy),
    e.RemedyDisputed: ("remedy.disputed", _remedy),
    e.RemedyFellSilent: ("remedy.silent", _remedy),
    e.RemedyBroken: ("remedy.broken", _remedy),
    e.DeadlineStarted: ("deadline.started", _deadline),
    e.DeadlineEnded: ("deadline.missed", _deadline),
    e.FilingOpened: ("filing.opened", _by("filing")),
    e.FilingUpdated: ("filing.updated", _by("filing")),
    e.CaseClosed: ("case.closed", None),
    e.CaseReopened: ("case.reopened", None),
    e.PersonalDataErased: ("case.erased", None),
}
# What an endpoint may be told of; a test event is sent by hand.
KINDS = tuple(sorted(kind for kind, _ in _KINDS.values()))
TEST_KIND = "webhook.test"
