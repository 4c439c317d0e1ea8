# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The page of programs: an owner gives and ends tokens, says where events go, and reads what came of them."""

import re
from dataclasses import replace
from typing import Any

import pytest

from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import perform
from recourse.core.actor import Role
from recourse.gateways.webhook import WebhookSender
from recourse.store.models import ApiToken, WebhookDelivery, WebhookEndpoint
from tests.api.program import Program
from tests.api.receiver import receiving
from tests.desk.desk_people import account, at_desk
from tests.portal.person import wire
from tests.store.house import House


def shown(answer: Any) -> str:
    """The page."""
    return str(answer.content.decode())


def test_an_owner_makes_a_token_sees_it_once_and_ends_it(house: House) -> None:
    owner = at_desk(account(Role.owner))
    sent = {"name": "订单系统", "scope": ["cases:read"], "seat": "agent", "days": "90"}
    page = shown(owner.post("/desk/programs/do/add-token", sent))
    word = re.search(r'<code id="word">(rcs_[\w-]+)</code>', page)
    assert word is not None
    assert Program(word[1]).get("cases").status_code == 200
    later = shown(owner.get("/desk/programs"))
    assert word[1] not in later and "订单系统" in later and "有效" in later and "赵负责" in later
    token = ApiToken.objects.get().public_id
    assert owner.post("/desk/programs/do/revoke-token", {"token": token}).status_code == 302
    assert Program(word[1]).get("cases").status_code == 401
    assert "已停用" in shown(owner.get("/desk/programs"))


def test_what_is_wrong_comes_back_beside_its_field(house: House) -> None:
    owner = at_desk(account(Role.owner))
    answer = owner.post("/desk/programs/do/add-token", {"name": "订单系统", "days": "7"})
    page = shown(answer)
    assert answer.status_code == 422 and 'value="订单系统"' in page and "请至少选一种权限" in page
    assert ApiToken.objects.count() == 0
    answer = owner.post("/desk/programs/do/add-endpoint", {"url": "ftp://x", "kind": "case.eaten"})
    assert (
        answer.status_code == 422
        and "这个地址不能用来接收" in shown(answer)
        and "case.eaten" in shown(answer)
    )


def test_an_endpoint_is_added_tried_read_of_rotated_and_removed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.world = replace(house.world, hooks=WebhookSender(private=True))
    wire(house, monkeypatch)
    owner = at_desk(account(Role.owner))
    with receiving() as receiver:
        page = shown(owner.post("/desk/programs/do/add-endpoint", {"url": receiver.url, "about": "订单系统"}))
        secret = re.search(r'<code id="secret">(whsec_[^<]+)</code>', page)
        assert secret is not None and secret[1] not in shown(owner.get("/desk/programs"))
        endpoint = WebhookEndpoint.objects.get().public_id
        receiver.answers[:] = [500]
        owner.post("/desk/programs/do/test", {"endpoint": endpoint})
        perform(run_jobs(house.world))
        page = shown(owner.get("/desk/programs"))
        assert "webhook.test" in page and "在路上" in page and "500" in page
        house.clock.ahead(minutes=1)
        perform(run_jobs(house.world))
        assert "已送达" in shown(owner.get("/desk/programs"))
        assert receiver.verified(secret[1])["type"] == "webhook.test"
        delivery = WebhookDelivery.objects.get().public_id
        owner.post("/desk/programs/do/resend", {"delivery": delivery})
        perform(run_jobs(house.world))
        assert len(receiver.came) == 3
    page = shown(owner.post("/desk/programs/do/rotate", {"endpoint": endpoint}))
    assert "whsec_" in page and "新旧密钥都签到" in page
    owner.post("/desk/programs/do/remove", {"endpoint": endpoint})
    assert "还没有接收地址" in shown(owner.get("/desk/programs"))


@pytest.mark.parametrize("role", [Role.agent, Role.neutral, Role.auditor])
def test_it_is_for_owners_alone(house: House, role: Role) -> None:
    somebody = at_desk(account(role))
    assert somebody.get("/desk/programs").status_code == 404
    sent = {"name": "x", "scope": ["cases:read"], "days": "90"}
    assert somebody.post("/desk/programs/do/add-token", sent).status_code == 404
    assert ApiToken.objects.count() == 0
    assert "/desk/programs" not in shown(somebody.get("/desk/"))


def test_another_operator_s_owner_sees_and_ends_nothing_here(house: House) -> None:
    from tests.api.program import FOREIGN, foreign_program, program

    mine = program(house)
    foreign_program(house)
    stranger = at_desk(account(Role.owner, operator=FOREIGN))
    assert mine.id not in shown(stranger.get("/desk/programs"))
    answer = stranger.post("/desk/programs/do/revoke-token", {"token": mine.id})
    assert answer.status_code == 422 and mine.get("token").status_code == 200


def test_both_languages(house: House) -> None:
    owner = at_desk(account(Role.owner))
    page = shown(owner.get("/desk/programs?lang=en"))
    for words in ("Programs", "Make a token", "Where events are sent", "Delivery log", "No endpoint yet."):
        assert words in page, words
