# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""liyun-cards: complete after its source article, one class to a complaint, and the responsible one answers."""

from recourse.core.playbook.grounds import grounds_of
from recourse.core.playbook.walk import walk
from recourse.core.vocabulary import EvidenceKind, OnMiss, ProblemKey, RemedyKind, RungName, StartsWhen
from tests.playbooks import sound

PLATFORM = "liyun-cards"
KEYS = {
    "s2.pt.delivery.code_invalid": ProblemKey.delivered_defective_or_invalid,
    "s2.pt.delivery.late_credit": ProblemKey.not_delivered,
    "s2.pt.delivery.duplicate_delivery": ProblemKey.duplicate_or_wrong_delivery,
    "s2.pt.delivery.fake_code": ProblemKey.counterparty_bad_faith,
    "s2.pt.aftersale.silent": ProblemKey.service_unresponsive,
    "s2.pt.aftersale.refund": ProblemKey.refund_not_processed,
    "s2.pt.misdescribed.claims": ProblemKey.misdescription,
}
FACTS = {
    "s2.pt.delivery", "s2.pt.aftersale", "s2.pt.misdescribed", "s2.ch.chat", "s2.ch.ticket", "s2.ch.mail",
    "s2.ch.supervisor", "s2.ch.12315", "s2.ch.public", "s2.ch.police", "s2.ch.court", "s2.tl.file48h",
    "s2.tl.activate7d", "s2.tl.respond", "s2.tl.credit1h", "s2.th.5000", "s2.rem.reissue", "s2.tone.wording",
    "s2.scam.fake_cs", "s2.scam.case", "s2.mech.fast_refund", "s2.mech.credit", "s2.value",
}  # fmt: skip


def playbook():
    return sound.rules(PLATFORM).playbook


def letter(key: str):
    return sound.filled(sound.rules(PLATFORM).letters[key])[0]


def test_it_is_the_article_and_nothing_of_it_is_missing() -> None:
    assert {item.id: item.key for item in playbook().problems} == KEYS
    said = {place.value for place in walk(playbook()) if place.name in ("id", "source")}
    assert FACTS - said == set()
    sound.phrases_are_the_articles(playbook(), "phrases_s2.sha256")


def test_money_just_paid_and_the_two_official_bodies() -> None:
    sound.paying_just_now_leaves_the_form(playbook())
    sound.two_official_bodies(playbook())
    assert {"完整卡密", "密码", "验证码"} <= set(playbook().safety.never_ask)


def test_the_three_classes_are_the_articles_labels_and_each_problem_has_one() -> None:
    assert [item.name.zh for item in playbook().classes] == ["交付失败", "售后缺失", "虚假宣传"]
    assert sorted(id for item in playbook().classes for id in item.problems) == sorted(KEYS)


def test_each_kind_of_trouble_has_its_own_evidence() -> None:
    needed = {item.id: set(item.evidence.needed) for item in playbook().problems}
    assert EvidenceKind.failure_screen in needed["s2.pt.delivery.code_invalid"]
    assert EvidenceKind.status_screen_with_time in needed["s2.pt.delivery.late_credit"]
    assert EvidenceKind.comparison_sheet in needed["s2.pt.delivery.duplicate_delivery"]
    assert EvidenceKind.ticket_no_and_history in needed["s2.pt.aftersale.silent"]
    assert EvidenceKind.comparison_sheet in needed["s2.pt.misdescribed.claims"]
    (again,) = (item for item in playbook().evidence if item.capture_after)
    assert (again.kind, again.capture_after) == (EvidenceKind.status_screen_with_time, "1h")


def test_the_three_channels_have_their_message_formats() -> None:
    assert letter("chat_short").subject.zh == "订单号LY20240510001+充值没到账、没发货+退款259.00元；书面道歉"
    assert letter("chat_short").body.zh.startswith(
        "订单号LY20240510001，充值没到账、没发货，要求退款259.00元"
    )
    assert letter("mail_complaint").subject.zh == "投诉-LY20240510001-充值没到账、没发货"
    assert "48小时" in letter("ticket").body.zh and "前4位和后4位" in letter("ticket").body.zh
    formats = {item.id: item.format for item in playbook().channels if item.rung is RungName.operator_support}
    assert formats == {
        "s2.ch.chat": "chat_short",
        "s2.ch.ticket": "ticket",
        "s2.ch.mail": "mail_complaint",
    }


def test_responsibility_leads_to_different_demands_and_different_letters() -> None:
    (disclose,) = (item for item in playbook().remedies if item.kind is RemedyKind.disclose_seller)
    assert disclose.when == {"fault": ("merchant", "unclear")}
    letters = sound.rules(PLATFORM).letters
    assert letters["escalation_platform"].when == {"fault": ("platform_system",)}
    assert letters["escalation_merchant"].when == {"fault": ("merchant", "unclear")}
    assert "补发或退款" in letter("escalation_platform").body.zh
    assert "真实名称" in letter("escalation_merchant").body.zh
    assert "真实名称" not in letter("escalation_platform").body.zh
    # Disclosure (17) says nothing of a late credit; delivery (51) does. Whoever cannot tell accuses nobody.
    assert "第五十一条" in letter("escalation_platform").body.zh
    assert "第十七条" not in letter("escalation_platform").body.zh
    assert "问题出在商家" not in letter("escalation_merchant").body.zh


def test_12315_is_not_told_that_the_platform_is_a_merchant_on_itself() -> None:
    assert "入驻商户" not in letter("packet_12315").body.zh


def test_48_hours_and_seven_days_are_advice_and_bar_nobody() -> None:
    clocks = {item.act: item for item in playbook().deadlines}
    assert (clocks["file_in_time"].length, clocks["file_in_time"].soft) == ("48h", True)
    assert (clocks["activate"].length, clocks["activate"].soft) == ("7d", True)
    assert {clocks["file_in_time"].on_miss, clocks["activate"].on_miss} == {OnMiss.remind}
    assert any("cc.188" in item.grounds for item in playbook().differences if item.id == "s2.diff.48h")


def test_the_first_rung_reminds_at_24_hours_and_decides_at_48() -> None:
    (rung,) = (item for item in playbook().ladder if item.rung is RungName.operator_support)
    first, answer = rung.deadlines
    assert (first.length, first.soft, first.on_miss) == ("24h", True, OnMiss.remind)
    assert (answer.length, answer.starts_when, answer.on_miss) == (
        "48h",
        StartsWhen.notice_served,
        OnMiss.default,
    )


def test_law_follows_the_answers() -> None:
    problem = next(item for item in playbook().problems if item.id == "s2.pt.delivery.code_invalid")
    assert {"cc.512", "ecl.51"} <= set(grounds_of(problem, {}))
    assert "cpl.44" in grounds_of(problem, {"seller_known": "no"})
    assert "cc.144" in grounds_of(problem, {"age_band": "under_8"})


def test_a_childs_payment_that_is_not_paid_back_is_claimed_as_a_childs() -> None:
    (refund,) = (item for item in playbook().problems if item.id == "s2.pt.aftersale.refund")
    assert {"cc.20", "cc.144"} <= set(grounds_of(refund, {"age_band": "under_8"}))
    assert "cc.144" not in grounds_of(refund, {"age_band": "adult"})


def test_the_notice_speaks() -> None:
    sound.notice_says_what_silence_means(PLATFORM, "notice_merchant")
    assert "用户操作不当" in letter("notice_merchant").body.zh
