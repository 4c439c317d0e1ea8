# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Planted bugs: mistakes that a hurried hand could make, put in for the length of a run, to see whether they are found.

A simulator that nobody tests finds nothing and says that all is well. Each bug is a few replaced attributes, in the
product where it can be, in the fake store where the mistake would be the store's own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from recourse.actions import run_jobs, story
from recourse.core.actor import Role, system
from recourse.core.calendar import CHINA, CalendarYear
from recourse.core.case import clocks, closing, decide, effect, ladder, permission, ruling, talk
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.deadline import deadline as clock_values
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import AnswerKind, Stage, StartsWhen
from recourse.gateways.clock import SystemClock
from recourse.simulation import book, gateways, locks, outbox, stage
from recourse.simulation.book import FakeCases
from recourse.simulation.planted_beside import held_is_erased, masks_of_others

Patch = tuple[Any, str, Any]
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PlantedBug:
    """One bug: its name, the invariant that must find it, and what it replaces."""

    name: str
    found_by: str
    patches: Callable[[], list[Patch]]


@contextmanager
def planted(bug: PlantedBug) -> Iterator[None]:
    """Plant a bug for as long as the block runs."""
    patches = bug.patches()
    kept = [
        (where, name, where[name] if isinstance(where, dict) else where.__dict__[name])
        for where, name, _ in patches
    ]
    try:
        for where, name, value in patches:
            _put(where, name, value)
        yield
    finally:
        for where, name, value in reversed(kept):
            _put(where, name, value)


def _put(where: Any, name: Any, value: Any) -> None:
    if isinstance(where, dict):
        where[name] = value
    else:
        setattr(where, name, value)


def _no_version_check() -> list[Patch]:
    def before(self: Any, entry: Any) -> Any:
        row = self.rows.get(entry.after.number)
        return row.case if row is not None and entry.opened is not None else None

    def check(self: Any, entry: Any) -> None:
        before(self, entry)

    return [(FakeCases, "_before", before), (FakeCases, "_check", check)]


def _no_idempotency() -> list[Patch]:
    return [
        (FakeCases, "replay", lambda self, actor, key: None),
        (FakeCases, "_used", lambda self, entry: False),
    ]


def _no_entitlement() -> list[Patch]:
    return [
        (locks.FakeLocks, "room", lambda self, *args, **more: True),
        (locks.FakeLocks, "held", lambda self, case: {}),
    ]


def _fresh_gateway_key() -> list[Patch]:
    take = outbox.FakeOutbox.take

    def fresh(self: Any, now: Any, lane: Any) -> Any:
        return [replace(job, dedup=f"{job.dedup}?{job.attempts}") for job in take(self, now, lane)]

    return [(outbox.FakeOutbox, "take", fresh)]


def _raw_clock() -> list[Patch]:
    def now(self: Any) -> Any:
        read = self._at(self._wall())
        self._last = max(self._last, read)
        return self._last

    return [(SystemClock, "now", now)]


def _ends_early(by: timedelta) -> Callable[[], list[Patch]]:
    first, instant = clocks.first_due, book.next_instant

    def sooner(case: Any) -> Any:
        moment = instant(case)
        return moment - by if moment is not None else None

    return lambda: [
        (clocks, "first_due", lambda case, now: first(case, now + by)),
        (book, "next_instant", sooner),
    ]


def _skipped_sweep() -> list[Patch]:
    due = FakeCases.due

    def some(self: Any, now: Any, limit: int) -> Any:
        return [pair for pair in due(self, now, limit) if pair[1][-1] not in "05"]

    return [(FakeCases, "due", some), (book, "next_instant", _instant_of_most)]


def _instant_of_most(case: Any, at: Any = book.next_instant) -> Any:
    return None if case.number[-1] in "05" else at(case)


def _empty_calendar() -> list[Patch]:
    library = stage.library()
    year = CalendarYear(stage.LAST_YEAR, (), ())
    known = replace(library.before, years=(*library.before.years, year), version="2026-empty")
    return [(stage, "library", lambda: replace(library, before=known))]


def _effect_not_in_outbox() -> list[Patch]:
    enqueue = outbox.FakeOutbox.enqueue

    def most(self: Any, new: Any) -> None:
        enqueue(self, [job for job in new if job.kind != "tell" or job.dedup[0] not in "0123"])

    return [(outbox.FakeOutbox, "enqueue", most)]


def _stale_state() -> list[Patch]:
    """The case that was read first is decided on again and again; only what is committed to is fresh."""
    commit = FakeCases.commit

    def fresh(self: Any, opened: Any, after: Any, events: Any, **more: Any) -> Any:
        row = self.rows.get(after.number)
        if opened is not None and row is not None and opened.case.version != row.case.version:
            opened = replace(opened, case=row.case, head=row.head, history=row.history)
        return commit(self, opened, after, events, **more)

    return [(FakeCases, "commit", fresh)]


def _silence_resolved() -> list[Patch]:
    def silent(draft: Any, remedy: str) -> None:
        draft.add(e.RemedyConfirmed(remedy=remedy, at=draft.now))
        closing.performance.close_if_nothing_open(draft)

    return [(closing.performance, "fell_silent", silent)]


def _holding_is_an_answer() -> list[Patch]:
    record = talk.record_answer

    def answered(draft: Any, command: Any) -> Any:
        refused = record(draft, command)
        if refused is None and command.kind is AnswerKind.holding:
            talk._answered(draft)
            clocks.choose_next(draft)
        return refused

    return [(decide._DEEDS, c.RecordAnswer, answered)]


def _clock_before_notice() -> list[Patch]:
    order = ladder.order_notice

    def eager(draft: Any, rung: Any) -> None:
        order(draft, rung)
        clocks.signal(draft, StartsWhen.notice_served, draft.now, scope=f"rung:{rung}")

    return [(ladder, "order_notice", eager)]


def _same_person() -> list[Patch]:
    problems = ruling._problems

    def some(draft: Any, command: Any) -> Any:
        return [item for item in problems(draft, command) if item.key != "same_person"]

    return [(ruling, "_problems", some)]


def _default_without_acceptance() -> list[Patch]:
    """Nobody asks whether the respondent accepted the rule: not when the clock is listed, nor when it runs out."""

    def anyway(deed: Any) -> Any:
        def done(draft: Any, *args: Any, **more: Any) -> None:
            case = draft._case
            draft._case = replace(case, respondent=replace(case.respondent, accepts_defaults=True))
            deed(draft, *args, **more)
            draft._case = replace(draft._case, respondent=case.respondent)

        return done

    return [
        (closing, "_default", anyway(closing._default)),
        (clocks, "list_all", anyway(clocks.list_all)),
    ]


def _default_without_proof() -> list[Patch]:
    checks = ("_proven", "_shown")
    return [(closing, name, lambda *_: True) for name in checks if hasattr(closing, name)]


def _unheard() -> list[Patch]:
    return [(ruling, "heard", lambda draft: True)]


def _operators_without_walls() -> list[Patch]:
    visible = FakeCases.visible
    return [
        (
            FakeCases,
            "visible",
            lambda self, actor, case: visible(self, replace(actor, operator=case.operator), case),
        )
    ]


def _loud_nights() -> list[Patch]:
    return [(effect, "awake", lambda moment: moment), (run_jobs, "awake", lambda moment: moment)]


def _time_as_it_comes() -> list[Patch]:
    return [(FakeCases, "_moment", lambda self, entry, row: entry.now)]


def _answer_before_the_disk() -> list[Patch]:
    write = FakeCases._write

    def most(self: Any, entry: Any) -> Receipt:
        if entry.opened is not None and entry.actor.role is not Role.system and entry.after.version % 7 == 3:
            return Receipt(entry.after.number, entry.after.version, f"{entry.after.version:064x}")
        return write(self, entry)

    return [(FakeCases, "_write", most)]


def _refused_after_the_deed() -> list[Patch]:
    busy = story.busy

    def told(self: Any, opened: Any, after: Any, events: Any, **more: Any) -> Any:
        done = _COMMIT(self, opened, after, events, **more)
        return busy() if isinstance(done, Receipt) and after.version % 11 == 5 else done

    return [(FakeCases, "commit", told)]


_COMMIT = FakeCases.commit
_NO_MOMENT = datetime(2026, 1, 1, tzinfo=CHINA)


def _vault_forgets() -> list[Patch]:
    keep = gateways.FakeVault._keep
    return [
        (
            gateways.FakeVault,
            "_keep",
            lambda self, blob, whole: None if blob[0] in "0123" else keep(self, blob, whole),
        )
    ]


def _talks_stand_still() -> list[Patch]:
    return [(clocks, "choose_next", lambda draft: None)]


def _jobs_never_end() -> list[Patch]:
    finish = outbox.FakeOutbox.finish

    def most(self: Any, job: Any, **more: Any) -> bool:
        return False if job.dedup[0] in "01" else finish(self, job, **more)

    return [(outbox.FakeOutbox, "finish", most)]


def _heads_without_past() -> list[Patch]:
    link = book._link

    def alone(previous: str, case: str, version: int, at: Any, actor: Any, event: Any) -> str:
        return link("", case, version, _NO_MOMENT, system(""), None)

    return [(book, "_link", alone)]


def _late_acts_are_taken() -> list[Patch]:
    return [(clocks, "is_over", lambda draft, *, scope: False)]


def _closes_an_hour_early() -> list[Patch]:
    def over(draft: Any, *, scope: str) -> bool:
        soon = draft.now + 6 * _HOUR
        return any(d.scope == scope and clocks.is_due(d, now=soon) for d in draft.case.deadlines)

    return [(clocks, "is_over", over)]


def _revision_shortens() -> list[Patch]:
    return [(clock_values, "_later", lambda announced, found: found)]


def _withdrawn_twice() -> list[Patch]:
    permit = permission.PERMISSIONS[c.WithdrawCase]
    return [(permission.PERMISSIONS, c.WithdrawCase, replace(permit, stages=frozenset(Stage)))]


def _agents_decide() -> list[Patch]:
    permit = permission.PERMISSIONS[c.DecideCase]
    return [(permission.PERMISSIONS, c.DecideCase, replace(permit, roles=permit.roles | {Role.agent}))]


def _respondent_confirms() -> list[Patch]:
    permit = permission.PERMISSIONS[c.ConfirmRemedy]
    return [
        (permission.PERMISSIONS, c.ConfirmRemedy, replace(permit, roles=permit.roles | {Role.respondent}))
    ]


def _message_crash() -> list[Patch]:
    post = talk.post_message

    def some(draft: Any, command: Any) -> Problems | None:
        if len(draft.case.messages) == 2:
            raise KeyError("third message")
        return post(draft, command)

    return [(decide._DEEDS, c.PostMessage, some)]


BUGS: tuple[PlantedBug, ...] = (
    PlantedBug("no version check", "stream_is_sound", _no_version_check),
    PlantedBug("decides on stale state", "stream_is_sound", _stale_state),
    PlantedBug("no idempotency", "one_request_one_effect", _no_idempotency),
    PlantedBug("no entitlement", "one_value_once", _no_entitlement),
    PlantedBug("fresh gateway key", "messages_as_asked", _fresh_gateway_key),
    PlantedBug("raw clock", "never_early", _raw_clock),
    PlantedBug("clock ends half an hour early", "never_early", _ends_early(timedelta(minutes=30))),
    PlantedBug("off by one second at the due time", "never_early", _ends_early(timedelta(seconds=1))),
    PlantedBug("skipped sweep", "silence_is_carried_out", _skipped_sweep),
    PlantedBug("empty calendar is no holidays", "rest_days_count", _empty_calendar),
    PlantedBug("effect not in the outbox", "effects_are_done", _effect_not_in_outbox),
    PlantedBug("silence counted as resolved", "silence_is_no_yes", _silence_resolved),
    PlantedBug("respondent confirms its own remedy", "silence_is_no_yes", _respondent_confirms),
    PlantedBug("holding reply stops the clock", "holding_stops_nothing", _holding_is_an_answer),
    PlantedBug("clock starts before the notice is served", "clock_waits_for_notice", _clock_before_notice),
    PlantedBug("appeal to the same person", "another_person", _same_person),
    PlantedBug("default without acceptance", "default_has_ground", _default_without_acceptance),
    PlantedBug("default without proof", "default_has_ground", _default_without_proof),
    PlantedBug("granted unheard", "nobody_unheard", _unheard),
    PlantedBug("no wall between operators", "walls", _operators_without_walls),
    PlantedBug("messages at night", "nights_are_quiet", _loud_nights),
    PlantedBug("time as the clock says", "time_runs_forward", _time_as_it_comes),
    PlantedBug("answer before the disk", "acknowledged_is_kept", _answer_before_the_disk),
    PlantedBug("refused after the deed", "refused_leaves_nothing", _refused_after_the_deed),
    PlantedBug("masks the other side's exhibit", "own_to_show", masks_of_others),
    PlantedBug("erases what is held", "held_is_kept", held_is_erased),
    PlantedBug("vault forgets", "evidence_is_kept", _vault_forgets),
    PlantedBug("talks stand still", "comes_to_rest", _talks_stand_still),
    PlantedBug("jobs never end", "outbox_empties", _jobs_never_end),
    PlantedBug("heads without a past", "old_copy_shows", _heads_without_past),
    PlantedBug("late acts are taken", "late_act_is_refused", _late_acts_are_taken),
    PlantedBug("closes six hours early", "in_time_is_heard", _closes_an_hour_early),
    PlantedBug("a new calendar shortens", "announced_stands", _revision_shortens),
    PlantedBug("withdrawn when closed", "legal_edge", _withdrawn_twice),
    PlantedBug("agents decide", "right_seat", _agents_decide),
    PlantedBug("third message crashes", "no_surprise", _message_crash),
)
