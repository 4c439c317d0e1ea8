# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deadlines and counts as plain JSON values: the shape that the API, the command line and events show."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.deadline.compute import Computed
from recourse.core.deadline.deadline import Deadline, DeadlineState
from recourse.core.deadline.length import Length, Unit
from recourse.core.deadline.regime import Regime
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Suspension, SuspensionCause
from recourse.core.playbook.types import Basis
from recourse.core.text import Text
from recourse.core.vocabulary import OnMiss, Party, StartsWhen

Json = dict[str, Any]


def computed_to_json(computed: Computed) -> Json:
    """The answer of `deadline --json`: three RFC 3339 ends, the counted dates, the version, the steps."""
    return {
        "nominal_end": _moment(computed.nominal_end),
        "act_by": _moment(computed.act_by),
        "due_at": _moment(computed.due_at),
        "counted": list(computed.counted),
        "calendar_version": computed.calendar_version,
        "provisional": computed.provisional,
        "why": [_text(item) for item in computed.steps],
    }


def deadline_to_json(deadline: Deadline) -> Json:
    """Everything a deadline holds; dates are null until it starts."""
    basis, service = deadline.basis, deadline.service
    return {
        "id": deadline.id,
        "scope": deadline.scope,
        "act": deadline.act,
        "who": deadline.who.value,
        "starts_when": deadline.starts_when.value,
        "started_at": _moment(deadline.started_at),
        "started_by": deadline.started_by,
        "until": _moment(deadline.until),
        "length": deadline.length,
        "unit": deadline.unit.value,
        "regime": deadline.regime.value,
        "basis": {
            "law": basis.law,
            "source": basis.source,
            "playbook": basis.playbook,
            "note": _text(basis.note) if basis.note else None,
        },
        "on_miss": deadline.on_miss.value,
        "text": _text(deadline.text) if deadline.text else None,
        "service": {
            "opens": service.opens.isoformat("minutes"),
            "closes": service.closes.isoformat("minutes"),
            "every_day": service.every_day,
        }
        if service
        else None,
        "extendable": deadline.extendable,
        "soft": deadline.soft,
        "state": deadline.state.value,
        "nominal_end": _moment(deadline.nominal_end),
        "act_by": _moment(deadline.act_by),
        "due_at": _moment(deadline.due_at),
        "counted": list(deadline.counted),
        "calendar_version": deadline.calendar_version,
        "provisional": deadline.provisional,
        "suspensions": [
            {"since": _moment(item.since), "until": _moment(item.until), "cause": item.cause.value}
            for item in deadline.suspensions
        ],
        "extended_by": str(deadline.extended_by) if deadline.extended_by else None,
        "why": [_text(item) for item in deadline.why],
    }


def deadline_from_json(given: Mapping[str, Any]) -> Deadline:
    """Read back what `deadline_to_json` wrote. Raises KeyError or ValueError for anything else."""
    basis, service, extended = given["basis"], given["service"], given["extended_by"]
    return Deadline(
        id=given["id"],
        scope=given["scope"],
        act=given["act"],
        who=Party(given["who"]),
        starts_when=StartsWhen(given["starts_when"]),
        length=given["length"],
        unit=Unit(given["unit"]),
        regime=Regime(given["regime"]),
        basis=Basis(basis["law"], basis["source"], basis["playbook"], _read_text(basis["note"])),
        on_miss=OnMiss(given["on_miss"]),
        text=_read_text(given["text"]),
        service=ServiceHours(
            time.fromisoformat(service["opens"]), time.fromisoformat(service["closes"]), service["every_day"]
        )
        if service
        else None,
        extendable=given["extendable"],
        soft=given["soft"],
        state=DeadlineState(given["state"]),
        started_at=_read_moment(given["started_at"]),
        started_by=given["started_by"],
        until=_read_moment(given["until"]),
        nominal_end=_read_moment(given["nominal_end"]),
        act_by=_read_moment(given["act_by"]),
        due_at=_read_moment(given["due_at"]),
        counted=tuple(given["counted"]),
        calendar_version=given["calendar_version"],
        provisional=given["provisional"],
        suspensions=tuple(_read_suspension(item) for item in given["suspensions"]),
        extended_by=_read_length(extended) if extended else None,
        why=tuple(Text(item["zh"], item["en"]) for item in given["why"]),
    )


def _read_suspension(given: Mapping[str, Any]) -> Suspension:
    since = datetime.fromisoformat(given["since"])
    return Suspension(since, _read_moment(given["until"]), SuspensionCause(given["cause"]))


def _read_length(given: str) -> Length:
    digits = given.rstrip("abcdefghijklmnopqrstuvwxyz")
    return Length(int(digits), Unit(given[len(digits) :]))


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(CHINA).isoformat() if moment else None


def _read_moment(given: str | None) -> datetime | None:
    return datetime.fromisoformat(given) if given else None


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _read_text(given: Mapping[str, str] | None) -> Text | None:
    return Text(given["zh"], given["en"]) if given else None
