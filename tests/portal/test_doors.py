# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case filed without answers: the papers page asks before it names doors and letters that may not fit."""

from recourse.actions.prove_contact import prove_contact
from recourse.core.actor import Actor, Role, Via
from tests.portal.person import Person
from tests.portal.test_case_pages import text


def filed_by_a_program(person: Person) -> str:
    """A complaint of somebody nobody asked anything, on the step of 12315."""
    house = person.house
    person.alone()
    by, owner = (
        Actor(id_, role, "none", Via.api) for id_, role in (("p1", Role.complainant), ("o1", Role.owner))
    )
    number = house.file(by=by)
    house.do(prove_contact(house.world, actor=owner, number=number, method="vouched"))
    person.sign_in()
    for step in range(3):
        assert person.post(f"/c/{number}/do/escalate", {"key": f"up{step}"}).status_code == 302
    return number


def test_what_decides_about_a_door_is_asked_before_the_door_is_offered(person: Person) -> None:
    number = filed_by_a_program(person)
    page = text(person.get(f"/c/{number}/papers"))
    assert 'id="unsettled"' in page and "是买来自己或家人用的吗" in page and "已经受理这件事了吗" in page
    assert 'id="door-s3.ch.samr"' not in page and 'id="letter-packet_12315"' not in page
    filing = {"key": "f", "channel": "s3.ch.samr", "filed_at": "2026-09-21T09:00"}
    refused = person.post(f"/c/{number}/do/open-filing", filing)
    assert refused.status_code == 422 and "还不知道全国12315平台（投诉）收不收这件事" in text(refused)
    empty = person.post(f"/c/{number}/do/answer-questions", {"key": "e"})
    assert empty.status_code == 422 and "请选一个回答" in text(empty)
    answers = {"key": "a", "ask-own_use": "yes", "ask-handled_elsewhere": "no"}
    assert person.post(f"/c/{number}/do/answer-questions", answers).status_code == 302
    page = text(person.get(f"/c/{number}/papers"))
    assert 'id="unsettled"' not in page
    assert 'id="door-s3.ch.samr"' in page and 'id="letter-packet_12315"' in page
    assert person.post(f"/c/{number}/do/open-filing", {**filing, "key": "g"}).status_code == 302
    assert "补答了2个问题" in text(person.get(f"/c/{number}/record"))


def test_an_answer_that_shuts_the_doors_leaves_none(person: Person) -> None:
    number = filed_by_a_program(person)
    answers = {"key": "a", "ask-own_use": "no"}
    assert person.post(f"/c/{number}/do/answer-questions", answers).status_code == 302
    page = text(person.get(f"/c/{number}/papers"))
    assert 'id="unsettled"' not in page and 'id="door-s3.ch.samr"' not in page
