# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Stories told up to an interesting moment: one for every stage that a case can be in."""

from collections.abc import Callable

from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.claim import Claim, Term
from recourse.core.filing import FilingState
from recourse.core.vocabulary import (
    AnswerKind,
    EvidenceKind,
    Party,
    RemedyKind,
    RemedyState,
    RungName,
)
from tests.core.case.rules import DRAW, rulebook
from tests.core.case.story import HUNDRED, NEUTRAL, SYSTEM, A, B, Story

REFUND = (Term(RemedyKind.refund, HUNDRED),)
WHOLE = c.DecideCase("商家没有发货。", "逾期不发货，应当退款。", REFUND, ("cpl.24",))
OFFER = c.MakeOffer((Term(RemedyKind.refund, 60_00), Term(RemedyKind.apology)), "退60元，并道歉。")


def received() -> Story:
    return Story()


def acknowledged() -> Story:
    story = Story(confirmed=False)
    story.do(A, c.ProveContact("code"))
    return story


def unserved() -> Story:
    return Story().begin(served=False)


def negotiating() -> Story:
    return Story().begin()


def offered() -> Story:
    story = negotiating()
    story.do(B, OFFER)
    return story


def refused() -> Story:
    story = negotiating()
    story.do(B, c.RecordAnswer(AnswerKind.refusal, "已经发货。"))
    return story


def reviewing() -> Story:
    story = negotiating()
    story.later(hours=49)
    assert story.at == ("reviewing", "operator_support")
    return story


def asked() -> Story:
    story = reviewing()
    story.do(NEUTRAL, c.AskForEvidence(Party.respondent, EvidenceKind.logistics_track, "请给发货单"))
    return story


def adjudicating() -> Story:
    story = reviewing()
    story.later(days=4)
    assert story.at == ("adjudicating", "platform_decision")
    return story


def decided() -> Story:
    story = adjudicating()
    story.do(NEUTRAL, WHOLE)
    return story


def appealed() -> Story:
    story = decided()
    story.do(B, c.AppealDecision("我方已发货。"))
    return story


def implementing() -> Story:
    story = decided()
    story.later(days=8)
    assert story.at == ("implementing", "platform_decision")
    return story


def two_remedies() -> Story:
    story = offered()
    story.do(A, c.AcceptOffer("o1"))
    return story


def half_way() -> Story:
    """Goods come back first: the first of three steps is done."""
    story = Story(claims=(Claim(RemedyKind.return_refund, HUNDRED),)).begin()
    story.do(B, c.RecordAnswer(AnswerKind.admission, "同意。"))
    story.do(A, c.PerformStep("r1", 0, "顺丰123"))
    return story


def performed() -> Story:
    story = implementing()
    story.do(B, c.PerformStep("r1", 0, "退款流水1"))
    return story


def silent() -> Story:
    story = performed()
    story.later(days=8)
    assert story.at[0] == "closed" and story.case.remedies[0].state is RemedyState.silent
    return story


def confirmed() -> Story:
    story = performed()
    story.do(A, c.ConfirmRemedy("r1"))
    return story


def disputed() -> Story:
    story = performed()
    story.do(A, c.DisputeRemedy("r1", "not_received", "没到账"))
    return story


def broken() -> Story:
    story = implementing()
    story.later(days=8)
    return story


def outside() -> Story:
    return Story(operated=()).begin(served=False)


def filed_outside() -> Story:
    story = Story(operated=(RungName.negotiate,)).begin()
    story.later(hours=49)
    story.do(A, c.EscalateCase())
    story.do(A, c.EscalateCase())
    assert story.at == ("outside", "official_complaint")
    story.do(A, c.OpenFiling("t.ch.12315", story.now))
    story.do(A, c.UpdateFiling("f1", FilingState.admitted))
    return story


def by_default() -> Story:
    """Silence has decided under a rule that the respondent accepted."""
    story = Story(rules=rulebook(DRAW), accepts_defaults=True).begin()
    story.later(hours=49)
    assert story.case.decisions[0].by_default
    return story


def default_owed() -> Story:
    story = by_default()
    story.later(days=8)
    return story


def ladder_ended() -> Story:
    """The draw's ladder ends with the operator: nobody decided in time."""
    story = Story(rules=rulebook(DRAW)).begin()
    story.later(days=40)
    assert story.case.outcome == "expired"
    return story


def withdrawn() -> Story:
    story = negotiating()
    story.do(A, c.WithdrawCase("不投诉了"))
    return story


def erased() -> Story:
    story = negotiating()
    story.do(SYSTEM, kc.ErasePersonalData())
    return story


SCENES: dict[str, Callable[[], Story]] = {
    scene.__name__: scene
    for scene in (
        received,
        acknowledged,
        unserved,
        negotiating,
        offered,
        refused,
        reviewing,
        asked,
        adjudicating,
        decided,
        appealed,
        implementing,
        two_remedies,
        half_way,
        performed,
        silent,
        confirmed,
        disputed,
        broken,
        outside,
        filed_outside,
        by_default,
        default_owed,
        ladder_ended,
        withdrawn,
        erased,
    )
}
