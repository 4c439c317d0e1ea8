# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse token`: made, listed, ended; the word appears once."""

import pytest

from recourse.core.problem import refuse

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_token_is_made_listed_and_ended(run):
    made = run(*("token", "add", "订单系统", "--scope", "cases:read", "--seat", "agent", "--json"))
    assert made.code == 0 and made.json["token"].startswith(made.json["begins"])
    listed = run("token", "list", "--json")
    assert [item["id"] for item in listed.json["tokens"]] == [made.json["id"]]
    assert made.json["token"] not in listed.out and "订单系统" in run("token", "list").out
    assert run("token", "revoke", made.json["id"]).code == 0
    again = run("token", "revoke", made.json["id"], "--json")
    assert again.code == 1 and again.keys == ["token_not_found"]
    assert "已停用" in run("token", "list").out


def test_an_unknown_scope_and_an_unknown_house_are_refused(run):
    ran = run("token", "add", "x", "--scope", "cases:eat", "--json")
    assert ran.code == 1 and ran.keys == ["scope_unknown"]
    ran = run("token", "add", "x", "--scope", "cases:read", "--operator", "nobody", "--json")
    assert ran.keys == ["unknown_operator"]


def test_words_for_people(run):
    made = run("token", "add", "x", "--scope", "cases:read")
    assert made.code == 0 and "rcs_" in made.out and "只显示这一次" in made.out


def test_nothing_is_made_or_ended_while_the_house_is_closed(run, monkeypatch):
    made = run("token", "add", "x", "--scope", "cases:read", "--json")
    listed = run("token", "list", "--json").json
    shut = refuse("read_only", zh="只能看。", en="Reading only.", do_zh="等。", do_en="Wait.")
    monkeypatch.setattr("recourse.queries.guard.closed", lambda _: shut)
    for words in (("add", "y", "--scope", "cases:read"), ("revoke", made.json["id"])):
        ran = run("token", *words, "--json")
        assert ran.code == 1 and ran.keys == ["read_only"]
    assert run("token", "list", "--json").json == listed
