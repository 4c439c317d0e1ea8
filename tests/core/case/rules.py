# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Small rulebooks made by hand: a shop with the whole ladder, and a draw under which silence decides."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from recourse.core.calendar import Calendar
from recourse.core.law import Article
from recourse.core.playbook.types import (
    Basis,
    Channel,
    DeadlineSpec,
    EvidenceItem,
    EvidenceNeed,
    Option,
    Playbook,
    ProblemType,
    Question,
    Refiling,
    RemedySpec,
    RungSpec,
    Safety,
    StepSpec,
)
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import (
    EvidenceKind,
    OnMiss,
    Party,
    ProblemKey,
    RemedyKind,
    RungName,
    StartsWhen,
    SubjectKind,
)
from recourse.gateways.calendar_files import load_calendar

CALENDARS = Path(__file__).parents[3] / "calendars"
RUNGS = tuple(RungName)


@cache
def calendar() -> Calendar:
    """The notices of 2007 to 2026 as shipped."""
    loaded = load_calendar(CALENDARS)
    assert not isinstance(loaded, Problems), loaded
    return loaded


def words(zh: str) -> Text:
    return Text(zh, f"[{zh}]")


def clock(
    act: str, who: Party, starts: StartsWhen, length: str, on_miss: OnMiss, **more: object
) -> DeadlineSpec:
    spec = DeadlineSpec(act, who, starts, length, Basis(playbook=act), on_miss)
    return replace(spec, **more)  # type: ignore[arg-type]


def step(act: str, who: Party, length: str) -> StepSpec:
    return StepSpec(act, who, words(act), length, Basis(playbook=act))


ANSWER = clock(
    "answer",
    Party.respondent,
    StartsWhen.notice_served,
    "48h",
    OnMiss.escalate,
    extendable=True,
)

SHOP_LADDER = (
    RungSpec(RungName.self_check, "complainant", words("自查"), words("自查"), "assessed"),
    RungSpec(
        RungName.negotiate,
        "merchant",
        words("商家协商"),
        words("商家协商"),
        "negotiating",
        deadlines=(ANSWER,),
    ),
    RungSpec(
        RungName.operator_support,
        "platform",
        words("平台客服"),
        words("平台客服"),
        "reviewing",
        deadlines=(clock("review", Party.operator, StartsWhen.rung_entered, "1wd", OnMiss.escalate),),
    ),
    RungSpec(
        RungName.platform_decision,
        "neutral",
        words("平台裁决"),
        words("平台裁决"),
        "adjudicating",
        deadlines=(
            clock("decide", Party.operator, StartsWhen.rung_entered, "7wd", OnMiss.escalate, extendable=True),
        ),
    ),
    RungSpec(
        RungName.official_complaint,
        "official",
        words("官方投诉"),
        words("官方投诉"),
        "outside",
        channels=("t.ch.12315", "t.ch.xiaoxie"),
        outside_only=True,
    ),
    RungSpec(
        RungName.public_exposure,
        "public",
        words("公开说明"),
        words("公开说明"),
        "outside",
        channels=("t.ch.heimao",),
        outside_only=True,
        optional=True,
        gate=(words("只说事实"), words("打码个人信息")),
    ),
    RungSpec(
        RungName.court,
        "court",
        words("法院"),
        words("法院"),
        "outside",
        channels=("t.ch.court",),
        outside_only=True,
    ),
)

OFFICIAL_CLOCKS = (
    clock("accept", Party.outside, StartsWhen.filing_recorded, "7wd", OnMiss.propose_next, regime="samr"),
    clock("mediate", Party.outside, StartsWhen.filing_accepted, "60d", OnMiss.propose_next, regime="samr"),
)

CHANNELS = (
    Channel("t.ch.merchant", words("商家客服"), words("聊天"), RungName.negotiate, deadlines=()),
    Channel(
        "t.ch.12315",
        words("12315"),
        words("12315平台"),
        RungName.official_complaint,
        official=True,
        deadlines=OFFICIAL_CLOCKS,
    ),
    Channel(
        "t.ch.xiaoxie",
        words("消费者协会"),
        words("消协"),
        RungName.official_complaint,
        official=True,
        deadlines=(clock("reply", Party.outside, StartsWhen.filing_recorded, "15d", OnMiss.remind),),
    ),
    Channel("t.ch.mail", words("平台邮箱"), words("邮箱"), RungName.operator_support),
    Channel("t.ch.heimao", words("黑猫投诉"), words("黑猫"), RungName.public_exposure),
    Channel("t.ch.court", words("法院立案"), words("在线立案"), RungName.court),
)

REMEDIES = (
    RemedySpec(
        RemedyKind.return_refund,
        words("退货退款"),
        (
            step("ship_back", Party.complainant, "7d"),
            step("receive_return", Party.respondent, "3d"),
            step("refund", Party.respondent, "7d"),
        ),
    ),
    RemedySpec(RemedyKind.refund, words("退款"), (step("refund", Party.respondent, "7d"),)),
    RemedySpec(
        RemedyKind.replacement,
        words("换货"),
        (step("ship", Party.respondent, "3d"), step("deliver", Party.respondent, "7d")),
    ),
    RemedySpec(RemedyKind.compensation, words("赔偿"), (step("pay", Party.respondent, "7d"),)),
    RemedySpec(RemedyKind.apology, words("道歉"), (step("apologise", Party.respondent, "3d"),)),
    RemedySpec(
        RemedyKind.repair,
        words("维修"),
        (step("repair", Party.respondent, "7d"),),
        when={"goods_received": ("yes",)},
    ),
)

CASE_CLOCKS = (
    clock("respond_offer", Party.complainant, StartsWhen.answered, "3d", OnMiss.lapse),
    clock("choose_next", Party.complainant, StartsWhen.answered, "3d", OnMiss.escalate),
    clock("give_evidence", Party.complainant, StartsWhen.asked, "3d", OnMiss.lapse),
    clock("appeal", Party.complainant, StartsWhen.decided, "7d", OnMiss.lapse),
    clock("decide_appeal", Party.operator, StartsWhen.asked, "7wd", OnMiss.escalate),
    clock("confirm", Party.complainant, StartsWhen.performed, "7d", OnMiss.lapse),
    clock("sue", Party.complainant, StartsWhen.discovered, "3year", OnMiss.lapse, regime="civil"),
    clock("follow_up", Party.complainant, StartsWhen.promised, "3d", OnMiss.remind, soft=True),
)


def problem(id: str, key: ProblemKey, remedies: Iterable[RemedyKind]) -> ProblemType:
    return ProblemType(
        id,
        key,
        words(id),
        (id,),
        EvidenceNeed(needed=(EvidenceKind.order_no, EvidenceKind.status_screen_with_time)),
        tuple(remedies),
        ("cpl.24",),
        checks=("order_exists",),
    )


SHOP = Playbook(
    platform="test-shop",
    version="2026.11",
    name=words("测试小店"),
    source="003.txt",
    subject=SubjectKind.order,
    record={"id": words("订单号")},
    parties={
        "complainant": words("买家"),
        "respondent": words("商家"),
        "operator": words("平台"),
        "outside": words("受理机构"),
    },
    ask=(
        Question("goods_received", "yes_no", words("收到货了吗？")),
        Question("draw_kind", "choice", words("哪种抽奖？"), (Option("paid", words("付费")),)),
        Question("when", "date", words("哪天？")),
    ),
    problems=(
        problem("t.pt.late", ProblemKey.not_delivered, (RemedyKind.refund,)),
        problem("t.pt.quality", ProblemKey.delivered_defective_or_invalid, (RemedyKind.return_refund,)),
    ),
    evidence=(
        EvidenceItem(EvidenceKind.order_no, words("订单号"), words("复制"), words("下单")),
        EvidenceItem(
            EvidenceKind.status_screen_with_time,
            words("状态截图"),
            words("截图"),
            words("还在处理中"),
            capture_after="1h",
        ),
        EvidenceItem(
            EvidenceKind.logistics_track, words("物流"), words("截图"), words("没动"), capture_after="2d"
        ),
    ),
    channels=CHANNELS,
    ladder=SHOP_LADDER,
    remedies=REMEDIES,
    safety=Safety(("密码",), "in_app_only", words("不要给验证码")),
    refiling=Refiling(2, words("最多再投诉两次")),
    deadlines=CASE_CLOCKS,
)

# The draw's organiser agreed beforehand that silence grants the claim; its ladder ends with the operator.
DRAW = replace(
    SHOP,
    platform="test-draw",
    ladder=(
        replace(SHOP_LADDER[1], deadlines=(replace(ANSWER, on_miss=OnMiss.default),)),
        SHOP_LADDER[2],
        SHOP_LADDER[3],
    ),
    # No clocks of its own: ours must then run.
    deadlines=(),
)

LAW = {
    "cpl.24": Article(
        "cpl.24",
        words("消费者权益保护法"),
        "第二十四条",
        "……",
        words("退货、更换、修理"),
        None,
        None,
        "V1",
        "test",
    )
}


def rulebook(playbook: Playbook = SHOP) -> Rulebook:
    return Rulebook(playbook=playbook, letters={}, law=LAW, calendar=calendar())
