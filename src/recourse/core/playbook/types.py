# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The shape of a playbook: what `playbook.yaml` may say, and what each word means.

The JSON schema and the reference page are generated from these classes, so every docstring and every
trailing comment below is documentation that a playbook's author reads.

Two fields recur. `source` is the stable id of the fact in the source article (`s3.pt.quality`), `phrase` the
article's own words, character for character. `when` narrows an item to given answers: `{draw_kind: [paid_random_draw]}`
means the item applies only if the question `draw_kind` was answered so; an item without `when` always applies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from recourse.core.playbook.ids import (
    ChannelId,
    CheckName,
    FactId,
    Id,
    LawId,
    Length,
    LetterKey,
    Name,
    PartyName,
    ProblemId,
    Regime,
    Slug,
    SourceId,
    When,
    Yuan,
)
from recourse.core.playbook.tables import AccountTable, ConditionTable, RepeatRule
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


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a clock or a rule holds. Exactly one of `law`, `source`, `playbook` is set; `note` adds a sentence."""

    law: LawId = ""  # id of an article in law/, such as "cpl.24"
    source: FactId = ""  # id of a fact of the source article, such as one of `limits`
    playbook: Name = ""  # name of a default that this playbook sets
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class DeadlineSpec:
    """One clock as the playbook states it; the engine computes its dates when it starts."""

    act: Name  # what must be done: answer, decide, respond_offer, appeal, perform, confirm, accept, mediate …
    who: Party
    starts_when: StartsWhen
    length: Length  # "48h", "7d", "7wd", "1month", "3year"
    basis: Basis
    on_miss: OnMiss
    regime: Regime = "platform"  # how the days are counted
    text: Text | None = None  # the sentence shown beside the date
    needs: tuple[
        EvidenceKind, ...
    ] = ()  # with `default`: what must have been handed in, else the case moves on instead
    service_hours: bool = False  # shifted to the operator's service hours
    extendable: bool = False  # may be extended once, with a reason
    soft: bool = False  # advice: shown and reminded, never a bar
    name: Text | None = None  # what pages call it, with `{who}` for whoever must act


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice question."""

    key: Name
    text: Text
    advice: Text | None = None  # shown when chosen
    stop: bool = False  # leave the form: the page shows `advice` (and 110) before anything else


@dataclass(frozen=True, slots=True)
class Question:
    """A question that branches the route. A yes_no question is answered with the keys yes and no."""

    key: Name
    kind: Literal["yes_no", "choice", "date", "amount", "text"]
    text: Text
    options: tuple[Option, ...] = ()
    help: Text | None = None
    required: bool = False
    source: SourceId = ""


@dataclass(frozen=True, slots=True)
class EvidenceNeed:
    """Which evidence helps one problem: `needed` is asked for, `better_with` strengthens."""

    needed: tuple[EvidenceKind, ...] = ()
    better_with: tuple[EvidenceKind, ...] = ()


@dataclass(frozen=True, slots=True)
class GroundsWhen:
    """Articles that hold only under given answers, such as the prize rules for an organiser that is a business."""

    laws: tuple[LawId, ...]
    when: When  # unlike elsewhere every question named here must have been answered so: law is cited on facts


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of trouble on this platform, mapped to exactly one canonical key."""

    id: Id
    key: ProblemKey
    name: Text
    says: tuple[str, ...]  # phrases people use, for triage; signs join words: 给/填 ~ 地址 ~ 拉黑
    evidence: EvidenceNeed
    remedies: tuple[RemedyKind, ...]  # best fitting first
    grounds: tuple[LawId, ...]  # ids of articles in law/ that hold in every case of this problem
    phrase: str = ""
    help: Text | None = None
    collect: tuple[Text, ...] = ()  # extra data worth writing down
    checks: tuple[CheckName, ...] = ()  # names of checks run on imported records: files of checks/
    grounds_when: tuple[GroundsWhen, ...] = ()  # further articles, by the answers given
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProblemClass:
    """Problems under one label of the platform, such as 交付失败. Where classes are given, a complaint keeps to one."""

    id: Id
    name: Text
    problems: tuple[ProblemId, ...]
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A pointer shown when the sum or an answer calls for it. It opens no door, closes none and decides nothing."""

    id: Id
    text: Text
    above: Yuan = ""  # shown when the record's sum is above this many yuan …
    when: When = field(default_factory=dict)  # … or when one of these questions was answered so
    rungs: tuple[RungName, ...] = ()  # the steps that it points to
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A likely cause that intake tests before blaming anyone."""

    id: Id
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
    request: LetterKey = ""  # letter key of a request to produce
    source: SourceId = ""
    phrase: str = ""
    capture_after: Length = ""  # "1h": come back and take a second picture


@dataclass(frozen=True, slots=True)
class Target:
    """What a filing at a door is aimed at, where one door takes filings against several: a mini-program, an account."""

    key: Name
    name: Text
    path: Text  # how to get there for this target, tap by tap
    format: LetterKey = ""  # letter key of the message against this target
    source: SourceId = ""
    phrase: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Channel:
    """A door that a person can knock on: inside the platform or an outside body."""

    id: Id
    name: Text
    path: Text  # where it is, tap by tap; never a private number
    rung: RungName
    official: bool = False  # an official body: two of them bar each other (sc121.16(2))
    format: LetterKey = ""  # letter key of the message to paste
    deadlines: tuple[DeadlineSpec, ...] = ()
    source: SourceId = ""
    phrase: str = ""
    url: str = ""  # a public address, shown only when verified
    when: When = field(default_factory=dict)
    who: PartyName = ""  # who takes what is filed here, where it is not whoever stands at the rung
    targets: tuple[
        Target, ...
    ] = ()  # a filing here names one of these; each has its own number, clock and answer
    before: Text | None = (
        None  # what to do first, shown above the door: save the evidence before it disappears
    )


@dataclass(frozen=True, slots=True)
class RungSpec:
    """One step of the ladder as this playbook has it."""

    rung: RungName
    who: PartyName  # a name from `parties`, e.g. merchant, platform_service, neutral, official_body
    name: Text  # the word on the progress bar
    text: Text  # what happens here and what may come of it
    stage: Literal[
        "assessed", "negotiating", "reviewing", "adjudicating", "outside"
    ]  # while the rung is operated
    deadlines: tuple[DeadlineSpec, ...] = ()
    channels: tuple[ChannelId, ...] = ()  # channels of this rung; several may be filed at once
    outside_only: bool = False  # never operated here
    optional: bool = False  # never entered by itself; a person chooses it
    gate: tuple[Text, ...] = ()  # must be confirmed before the rung is chosen (public_exposure: facts only …)
    letter: LetterKey = ""  # letter that opens the rung
    worth: Text | None = None  # how long, how much, what usually comes of it
    source: SourceId = ""
    phrase: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step of performing a remedy. `proof` names the evidence kinds that show it was done."""

    act: Name  # ship_back, receive_return, inspect, refund, ship, deliver, pay …
    who: Party
    text: Text
    length: Length
    basis: Basis
    proof: tuple[EvidenceKind, ...] = ()
    regime: Regime = "platform"


@dataclass(frozen=True, slots=True)
class RemedySpec:
    """How one kind of remedy is carried out here, step by step, and when it must be confirmed."""

    kind: RemedyKind
    name: Text
    steps: tuple[StepSpec, ...]
    confirm_within: Length = "7d"
    source: SourceId = ""
    phrase: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with a source: a limit, penalty, tip, expectation or tone rule of the article."""

    id: Id
    text: Text
    phrase: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the article and the law (or fairness) differ, and what we do: shown, never hidden."""

    id: Id
    seed: Text  # what the article says
    ship: Text  # what we do, with the article of law
    grounds: tuple[LawId, ...] = ()


@dataclass(frozen=True, slots=True)
class Safety:
    """What nobody may ask for, and where official contacts come from."""

    never_ask: tuple[str, ...]
    official_contacts: Literal[
        "in_app_only", "register"
    ]  # taken from inside the app only, or from the operator's register
    notice: Text


@dataclass(frozen=True, slots=True)
class Instant:
    """Small claims that may be granted at once, with the respondent's standing consent."""

    cap_fen: int
    problems: tuple[ProblemId, ...]
    checks_all: tuple[CheckName, ...]
    consent: Party


@dataclass(frozen=True, slots=True)
class Refiling:
    """When a closed complaint may be filed again: with something new, a limited number of times."""

    times_max: int
    text: Text
    source: SourceId = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """One platform's rules, whole."""

    platform: Slug
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
    deadlines: tuple[
        DeadlineSpec, ...
    ] = ()  # clocks of the case: of a deed (appeal, confirm …) or from filed, discovered, promised, received_goods
    causes: tuple[Cause, ...] = ()
    limits: tuple[Statement, ...] = ()
    penalties: tuple[Statement, ...] = ()
    preparation: tuple[Statement, ...] = ()  # what to do before complaining
    process: tuple[Statement, ...] = ()  # what happens inside the platform, stage by stage
    persistence: tuple[Statement, ...] = ()  # what to do when the other side refuses or nothing moves
    tone: tuple[Statement, ...] = ()
    prevention: tuple[Statement, ...] = ()
    expectations: tuple[Statement, ...] = ()
    differences: tuple[Difference, ...] = ()
    instant: Instant | None = None
    conditions: ConditionTable | None = None
    accounts: AccountTable | None = None
    repeats: tuple[RepeatRule, ...] = ()
    classes: tuple[ProblemClass, ...] = ()
    hints: tuple[Hint, ...] = ()
    any_trade: bool = False  # flats or flights are its matter too: triage holds no trade against it
    masked: tuple[Name, ...] = ()  # fields of `record` of which only the first and last four signs are kept
