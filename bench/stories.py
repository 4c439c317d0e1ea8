# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Cases for the bench: who files what, and how far each case has come, decided by the real rules."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from recourse.core.actor import Actor, Role, Via, system
from recourse.core.case import commands as c
from recourse.core.case.decide import decide
from recourse.core.case.effect import Effect, effects
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.claim import Claim, Term
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.vocabulary import (
    AnswerKind,
    EvidenceKind,
    EvidenceState,
    RemedyKind,
    RungName,
    SubjectKind,
)

PLATFORM = "kuaishou-shop"
PROBLEM = "s3.pt.quality"
OPERATED = (RungName.negotiate, RungName.operator_support, RungName.platform_decision)
# A person has this many cases in the list.
CASES_PER_PERSON = 20
# The words that searches look for: most stories ask for a refund, one in a thousand is about jasmine.
COMMON_WORD, RARE_WORD = "退款", "茉莉"
_RARE_EVERY = 1000

_GOODS = (
    "龙井茶叶",
    "羊毛大衣",
    "蓝牙耳机",
    "儿童水杯",
    "真丝围巾",
    "电热毯",
    "面膜套装",
    "运动鞋",
    "车载吸尘器",
    "腊肉礼盒",
)
_FAULTS = (
    "收到的东西和直播间说的完全不一样，颜色发暗，做工很粗。",
    "打开包装就有一股很重的异味，洗了三次都去不掉。",
    "用了两天就坏了，按说明书重新试过也没有反应。",
    "少发了一件，快递面单上的重量也对不上。",
    "标签上写的成分和页面写的不是一回事。",
)
_TALKS = (
    "联系客服三次，每次都说正在处理，没有下文。",
    "商家让我先给好评再谈，我没有答应。",
    "客服说签收了就不负责，让我自己联系厂家。",
    "申请了退款，被拒绝，理由写的是影响二次销售。",
    "主播当时说七天无理由，现在说这款不支持退款。",
)
_WISHES = (
    "希望按页面承诺全额退款。",
    "要求退款并承担来回运费。",
    "请换一件没有问题的，或者退款。",
    "希望尽快给个说法。",
)
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超"


@dataclass(frozen=True, slots=True)
class Merchant:
    """A registered respondent and the contact that notices go to."""

    id: str
    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class House:
    """Everything the stories are told over: one operator, its merchants, today's rules."""

    operator: str
    merchants: Sequence[Merchant]
    rules: Rulebook
    digest: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one command led to: its events, and what they want done outside."""

    at: datetime
    actor: Actor
    events: tuple[Any, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A case with its whole history. `person` is whom the filing's newcomer was merged into."""

    case: Case
    chapters: tuple[Chapter, ...]
    person: str
    proven: bool


# How long ago each kind of open case was filed, so that no clock has run out yet.
_KINDS = (
    *("new",) * 1,
    *("waiting",) * 8,
    *("holding",) * 3,
    *("offered",) * 3,
    *("climbed",) * 3,
    *("outside",) * 2,
)


def person_id(index: int) -> str:
    """The person that this case belongs to."""
    return f"{index // CASES_PER_PERSON:032x}"


def contact_of(index: int) -> str:
    """How that person signs in."""
    return f"buyer{index // CASES_PER_PERSON}@example.cn"


def tell(house: House, index: int, *, kind: str = "") -> Told:
    """The case of this index. The same index tells the same story; `kind` says how far it has come."""
    dice = random.Random(index)
    kind = kind or _KINDS[index % len(_KINDS)]
    merchant = house.merchants[index % len(house.merchants)]
    filed_at = house.now - timedelta(minutes=dice.randrange(30, 30 * 60))
    teller = _Teller(house, merchant)
    teller.file(
        _complaint(house, index, dice, merchant, registered=kind != "outside"), at=_ago(kind, filed_at)
    )
    _LIVES[kind](teller)
    assert teller.case is not None
    first = person_id(index) == teller.case.complainant.id
    return Told(teller.case, tuple(teller.chapters), "" if first else person_id(index), kind != "new")


def _ago(kind: str, filed_at: datetime) -> datetime:
    # A case on the second rung has had its first clock run out; a due one waits for the sweep.
    return filed_at - timedelta(hours=50) if kind in {"climbed", "due"} else filed_at


class _Teller:
    """Puts commands to one case and keeps the chapters."""

    def __init__(self, house: House, merchant: Merchant) -> None:
        self.house = house
        self.case: Case | None = None
        self.chapters: list[Chapter] = []
        self.at = house.now
        self.facts = Facts(contacts=(merchant.contact,))
        self.seller = Actor(merchant.contact, Role.respondent, house.operator, Via.portal)
        self.engine = system(house.operator)

    def file(self, command: c.FileComplaint, *, at: datetime) -> None:
        self.at = at
        self.do(command, Actor(command.complainant_id, Role.complainant, self.house.operator, Via.portal))

    def do(self, command: Any, actor: Actor, *, after: timedelta = timedelta()) -> None:
        self.at += after
        decided = decide(
            self.case, command, actor=actor, rules=self.house.rules, facts=self.facts, now=self.at
        )
        assert not isinstance(decided, Problems), decided.items
        found = effects(self.case, decided.case, decided.events, self.at)
        self.chapters.append(Chapter(self.at, actor, decided.events, found))
        self.case = decided.case

    def serve(self) -> None:
        self.do(c.ProveContact("code"), self.engine, after=timedelta(minutes=2))
        for notice in self.case.notices if self.case else ():
            self.do(c.RecordServed(notice.contact, notice.rung), self.engine, after=timedelta(minutes=1))


def _waiting(teller: _Teller) -> None:
    teller.serve()


def _holding(teller: _Teller) -> None:
    teller.serve()
    teller.do(c.RecordAnswer(AnswerKind.holding, "亲，正在处理。"), teller.seller, after=timedelta(minutes=9))


def _offered(teller: _Teller) -> None:
    teller.serve()
    terms = (Term(RemedyKind.refund, 500),)
    teller.do(c.MakeOffer(terms, "退一半，货不用寄回。"), teller.seller, after=timedelta(minutes=9))


def _climbed(teller: _Teller) -> None:
    teller.serve()
    teller.do(c.RunDeadlines(), teller.engine, after=timedelta(hours=49))
    assert teller.case is not None
    for notice in teller.case.notices:
        if notice.served_at is None:
            teller.do(c.RecordServed(notice.contact, notice.rung), teller.engine)


def _closed(teller: _Teller) -> None:
    _holding(teller)
    assert teller.case is not None
    buyer = Actor(teller.case.complainant.id, Role.complainant, teller.house.operator, Via.portal)
    teller.do(c.WithdrawCase("商家已经退款。"), buyer, after=timedelta(minutes=9))


_LIVES: dict[str, Any] = {
    "new": lambda teller: None,
    "waiting": _waiting,
    "holding": _holding,
    "offered": _offered,
    "climbed": _climbed,
    "outside": lambda teller: teller.do(c.ProveContact("code"), teller.engine),
    "due": _waiting,
    "closed": _closed,
}


def _complaint(
    house: House, index: int, dice: random.Random, merchant: Merchant, *, registered: bool
) -> c.FileComplaint:
    paid = dice.randrange(990, 99_900)
    first = index % CASES_PER_PERSON == 0
    return c.FileComplaint(
        id=f"{dice.getrandbits(128):032x}",
        number=f"B{index:010d}",
        complainant_id=person_id(index) if first else f"{dice.getrandbits(128):032x}",
        complainant_name=name_of(dice),
        contact=contact_of(index),
        respondent_name=merchant.name if registered else "路边小店",
        respondent_registered=merchant.id if registered else "",
        accepts_defaults=False,
        subject=Subject(
            kind=SubjectKind.order,
            id=f"KS{dice.getrandbits(48):015d}",
            title=dice.choice(_GOODS),
            amount_fen=paid,
            happened_on=date(2026, 1, 1) if house.now.year < 2026 else house.now.date() - timedelta(days=9),
            received_on=house.now.date() - timedelta(days=5),
        ),
        story=story_of(dice, rare=index % _RARE_EVERY == 7),
        problems=(PROBLEM,),
        confirmed=True,
        claims=(Claim(RemedyKind.refund, paid),),
        answers_given={"money_just_paid": "no", "goods_received": "yes", "via_live_room": "yes"},
        evidence={
            EvidenceKind.order_no: EvidenceState.have,
            EvidenceKind.photo: EvidenceState.have,
            EvidenceKind.chat_export: EvidenceState.have_not,
        },
        operated=OPERATED,
        rulebook=house.digest,
    )


def name_of(dice: random.Random) -> str:
    """A person's name."""
    return dice.choice(_FAMILY) + "".join(dice.choices(_GIVEN, k=dice.randrange(1, 3)))


def story_of(dice: random.Random, *, rare: bool = False) -> str:
    """What somebody writes: about 120 characters."""
    goods = f"{RARE_WORD}花茶" if rare else dice.choice(_GOODS)
    days = dice.randrange(3, 28)
    opening = f"9月{days}日在直播间买的{goods}，付了{dice.randrange(10, 900)}元。"
    wish = dice.choice(_WISHES) if dice.random() < 0.5 else ""
    return opening + "".join((*dice.sample(_FAULTS, 2), *dice.sample(_TALKS, 2), wish))


def many(house: House, begin: int, end: int, *, kind: str = "") -> Iterator[Told]:
    """The cases of these indexes."""
    return (tell(house, index, kind=kind) for index in range(begin, end))
