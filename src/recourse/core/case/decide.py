# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Judge a command: events, or a refusal that names every problem at once.

The one entrance to the rules. It checks the seat and the stage, hands over to the deed, and returns what happened
together with the case as it then stands. Pure: time, rules and facts are arguments.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from recourse.core.actor import Actor
from recourse.core.calendar import Calendar
from recourse.core.case import (
    closing,
    doors,
    intake,
    keeping,
    ladder,
    moving,
    performance,
    proof,
    ruling,
    showing,
    tables,
    talk,
)
from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.case import show_commands as sc
from recourse.core.case.draft import Draft
from recourse.core.case.facts import Facts
from recourse.core.case.permission import FILING_ROLES, refusals
from recourse.core.case.state import Case
from recourse.core.problem import Problem, Problems
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text

Deed = Callable[[Draft, Any], Problems | None]

_DEEDS: dict[type, Deed] = {
    c.FileComplaint: intake.file_complaint,
    c.ProveContact: intake.prove_contact,
    c.ConfirmProblems: intake.confirm_problems,
    c.RecordServed: ladder.record_served,
    c.RecordBounce: ladder.record_bounce,
    c.AssignCase: ladder.assign_case,
    c.EscalateCase: ladder.escalate_case,
    c.RecordAnswer: talk.record_answer,
    c.MakeOffer: talk.make_offer,
    c.AcceptOffer: talk.accept_offer,
    c.RefuseOffer: talk.refuse_offer,
    c.TakeBackOffer: talk.take_back_offer,
    c.PostMessage: talk.post_message,
    c.AddNote: talk.add_note,
    c.AddExhibit: proof.add_exhibit,
    c.WithdrawExhibit: proof.withdraw_exhibit,
    sc.MaskExhibit: showing.mask_exhibit,
    sc.ShowWords: showing.show_words,
    sc.ConfirmReading: showing.confirm_reading,
    c.StateEvidence: proof.state_evidence,
    c.AskForEvidence: proof.ask_for_evidence,
    c.AnswerEvidenceRequest: proof.answer_evidence_request,
    c.SetCapture: proof.set_capture,
    c.LogContact: proof.log_contact,
    c.SetPoints: proof.set_points,
    c.AnswerQuestions: intake.answer_questions,
    c.SetConditions: tables.set_conditions,
    c.ShowAccount: tables.show_account,
    c.TakeOutAccount: tables.take_out_account,
    c.ExtendDeadline: moving.extend_deadline,
    c.SuspendDeadline: moving.suspend_deadline,
    c.ReviseDeadlines: moving.revise_deadlines,
    c.DecideCase: ruling.decide_case,
    c.AppealDecision: ruling.appeal_decision,
    c.AcceptDecision: ruling.accept_decision,
    c.PerformStep: performance.perform_step,
    c.ConfirmRemedy: performance.confirm_remedy,
    c.DisputeRemedy: performance.dispute_remedy,
    c.OpenFiling: doors.open_filing,
    c.UpdateFiling: doors.update_filing,
    c.WithdrawCase: closing.withdraw_case,
    c.ReopenCase: closing.reopen_case,
    kc.HoldCase: keeping.hold_case,
    kc.ReleaseHold: keeping.release_hold,
    kc.AnnounceErasure: keeping.announce_erasure,
    kc.ErasePersonalData: closing.erase_personal_data,
    c.RunDeadlines: closing.run_deadlines,
}


TEXT_MAX = 5_000
LONG_TEXT_MAX = 20_000
_LONG = frozenset({"story", "facts", "reasons"})
# A NUL is refused by databases, half of a surrogate pair has no bytes.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")

_FILED_ALREADY = Text("这件投诉已经提交过了。", "This complaint was filed already.")
_OPEN_IT = Text("请打开它继续办理。", "Open it and go on there.")
_NOT_FILING = Text("你的身份不能提交投诉。", "Your seat cannot file a complaint.")
_WHO_FILES = Text(
    "请以投诉人身份提交，或请经办人代为登记。", "File as the complainant, or ask an agent to take it down."
)
_NO_CASE = Text("没有找到这件投诉。", "This complaint was not found.")
_CHECK_NUMBER = Text("请核对编号。", "Check the number.")
_ERASED = Text(
    "这件投诉的个人信息已删除，不能再办理。",
    "The personal data of this complaint was erased; nothing more can be done in it.",
)
_FILE_ANEW = Text("需要的话可以重新提交一件投诉。", "If need be, file a new complaint.")
_SHORTEN = Text("请写短一些；细节可以放进证据。", "Write less, or put details into exhibits.")
_UNREADABLE = Text("里面有无法识别的字符。", "It holds characters that cannot be read.")
_TYPE_AGAIN = Text("请重新输入这一项。", "Please type it again.")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a command led to: the events in order, and the case after them."""

    events: tuple[Any, ...]
    case: Case


def decide(
    case: Case | None,
    command: Any,
    *,
    actor: Actor,
    rules: Rulebook,
    facts: Facts,
    now: datetime,
) -> Decided | Problems:
    """Judge one command against the case (None before filing). No events means that nothing had to change."""
    problems = (*_unreadable(command), *_admitted(case, command, actor))
    if problems:
        return Problems(problems)
    draft = Draft(case, actor=actor, rules=rules, facts=facts, now=now)
    refused = _DEEDS[type(command)](draft, command)
    return refused if refused is not None else Decided(tuple(draft.events), draft.case)


def _admitted(case: Case | None, command: Any, actor: Actor) -> tuple[Problem, ...]:
    """Why this command cannot be put to this case by this actor at all."""
    if isinstance(command, c.FileComplaint):
        if case is not None:
            return (Problem("filed_already", "", _FILED_ALREADY, _OPEN_IT),)
        return () if actor.role in FILING_ROLES else (Problem("not_allowed", "", _NOT_FILING, _WHO_FILES),)
    if case is None:
        return (Problem("case_not_found", "number", _NO_CASE, _CHECK_NUMBER),)
    if case.erased and not isinstance(command, kc.ErasePersonalData | c.RunDeadlines | c.ReviseDeadlines):
        return (Problem("erased", "", _ERASED, _FILE_ANEW),)
    return refusals(actor, command, case.stage)


def _unreadable(command: Any) -> Iterator[Problem]:
    """Texts that are too long, or that hold characters nobody can read or store."""
    for path, text in _texts(command, ""):
        limit = LONG_TEXT_MAX if path in _LONG else TEXT_MAX
        if len(text) > limit:
            found = Text(f"最多{limit}字。", f"At most {limit} characters.")
            yield Problem("text_too_long", path, found, _SHORTEN)
        if _UNSTORABLE.search(text):
            yield Problem("text_unreadable", path, _UNREADABLE, _TYPE_AGAIN)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text inside a command, with where it stands. Calendars come from our own files."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key, path)
            yield from _texts(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
    else:
        kind: Any = type(value)
        for name in _names(kind):
            yield from _texts(getattr(value, name), f"{path}.{name}" if path else name)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a value in which texts may stand; a calendar comes from our own files."""
    if kind is Calendar or not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind))
