# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Setting up: operators, staff, merchants; and the check of an installation."""

import io
from pathlib import Path

import pytest

from recourse.store.models import Operator, RegisterContact, Staff
from recourse.store.operators import operated_rungs

pytestmark = pytest.mark.django_db(transaction=True)

MERCHANTS = """\
platform: kuaishou-shop
merchants:
  - name: 暖冬服饰
    credit_code: 91330100MA27XXXX0K
    contacts: [kefu@nuandong.example.cn]
    order_prefixes: ["KS71"]
  - {name: 厨小满, accepts_defaults: true}
"""


def test_migrate_and_doctor(run, settings):
    assert run("migrate").code == 0
    ran = run("doctor", "--json")
    assert ran.code == 0 and len(ran.json["checked"]) >= 4
    settings.RECOURSE_DEMO, settings.RECOURSE_MAIL_URL = False, ""
    assert run("doctor", "--json").keys == ["mail_not_configured"]
    assert "✗" in run("doctor").out


def test_an_operator_is_made_and_changed_and_its_rungs_hold_from_then_on(run):
    from recourse.webkit.world import world

    made = run(
        *("operator", "set", "shop", "--name-zh", "演示", "--name-en", "Demo", "--kind", "platform"),
        *("--operates", "kuaishou-shop=negotiate,platform_decision", "--hours", "09:00-18:00", "--json"),
    )
    assert made.code == 0
    assert operated_rungs("shop", "kuaishou-shop", on=world().clock.now()) == (
        "negotiate",
        "platform_decision",
    )
    assert run("operator", "set", "shop", "--operates", "kuaishou-shop=").code == 0
    assert operated_rungs("shop", "kuaishou-shop", on=world().clock.now()) == ()
    assert Operator.objects.get(slug="shop").name_zh == "演示"


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("Bad Name",), "slug_not_understood"),
        (("shop", "--operates", "kuaishou-shop"), "operates_not_understood"),
        (("shop", "--operates", "kuaishou-shop=court"), "rung_cannot_be_operated"),
        (("shop", "--operates", "nowhere=negotiate"), "unknown_platform"),
        (("shop", "--hours", "18-9"), "hours_not_understood"),
    ],
)
def test_an_operator_that_makes_no_sense_is_refused(run, arguments, key):
    ran = run("operator", "set", *arguments, "--json")
    assert ran.code == 1 and key in ran.keys
    assert not Operator.objects.exclude(slug="local").exists()


def test_a_staff_account_is_made_once_with_a_password_shown_once(run, monkeypatch):
    made = run("user", "add", "li.na", "--role", "agent", "--json")
    assert made.code == 0 and len(made.json["password"]) >= 12
    assert Staff.objects.get(username="li.na").check_password(made.json["password"])
    assert run("user", "add", "li.na", "--role", "neutral", "--json").keys == ["name_taken"]
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    weak = run("user", "add", "wang", "--role", "owner", "--password-stdin", "--json")
    assert weak.keys == ["password_too_weak"]
    assert run("user", "add", "a b", "--role", "owner", "--json").keys == ["name_not_understood"]
    assert run("user", "add", "x", "--role", "owner", "--operator", "no", "--json").keys == [
        "unknown_operator"
    ]


def test_merchants_are_registered_and_brought_up_to_date(run, tmp_path: Path):
    path = tmp_path / "merchants.yaml"
    path.write_text(MERCHANTS, encoding="utf-8")
    first = run("merchant", "import", path, "--json")
    assert first.code == 0 and [item["name"] for item in first.json["merchants"]] == ["暖冬服饰", "厨小满"]
    assert run("merchant", "import", path, "--json").json == first.json
    assert RegisterContact.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "key", "place"),
    [
        ("kefu@nuandong.example.cn", "kefu", "contact_not_understood", "merchants.yaml:5"),
        ("kuaishou-shop", "nowhere", "unknown_platform", "platform"),
        ("厨小满", "暖冬服饰", "listed_twice", "merchants.yaml:7"),
        ("91330100MA27XXXX0K", "123", "", "merchants.yaml:4"),
        ("merchants:", "shops:", "", "merchants.yaml"),
    ],
)
def test_a_list_with_mistakes_registers_nobody(run, tmp_path: Path, before, after, key, place):
    path = tmp_path / "merchants.yaml"
    path.write_text(MERCHANTS.replace(before, after), encoding="utf-8")
    ran = run("merchant", "import", path, "--json")
    assert ran.code == 1 and (not key or key in ran.keys)
    assert any(item["field"].startswith(place) for item in ran.json["problems"])
    assert not RegisterContact.objects.exists()
    assert run("merchant", "import", tmp_path / "absent", "--json").keys == ["unreadable_file"]
