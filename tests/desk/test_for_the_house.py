# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the operator itself owes and takes in: its own step of a remedy, files for somebody on the phone, outside filings."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.actions.accept_decision import accept_decision
from recourse.actions.answer_questions import answer_questions
from recourse.actions.decide_case import decide_case
from recourse.actions.open_filing import open_filing
from recourse.actions.update_filing import update_filing
from recourse.core.actor import Role
from recourse.core.claim import Term
from recourse.core.filing import FilingState
from recourse.core.vocabulary import EvidenceKind, Party, RemedyKind, RemedyState
from tests.desk.desk_people import account, actor_of, adjudicated_case, at_desk, told_case
from tests.desk.test_case import case_of, do, forms_on
from tests.portal.person import PNG, Person
from tests.store.house import House


@pytest.fixture
def owing(house: House) -> str:
    """A case in which the operator was told to say who the seller is."""
    number = adjudicated_case(house)
    ruling: Any = {"facts": "订单是真的。", "reasons": "商家信息不全。", "grounds": ("ecl.17",)}
    ruling |= {"terms": (Term(RemedyKind.disclose_seller),), "next_recourse": "official_complaint"}
    judge = actor_of(account(Role.neutral))
    house.do(decide_case(house.world, actor=judge, number=number, **ruling))
    for side in (house.complainant(number), house.respondent()):
        house.do(accept_decision(house.world, actor=side, number=number))
    return number


def test_the_operator_performs_its_own_step_and_the_complainant_confirms(house: House, owing: str) -> None:
    agent = at_desk(account(Role.agent))
    page = agent.get(f"/desk/c/{owing}").content.decode()
    assert "现在轮到快手" in page and "去做这一步：提供商家真实信息" in page
    refused = do(agent, owing, "step", remedy="r1", index="0", note=" ")
    assert refused.status_code == 422 and "请写一句凭证" in refused.content.decode()
    licence = SimpleUploadedFile("执照.png", PNG, "image/png")
    done = do(agent, owing, "step", remedy="r1", index="0", note="山间茶业有限公司", file=licence)
    assert "已记下这一步" in done.content.decode()
    case = case_of(house, owing)
    proof = case.exhibits[-1]
    assert case.remedies[0].state is RemedyState.performed and case.remedies[0].steps[0].exhibits == (1,)
    assert proof.by is Party.operator and proof.kind is EvidenceKind.account_identity_profile
    assert EvidenceKind.account_identity_profile not in case.evidence, "it is not the complainant's evidence"
    assert "step" not in forms_on(agent, owing)

    person = Person(house, Client())
    person.sign_in()
    page = person.get(f"/c/{owing}").content.decode()
    assert "山间茶业有限公司" in page and "收到了" in page
    assert person.post(f"/c/{owing}/do/confirm", {"key": "c", "remedy": "r1"}).status_code == 302
    assert case_of(house, owing).resolved


def test_whoever_waits_is_told_that_it_is_the_operators_move(house: House, owing: str) -> None:
    person = Person(house, Client())
    person.sign_in()
    page = person.get(f"/c/{owing}").content.decode()
    assert "现在轮到快手" in page and "平台提供商家的真实名称" in page


@pytest.mark.parametrize("role", [Role.neutral, Role.auditor])
def test_others_have_no_such_form(house: House, owing: str, role: Role) -> None:
    client = at_desk(account(role, name="别人"))
    assert "step" not in forms_on(client, owing)
    assert do(client, owing, "step", remedy="r1", index="0", note="x").status_code == 422
    assert case_of(house, owing).remedies[0].state is RemedyState.ordered


def test_the_respondents_step_is_not_offered_to_the_desk(house: House) -> None:
    number = adjudicated_case(house)
    ruling: Any = {"facts": "是碎末。", "reasons": "与宣传不一致。", "grounds": ("ecl.17",)}
    ruling |= {"terms": (Term(RemedyKind.refund, 12900),), "next_recourse": "official_complaint"}
    house.do(decide_case(house.world, actor=actor_of(account(Role.neutral)), number=number, **ruling))
    for side in (house.complainant(number), house.respondent()):
        house.do(accept_decision(house.world, actor=side, number=number))
    assert "step" not in forms_on(at_desk(account(Role.owner)), number)


def test_an_agent_hands_in_what_the_caller_sent(house: House) -> None:
    number = told_case(house)
    agent = at_desk(account(Role.agent))
    photo = SimpleUploadedFile("微信图片.png", PNG, "image/png")
    answer = do(agent, number, "exhibit", kind="chat_export", note="客服原话", file=photo)
    assert "已替投诉人收下材料" in answer.content.decode()
    exhibit = case_of(house, number).exhibits[-1]
    assert (exhibit.by, exhibit.kind, exhibit.note) == (
        Party.complainant,
        EvidenceKind.chat_export,
        "客服原话",
    )
    for role in (Role.neutral, Role.auditor):
        client = at_desk(account(role))
        assert "exhibit" not in forms_on(client, number)
        again = SimpleUploadedFile("x.png", PNG, "image/png")
        assert do(client, number, "exhibit", kind="photo", file=again).status_code == 422
    assert len(case_of(house, number).exhibits) == 2


def test_the_desk_reads_what_became_of_outside_filings(house: House) -> None:
    number = told_case(house)
    person = house.complainant(number)
    asked = {"own_use": "yes", "handled_elsewhere": "no"}
    house.do(answer_questions(house.world, actor=person, number=number, answers=asked))
    filed = open_filing(
        house.world,
        actor=person,
        number=number,
        channel="s3.ch.samr",
        filed_at=house.clock.now(),
        receipt_no="GZ-77",
        warned=False,
    )
    house.do(filed)
    card = at_desk(account(Role.agent)).get(f"/desk/c/{number}").content.decode().split('id="filings"')[1]
    assert "已提交，等回音" in card and "等到" in card.split("</section>")[0]
    said: Any = {
        "filing": "f1",
        "state": FilingState.not_admitted,
        "receipt_no": "",
        "answer": "商家不在本地",
    }
    house.do(update_filing(house.world, actor=person, number=number, **said))
    card = at_desk(account(Role.owner)).get(f"/desk/c/{number}").content.decode().split('id="filings"')[1]
    card = card.split("</section>")[0]
    assert all(word in card for word in ("GZ-77", "不受理", "商家不在本地")) and "等到" not in card
