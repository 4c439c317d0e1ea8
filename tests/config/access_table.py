# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The access table: every address of every front, by every method, and who gets in. Whoever adds one says it here.

Pages are opened by seats of browsers (DOORS), the API by seats of programs (PROGRAMS); who sees which case is SEES.
"""

from typing import NamedTuple

from recourse.core.token import Scope

# --- pages ----------------------------------------------------------------------------------------------------------
STAFF = frozenset({"agent", "neutral", "owner", "auditor"})
ANY_STAFF = STAFF | {f"foreign {role}" for role in STAFF}
TAKES_CALLS = frozenset({"agent", "owner", "foreign agent", "foreign owner"})
COMPLAINANTS = frozenset({"complainant", "other complainant"})
SEATED = frozenset({"merchant", "colleague for the other case", "other merchant", "foreign merchant"})
EVERYBODY = ANY_STAFF | COMPLAINANTS | SEATED | {"anonymous"}
NOBODY: frozenset[str] = frozenset()
# Who may read the canaries on a page that shows the case.
READERS = frozenset({"complainant", "merchant"}) | STAFF


class Door(NamedTuple):
    """Who gets a page (any 2xx) by GET and by POST; everybody else is turned away."""

    get: frozenset[str]
    post: frozenset[str] = NOBODY


PUBLIC, SHUT = Door(EVERYBODY), Door(NOBODY)
OUTSIDE = EVERYBODY - ANY_STAFF
DOORS: dict[str, Door] = {
    "": PUBLIC,
    "p/<slug:platform>": PUBLIC,
    "law/<str:id>": PUBLIC,
    "safety": PUBLIC,
    "privacy": PUBLIC,
    "how-dates-work": PUBLIC,
    "verify": PUBLIC,
    "verify/page": PUBLIC,
    "verify/verify.html": PUBLIC,
    "verify/verify.py": PUBLIC,
    # Before the log was started there is none.
    "verify/policy.json": SHUT,
    "styleguide": Door(EVERYBODY, EVERYBODY),
    "demo": PUBLIC,
    # Filing: a draft belongs to the browser that wrote it, whoever that is.
    "file/<slug:platform>": SHUT,
    "file/<slug:platform>/stop": PUBLIC,
    "file/<slug:platform>/forget": SHUT,
    "file/<slug:platform>/record/bill": SHUT,
    "file/<slug:platform>/record/bill/take": SHUT,
    "file/<slug:platform>/<slug:step>": SHUT,
    "file/<slug:platform>/<slug:step>/save": Door(NOBODY, EVERYBODY),
    "file/<slug:platform>/<slug:step>/take": SHUT,
    "filed/<str:number>": SHUT,
    "filed/<str:number>/resend": SHUT,
    "sign-in": PUBLIC,
    "sign-in/code": SHUT,
    "sign-out": SHUT,
    # The complainant's.
    "cases": Door(COMPLAINANTS),
    "c/<str:number>": Door(frozenset({"complainant"})),
    "c/<str:number>/<slug:page>": Door(frozenset({"complainant"})),
    "c/<str:number>/dossier": Door(frozenset({"complainant"})),
    "c/<str:number>/dossier.zip": Door(frozenset({"complainant"})),
    "c/<str:number>/dossier/<int:leaf>.jpg": Door(frozenset({"complainant"})),
    "c/<str:number>/dossier/part-<int:no>.pdf": Door(frozenset({"complainant"})),
    "c/<str:number>/exhibit/<int:no>": Door(frozenset({"complainant"})),
    "c/<str:number>/exhibit/<int:no>/view": Door(frozenset({"complainant"})),
    "c/<str:number>/exhibit/<int:no>/<slug:form>/<int:sheet>": Door(frozenset({"complainant"})),
    "c/<str:number>/others/exhibit/<int:no>": SHUT,
    "c/<str:number>/others/exhibit/<int:no>/view": Door(frozenset({"complainant"})),
    "c/<str:number>/others/exhibit/<int:no>/<slug:form>/<int:sheet>": Door(frozenset({"complainant"})),
    "c/<str:number>/thread/<slug:by>": Door(frozenset({"complainant"})),
    "c/<str:number>/receipt": Door(frozenset({"complainant"})),
    "c/<str:number>/receipt.txt": Door(frozenset({"complainant"})),
    "c/<str:number>/do/<slug:deed>": SHUT,
    "c/<str:number>/refile": SHUT,
    # The respondent's.
    "r/": Door(EVERYBODY - SEATED),
    "r/code": SHUT,
    "r/sign-out": SHUT,
    "r/l/<str:token>": PUBLIC,
    "r/cases": Door(SEATED),
    "r/answer": SHUT,
    "r/hand-over": Door(SEATED),
    "r/hand-over/<str:id>/revoke": SHUT,
    "r/c/<str:number>": Door(frozenset({"merchant"})),
    # The complainant's original is not for the other side, which has the copy to look at.
    "r/c/<str:number>/dossier": Door(frozenset({"merchant"})),
    "r/c/<str:number>/dossier.zip": Door(frozenset({"merchant"})),
    "r/c/<str:number>/dossier/<int:leaf>.jpg": Door(frozenset({"merchant"})),
    "r/c/<str:number>/dossier/part-<int:no>.pdf": Door(frozenset({"merchant"})),
    "r/c/<str:number>/exhibit/<int:no>": SHUT,
    "r/c/<str:number>/exhibit/<int:no>/view": Door(frozenset({"merchant"})),
    "r/c/<str:number>/exhibit/<int:no>/<slug:form>/<int:sheet>": Door(frozenset({"merchant"})),
    # Through the other's eyes a side looks at its own exhibits alone, and this one is the complainant's.
    "r/c/<str:number>/others/exhibit/<int:no>": SHUT,
    "r/c/<str:number>/others/exhibit/<int:no>/view": SHUT,
    "r/c/<str:number>/others/exhibit/<int:no>/<slug:form>/<int:sheet>": SHUT,
    "r/c/<str:number>/thread/<slug:by>": Door(frozenset({"merchant"})),
    "r/c/<str:number>/receipt": Door(frozenset({"merchant"})),
    "r/c/<str:number>/receipt.txt": Door(frozenset({"merchant"})),
    "r/c/<str:number>/do/<slug:deed>": SHUT,
    # The desk.
    "desk/": Door(ANY_STAFF),
    "desk/phone": Door(TAKES_CALLS),
    "desk/phone/<slug:platform>": Door(TAKES_CALLS),
    "desk/foreign": Door(ANY_STAFF),
    "desk/foreign/<str:id>": SHUT,  # nothing was taken in: whoever asks is told that there is none
    "desk/foreign/<str:id>/exhibit/<int:no>/<slug:form>/<int:sheet>": SHUT,
    "desk/programs": Door(frozenset({"owner", "foreign owner"})),
    "desk/programs/do/<slug:deed>": SHUT,
    "desk/c/<str:number>": Door(STAFF),
    "desk/c/<str:number>/dossier": Door(STAFF),
    "desk/c/<str:number>/dossier.zip": Door(STAFF),
    "desk/c/<str:number>/dossier/<int:leaf>.jpg": Door(STAFF),
    "desk/c/<str:number>/dossier/part-<int:no>.pdf": Door(STAFF),
    "desk/c/<str:number>/exhibit/<int:no>": Door(STAFF),
    "desk/c/<str:number>/exhibit/<int:no>/view": Door(STAFF),
    "desk/c/<str:number>/exhibit/<int:no>/<slug:form>/<int:sheet>": Door(STAFF),
    "desk/c/<str:number>/thread/<slug:by>": Door(STAFF),
    "desk/c/<str:number>/do/<slug:deed>": SHUT,
    # Staff accounts.
    "staff/login/": Door(OUTSIDE, OUTSIDE),
    "staff/logout/": Door(ANY_STAFF),
    "staff/inactive/": PUBLIC,
    "staff/reauthenticate/": Door(ANY_STAFF, ANY_STAFF),
    "staff/password/change/": Door(ANY_STAFF, ANY_STAFF),
    "staff/password/set/": SHUT,
    "staff/login/code/confirm/": SHUT,
    "staff/2fa/": Door(ANY_STAFF),
    "staff/2fa/authenticate/": SHUT,
    "staff/2fa/reauthenticate/": SHUT,
    "staff/2fa/totp/activate/": SHUT,  # asks for the password again first, as all that follow
    "staff/2fa/totp/deactivate/": SHUT,
    "staff/2fa/recovery-codes/": SHUT,
    "staff/2fa/recovery-codes/generate/": SHUT,
    "staff/2fa/recovery-codes/download/": SHUT,
    "staff/2fa/webauthn/": Door(ANY_STAFF),
    "staff/2fa/webauthn/add/": SHUT,
    "staff/2fa/webauthn/reauthenticate/": SHUT,
    "staff/2fa/webauthn/login/": SHUT,
    "staff/2fa/webauthn/keys/<int:pk>/remove/": SHUT,
    "staff/2fa/webauthn/keys/<int:pk>/edit/": SHUT,
}
# Nobody signs up as staff, and no password is reset by mail.
for _shut in ("signup", "email", "confirm-email", "password/reset"):
    DOORS |= {f"staff/{_shut}/": SHUT, f"staff/{_shut}/<path:rest>": SHUT}

# --- programs ---------------------------------------------------------------------------------------------------------
# The seats of programs: a token's own seat, or whom it acts for.
OWN = frozenset({"agent token", "owner token", "auditor token"})
COMPLAINANT, MERCHANT, NEUTRAL = "for the complainant", "for the merchant", "for a neutral"
OTHER_COMPLAINANT, OTHER_MERCHANT = "for another complainant", "for another merchant"
FOREIGN, FOREIGN_FOR = "foreign owner token", "foreign, for the complainant"
NO_SEAT, DEAD, NONE = "token without a seat", "revoked token", "no token"
FOR_STAFF = OWN | {NEUTRAL}
SEATS = FOR_STAFF | {
    *(COMPLAINANT, MERCHANT, OTHER_COMPLAINANT, OTHER_MERCHANT, FOREIGN, FOREIGN_FOR, NO_SEAT, DEAD, NONE)
}

# Who sees which case at all. Whoever is not here is answered as if there were none.
SEES: dict[str, frozenset[str]] = {
    "own": FOR_STAFF | {COMPLAINANT, MERCHANT},
    "not served yet": FOR_STAFF,
    "another complainant's": FOR_STAFF | {OTHER_COMPLAINANT, MERCHANT},
    "another operator's": frozenset({FOREIGN}),
    "absent": frozenset(),
}
# In the cases that they see, these are what the first one is in its own.
PLAYS = {OTHER_COMPLAINANT: COMPLAINANT, FOREIGN: "owner token"}


class Gate(NamedTuple):
    """What a route asks of a token, and who of those that see the case may go through; the others are told 403.

    `about` is what the route is about: a case, the house of the token, or nothing that is anybody's.
    """

    scope: Scope | None
    may: frozenset[str]
    about: str = "case"


READ = Gate(Scope.cases_read, SEATS - {NO_SEAT, DEAD, NONE})
ANYBODY = Gate(None, SEATS - {DEAD, NONE}, "nothing")
HOUSE = Gate(Scope.webhooks_manage, SEATS - {DEAD, NONE}, "house")
A, B, AG, NE, OW = COMPLAINANT, MERCHANT, "agent token", NEUTRAL, "owner token"


def deed(*may: str) -> Gate:
    """A deed for these seats."""
    return Gate(None, frozenset(may))


CASE = "api/v1/cases/<number>"
# By route, then by method. A method that is not here is answered 405.
PROGRAMS: dict[str, dict[str, Gate]] = {
    "api/v1/": {},
    "api/v1/<path:rest>": {},
    "api/v1/openapi.json": {"get": Gate(None, SEATS, "public")},
    "api/v1/cases": {
        "get": READ._replace(about="house"),
        "post": Gate(Scope.cases_file, frozenset({AG, OW, FOREIGN}), "house"),
    },
    "api/v1/cases/search": {"get": READ._replace(about="house")},
    "api/v1/cases/bulk": {"post": Gate(Scope.cases_file, frozenset({AG, OW, FOREIGN}), "house")},
    CASE: {"get": READ},
    f"{CASE}/file": {"get": READ},
    f"{CASE}/receipt": {"get": READ},
    f"{CASE}/letters/<rung>": {"get": READ},
    f"{CASE}/exhibits/<no>": {"get": READ},
    f"{CASE}/dossier": {"get": READ},
    f"{CASE}/exhibits/<no>/preview": {"get": READ},
    f"{CASE}/exhibits/<no>/pictures/<form>/<page>": {"get": READ},
    f"{CASE}/exhibits": {"post": deed(A, B, AG, OW)},
    f"{CASE}/refile": {
        "post": Gate(Scope.cases_file, frozenset())
    },  # the case is open: nobody files it again
    f"{CASE}/prove": {"post": deed(AG, OW)},
    f"{CASE}/confirm-problems": {"post": deed(A, AG, OW)},
    f"{CASE}/answer": {"post": deed(B)},
    f"{CASE}/offer": {"post": deed(A, B)},
    f"{CASE}/accept-offer": {"post": deed(A, B)},
    f"{CASE}/refuse-offer": {"post": deed(A, B)},
    f"{CASE}/take-back-offer": {"post": deed(A, B)},
    f"{CASE}/message": {"post": deed(A, B, AG, NE, OW)},
    f"{CASE}/note": {"post": deed(AG, NE, OW)},
    f"{CASE}/state-evidence": {"post": deed(A, AG, OW)},
    f"{CASE}/ask-for-evidence": {"post": deed(AG, NE, OW)},
    f"{CASE}/answer-request": {"post": deed(A, B)},
    f"{CASE}/set-capture": {"post": deed(A, AG, OW)},
    f"{CASE}/log-contact": {"post": deed(A, AG, OW)},
    f"{CASE}/set-conditions": {"post": deed(A, AG, OW)},
    f"{CASE}/show-account": {"post": deed(A, B, AG, OW)},
    f"{CASE}/take-out-account": {"post": deed(A, B)},
    f"{CASE}/set-points": {"post": deed(AG, NE, OW)},
    f"{CASE}/withdraw-exhibit": {"post": deed(A, B)},
    f"{CASE}/mask-exhibit": {"post": deed(A, B)},
    f"{CASE}/show-words": {"post": deed(A, B)},
    f"{CASE}/confirm-reading": {"post": deed(A, B)},
    f"{CASE}/escalate": {"post": deed(A, AG, OW)},
    f"{CASE}/extend": {"post": deed(A, B, AG, NE, OW)},
    f"{CASE}/suspend": {"post": deed(A, AG, NE, OW)},
    f"{CASE}/assign": {"post": deed(AG, NE, OW)},
    f"{CASE}/decide": {"post": deed(NE)},
    f"{CASE}/appeal": {"post": deed(A, B)},
    f"{CASE}/accept-decision": {"post": deed(A, B)},
    f"{CASE}/perform-step": {"post": deed(A, B, AG, OW)},
    f"{CASE}/confirm-remedy": {"post": deed(A)},
    f"{CASE}/dispute-remedy": {"post": deed(A)},
    f"{CASE}/answer-questions": {"post": deed(A, AG, OW)},
    f"{CASE}/open-filing": {"post": deed(A, AG, OW)},
    f"{CASE}/update-filing": {"post": deed(A, AG, OW)},
    f"{CASE}/withdraw": {"post": deed(A)},
    f"{CASE}/reopen": {"post": deed(A, AG, OW)},
    f"{CASE}/hold": {"post": deed(AG, NE, OW)},
    f"{CASE}/release-hold": {"post": deed(AG, NE, OW)},
    f"{CASE}/erase": {"post": deed(OW)},
    "api/v1/platforms": {"get": ANYBODY},
    "api/v1/platforms/<platform>": {"get": ANYBODY},
    "api/v1/law/<id>": {"get": ANYBODY},
    "api/v1/deadline": {"get": ANYBODY},
    "api/v1/triage": {"post": ANYBODY},
    "api/v1/token": {"get": ANYBODY},
    "api/v1/colleagues": {"get": Gate(Scope.cases_read, SEATS - {DEAD, NONE}, "house")},
    "api/v1/counts": {"get": READ._replace(about="house")},
    "api/v1/hand-overs": {
        "get": Gate(Scope.cases_read, frozenset({MERCHANT, OTHER_MERCHANT}), "house"),
        "post": Gate(Scope.parties_act, frozenset({MERCHANT, OTHER_MERCHANT}), "house"),
    },
    "api/v1/hand-overs/<link>/revoke": {"post": Gate(Scope.parties_act, frozenset({MERCHANT}), "house")},
    "api/v1/records": {"post": Gate(Scope.register_write, SEATS - {DEAD, NONE}, "house")},
    "api/v1/register": {"post": Gate(Scope.register_write, SEATS - {DEAD, NONE}, "house")},
    "api/v1/webhooks/endpoints": {"get": HOUSE, "post": HOUSE},
    "api/v1/webhooks/endpoints/<endpoint>/rotate": {"post": HOUSE},
    "api/v1/webhooks/endpoints/<endpoint>/remove": {"post": HOUSE},
    "api/v1/webhooks/endpoints/<endpoint>/test": {"post": HOUSE},
    "api/v1/webhooks/deliveries": {"get": HOUSE},
    "api/v1/webhooks/deliveries/<id>": {"get": HOUSE},
    "api/v1/webhooks/deliveries/<id>/resend": {"post": HOUSE},
}

# --- fields -------------------------------------------------------------------------------------------------------------
# The file of a case, field by field: which seats read it as it is. Anybody else reads nothing there, or less.
READERS_OF_ALL = FOR_STAFF | {COMPLAINANT, MERCHANT}
INSIDE = FOR_STAFF
NOT_OTHER_SIDE = READERS_OF_ALL - {MERCHANT}
DESK = INSIDE - {"auditor token"}
FIELDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *(
                "head",
                "filed_at",
                "story",
                "subject",
                "answers_given",
                "claims",
                "notices",
                "replies",
            ),
            *("offers", "messages", "points", "respondent.name", "respondent.accepts_defaults"),
            *("complainant.proven_at", "refiled_from", "appeal", "decisions", "remedies"),
        ),
        READERS_OF_ALL,
    ),
    **dict.fromkeys(
        (
            *(
                "case.number",
                "case.operator",
                "case.platform",
                "case.playbook",
                "case.problem",
                "case.problems",
            ),
            *("case.stage", "case.rung", "case.rung_outside", "case.outcome", "case.version", "case.claims"),
            *("case.remedies", "case.next_step", "case.exhibits"),
            *("case.conditions", "case.refusal"),
        ),
        READERS_OF_ALL,
    ),
    "case.missing_evidence": NOT_OTHER_SIDE,  # what the complainant said of each item
    "case.filings": NOT_OTHER_SIDE,
    "case.deadlines": NOT_OTHER_SIDE,  # the other side reads no clock of an outside filing
    # These differ for every seat: what it may do, what it is called, its own words for the same events.
    **dict.fromkeys(("seat", "allowed", "record"), frozenset()),
    "complainant.id": NOT_OTHER_SIDE,
    "complainant.name": DESK | {COMPLAINANT},
    "complainant.contact": DESK | {COMPLAINANT},
    "respondent.id": READERS_OF_ALL - {COMPLAINANT},
    "agent": INSIDE,
    "severity": INSIDE,
    "checks": INSIDE,
    "notes": DESK,
    "evidence": NOT_OTHER_SIDE,
    "contacts": NOT_OTHER_SIDE,
    "captures": NOT_OTHER_SIDE,
    "requests": READERS_OF_ALL,
    "exhibits": NOT_OTHER_SIDE,  # the other side reads no file names
}
