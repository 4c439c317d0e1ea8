# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Cases that say one word wherever a person can write: in every personal field of every event."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from recourse.actions.accept_offer import accept_offer
from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.add_note import add_note
from recourse.actions.answer_claim import answer_claim
from recourse.actions.answer_evidence_request import answer_evidence_request
from recourse.actions.appeal_decision import appeal_decision
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.confirm_reading import confirm_reading
from recourse.actions.confirm_remedy import confirm_remedy
from recourse.actions.decide_case import decide_case
from recourse.actions.dispute_remedy import dispute_remedy
from recourse.actions.extend_deadline import extend_deadline
from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.actions.hold_case import hold_case
from recourse.actions.log_contact import log_contact
from recourse.actions.make_offer import make_offer
from recourse.actions.open_filing import open_filing
from recourse.actions.perform_step import perform_step
from recourse.actions.post_message import post_message
from recourse.actions.release_hold import release_hold
from recourse.actions.reopen_case import reopen_case
from recourse.actions.serve_notice import serve_notice
from recourse.actions.set_capture import set_capture
from recourse.actions.set_conditions import set_conditions
from recourse.actions.set_points import set_points
from recourse.actions.show_account import show_account
from recourse.actions.suspend_deadline import suspend_deadline
from recourse.actions.update_filing import update_filing
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import Actor, Role, Via
from recourse.core.case.state import Case, Point
from recourse.core.claim import Term
from recourse.core.condition import Condition, Refusal
from recourse.core.filing import FilingState
from recourse.core.screen import ScreenField
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceKind,
    EvidenceState,
    Party,
    RemedyKind,
    Stage,
)
from tests.store.house import OPERATOR, House

MARKER = "茉莉花香标记"
MAIL = "marker@example.cn"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
PART = (Term(RemedyKind.refund, 6000),)


def filed(house: House, *, order: str = f"KS{MARKER}") -> str:
    """A complaint filed again that says the marker in every field; served when the order is the merchant's."""
    given: dict[str, Any] = {
        "story": f"我的故事{MARKER}",
        "complainant": {"name": f"{MARKER}女士", "email": MAIL},
        "respondent": {"name": f"{MARKER}茶铺"},
        "record": {"id": order, "title": f"{MARKER}茶", "amount": "129.00", "line": f"{MARKER}行"},
    }
    again = Refiling("R2026-0000", f"新的理由{MARKER}", ())
    newcomer = Actor("newcomer", Role.complainant, OPERATOR, Via.portal)
    filing = file_complaint(house.world, actor=newcomer, complaint=house.complaint(**given), refiling=again)
    number = str(house.do(filing).number)
    house.prove(number)
    contact, key = house.merchant_contact, f"notice-{number}"
    house.do(serve_notice(house.world, number=number, operator=OPERATOR, contact=contact, key=key))
    return number


def against_nobody_known(house: House) -> str:
    """A marked complaint about a shop of no register: the one that keeps the shop's name as it was typed."""
    return filed(house, order=f"XX{MARKER}")


def marked(house: House) -> str:
    """A reopened case in which everybody wrote the marker wherever they can, up to just before its end."""
    number = filed(house)
    case = At(house, number)
    words_and_files(case)
    clocks(case)
    offers(case)
    outside(case)
    decided_twice(case)
    disputed(case)
    settled_and_reopened(case)
    return number


@dataclass
class At:
    """Deeds at one case, by whom they are for; each must succeed."""

    house: House
    number: str

    def now(self) -> Case:
        """The case as it stands."""
        opened = self.house.world.cases.open(self.house.staff(), self.number)
        assert opened is not None
        return opened.case

    def do(self, actor: Actor, deed: Callable[..., Any], **given: Any) -> None:
        """One deed, an exhibit's number given by the case itself."""
        self.house.do(deed(self.house.world, actor=actor, number=self.number, **given))

    @property
    def me(self) -> Callable[..., None]:
        """Whoever complains."""
        return partial(self.do, self.house.complainant(self.number))

    @property
    def shop(self) -> Callable[..., None]:
        """Whoever is complained of."""
        return partial(self.do, self.house.respondent())

    @property
    def agent(self) -> Callable[..., None]:
        """The operator's agent."""
        return partial(self.do, self.house.staff(Role.agent))

    def neutral(self, name: str) -> Callable[..., None]:
        """One of the operator's neutrals."""
        return partial(self.do, Actor(name, Role.neutral, OPERATOR, Via.desk))


def words_and_files(case: At) -> None:
    """Messages, notes, files, requests and their answers, captures, the contact log, the table of points."""
    now = case.house.clock.now()
    file = {"kind": EvidenceKind.photo, "chunks": [PNG + MARKER.encode()], "name": f"{MARKER}.png"}
    case.me(post_message, text=f"留言{MARKER}")
    case.agent(add_note, text=f"备注{MARKER}")
    case.agent(hold_case, reason=f"法院调查令{MARKER}")
    case.do(case.house.staff(Role.owner), release_hold, reason=f"案件审结{MARKER}")
    case.me(add_exhibit, **file, note=f"说明{MARKER}")
    case.agent(ask_for_evidence, of=Party.respondent, kind=EvidenceKind.photo, text=f"请补{MARKER}")
    case.shop(answer_evidence_request, request="q1", exhibits=(), answer=f"没有{MARKER}")
    due = now + timedelta(days=1)
    case.me(set_capture, kind=EvidenceKind.comparison_sheet, due_at=due, text=f"再拍{MARKER}")
    tried = {"channel": f"渠道{MARKER}", "agent_no": f"工号{MARKER}", "answer": f"他说{MARKER}"}
    case.me(log_contact, at=now, result=AttemptResult.holding, **tried)
    condition = Condition(f"转发{MARKER}", EvidenceState.have, now.date(), f"截图{MARKER}", (1,))
    case.me(set_conditions, conditions=(condition,), refusal=Refusal(f"作废{MARKER}", now.date()))
    shown = {"seen_in": f"截图{MARKER}", "display_name": f"昵称{MARKER}", "account_id": f"wx{MARKER}"}
    case.me(show_account, **shown)
    case.me(confirm_reading, no=1, values={ScreenField.order_no: f"KS{MARKER}"})
    point = Point("p1", f"争议{MARKER}", f"甲说{MARKER}", f"乙说{MARKER}", (1,), agreed=False)
    case.agent(set_points, points=(point,))


def clocks(case: At) -> None:
    """More time, and a clock that stands still: each with its reason."""
    answer = next(d for d in case.now().deadlines if d.act == "answer" and d.due_at is not None).id
    case.me(extend_deadline, deadline=answer, length="1d", reason=f"多给一天{MARKER}")
    until = case.house.clock.now() + timedelta(hours=1)
    case.agent(suspend_deadline, deadline=answer, until=until, reason=f"送检{MARKER}")


def offers(case: At) -> None:
    """An answer, an offer, and the offer that counters it."""
    case.shop(answer_claim, kind=AnswerKind.holding, text=f"正在处理{MARKER}")
    case.shop(make_offer, terms=PART, text=f"退一半{MARKER}")
    case.me(make_offer, terms=(Term(RemedyKind.refund, 10000),), text=f"退一百{MARKER}")
    case.shop(answer_claim, kind=AnswerKind.refusal, text=f"不同意{MARKER}")


def outside(case: At) -> None:
    """A filing at an outside door: its number, the number that came later, and the answer."""
    case.me(open_filing, channel="s3.ch.app", filed_at=case.house.clock.now(), receipt_no=f"TS{MARKER}")
    said = {"receipt_no": f"TS2{MARKER}", "answer": f"答复{MARKER}"}
    case.me(update_filing, filing="f1", state=FilingState.answered, **said)


def decided_twice(case: At) -> None:
    """A decision, its appeal, and the decision of another neutral."""
    for _ in range(3):
        case.house.clock.ahead(days=9)
        case.house.run_deadlines(case.number)
        if case.now().stage is Stage.adjudicating:
            break
    words = {"facts": f"认定{MARKER}", "reasons": f"理由{MARKER}", "terms": PART, "grounds": ("ecl.17",)}
    case.neutral("first")(decide_case, **words)
    case.me(appeal_decision, reasons=f"不服{MARKER}")
    case.neutral("second")(decide_case, **words)


def disputed(case: At) -> None:
    """What was decided is performed, and is not right."""
    case.shop(perform_step, remedy="r1", index=0, note=f"流水号{MARKER}")
    case.me(dispute_remedy, remedy="r1", reason="wrong_thing", text=f"不对{MARKER}")


def settled_and_reopened(case: At) -> None:
    """Agreed on, performed and confirmed after all; then opened again for a reason."""
    case.shop(make_offer, terms=PART, text=f"重新退{MARKER}")
    case.me(accept_offer, offer=case.now().offers[-1].id)
    case.shop(perform_step, remedy="r2", index=0, note=f"流水号{MARKER}")
    case.me(confirm_remedy, remedy="r2")
    case.agent(reopen_case, reason=f"新事实{MARKER}")


def withdraw(house: House, number: str) -> None:
    """The end of a marked case, in its person's words."""
    At(house, number).me(withdraw_case, reason=f"{MARKER}撤回")
