# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Folds of events that are not there for every reader: erased, or not opened to whoever reads a record elsewhere.

What makes them worth anything is None then, and nothing enters the case.
"""

from collections.abc import Callable, Mapping
from typing import Any

from recourse.core.case import events as e
from recourse.core.case.state import Case, EvidenceRequest
from recourse.core.contact import ContactAttempt
from recourse.core.evidence import CaptureTask
from recourse.core.filing import Filing
from recourse.core.repeat import ToldRepeat
from recourse.core.values import replace


def _deadline(case: Case, event: e.DeadlineListed | e.DeadlineStarted | e.DeadlineMoved) -> Case:
    """The deadline in place of the one with the same id, or added at the end."""
    deadline = event.deadline
    if deadline is None:
        return case
    kept = [deadline if item.id == deadline.id else item for item in case.deadlines]
    if all(item is not deadline for item in kept):
        kept.append(deadline)
    return replace(case, deadlines=tuple(kept))


def _evidence_asked(case: Case, event: e.EvidenceAsked) -> Case:
    if event.kind is None:
        return case
    request = EvidenceRequest(event.id, event.of, event.kind, event.text, event.at)
    return replace(case, requests=(*case.requests, request))


def _capture_set(case: Case, event: e.CaptureSet) -> Case:
    if event.kind is None or event.due_at is None:
        return case
    return replace(
        case, captures=(*case.captures, CaptureTask(event.id, event.kind, event.due_at, event.text))
    )


def _contact_logged(case: Case, event: e.ContactLogged) -> Case:
    if event.at is None or event.result is None:
        return case
    said = (event.agent_no, event.answer, event.exhibits)
    attempt = ContactAttempt(event.at, event.channel, event.result, *said)
    return replace(case, contacts=(*case.contacts, attempt))


def _repeat_told(case: Case, event: e.RepeatTold) -> Case:
    if event.repeat is None:
        return case
    return replace(case, repeats=(*case.repeats, ToldRepeat(event.rule, event.repeat, event.at)))


def _filing_opened(case: Case, event: e.FilingOpened) -> Case:
    if event.at is None:
        return case
    filing = Filing(
        event.id,
        event.channel,
        event.official,
        event.at,
        receipt_no=event.receipt_no,
        target=event.target,
    )
    return replace(case, filings=(*case.filings, filing))


FOLDS: Mapping[type, Callable[[Case, Any], Case]] = {
    e.DeadlineListed: _deadline,
    e.DeadlineStarted: _deadline,
    e.DeadlineMoved: _deadline,
    e.EvidenceAsked: _evidence_asked,
    e.CaptureSet: _capture_set,
    e.ContactLogged: _contact_logged,
    e.RepeatTold: _repeat_told,
    e.FilingOpened: _filing_opened,
}
