# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A story told to the engine: who did what when, and what came of it. Every step is checked as it is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from recourse.core.actor import Actor, Role, Via
from recourse.core.calendar import CHINA
from recourse.core.case import commands as c
from recourse.core.case.clocks import next_instant
from recourse.core.case.decide import Decided, decide
from recourse.core.case.evolve import fold
from recourse.core.case.facts import Facts
from recourse.core.case.progress import next_step
from recourse.core.case.state import Case
from recourse.core.claim import Claim
from recourse.core.deadline.deadline import Deadline
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.vocabulary import RemedyKind, RungName, SubjectKind
from tests.core.case.rules import rulebook

A, B, AGENT, NEUTRAL, OWNER, SYSTEM = (
    Actor("a1", Role.complainant, "op", Via.portal),
    Actor("b1", Role.respondent, "op", Via.portal),
    Actor("agent1", Role.agent, "op", Via.desk),
    Actor("neutral1", Role.neutral, "op", Via.desk),
    Actor("owner1", Role.owner, "op", Via.desk),
    Actor("system", Role.system, "op", Via.worker),
)
OTHER_NEUTRAL = replace(NEUTRAL, id="neutral2")
ALL_RUNGS = tuple(RungName)
HUNDRED = 100_00


def at(text: str) -> datetime:
    """A moment in China, "2026-09-18 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def complaint(**changes: Any) -> c.FileComplaint:
    """An ordinary complaint about an order of 100 yuan."""
    command = c.FileComplaint(
        id="case1",
        number="R2026-0001",
        complainant_id="a1",
        complainant_name="王小明",
        contact="a@example.com",
        respondent_name="某某旗舰店",
        respondent_registered="m1",
        accepts_defaults=False,
        subject=Subject(
            SubjectKind.order, "20260901", amount_fen=HUNDRED, happened_on=date(2026, 9, 1), proven=True
        ),
        story="9月1日买的，一直没发货。",
        problems=("t.pt.late",),
        confirmed=True,
        claims=(Claim(RemedyKind.refund, HUNDRED),),
        answers_given={},
        evidence={},
        operated=ALL_RUNGS,
        rulebook="digest",
    )
    return replace(command, **changes)


class Story:
    """The teller keeps the clock, the case and all its events."""

    def __init__(
        self,
        *,
        rules: Rulebook | None = None,
        now: str = "2026-09-18 10:00",
        contacts: tuple[str, ...] = ("m@example.com", "13000000000"),
        checks: Mapping[str, bool] | None = None,
        locked: Mapping[str, str] | None = None,
        **filing: Any,
    ) -> None:
        self.rules = rules or rulebook()
        self.now = at(now)
        self.facts = Facts(
            checks=checks if checks is not None else {"order_exists": True},
            contacts=contacts,
            locked=locked or {},
        )
        self.events: list[Any] = []
        self.case: Case = None  # type: ignore[assignment]
        self.do(A, complaint(**filing))

    def put(self, actor: Actor, command: Any) -> Decided | Problems:
        """Put a command; keep what it led to."""
        result = decide(self.case, command, actor=actor, rules=self.rules, facts=self.facts, now=self.now)
        if isinstance(result, Decided):
            self.events.extend(result.events)
            self.case = result.case
            assert fold(self.events) == self.case
            assert self.case.version == len(self.events)
        return result

    def do(self, actor: Actor, command: Any) -> tuple[str, ...]:
        """Put a command that is allowed; the names of its events."""
        result = self.put(actor, command)
        assert isinstance(result, Decided), result
        return tuple(type(event).__name__ for event in result.events)

    def refused(self, actor: Actor, command: Any) -> tuple[str, ...]:
        """Put a command that is refused; the keys of its problems."""
        before = self.case
        result = self.put(actor, command)
        assert isinstance(result, Problems), result
        assert self.case is before
        for item in result.items:
            assert all((item.message.zh, item.message.en, item.do.zh, item.do.en)), item
        return result.keys()

    def until(self, moment: str) -> tuple[str, ...]:
        """Let time pass to a moment, the engine carrying out every clock when it runs out."""
        end, names = at(moment), []
        while True:
            due = next_instant(self.case)
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            names.extend(self.do(SYSTEM, c.RunDeadlines()))
        self.now = end
        return tuple(names)

    def later(self, **span: int) -> tuple[str, ...]:
        """Let time pass by a span, such as days=3."""
        return self.until((self.now + timedelta(**span)).replace(tzinfo=None).isoformat())

    def begin(self, served: bool = True) -> "Story":
        """The contact is proven and, unless said otherwise, the notice served in the same minute."""
        self.do(A, c.ProveContact("code"))
        if served:
            self.do(SYSTEM, c.RecordServed("m@example.com"))
        return self

    def clock(self, act: str) -> Deadline:
        """The latest clock for an act."""
        return [item for item in self.case.deadlines if item.act == act][-1]

    def due(self, act: str) -> str:
        """When the latest clock for an act is over, such as "2026-09-20 10:00"."""
        moment = self.clock(act).due_at
        return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M")

    @property
    def at(self) -> tuple[str, str]:
        """Stage and rung."""
        return self.case.stage.value, self.case.rung.value if self.case.rung else ""

    @property
    def turn(self) -> str:
        """Whose move it is."""
        return next_step(self.case, self.rules.playbook).who.value
