# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The clocks of a case: listed when their scope opens, started by a marker, ended by a deed, by silence or by moving on.

Every clock has a scope (`rung:negotiate`, `offer:o1`, `remedy:r1`, `filing:f1`, `request:q1`, `case`), so that what
ends with a rung or an offer ends together.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache

from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import (
    Deadline,
    DeadlineState,
    is_due,
    listed,
    of_a_filing,
    start,
    start_until,
)
from recourse.core.deadline.length import Length, parse_length
from recourse.core.playbook.ids import Regime
from recourse.core.playbook.types import Basis, DeadlineSpec, RungSpec
from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.core.values import replace
from recourse.core.vocabulary import OnMiss, Party, Stage, StartsWhen

LIVE = frozenset({DeadlineState.waiting, DeadlineState.running})


@lru_cache(maxsize=256)
def length_of(text: str) -> Length:
    """A length as a checked playbook or a checked term states it."""
    found = parse_length(text)
    if isinstance(found, Problems):
        raise TypeError(f"the playbook was checked, yet {text!r} is no length")
    return found


def _next_id(case: Case) -> str:
    return f"d{len(case.deadlines) + 1}"


def list_all(
    draft: Draft,
    specs: Iterable[DeadlineSpec],
    *,
    scope: str,
    markers: Collection[StartsWhen] | None = None,
    outside: bool = False,
) -> None:
    """List the clocks of a scope, not yet started. Outside, silence only proposes: nobody here can act on it."""
    for spec in specs:
        if markers is not None and spec.starts_when not in markers:
            continue
        deadline = listed(
            spec,
            id=_next_id(draft.case),
            scope=scope,
            length=length_of(spec.length),
            service=draft.case.service,
        )
        if deadline.on_miss is OnMiss.default and not draft.case.respondent.accepts_defaults:
            # Whoever accepted no such rule loses nothing by silence; the page says so from the first moment.
            deadline = replace(deadline, on_miss=OnMiss.escalate)
        if outside and deadline.on_miss in {OnMiss.escalate, OnMiss.default}:
            deadline = replace(deadline, on_miss=OnMiss.propose_next)
        if deadline.on_miss is OnMiss.default and not silence_may_decide(draft.case):
            # What cannot decide is not announced as if it could: silence then moves the case on.
            deadline = replace(deadline, on_miss=OnMiss.escalate)
        if outside and deadline.starts_when is StartsWhen.rung_entered:
            # Nobody out there knows of the matter before the person filed.
            deadline = replace(deadline, starts_when=StartsWhen.filing_recorded)
        draft.add(e.DeadlineListed(deadline=deadline))


def silence_may_decide(case: Case) -> bool:
    """Whether silence could decide this case at all: a rule the respondent accepted, and a subject that is proven."""
    return case.respondent.accepts_defaults and case.subject.proven


def list_rung(draft: Draft, spec: RungSpec, *, outside: bool) -> None:
    """List the clocks of a rung."""
    list_all(draft, spec.deadlines, scope=f"rung:{spec.rung}", outside=outside)


def signal(draft: Draft, marker: StartsWhen, at: datetime, *, scope: str = "case") -> None:
    """Something happened that starts clocks: start all that wait for it in this scope."""
    for deadline in draft.case.deadlines:
        waits = deadline.state is DeadlineState.waiting and deadline.scope == scope
        if waits and deadline.starts_when is marker:
            begun = start(deadline, at=at, by=marker.value, calendar=draft.calendar)
            draft.add(e.DeadlineStarted(deadline=begun))


def start_spec(draft: Draft, spec: DeadlineSpec, *, scope: str, who: Party | None = None) -> None:
    """List and start a clock in one go."""
    deadline = listed(
        spec, id=_next_id(draft.case), scope=scope, length=length_of(spec.length), service=draft.case.service
    )
    if who is not None:
        deadline = replace(deadline, who=who)
    begun = start(
        deadline,
        at=draft.now,
        by=deadline.starts_when.value,
        calendar=draft.calendar,
    )
    draft.add(e.DeadlineStarted(deadline=begun))


def _ours(act: str, who: Party, starts_when: StartsWhen, length: str, on_miss: OnMiss) -> DeadlineSpec:
    return DeadlineSpec(
        act=act,
        who=who,
        starts_when=starts_when,
        length=length,
        basis=Basis(playbook=f"{act}_within", note=Text("由平台设定。", "Set by the operator.")),
        on_miss=on_miss,
    )


# No talk, decision or delivery may stand still for want of a clock: these run where a playbook sets none.
DEFAULTS: dict[str, DeadlineSpec] = {
    spec.act: spec
    for spec in (
        _ours("serve_notice", Party.operator, StartsWhen.rung_entered, "3d", OnMiss.propose_next),
        _ours("respond_offer", Party.complainant, StartsWhen.answered, "3d", OnMiss.lapse),
        _ours("choose_next", Party.complainant, StartsWhen.answered, "3d", OnMiss.escalate),
        _ours("give_evidence", Party.complainant, StartsWhen.asked, "3d", OnMiss.lapse),
        _ours("appeal", Party.complainant, StartsWhen.decided, "7d", OnMiss.lapse),
        _ours("decide_appeal", Party.operator, StartsWhen.asked, "7wd", OnMiss.escalate),
    )
}


def start_case_clock(draft: Draft, act: str, *, scope: str, who: Party | None = None) -> None:
    """Start the clock for an act, as the playbook sets it or else ours, unless one of this scope runs already."""
    if not any(d.act == act and d.scope == scope and d.state in LIVE for d in draft.case.deadlines):
        start_spec(draft, draft.case_clock(act) or DEFAULTS[act], scope=scope, who=who)


def choose_next(draft: Draft) -> None:
    """In the talks the complainant chooses what follows; unchosen, the case moves up. Later a third person decides.

    While the respondent still owes its answer, that clock moves the case: nobody's time is cut short.
    """
    scope = f"rung:{draft.case.rung}"
    awaited = any(d.act == "answer" and d.scope == scope and d.state in LIVE for d in draft.case.deadlines)
    if draft.case.stage is Stage.negotiating and not awaited:
        start_case_clock(draft, "choose_next", scope=scope)


def start_new(
    draft: Draft,
    *,
    act: str,
    who: Party,
    length: str,
    on_miss: OnMiss,
    starts_when: StartsWhen,
    scope: str,
    regime: Regime = "platform",
    basis: Basis | None = None,
    text: Text | None = None,
) -> None:
    """Start a clock that comes from a remedy's steps rather than from a list of deadlines."""
    spec = DeadlineSpec(
        act=act,
        who=who,
        starts_when=starts_when,
        length=length,
        basis=basis or Basis(playbook=f"{act}_within"),
        on_miss=on_miss,
        regime=regime,
        text=text,
        extendable=True,
    )
    start_spec(draft, spec, scope=scope)


def start_fixed(
    draft: Draft,
    *,
    act: str,
    who: Party,
    until: datetime,
    on_miss: OnMiss,
    starts_when: StartsWhen,
    scope: str,
) -> None:
    """Start a clock whose end somebody named: the date of a promise. There is nothing to count."""
    spec = DeadlineSpec(
        act=act,
        who=who,
        starts_when=starts_when,
        length="1h",
        basis=Basis(playbook=act),
        on_miss=on_miss,
    )
    waiting = listed(spec, id=_next_id(draft.case), scope=scope, length=length_of("1h"))
    deadline = start_until(waiting, until=until, at=draft.now, by=starts_when.value, calendar=draft.calendar)
    draft.add(e.DeadlineStarted(deadline=deadline))


def finish(draft: Draft, *, act: str, who: Party | None, scope: str | None = None) -> None:
    """The deed was done: end its clocks as met."""
    for deadline in draft.case.deadlines:
        fits = deadline.act == act and (who is None or deadline.who is who)
        if fits and deadline.state in LIVE and (scope is None or deadline.scope == scope):
            draft.add(e.DeadlineEnded(id=deadline.id, how="met", at=draft.now))


def close_scope(draft: Draft, scope: str, *, met: bool) -> None:
    """Everything of a scope is over: what ran was met or cancelled, what waited is cancelled."""
    for deadline in draft.case.deadlines:
        if deadline.scope == scope and deadline.state in LIVE:
            done = met and deadline.state is DeadlineState.running
            draft.add(e.DeadlineEnded(id=deadline.id, how="met" if done else "cancelled", at=draft.now))


def cancel(draft: Draft, *, scopes: tuple[str, ...]) -> None:
    """The matter moved on: end every live clock whose scope begins so, except clocks of outside bodies.

    An outside body goes on with a filing whatever becomes of the case here.
    """
    for deadline in draft.case.deadlines:
        if deadline.state in LIVE and deadline.scope.startswith(scopes) and not of_a_filing(deadline.scope):
            draft.add(e.DeadlineEnded(id=deadline.id, how="cancelled", at=draft.now))


def waiting_on(case: Case, *, who: Collection[Party]) -> Deadline | None:
    """The first hard clock for one of these parties on the present rung, running or waiting for its notice."""
    return next(
        (
            d
            for d in case.deadlines
            if d.state in LIVE and d.who in who and not d.soft and d.scope == f"rung:{case.rung}"
        ),
        None,
    )


def first_due(case: Case, now: datetime) -> Deadline | None:
    """The clock that ran out first and has not been dealt with."""
    due = [d for d in case.deadlines if is_due(d, now=now)]
    return min(due, key=lambda d: (d.due_at, len(d.id), d.id), default=None)


def is_over(draft: Draft, *, scope: str) -> bool:
    """Whether the time of this scope has run out, even where the engine has not carried it out yet."""
    return any(d.scope == scope and is_due(d, now=draft.now) for d in draft.case.deadlines)


def next_instant(case: Case) -> datetime | None:
    """When the engine must look at this case next: the earliest due moment of a running clock."""
    moments = [
        d.due_at
        for d in case.deadlines
        if d.state is DeadlineState.running and not d.paused() and d.due_at is not None
    ]
    return min(moments, default=None)
