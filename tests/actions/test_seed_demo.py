# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The demonstration plays through at any hour of any day, once, and every story stands where it says."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from recourse.actions.demo.script import dated, load_script
from recourse.actions.demo.timeline import StoryClock, told_by
from recourse.actions.seed_demo import seed_demo
from recourse.core.actor import system
from recourse.core.calendar import CHINA
from recourse.core.problem import Problems
from recourse.store.chain import broken_at
from recourse.store.models import CaseRow, Staff
from recourse.webkit.world import world

pytestmark = pytest.mark.django_db(transaction=True)

# A weekday noon, deep night, a Sunday, the middle of the Spring Festival, the first minutes of a year.
MOMENTS = (
    datetime(2026, 11, 24, 12, 0, tzinfo=CHINA),
    datetime(2026, 11, 22, 3, 30, tzinfo=CHINA),
    datetime(2026, 2, 18, 21, 59, tzinfo=CHINA),
    datetime(2027, 1, 1, 0, 5, tzinfo=CHINA),
)


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_every_story_stands_where_it_says(moment: datetime):
    stage = told_by(world(), StoryClock(moment))
    signs = seed_demo(stage)
    assert not isinstance(signs, Problems), [(i.field, i.message.en) for i in signs.items]
    by_title = {row.title: row for row in CaseRow.objects.all()}
    assert len(by_title) == 17
    assert all(row.filed_at <= moment for row in by_title.values())
    assert by_title["加厚羽绒服"].whose_move == "respondent"
    assert timedelta(hours=12) < by_title["加厚羽绒服"].next_due_at - moment < timedelta(hours=48)
    assert by_title["破壁豆浆机"].whose_move == "complainant"
    assert by_title["羊绒围巾"].stage == "implementing"
    assert by_title["祛斑面霜两瓶装"].stage == "adjudicating"
    assert by_title["口红礼盒"].outcome == "settled"
    assert (
        by_title["限定徽章套装"].stage == "negotiating"
        and by_title["限定徽章套装"].whose_move == "respondent"
    )
    assert by_title["手工毛绒玩偶"].whose_move == "complainant"
    assert by_title["签名画册"].rung == "platform_decision"
    assert by_title["儿童自行车"].rung_outside and by_title["儿童自行车"].operator == "none"
    voided = by_title["转账1314元"]
    assert voided.stage == "implementing" and voided.whose_move == "complainant"
    blocked = by_title["护肤礼盒"]
    assert (blocked.stage, blocked.outcome, blocked.rung) == ("adjudicating", "decided", "negotiate")
    assert by_title["蓝牙耳机"].rung == "host_platform" and by_title["蓝牙耳机"].rung_outside
    card = by_title["某游戏点卡100元"]
    assert card.stage == "adjudicating"
    opened = world().cases.open(system("liyun-demo"), card.number)
    assert opened is not None and opened.case.decision is not None
    assert opened.case.decision.by_default and opened.case.replies[0].kind == "holding"
    assert by_title["蓝牙音箱"].outcome == "settled" and by_title["蓝牙音箱"].stage == "closed"
    assert by_title["2000积分"].stage == "implementing" and by_title["2000积分"].whose_move == "complainant"
    assert by_title["降噪耳机"].stage == "implementing" and by_title["降噪耳机"].whose_move == "complainant"
    assert all(broken_at(system(row.operator), row.number) is None for row in by_title.values())


def test_seeding_twice_plays_once_and_prints_the_same_sign_ins():
    first = seed_demo(world())
    assert not isinstance(first, Problems)
    assert seed_demo(world()) == first
    assert CaseRow.objects.count() == 17
    staff = next(item for item in first if item.name == "ks-neutral")
    assert Staff.objects.get(username="ks-neutral").check_password(staff.password)
    assert {item.seat for item in first} >= {
        "complainant",
        "respondent",
        "agent",
        "neutral",
        "owner",
        "auditor",
    }


def test_a_story_that_the_rules_refuse_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch):
    from recourse.actions import seed_demo as module

    script = load_script(world().clock.now())
    assert not isinstance(script, Problems)
    spoilt = replace(script, complaints={**script.complaints, "draw_late": {"platform": "lofter-draw"}})
    monkeypatch.setattr(module, "load_script", lambda _now: spoilt)
    refused = seed_demo(world())
    assert isinstance(refused, Problems)
    assert not CaseRow.objects.exists() and not Staff.objects.exists()


def test_days_are_written_from_today():
    now = datetime(2026, 3, 1, 9, 0, tzinfo=CHINA)
    assert dated({"a": ["{iso -1}", "{day 2}买的", 3]}, now=now) == {"a": ["2026-02-28", "3月3日买的", 3]}
