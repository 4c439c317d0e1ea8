# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The shape of a playbook: what `playbook.yaml` may say, and what each word means.

The JSON schema and the reference page are generated from these classes, so every docstring and every
`note=` below is documentation that a playbook's author reads.

Two fields recur. `source` is the stable id of the fact in the source article (`s3.pt.quality`), `phrase` the
article's own words, character for character. `when` narrows an item to given answers: `{draw_kind: [paid_random_draw]}`
means the item applies only if the question `draw_kind` was answered so; an item without `when` always applies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recourse.core.text import Text
from recourse.core.vocabulary import (
    EvidenceKind,
    OnMiss,
    Party,
    ProblemKey,
    RemedyKind,
    RungName,
    StartsWhen,
    SubjectKind,
)

When = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a clock or a rule holds. Exactly one of `law`, `source`, `playbook` is set; `note` adds a sentence."""

    law: str = ""  # id of an article in law/, such as "cpl.24"
    source: str = ""  # id of the fact in the source article
    playbook: str = ""  # name of a default that this playbook sets
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class DeadlineSpec:
    """One clock as the playbook states it; the engine computes its dates when it starts."""

    act: str  # what must be done: answer, decide, respond_offer, appeal, perform, confirm, accept, mediate …
    who: Party
    starts_when: StartsWhen
    length: str  # "48h", "7d", "7wd", "1month", "3year"
    basis: Basis
    on_miss: OnMiss
    regime: str = "platform"  # civil | civil_procedure | samr | police | platform
    text: Text | None = None  # the sentence shown beside the date
    service_hours: bool = False  # shifted to the operator's service hours
    extendable: bool = False  # may be extended once, with a reason
    soft: bool = False  # advice: shown and reminded, never a bar


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice question."""

    key: str
    text: Text
    advice: Text | None = None  # shown when chosen
    stop: bool = False  # leave the form: the page shows `advice` (and 110) before anything else


@dataclass(frozen=True, slots=True)
class Question:
    """A question that branches the route. `kind`: yes_no (keys yes, no) | choice | date | amount | text."""

    key: str
    kind: str
    text: Text
    options: tuple[Option, ...] = ()
    help: Text | None = None
    required: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceNeed:
    """Which evidence helps one problem: `needed` is asked for, `better_with` strengthens."""

    needed: tuple[EvidenceKind, ...] = ()
    better_with: tuple[EvidenceKind, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of trouble on this platform, mapped to exactly one canonical key."""

    id: str
    key: ProblemKey
    name: Text
    says: tuple[str, ...]  # phrases people use; triage matches on them
    evidence: EvidenceNeed
    remedies: tuple[RemedyKind, ...]  # best fitting first
    grounds: tuple[str, ...]  # ids of articles in law/
    phrase: str = ""
    help: Text | None = None
    collect: tuple[Text, ...] = ()  # extra data worth writing down
    checks: tuple[str, ...] = ()  # names of checks run on imported records
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cause:
    """A likely cause that intake tests before blaming anyone."""

    id: str
    name: Text
    test: Text
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """How this platform's people obtain one kind of evidence."""

    kind: EvidenceKind
    name: Text
    how: Text  # where to tap, what must be visible
    proves: Text
    holder: Party | None = None  # set when often only the other side holds it
    request: str = ""  # letter key of a request to produce
    source: str = ""
    phrase: str = ""
    capture_after: str = ""  # "1h": come back and take a second picture


@dataclass(frozen=True, slots=True)
class Channel:
    """A door that a person can knock on: inside the platform or an outside body."""

    id: str
    name: Text
    path: Text  # where it is, tap by tap; never a private number
    rung: RungName
    official: bool = False  # an official body: two of them bar each other (sc121.16(2))
    format: str = ""  # letter key of the message to paste
    deadlines: tuple[DeadlineSpec, ...] = ()
    source: str = ""
    phrase: str = ""
    url: str = ""  # a public address, shown only when verified
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RungSpec:
    """One step of the ladder as this playbook has it."""

    rung: RungName
    who: str  # a name from `parties`, e.g. merchant, platform_service, neutral, official_body
    name: Text  # the word on the progress bar
    text: Text  # what happens here and what may come of it
    stage: str  # negotiating | reviewing | adjudicating | outside: the stage while the rung is operated
    deadlines: tuple[DeadlineSpec, ...] = ()
    channels: tuple[str, ...] = ()  # channels of this rung; several may be filed at once
    outside_only: bool = False  # never operated here
    optional: bool = False  # never entered by itself; a person chooses it
    gate: tuple[Text, ...] = ()  # must be confirmed before the rung is chosen (public_exposure: facts only …)
    letter: str = ""  # letter that opens the rung
    worth: Text | None = None  # how long, how much, what usually comes of it
    source: str = ""
    phrase: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step of performing a remedy. `proof` names the evidence kinds that show it was done."""

    act: str  # ship_back, receive_return, inspect, refund, ship, deliver, pay …
    who: Party
    text: Text
    length: str
    basis: Basis
    proof: tuple[EvidenceKind, ...] = ()
    regime: str = "platform"


@dataclass(frozen=True, slots=True)
class RemedySpec:
    """How one kind of remedy is carried out here, step by step, and when it must be confirmed."""

    kind: RemedyKind
    name: Text
    steps: tuple[StepSpec, ...]
    confirm_within: str = "7d"
    source: str = ""
    phrase: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with a source: a limit, penalty, tip, expectation or tone rule of the article."""

    id: str
    text: Text
    phrase: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the article and the law (or fairness) differ, and what we do: shown, never hidden."""

    id: str
    seed: Text  # what the article says
    ship: Text  # what we do, with the article of law
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Safety:
    """What nobody may ask for, and where official contacts come from."""

    never_ask: tuple[str, ...]
    official_contacts: str  # in_app_only
    notice: Text


@dataclass(frozen=True, slots=True)
class Instant:
    """Small claims that may be granted at once, with the respondent's standing consent."""

    cap_fen: int
    problems: tuple[str, ...]
    checks_all: tuple[str, ...]
    consent: Party


@dataclass(frozen=True, slots=True)
class Refiling:
    """When a closed complaint may be filed again: with something new, a limited number of times."""

    times_max: int
    text: Text
    source: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """One platform's rules, whole."""

    platform: str
    version: str
    name: Text
    source: str  # the article's own file name
    subject: SubjectKind
    record: Mapping[str, Text]  # how the record's fields are called: id, amount, happened_on, promised_on …
    parties: Mapping[str, Text]  # complainant, respondent, operator and the names used by rungs
    ask: tuple[Question, ...]
    problems: tuple[ProblemType, ...]
    evidence: tuple[EvidenceItem, ...]
    channels: tuple[Channel, ...]
    ladder: tuple[RungSpec, ...]
    remedies: tuple[RemedySpec, ...]
    safety: Safety
    refiling: Refiling
    deadlines: tuple[DeadlineSpec, ...] = ()  # clocks of the case itself: respond_offer, choose_next, appeal, give_evidence …
    causes: tuple[Cause, ...] = ()
    limits: tuple[Statement, ...] = ()
    penalties: tuple[Statement, ...] = ()
    tone: tuple[Statement, ...] = ()
    prevention: tuple[Statement, ...] = ()
    expectations: tuple[Statement, ...] = ()
    differences: tuple[Difference, ...] = ()
    instant: Instant | None = None
