# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A win declared void: condition by condition, a chat that is not mine, ten draws by different people, and the prize."""

import pytest
from playwright.sync_api import expect

from recourse.core.actor import Role
from recourse.core.address import Address
from recourse.core.record import ImportedRecord
from recourse.store import operators, register
from recourse.store.records import import_records
from recourse.store.register import Entry
from tests.journeys import desk_pages as desk
from tests.journeys import pages
from tests.journeys import respondent_pages as organiser
from tests.journeys.seats import DESK, NO_SCRIPT, PHONE, Seats
from tests.portal.person import last_code
from tests.store.house import OPERATOR, START
from tests.store.test_repeats import DRAWS, PLATFORM, complain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ORGANISER_MAIL = "organiser@example.cn"
WIN = {
    "platform": PLATFORM,
    "answers": {"发起人是哪一种？": "公众号", "参加这次抽奖，买了东西或付了钱吗？": "没有"},
    "story": "9月18日在抽奖小程序里抽到转账1314元，去问发起人，他却说作废了。我按要求转发了、关注了公众号，到现在也没删。",
    "problem": "抽中后被说作废",
    "respondent": "好运来优选",
    "record": {
        "抽奖编号": DRAWS[0],
        "奖品": "转账1314元",
        "中奖编号或奖项": "一等奖",
        "奖金或奖品价值": "1314.00",
        "开奖日期": "2026-09-18",
    },
    "demand": "付给我奖金或等值的钱",
    "contact": "xiaoming@example.cn",
    "name": "王小明",
}
CONDITIONS = (
    {
        "text": "转发到朋友圈并保留到开奖",
        "state": "have",
        "met_on": "2026-09-17",
        "proof": "朋友圈截图，有时间",
    },
    {"text": "关注公众号", "state": "have_not", "met_on": "2026-09-17"},
    {"text": "集满20个赞", "announced": "after_win"},
)
BLOCKED = {
    **WIN,
    "answers": {"发起人是哪一种？": "商家、机构", "参加这次抽奖，买了东西或付了钱吗？": "没有"},
    "story": "9月18日抽中护肤礼盒，中奖后加好友领取，给了发货地址后就被拉黑，消息被拒收。",
    "problem": "给了地址后被拉黑",
    "record": {
        "抽奖编号": DRAWS[1],
        "奖品": "护肤礼盒",
        "中奖编号或奖项": "三等奖",
        "开奖日期": "2026-09-18",
    },
    "demand": "把奖品发给我",
}


def runs_lotteries(*, accepts_defaults: bool = False, rungs: tuple[str, ...] | None = None) -> None:
    """Let the operator run the rungs of draws, with one registered organiser and its twelve draws on record."""
    operated = ("negotiate", "operator_support", "platform_decision") if rungs is None else rungs
    operators.set_operated_rungs(OPERATOR, PLATFORM, operated, valid_from=START, by="test")
    entry = Entry(
        "好运来优选", contacts=(Address("mail", ORGANISER_MAIL),), accepts_defaults=accepts_defaults
    )
    found = register.add_respondent(OPERATOR, PLATFORM, entry, now=START)
    import_records(OPERATOR, PLATFORM, [ImportedRecord("draw", id_, found) for id_ in DRAWS], now=START)


def test_lottery_voided(seats: Seats, picture: str) -> None:
    runs_lotteries()
    a_brigade_of_one(seats)
    number = filed_with_its_conditions(seats, picture)
    one_person_is_no_pattern(seats, number)
    refused_with_a_chat(seats, number, picture)
    accounts_side_by_side(seats, number)
    proof_is_added_later(seats, number, picture)
    ten_draws_by_different_people(seats, number)
    decided_paid_and_confirmed(seats, number)


def a_brigade_of_one(seats: Seats) -> None:
    """One person complains of ten draws of the organiser."""
    for draw in DRAWS[:10]:
        complain(seats.house, draw, "brigade")


def filed_with_its_conditions(seats: Seats, picture: str) -> str:
    """The table is filled in on the way, and a condition without proof stops nobody."""
    me = seats.complainant
    files = {"win_or_redeem_screen": picture, "product_or_event_page_snapshot": picture}
    number = pages.file_complaint(me, WIN, files=files, conditions=CONDITIONS, look=seats.look)
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到发起人"
    table = me.locator("#conditions")
    for words in ("转发到朋友圈", "有证明", "关注公众号", "没有证明", "集满20个赞", "中奖后才说的"):
        expect(table).to_contain_text(words)
    seats.look(me, "9-case")
    return number


def one_person_is_no_pattern(seats: Seats, number: str) -> None:
    """Ten draws complained of by one person are told to nobody."""
    agent = seats.staff(Role.agent)
    desk.open_case(agent, number)
    expect(agent.locator("#conditions")).to_contain_text("集满20个赞")
    expect(agent.locator("#repeats")).to_have_count(0)


def refused_with_a_chat(seats: Seats, number: str, picture: str) -> None:
    """The organiser reads the table, refuses, and shows a chat said to be the winner's."""
    shop = seats.merchant(number, address=ORGANISER_MAIL)
    organiser.open_case(shop, number)
    expect(shop.locator("#conditions")).to_contain_text("关注公众号")
    expect(shop.locator("#repeats")).to_have_count(0)
    organiser.refuse(shop, "没集满赞，作废了；他还骂我。")
    organiser.open_case(shop, number)
    pages.show_account(shop, "我交的聊天截图", "王小明")
    seats.look(shop, "10-organiser")


def accounts_side_by_side(seats: Seats, number: str) -> None:
    """The ids are set side by side; what they let one say is said, and no more."""
    me = seats.complainant
    pages.open_case(me, number, "evidence")
    expect(me.locator("#accounts")).to_contain_text("我交的聊天截图")
    pages.show_account(me, "我手机上的资料页", "王小明", "wx_xiaoming88")
    accounts = me.locator("#accounts")
    expect(accounts).to_contain_text("认不出是不是同一个人")
    expect(accounts).to_contain_text("不判断聊天是真是假")
    seats.look(me, "11-accounts")


def proof_is_added_later(seats: Seats, number: str, picture: str) -> None:
    """What lacked proof gets it, with the exhibit's number, and the refusal is quoted."""
    me = seats.complainant
    pages.add_exhibit(me, number, "participation_or_task_proof", picture)
    pages.open_case(me, number, "evidence")
    me.locator("#edit-conditions > summary").click()
    better = [{}, {"state": "have", "proof": "公众号资料页", "exhibits": "3"}]
    pages.list_conditions(me, better, refusal="活动结束了，作废", on="2026-09-20")
    seats.look(me, "12-editing")
    me.get_by_role("button", name="保存核对表").click()
    table = me.locator("#conditions")
    expect(table).not_to_contain_text("没有证明")
    expect(table).to_contain_text("证据3")
    expect(table).to_contain_text("活动结束了，作废")
    expect(table).to_contain_text("没集满赞，作废了；他还骂我。")
    seats.look(me, "13-evidence")


def ten_draws_by_different_people(seats: Seats, number: str) -> None:
    """Nine more people, each of another draw: the platform and the organiser are told, the winner is not."""
    for at, draw in enumerate(DRAWS[1:10]):
        complain(seats.house, draw, f"winner{at}")
    me, agent, shop = seats.complainant, seats.staff(Role.agent), seats.page("merchant")
    pages.open_case(me, number)
    pages.escalate(me)
    seats.work()
    pages.open_case(me, number)
    expect(me.locator("main")).to_contain_text("抽奖平台介入")
    for part in ("", "record"):
        pages.open_case(me, number, part)
        expect(me.locator("main")).not_to_contain_text("场抽奖被不同的人投诉")
    desk.open_case(agent, number)
    expect(agent.locator("#repeats")).to_contain_text("10场抽奖被不同的人投诉，平台记录里共12场")
    expect(agent.locator("#repeats")).to_contain_text("不自动处理任何人")
    seats.look(agent, "14-desk")
    organiser.open_case(shop, number)
    expect(shop.locator("#repeats")).to_contain_text("对方看不到这条提示")
    seats.look(shop, "15-organiser")


def decided_paid_and_confirmed(seats: Seats, number: str) -> None:
    """The neutral decides condition by condition; paid, and confirmed by the winner's own word."""
    me, shop = seats.complainant, seats.page("merchant")
    seats.later(days=6)
    neutral = seats.staff(Role.neutral)
    desk.open_case(neutral, number)
    desk.decide(
        neutral,
        facts="抽奖页公布两条条件，后台显示都已做到；集赞是中奖以后才说的。",
        reasons="公布以后不能再加条件，应当按公布的奖品兑奖。",
        terms={"pay_prize": "1314.00"},
        grounds=["cc.577"],
    )
    seats.later(days=8)
    organiser.open_case(shop, number)
    organiser.perform_step(shop, "转账单号 100005000120260930")
    pages.open_case(me, number)
    expect(me.locator("#remedy-r1")).to_contain_text("¥1,314.00")
    seats.look(me, "16-paid")
    pages.confirm_remedy(me, "r1")
    expect(me.locator(".move--done")).to_be_visible()
    seats.look(me, "17-closed")


def test_lottery_silent(seats: Seats, picture: str) -> None:
    """Blocked after the address: the organiser accepted the rule, was served, said nothing; the prize is decided."""
    runs_lotteries(accepts_defaults=True)
    me = seats.complainant
    files = {"win_or_redeem_screen": picture, "product_or_event_page_snapshot": picture}
    number = pages.file_complaint(me, BLOCKED, files=files)
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    pages.open_case(me, number)
    expect(pages.clock(me)).to_contain_text("事先接受的规则支持你的请求")
    seats.look(me, "1-served")
    shop = seats.merchant(number, address=ORGANISER_MAIL)
    organiser.open_case(shop, number)
    expect(shop.locator("main")).to_contain_text("按你事先接受的规则支持中奖人的请求")
    seats.look(shop, "2-told")
    seats.later(hours=47, minutes=59)
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到发起人"
    seats.later(minutes=1)
    pages.open_case(me, number)
    decision = me.locator("#decision")
    for words in ("到期没答复", "把奖品发给我", "可以申诉"):
        expect(decision).to_contain_text(words)
    seats.look(me, "3-decided")
    seats.later(days=8)
    pages.open_case(me, number)
    expect(me.locator("#decision")).to_contain_text("已生效")
    pages.perform_my_step(me, "r1", "地址没变")
    for proof in ("顺丰 SF2026091", "9月30日本人签收"):
        organiser.open_case(shop, number)
        organiser.perform_step(shop, proof)
        seats.later(days=1)
    pages.open_case(me, number)
    pages.confirm_remedy(me, "r1")
    expect(me.locator(".move--done")).to_be_visible()
    seats.look(me, "4-confirmed")


@pytest.mark.parametrize("seats", [PHONE, DESK, NO_SCRIPT], ids=["phone", "desk", "no-script"], indirect=True)
def test_lottery_alone(seats: Seats, picture: str) -> None:
    """Nobody takes part: two filings at one door, against program and account, each with number and answer."""
    runs_lotteries(rungs=())
    me = seats.complainant
    files = {"win_or_redeem_screen": picture}
    number = pages.file_complaint(me, WIN, files=files, conditions=CONDITIONS)
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    for step in ("s1.ch.organiser", "s1.ch.platform"):
        pages.record_filing(me, number, step)
        seats.later(days=3)
        pages.open_case(me, number)
        pages.escalate(me)
    pages.open_case(me, number)
    pages.escalate(me)  # nobody here decides: on to the host
    pages.open_case(me, number, "papers")
    expect(me.locator("main")).to_contain_text("先存证再投诉：投诉可能让页面下架，下架不等于发奖。")
    letter = me.locator("#letter-wechat_mini_program")
    for words in (DRAWS[0], "好运来优选", "转账1314元", "1. 转发到朋友圈并保留到开奖", "中奖后才说的"):
        expect(letter).to_contain_text(words)
    seats.look(me, "1-papers")
    pages.record_filing(me, number, "s1.ch.wechat-mini_program", "WX-01")
    pages.record_filing(me, number, "s1.ch.wechat-official_account", "WX-02")
    pages.record_outside_answer(me, number, "f3", "answered", "已转小程序运营方")
    pages.open_case(me, number, "papers")
    first, second = me.locator("#filing-f3"), me.locator("#filing-f4")
    expect(first).to_contain_text("投诉抽奖小程序")
    expect(first).to_contain_text("WX-01")
    expect(first).to_contain_text("已转小程序运营方")
    expect(second).to_contain_text("投诉发起抽奖的公众号")
    expect(second).to_contain_text("WX-02")
    expect(second).not_to_contain_text("已转小程序运营方")
    seats.look(me, "2-filed")
    pages.record_outside_answer(me, number, "f4", "solved", "公众号已兑奖")
    pages.open_case(me, number)
    expect(me.locator(".move--done")).to_be_visible()
    seats.look(me, "3-solved")
