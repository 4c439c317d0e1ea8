# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The one permission table: which role may put which command to a case in which stage.

Relations (own case, other operator) are the store's read gate; this table is about seats and moments only.
"""

from dataclasses import dataclass

from recourse.core.actor import Actor, Role
from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.case import show_commands as sc
from recourse.core.problem import Problem
from recourse.core.text import Text
from recourse.core.vocabulary import Stage

A, B, AGENT, NEUTRAL, OWNER, SYSTEM = (
    Role.complainant,
    Role.respondent,
    Role.agent,
    Role.neutral,
    Role.owner,
    Role.system,
)
DESK = frozenset({AGENT, NEUTRAL, OWNER})
OPEN = frozenset(Stage) - {Stage.closed}
PROVEN = OPEN - {Stage.received}
ALWAYS = frozenset(Stage)
TALKING = frozenset({Stage.negotiating, Stage.reviewing, Stage.adjudicating, Stage.outside})


@dataclass(frozen=True, slots=True)
class Permit:
    """Who may, and when."""

    roles: frozenset[Role]
    stages: frozenset[Stage]


def _permit(roles: set[Role] | frozenset[Role], stages: frozenset[Stage]) -> Permit:
    return Permit(frozenset(roles), stages)


PERMISSIONS: dict[type, Permit] = {
    c.ProveContact: _permit({A, AGENT, OWNER, SYSTEM}, frozenset({Stage.received})),
    c.ConfirmProblems: _permit({A, AGENT, OWNER}, OPEN),
    c.RecordServed: _permit({SYSTEM}, OPEN),
    c.RecordBounce: _permit({SYSTEM}, OPEN),
    c.AssignCase: _permit(DESK, OPEN),
    c.RecordAnswer: _permit({B}, ALWAYS),
    c.MakeOffer: _permit({A, B}, TALKING),
    c.AcceptOffer: _permit({A, B}, TALKING),
    c.RefuseOffer: _permit({A, B}, TALKING),
    c.TakeBackOffer: _permit({A, B}, TALKING),
    c.PostMessage: _permit({A, B, AGENT, NEUTRAL, OWNER}, PROVEN),
    c.AddNote: _permit(DESK, ALWAYS),
    c.AddExhibit: _permit({A, B, AGENT, OWNER}, OPEN),
    c.WithdrawExhibit: _permit({A, B}, OPEN),
    # What the other side sees of one's own things is one's own to choose, after the file is closed, too.
    sc.MaskExhibit: _permit({A, B}, ALWAYS),
    sc.ShowWords: _permit({A, B}, ALWAYS),
    sc.ConfirmReading: _permit({A, B}, OPEN),
    c.StateEvidence: _permit({A, AGENT, OWNER}, OPEN),
    # Outside doors are chosen after the file here is closed, too.
    c.AnswerQuestions: _permit({A, AGENT, OWNER}, ALWAYS),
    c.SetConditions: _permit({A, AGENT, OWNER}, OPEN),
    c.ShowAccount: _permit({A, B, AGENT, OWNER}, OPEN),
    c.TakeOutAccount: _permit({A, B}, OPEN),
    c.AskForEvidence: _permit(DESK, PROVEN),
    c.AnswerEvidenceRequest: _permit({A, B}, PROVEN),
    c.SetCapture: _permit({A, AGENT, OWNER, SYSTEM}, OPEN),
    c.LogContact: _permit({A, AGENT, OWNER}, OPEN),
    c.SetPoints: _permit(DESK, PROVEN),
    # Before the problem is confirmed nothing is assessed, and no rung may be skipped to.
    c.EscalateCase: _permit({A, AGENT, OWNER}, (PROVEN - {Stage.acknowledged}) | {Stage.closed}),
    c.ExtendDeadline: _permit({A, B, AGENT, NEUTRAL, OWNER}, PROVEN),
    # An outside body goes on with a filing when the case here is closed, and so does the count of its time.
    c.SuspendDeadline: _permit(DESK | {A}, PROVEN | {Stage.closed}),
    c.ReviseDeadlines: _permit({SYSTEM}, ALWAYS),
    c.RunDeadlines: _permit({SYSTEM}, ALWAYS),
    c.DecideCase: _permit({NEUTRAL}, frozenset({Stage.adjudicating, Stage.appealed})),
    c.AppealDecision: _permit({A, B}, frozenset({Stage.adjudicating})),
    c.AcceptDecision: _permit({A, B}, frozenset({Stage.adjudicating})),
    c.PerformStep: _permit({A, B, AGENT, OWNER}, PROVEN),
    c.ConfirmRemedy: _permit({A}, ALWAYS),
    c.DisputeRemedy: _permit({A}, ALWAYS),
    c.OpenFiling: _permit({A, AGENT, OWNER}, ALWAYS),
    c.UpdateFiling: _permit({A, AGENT, OWNER}, ALWAYS),
    c.WithdrawCase: _permit({A}, OPEN),
    c.ReopenCase: _permit({A, AGENT, OWNER}, frozenset({Stage.closed})),
    kc.HoldCase: _permit(DESK, ALWAYS),
    kc.ReleaseHold: _permit(DESK, ALWAYS),
    kc.AnnounceErasure: _permit({SYSTEM}, frozenset({Stage.closed})),
    kc.ErasePersonalData: _permit({OWNER, SYSTEM}, ALWAYS),
}

FILING_ROLES = frozenset({A, AGENT, OWNER})

_WRONG_SEAT = Text("你的身份不能做这一步。", "Your seat does not allow this step.")
_ASK_SEAT = Text(
    "请让有权限的一方来做，或联系经办人。",
    "Let the side that may do it act, or contact the agent in charge.",
)
_WRONG_STAGE = Text(
    "这件投诉现在的阶段不能做这一步。",
    "This complaint is not at a stage where that can be done.",
)
_LOOK_AGAIN = Text(
    "请刷新页面，看看现在轮到谁、能做什么。",
    "Reload the page to see whose move it is and what can be done now.",
)


def refusals(actor: Actor, command: object, stage: Stage) -> tuple[Problem, ...]:
    """Why this actor may not put this command at this stage: empty when it may."""
    permit = PERMISSIONS[type(command)]
    if actor.role not in permit.roles:
        return (Problem("not_allowed", "", _WRONG_SEAT, _ASK_SEAT),)
    if stage not in permit.stages:
        return (Problem("wrong_stage", "", _WRONG_STAGE, _LOOK_AGAIN),)
    return ()


def may(actor: Actor, command: type, stage: Stage) -> bool:
    """Whether the seat and the stage allow this kind of command; pages show only what is allowed."""
    permit = PERMISSIONS.get(command)
    return permit is not None and actor.role in permit.roles and stage in permit.stages
