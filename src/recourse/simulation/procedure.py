# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The written procedure as tables, apart from the engine's own: which stage leads where, which seat brings what about.

Written from DESIGN §4 and the rules of the house, not from the code: two accounts of one thing, so that a slip in one
shows. docs/simulation.md says it in words.
"""

from recourse.core.actor import Role
from recourse.core.vocabulary import Stage

_S = Stage
TALKS = frozenset({_S.negotiating, _S.reviewing, _S.adjudicating, _S.outside})
RUNGS = TALKS | {_S.assessed}
ANY_OPEN = frozenset(_S) - {_S.closed}
NO_CHANGE = "same"

# From which stages an event may come, and to which it leads. Every event that is not here leaves the stage alone.
EDGES: dict[str, tuple[frozenset[Stage], frozenset[Stage]]] = {
    "ComplaintAcknowledged": (frozenset({_S.received}), frozenset({_S.acknowledged})),
    "CaseAssessed": (frozenset({_S.acknowledged}), frozenset({_S.assessed})),
    "RungEntered": (RUNGS | {_S.appealed, _S.implementing}, RUNGS),
    "SettlementReached": (TALKS, frozenset({_S.implementing})),
    "DecisionIssued": (
        frozenset({_S.negotiating, _S.adjudicating, _S.appealed}),
        frozenset({_S.adjudicating}),
    ),
    "AppealLodged": (frozenset({_S.adjudicating}), frozenset({_S.appealed})),
    "DecisionBecameFinal": (frozenset({_S.adjudicating}), frozenset({_S.implementing})),
    "RemedyOrdered": (frozenset({_S.implementing}), frozenset({_S.implementing})),
    "CaseClosed": (ANY_OPEN, frozenset({_S.closed})),
    "CaseReopened": (frozenset({_S.closed, _S.implementing, _S.adjudicating}), frozenset({_S.assessed})),
}

_A, _B, _SYSTEM = Role.complainant, Role.respondent, Role.system
_STAFF = frozenset({Role.agent, Role.neutral, Role.owner})
_PARTIES = frozenset({_A, _B})

# Whose deed an event can be. RemedyConfirmed is held by an invariant of its own.
SEATS: dict[str, frozenset[Role]] = {
    "ContactProven": frozenset({_A, _SYSTEM, Role.agent, Role.owner}),
    "NoticeServed": frozenset({_SYSTEM, _B}),
    "NoticeBounced": frozenset({_SYSTEM}),
    "AnswerRecorded": frozenset({_B}),
    "OfferMade": _PARTIES,
    "EvidenceAsked": _STAFF,
    "CaseAssigned": _STAFF,
    "PointsSet": _STAFF,
    "NoteAdded": _STAFF,
    "DecisionIssued": frozenset({Role.neutral, _SYSTEM}),
    "AppealLodged": _PARTIES,
    "DecisionAccepted": _PARTIES,
    "RemedyDisputed": _PARTIES,
    "CaseWithdrawn": frozenset({_A}),
    "CaseHeld": _STAFF,
    "HoldReleased": _STAFF,
    "ErasureAnnounced": frozenset({_SYSTEM}),
    "PersonalDataErased": frozenset({Role.owner, _SYSTEM}),
}
