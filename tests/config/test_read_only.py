# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""While the database is behind what was signed: pages, API and deeds refuse to write with one message, and can be read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from recourse.actions.declare_gap import Declared, declare_gap
from recourse.actions.keep_log import keep_log
from recourse.actions.post_message import post_message
from recourse.actions.rotate_key import rotate_key
from recourse.actions.story import perform
from recourse.core.checkpoint.declaration import is_rotation
from recourse.core.checkpoint.policy import judge_checkpoint
from recourse.core.port import ReadOnly
from recourse.core.problem import Problems
from recourse.gateways.rule_files import current_calendar
from recourse.gateways.signature import verify
from recourse.queries import guard
from recourse.queries.check_log import check_log
from recourse.store import log_leaves, rows
from recourse.store.append_only import LOG_REMOVE
from recourse.store.book import Cases
from recourse.store.codec import plain_json
from recourse.store.models import LogLeaf
from tests.portal.person import wire
from tests.store.house import House, build_house
from tests.store.log_house import with_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[House]:
    """A house with a log and with its gate, behind the fronts."""
    made = build_house(tmp_path)
    world, _ = with_log(made, tmp_path, monkeypatch)
    cases = Cases(
        register=world.register,  # type: ignore[arg-type]
        calendar=current_calendar,
        closed=lambda: guard.closed(made.world),
    )
    made.world = replace(world, cases=cases)
    wire(made, monkeypatch)
    guard.look_again()
    yield made
    guard.look_again()
    log_leaves.forget_origin()


def lose(count: int) -> None:
    """What an old backup does: the newest leaves were never written, and nobody remembers."""
    with connection.cursor() as cursor:
        for statement in LOG_REMOVE[connection.vendor]:
            cursor.execute(statement)
    size = LogLeaf.objects.filter(position__isnull=False).count()
    rows.change("DELETE FROM store_log_leaf WHERE position >= %s", [size - count])
    rows.change("DELETE FROM store_log_checkpoint", [])
    rows.change("DELETE FROM store_log_cosignature", [])
    guard.look_again()


def test_every_door_refuses_to_write_and_lets_read(house: House) -> None:
    number = house.served()
    perform(keep_log(house.world))
    assert guard.closed(house.world) is None
    lose(1)
    client = Client()
    page = client.get("/")
    assert page.status_code == 200 and "现在只能看，不能写" in page.content.decode()
    assert "Reading only" in client.get("/", headers={"Accept-Language": "en"}).content.decode()
    for path in ("/file/kuaishou-shop/story", "/filed/1", f"/c/{number}/do/message", "/r/answer"):
        answer = client.post(path)
        assert answer.status_code == 503 and "只能看" in answer.content.decode(), path
        assert answer["Retry-After"]
    answer = client.post("/api/v1/cases", data="{}", content_type="application/json")
    assert answer.status_code == 503
    (problem,) = answer.json()["problems"]
    assert problem["key"] == "read_only" and problem["do"]["zh"] and "backup" in problem["message"]["en"]
    # No code would arrive: nothing is sent either.
    assert client.post("/sign-in", {"contact": "xiaoming@example.cn"}).status_code == 503
    with pytest.raises(ReadOnly):
        perform(post_message(house.world, actor=house.complainant(number), number=number, text="在吗"))


def test_a_declaration_names_what_is_lost_and_opens_the_house(house: House) -> None:
    number = house.served()
    perform(keep_log(house.world))
    lose(2)
    log = house.world.log
    assert log is not None and house.world.notary is not None
    held = log.size()
    assert isinstance(perform(declare_gap(house.world, by=" ", reason="x")), Problems)
    done = perform(declare_gap(house.world, by="王负责人", reason="硬盘坏了"))
    assert isinstance(done, Declared)
    assert (done.gap.held.size, done.gap.lost, done.kept.signed, done.kept.witnesses) == (held, 2, True, 1)
    leaf = LogLeaf.objects.get(kind="gap")
    declaration = plain_json(leaf.data)["declaration"]
    assert (declaration["by"], declaration["reason"], declaration["held"]["size"]) == (
        "王负责人",
        "硬盘坏了",
        held,
    )
    assert declaration["seen"]["size"] == held + 2 and declaration["signature"].startswith("— ")
    assert leaf.position == held and log.origin() == declaration["origin"] == done.origin
    guard.look_again()
    assert guard.closed(house.world) is None
    house.do(post_message(house.world, actor=house.complainant(number), number=number, text="在吗"))
    assert perform(keep_log(house.world)).witnesses == 1
    opened = house.world.cases.open(house.staff(), number)
    assert opened is not None
    # What was promised before the gap was promised to the log of that name.
    names = [leaf.origin for leaf in log.leaves_of(opened.case.id)]
    assert names[0] == log.origins()[0] and names[-1] == done.origin and len(set(names)) == 2
    assert isinstance(perform(declare_gap(house.world, by="王", reason="再来")), Problems)


def test_an_altered_log_of_the_same_length_closes_the_house_too(house: House) -> None:
    house.served()
    perform(keep_log(house.world))
    lose(0)
    rows.change("UPDATE store_log_leaf SET hash = %s WHERE position = 0", [b"\x00" * 32])
    guard.look_again()
    found = guard.closed(house.world)
    assert found is not None and "不一样" in found.items[0].message.zh


def test_after_a_change_of_key_old_proofs_verify_and_the_log_says_who_signed_it(house: House) -> None:
    house.served()
    perform(keep_log(house.world))
    log, notary = house.world.log, house.world.notary
    assert log is not None and notary is not None
    before = log.latest()
    assert before is not None
    kept = perform(rotate_key(house.world, by="王负责人"))
    assert not isinstance(kept, Problems) and (kept.signed, kept.witnesses) == (True, 1)
    policy = notary.policy(log.origin())
    assert policy is not None and len(policy.log) == 2
    for checkpoint in (before, log.latest()):
        assert checkpoint is not None
        judged = judge_checkpoint(checkpoint.note, policy, verify=verify)
        assert judged.log and judged.quorum and not judged.false_names
    keys = plain_json(LogLeaf.objects.get(kind="rotation").data)["keys"]
    assert is_rotation(keys, verify=verify)
    assert not is_rotation({**keys, "by": "another"}, verify=verify)
    assert not is_rotation({**keys, "signatures": keys["signatures"][::-1]}, verify=verify)
    assert check_log(house.world) == []
