# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Fold one event into the case. Nothing is judged here: an event has happened, and it carries what it needs."""

from collections.abc import Callable, Iterable
from typing import Any

from recourse.core.account import ShownAccount
from recourse.core.case import events as e
from recourse.core.case import unread
from recourse.core.case.state import (
    Answer,
    Appeal,
    Case,
    Complainant,
    Decision,
    Hold,
    Message,
    Note,
    Notice,
    Respondent,
)
from recourse.core.deadline.deadline import DeadlineState
from recourse.core.evidence import Exhibit
from recourse.core.filing import Filing
from recourse.core.offer import Offer, OfferState
from recourse.core.remedy import Remedy, with_step_done
from recourse.core.values import replace
from recourse.core.vocabulary import RemedyState, Stage


class NotAnEvent(TypeError):
    """The stream holds an event this version does not know; the stream stops, not the site."""


def evolve(case: Case | None, event: Any) -> Case:
    """The case after one more event. The first event of a stream is ComplaintFiled."""
    if case is None:
        if not isinstance(event, e.ComplaintFiled):
            raise NotAnEvent(f"a case begins with ComplaintFiled, not {type(event).__name__}")
        return _filed(event)
    fold = _FOLDS.get(type(event))
    if fold is None:
        raise NotAnEvent(f"unknown event {type(event).__name__}")
    after = fold(case, event)
    if after is case:
        return replace(case, version=case.version + 1)
    # Nobody else holds this value yet, so it need not be copied a second time.
    vars(after)["version"] = case.version + 1
    return after


def fold(events: Iterable[Any]) -> Case:
    """The case that a whole stream of events makes."""
    case: Case | None = None
    for event in events:
        case = evolve(case, event)
    if case is None:
        raise NotAnEvent("an empty stream is no case")
    return case


def _filed(event: e.ComplaintFiled) -> Case:
    return Case(
        id=event.id,
        number=event.number,
        operator=event.operator,
        platform=event.platform,
        rulebook=event.rulebook,
        playbook_version=event.playbook_version,
        filed_at=event.filed_at,
        complainant=Complainant(event.complainant_id, event.complainant_name, event.contact),
        respondent=Respondent(event.respondent_name, event.respondent_registered, event.accepts_defaults),
        subject=event.subject,
        story=event.story,
        problems=event.problems,
        claims=event.claims,
        answers_given=event.answers_given,
        evidence=event.evidence,
        operated=event.operated,
        service=event.service,
        refiled_from=event.refiled_from,
        refilings=event.refilings,
        new_ground=event.new_ground,
        version=1,
    )


def _complainant(case: Case, **changes: Any) -> Case:
    return replace(case, complainant=replace(case.complainant, **changes))


def _rung(case: Case, event: e.RungEntered) -> Case:
    passed = case.rungs_passed if case.rung is None else (*case.rungs_passed, case.rung)
    return replace(
        _overtaken(case),
        rung=event.rung,
        rung_outside=event.outside,
        stage=event.stage,
        rungs_passed=passed,
    )


def _overtaken(case: Case) -> Case:
    """The case moved on: a decision that was not final yet binds nobody, and what comes next may be appealed anew."""
    decisions = tuple(d if d.final else replace(d, overtaken=True) for d in case.decisions)
    return replace(case, decisions=decisions, decision_accepted=frozenset(), appeal=None)


def _notice(case: Case, event: Any, change: Callable[[Notice], Notice]) -> Case:
    """Change the notices of this rung and contact that are still on their way; what was served stays as it was."""
    notices = tuple(
        change(item)
        if item.rung is event.rung and item.contact == event.contact and item.on_its_way
        else item
        for item in case.notices
    )
    return replace(case, notices=notices)


def _deadline_ended(case: Case, event: e.DeadlineEnded) -> Case:
    how = DeadlineState(event.how)
    kept = [replace(item, state=how) if item.id == event.id else item for item in case.deadlines]
    return replace(case, deadlines=tuple(kept))


def _answer(case: Case, event: e.AnswerRecorded) -> Case:
    answer = Answer(event.kind, event.text, event.at, event.rung, event.promised_at, event.late)
    return replace(case, replies=(*case.replies, answer))


def _offer_answered(case: Case, event: e.OfferAnswered) -> Case:
    return replace(
        case,
        offers=tuple(replace(o, state=event.state) if o.id == event.id else o for o in case.offers),
    )


def _exhibit(case: Case, event: e.ExhibitAdded) -> Case:
    exhibit = Exhibit(
        no=event.no,
        kind=event.kind,
        by=event.by,
        blob=event.blob,
        size=event.size,
        media_type=event.media_type,
        received_at=event.at,
        digest=event.digest,
        name=event.name,
        note=event.note,
        sm3=event.sm3,
    )
    return replace(case, exhibits=(*case.exhibits, exhibit))


def _of_exhibit(case: Case, no: int, **changes: Any) -> Case:
    return replace(case, exhibits=tuple(replace(x, **changes) if x.no == no else x for x in case.exhibits))


def _words_shown(case: Case, event: e.WordsShown) -> Case:
    place = frozenset({event.where})
    return replace(case, words_shown=case.words_shown | place if event.shown else case.words_shown - place)


def _evidence_answered(case: Case, event: e.EvidenceAnswered) -> Case:
    requests = tuple(
        replace(item, answered_at=event.at, exhibits=event.exhibits, answer=event.answer)
        if item.id == event.id
        else item
        for item in case.requests
    )
    return replace(case, requests=requests)


def _capture_done(case: Case, event: e.CaptureDone) -> Case:
    return replace(
        case,
        captures=tuple(replace(t, done_by=event.exhibit) if t.id == event.id else t for t in case.captures),
    )


def _decided(case: Case, event: e.DecisionIssued) -> Case:
    decision = Decision(
        id=event.id,
        by=event.by,
        at=event.at,
        facts=event.facts,
        reasons=event.reasons,
        terms=event.terms,
        rulebook=event.rulebook,
        grounds=event.grounds,
        next_recourse=event.next_recourse,
        by_default=event.by_default,
    )
    # Whoever accepted the decision before this one has not accepted this one; and it is no settlement.
    return replace(
        case,
        decisions=(*(d if d.final else replace(d, overtaken=True) for d in case.decisions), decision),
        decision_accepted=frozenset(),
        settled_at=None,
        stage=Stage.adjudicating,
    )


def _appealed(case: Case, event: e.AppealLodged) -> Case:
    """An appeal takes the case out of the hands of whoever decided."""
    decided_by = {d.by for d in case.decisions}
    return replace(
        case,
        appeal=Appeal(event.by, event.reasons, event.at),
        agent="" if case.agent in decided_by else case.agent,
        stage=Stage.appealed,
    )


def _final(case: Case, event: e.DecisionBecameFinal) -> Case:
    return replace(
        case,
        decisions=tuple(replace(d, final=True) if d.id == event.id else d for d in case.decisions),
        stage=Stage.implementing,
    )


def _remedy(case: Case, id: str, change: Callable[[Remedy], Remedy]) -> Case:
    return replace(
        case,
        remedies=tuple(change(item) if item.id == id else item for item in case.remedies),
    )


def _remedy_state(state: RemedyState) -> Callable[[Case, Any], Case]:
    return lambda case, event: _remedy(case, event.remedy, lambda item: replace(item, state=state))


def _disputed(case: Case, event: e.RemedyDisputed) -> Case:
    return _remedy(
        case, event.remedy, lambda item: replace(item, state=RemedyState.disputed, objection=event.text)
    )


def _step(case: Case, event: e.StepPerformed) -> Case:
    return _remedy(
        case,
        event.remedy,
        lambda item: with_step_done(
            item,
            index=event.index,
            at=event.at,
            note=event.note,
            exhibits=event.exhibits,
        ),
    )


def _filing_updated(case: Case, event: e.FilingUpdated) -> Case:
    def changed(item: Filing) -> Filing:
        return replace(
            item,
            state=event.state or item.state,
            receipt_no=event.receipt_no or item.receipt_no,
            answer=event.answer or item.answer,
            answered_at=event.at if event.answer else item.answered_at,
        )

    return replace(case, filings=tuple(changed(f) if f.id == event.id else f for f in case.filings))


def _reopened(case: Case, event: e.CaseReopened) -> Case:
    return replace(
        _overtaken(case),
        stage=Stage.assessed,
        outcome=None,
        closed_because="",
        reopened=case.reopened + 1,
        erase_at=None,
    )


_FOLDS: dict[type, Callable[[Case, Any], Case]] = {
    **unread.FOLDS,
    e.ComplaintTakenByPhone: lambda c, ev: _complainant(c, represented_by=ev.agent),
    e.ContactProven: lambda c, ev: _complainant(c, proven_at=ev.at),
    e.ProblemsConfirmed: lambda c, ev: replace(c, problems=ev.problems),
    e.ComplaintAcknowledged: lambda c, ev: replace(c, stage=Stage.acknowledged),
    e.CaseAssessed: lambda c, ev: replace(c, stage=Stage.assessed, severity=ev.severity, checks=ev.checks),
    e.RungEntered: _rung,
    e.NoticeOrdered: lambda c, ev: replace(c, notices=(*c.notices, Notice(ev.rung, ev.at, ev.contact))),
    e.NoticeServed: lambda c, ev: _notice(c, ev, lambda n: replace(n, served_at=ev.at)),
    e.NoticeBounced: lambda c, ev: _notice(c, ev, lambda n: replace(n, bounced=(*n.bounced, ev.contact))),
    e.CaseAssigned: lambda c, ev: replace(c, agent=ev.agent),
    e.DeadlineEnded: _deadline_ended,
    e.AnswerRecorded: _answer,
    e.OfferMade: lambda c, ev: replace(
        c,
        offers=(
            *c.offers,
            Offer(ev.id, ev.by, ev.terms, ev.text, ev.at, OfferState.open, ev.answers),
        ),
    ),
    e.OfferAnswered: _offer_answered,
    e.SettlementReached: lambda c, ev: replace(_overtaken(c), settled_at=ev.at, stage=Stage.implementing),
    e.MessagePosted: lambda c, ev: replace(c, messages=(*c.messages, Message(ev.by, ev.text, ev.at))),
    e.NoteAdded: lambda c, ev: replace(c, notes=(*c.notes, Note(ev.by, ev.text, ev.at))),
    e.ExhibitAdded: _exhibit,
    e.StillPlaced: lambda c, ev: _of_exhibit(c, ev.no, still_of=ev.of, second=ev.second),
    e.ExhibitWithdrawn: lambda c, ev: _of_exhibit(c, ev.no, withdrawn=True),
    e.ExhibitMasked: lambda c, ev: _of_exhibit(c, ev.no, regions=ev.regions),
    e.WordsShown: _words_shown,
    e.ReadingConfirmed: lambda c, ev: _of_exhibit(c, ev.no, reading=ev.values),
    e.EvidenceStated: lambda c, ev: replace(c, evidence={**c.evidence, **ev.states}),
    e.EvidenceAnswered: _evidence_answered,
    e.CaptureDone: _capture_done,
    e.PointsSet: lambda c, ev: replace(c, points=ev.points),
    e.QuestionsAnswered: lambda c, ev: replace(c, answers_given={**c.answers_given, **ev.answers}),
    e.ConditionsSet: lambda c, ev: replace(c, conditions=ev.conditions, refusal=ev.refusal),
    e.AccountShown: lambda c, ev: replace(
        c,
        accounts=(
            *c.accounts,
            ShownAccount(ev.id, ev.by, ev.seen_in, ev.display_name, ev.account_id, ev.exhibit),
        ),
    ),
    e.AccountTakenOut: lambda c, ev: replace(c, accounts=tuple(a for a in c.accounts if a.id != ev.id)),
    e.DecisionIssued: _decided,
    e.AppealLodged: _appealed,
    e.DecisionAccepted: lambda c, ev: replace(c, decision_accepted=c.decision_accepted | {ev.by}),
    e.DecisionBecameFinal: _final,
    e.RemedyOrdered: lambda c, ev: replace(c, remedies=(*c.remedies, ev.remedy), stage=Stage.implementing),
    e.RemedyBarred: lambda c, ev: c,
    e.StepPerformed: _step,
    e.RemedyConfirmed: _remedy_state(RemedyState.confirmed),
    e.RemedyDisputed: _disputed,
    e.RemedyFellSilent: _remedy_state(RemedyState.silent),
    e.RemedyBroken: _remedy_state(RemedyState.broken),
    e.FilingUpdated: _filing_updated,
    e.CaseWithdrawn: lambda c, ev: c,
    e.CaseClosed: lambda c, ev: replace(c, stage=Stage.closed, outcome=ev.outcome, closed_because=ev.because),
    e.CaseReopened: _reopened,
    e.CaseHeld: lambda c, ev: replace(c, hold=Hold(ev.by, ev.reason, ev.at), erase_at=None),
    e.HoldReleased: lambda c, ev: replace(c, hold=None),
    e.ErasureAnnounced: lambda c, ev: replace(c, erase_at=ev.due_at),
    e.PersonalDataErased: lambda c, ev: replace(c, erased=True),
}
