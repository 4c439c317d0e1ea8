# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""qishui-points: eight kinds of trouble with points, the article's own clocks, and two bodies that are two."""

from recourse.core.playbook.grounds import grounds_of
from recourse.core.playbook.walk import walk
from recourse.core.vocabulary import OnMiss, ProblemKey, RemedyKind, RungName, StartsWhen
from tests.playbooks import sound

PLATFORM = "qishui-points"
KEYS = {
    "s4.pt.redeem_failed": ProblemKey.not_delivered,
    "s4.pt.ship_delay": ProblemKey.not_delivered,
    "s4.pt.mismatch": ProblemKey.delivered_defective_or_invalid,
    "s4.pt.points_lost": ProblemKey.entitlement_revoked,
    "s4.pt.cs_slow": ProblemKey.service_unresponsive,
    "s4.pt.rule_change": ProblemKey.rule_changed,
    "s4.pt.expired_no_notice": ProblemKey.no_notice,
    "s4.pt.long_out_of_stock": ProblemKey.rule_changed,
}
FACTS = {
    "s4.ch.app", "s4.ch.social", "s4.ch.mail", "s4.ch.phone", "s4.ch.12315", "s4.ch.public", "s4.ch.regulator",
    "s4.tl.first24h", "s4.tl.complex", "s4.tl.holiday", "s4.tl.escalate7wd", "s4.tl.validity", "s4.tl.expiry_notice",
    "s4.prev.small_print", "s4.prev.batch", "s4.prev.screenshot", "s4.prev.notice", "s4.prev.virtual", "s4.prev.use",
    "s4.scam.official", "s4.scam.proxy", "s4.scam.link", "s4.scam.password", "s4.tone",
    "s4.case.zhang", "s4.case.wang", "s4.case.group",
}  # fmt: skip


def playbook():
    return sound.rules(PLATFORM).playbook


def letter(key: str):
    return sound.filled(sound.rules(PLATFORM).letters[key])[0]


def test_it_is_the_article_and_nothing_of_it_is_missing() -> None:
    assert {item.id: item.key for item in playbook().problems} == KEYS
    said = {place.value for place in walk(playbook()) if place.name in ("id", "source")}
    assert FACTS - said == set()
    sound.phrases_are_the_articles(playbook(), "phrases_s4.sha256")


def test_money_just_paid_and_the_two_official_bodies() -> None:
    sound.paying_just_now_leaves_the_form(playbook())
    sound.two_official_bodies(playbook())


def test_no_more_is_asked_than_the_article_allows() -> None:
    assert {"密码", "支付密码", "验证码", "身份证照片"} <= set(playbook().safety.never_ask)
    asked = "".join(label.zh for label in playbook().record.values())
    assert not any(word in asked for word in ("密码", "身份证", "银行卡"))
    (told,) = (item for item in playbook().preparation if item.id == "s4.q4")
    assert "账号、注册手机号、发生时间、订单号" in told.text.zh


def test_the_clocks_are_the_articles() -> None:
    rungs = {item.rung: item.deadlines for item in playbook().ladder}
    (answer,) = rungs[RungName.operator_support]
    (review,) = rungs[RungName.operator_escalation]
    (decide,) = rungs[RungName.platform_decision]
    assert (answer.length, answer.starts_when, answer.on_miss) == (
        "24h",
        StartsWhen.notice_served,
        OnMiss.escalate,
    )
    # Three to five working days, the check and the decision together.
    assert (review.length, decide.length) == ("3wd", "2wd")
    outside = next(item for item in playbook().deadlines if item.act == "go_outside")
    assert (outside.length, outside.starts_when, outside.soft) == ("7wd", StartsWhen.filed, True)


def test_the_mail_has_the_articles_subject_and_four_parts() -> None:
    mail = letter("mail_complaint")
    assert mail.subject.zh == "【积分投诉】充值没到账、没发货+LY20240510001"
    for part in ("问题描述", "发生时间", "截图证据", "诉求"):
        assert part in mail.body.zh


def test_channels_run_side_by_side_and_the_public_ones_do_not_bar_the_official() -> None:
    beside = [item for item in playbook().channels if item.rung is RungName.operator_support]
    assert len(beside) == 4
    assert not any(item.official for item in playbook().channels if item.rung is RungName.public_exposure)
    (public,) = (item for item in playbook().ladder if item.rung is RungName.public_exposure)
    assert public.optional and public.gate


def test_substitute_membership_and_points_are_remedies_of_their_own() -> None:
    steps = {item.kind: [step.act for step in item.steps] for item in playbook().remedies}
    assert steps[RemedyKind.choose_substitute] == ["offer_choices", "choose", "ship"]
    assert steps[RemedyKind.membership_time] == ["credit"]
    assert steps[RemedyKind.restore_points] == ["restore"]
    assert steps[RemedyKind.rule_change] == ["announce"]


def test_the_music_service_is_not_judged_by_the_law_of_shops() -> None:
    def grounds(id: str, **answers: str) -> set[str]:
        return set(grounds_of(next(item for item in playbook().problems if item.id == id), answers))

    assert "ecl.34" not in grounds("s4.pt.rule_change", gift_kind="virtual")
    assert "ecl.34" in grounds("s4.pt.rule_change", gift_kind="physical")
    assert "sp.14" in grounds("s4.pt.expired_no_notice", points_source="earned")
    assert "pr.32" not in grounds("s4.pt.expired_no_notice", points_source="earned")
    # A late gift is late, no price fraud.
    assert "mp.19" not in grounds("s4.pt.ship_delay", points_source="paid", gift_kind="physical")
    assert "ecl.20" in grounds("s4.pt.ship_delay", points_source="paid", gift_kind="physical")


def test_a_childs_paid_points_split_at_eight() -> None:
    lost = next(item for item in playbook().problems if item.id == "s4.pt.points_lost")
    paid = {"points_source": "paid"}
    under, over = (set(grounds_of(lost, {**paid, "age_band": age})) for age in ("under_8", "from_8_to_17"))
    assert {"cc.20", "cc.144", "cc.157"} <= under and not {"cc.19", "cc.145"} & under
    assert {"cc.19", "cc.145", "cc.157"} <= over and not {"cc.20", "cc.144"} & over
    # What cost nothing a child may take: it is to the child's advantage only.
    assert not {"cc.20", "cc.144"} & set(grounds_of(lost, {"points_source": "earned", "age_band": "under_8"}))
    assert "cc.144" not in grounds_of(lost, {**paid, "age_band": "adult"})


def test_the_police_are_not_told_of_a_payment_that_was_points() -> None:
    payments = letter("police_statement").body.zh.split("二、")[1].split("三、")[0]
    assert "record_amount" not in payments and "无" in payments


def test_the_notice_speaks() -> None:
    sound.notice_says_what_silence_means(PLATFORM, "notice_points")
