# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The door: a living token and nothing else; scopes; seats; limits; refusals that all look alike."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from recourse.actions.add_token import add_token, revoke_token
from recourse.actions.story import perform
from recourse.api import door
from recourse.core.actor import Role
from recourse.core.problem import Problems
from recourse.store.models import ApiToken, Staff
from tests.api.program import ALL, Program, complaint, foreign_program, keys_of, owner, program
from tests.desk.desk_people import account, actor_of
from tests.store.house import House

DEAD = {
    "none": {},
    "basic": {"Authorization": "Basic eDp5"},
    "made up": {"Authorization": "Bearer rcs_nothing"},
}


@pytest.mark.parametrize("headers", DEAD.values(), ids=DEAD)
def test_without_a_living_token_nothing_opens(house: House, headers: dict[str, str]) -> None:
    answer = Client().get("/api/v1/cases", headers=headers)
    assert answer.status_code == 401 and keys_of(answer) == ["token_missing"]
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_cookie_of_ours_opens_nothing_even_beside_a_token(house: House, owner_program: Program) -> None:
    alone = Client()
    alone.cookies["session"] = "anything"
    assert alone.get("/api/v1/cases").status_code == 401
    owner_program.client.cookies["session"] = "anything"
    answer = owner_program.get("cases")
    assert answer.status_code == 401 and keys_of(answer) == ["token_missing"]


def test_revoked_and_expired_tokens_answer_like_unknown_ones(house: House, owner_program: Program) -> None:
    assert owner_program.get("cases").status_code == 200
    assert perform(revoke_token(house.world, actor=owner(), token=owner_program.id)) is None
    revoked = owner_program.get("cases")
    late = program(house)
    house.clock.ahead(days=91)
    expired, unknown = late.get("cases"), Program("rcs_nothing").get("cases")
    assert revoked.status_code == expired.status_code == unknown.status_code == 401
    assert revoked.content == expired.content == unknown.content


def test_only_a_digest_of_a_token_is_kept(house: House, owner_program: Program) -> None:
    row = ApiToken.objects.get(public_id=owner_program.id)
    kept = " ".join(str(value) for value in vars(row).values())
    assert owner_program.word not in kept and len(row.digest) == 64
    assert owner_program.word.startswith(row.shown)


def test_tokens_are_given_and_taken_by_owners_of_the_same_house(house: House) -> None:
    agent = house.staff(Role.agent)
    refused = perform(add_token(house.world, actor=agent, name="x", scopes=["cases:read"]))
    assert isinstance(refused, Problems) and refused.keys() == ("not_allowed",)
    mine = program(house)
    foreign_program(house)
    refused = perform(revoke_token(house.world, actor=owner("elsewhere"), token=mine.id))
    assert isinstance(refused, Problems) and refused.keys() == ("token_not_found",)
    assert mine.get("cases").status_code == 200


def test_what_is_wrong_with_a_new_token_is_told_at_once(house: House) -> None:
    refused = perform(
        add_token(house.world, actor=owner(), name="", scopes=["cases:eat"], seat="neutral", days=7)
    )
    assert isinstance(refused, Problems)
    assert refused.keys() == ("name_missing", "scope_unknown", "seat_unknown", "life_unknown")


@pytest.mark.parametrize(
    ("scopes", "path", "body"),
    [
        (("cases:file",), "GET cases", None),
        (("cases:read",), "cases", complaint()),
        (("cases:read",), "cases/bulk", {"complaints": [complaint()]}),
        (("cases:read",), "cases/{number}/message", {"text": "x"}),
        (("cases:read",), "register", {"platform": "kuaishou-shop", "merchants": [{"name": "店"}]}),
    ],
)
def test_a_scope_that_a_token_lacks_is_named(
    house: House, scopes: tuple[str, ...], path: str, body: object
) -> None:
    number = house.served()
    mine = program(house, scopes=scopes)
    if path.startswith("GET "):
        answer = mine.get(path.removeprefix("GET "))
    else:
        answer = mine.post(path.format(number=number), body)
    assert answer.status_code == 403 and keys_of(answer) == ["scope_missing"]


def test_a_token_without_a_seat_acts_for_others_alone(house: House) -> None:
    number = house.served()
    mine = program(house, seat="", scopes=("cases:read", "parties:act"))
    answer = mine.get(f"cases/{number}")
    assert answer.status_code == 403 and keys_of(answer) == ["seat_missing"]
    assert mine.read(f"cases/{number}", acts_for="complainant")["number"] == number


def test_who_knocks_too_often_waits(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PER_TOKEN", (2, timedelta(minutes=1)))
    monkeypatch.setattr(door, "PER_STRANGER", (2, timedelta(minutes=1)))
    mine, other, stranger = program(house), program(house), Program("rcs_nothing")
    assert [mine.get("token").status_code for _ in range(3)] == [200, 200, 429]
    assert [stranger.get("token").status_code for _ in range(3)] == [401, 401, 429]
    assert other.get("token").status_code == 200, "one token does not use up what is another's"
    limited = mine.get("token")
    assert limited["Retry-After"] == "60" and keys_of(limited) == ["too_many_requests"]
    house.clock.ahead(minutes=1)
    assert mine.get("token").status_code == 200


def test_what_is_not_there_answers_as_json(house: House, owner_program: Program) -> None:
    for path in ("", "nothing", "cases/x/y/z"):
        answer = owner_program.get(path)
        assert answer.status_code == 404 and keys_of(answer) == ["not_found"], path
    answer = owner_program.client.delete("/api/v1/cases", headers=owner_program.headers())
    assert answer.status_code == 405 and keys_of(answer) == ["method_unknown"]
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_the_document_is_open_to_everybody(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200 and answer.json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "agent"}])
def test_a_token_lives_no_longer_than_its_maker_is_an_owner(house: House, change: dict[str, Any]) -> None:
    boss = account(Role.owner)
    made = perform(add_token(house.world, actor=actor_of(boss), name="仓库", scopes=ALL, seat="agent"))
    assert not isinstance(made, Problems)
    mine, by_hand = Program(made.word), program(house)
    assert mine.get("cases").status_code == 200
    Staff.objects.filter(pk=boss.pk).update(**change)
    assert mine.get("cases").status_code == 401
    assert by_hand.get("cases").status_code == 200, "made on the machine: nobody's account stands behind it"
    Staff.objects.filter(pk=boss.pk).update(is_active=True, role="owner")
    assert mine.get("cases").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["cases/a%00b", "cases/1%00/file", "nowhere%00", "cases?stage=%00", "webhooks/deliveries?endpoint=a%00"],
)
def test_a_nul_in_an_address_is_refused_like_everything_else(
    house: House, owner_program: Program, path: str
) -> None:
    answer = owner_program.client.get(f"/api/v1/{path}", headers=owner_program.headers())
    assert answer.status_code == 400 and answer["Content-Type"] == "application/json" and keys_of(answer)


def test_a_strange_host_is_told_in_json(house: House, settings: Any, owner_program: Program) -> None:
    settings.ALLOWED_HOSTS = ["odr.example.cn"]
    answer = owner_program.client.get(
        "/api/v1/cases", headers=owner_program.headers() | {"Host": "elsewhere.example"}
    )
    assert answer.status_code == 400 and keys_of(answer) == ["not_understood"]
