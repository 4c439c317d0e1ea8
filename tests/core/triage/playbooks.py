# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Two small playbooks for the tests of triage: the problems of an order and of a draw, and nothing that triage ignores."""

from recourse.core.playbook.types import EvidenceNeed, Playbook, ProblemType, Refiling, Safety
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceKind, ProblemKey, RemedyKind, SubjectKind


def _problem(id_: str, key: ProblemKey, name: str, *says: str) -> ProblemType:
    return ProblemType(
        id=id_,
        key=key,
        name=Text(name, name),
        says=says,
        evidence=EvidenceNeed(needed=(EvidenceKind.order_no, EvidenceKind.photo)),
        remedies=(RemedyKind.refund,),
        grounds=(),
    )


def _playbook(platform: str, subject: SubjectKind, *problems: ProblemType) -> Playbook:
    words = Text("测试", "Test")
    return Playbook(
        platform=platform,
        version="1",
        name=words,
        source="",
        subject=subject,
        record={},
        parties={},
        ask=(),
        problems=problems,
        evidence=(),
        channels=(),
        ladder=(),
        remedies=(),
        safety=Safety(never_ask=(), official_contacts="in_app_only", notice=words),
        refiling=Refiling(times_max=1, text=words),
    )


SHOP = _playbook(
    "kuaishou-shop",
    SubjectKind.order,
    _problem(
        "s3.pt.quality",
        ProblemKey.delivered_defective_or_invalid,
        "商品质量不符",
        "质量低于预期",
        "与宣传不一致",
    ),
    _problem("s3.pt.false_ad", ProblemKey.misdescription, "虚假宣传", "夸大商品效果", "误导消费者"),
    _problem(
        "s3.pt.aftersale", ProblemKey.service_unresponsive, "售后服务问题", "商家售后响应缓慢", "处理方式不当"
    ),
    _problem("s3.pt.logistics", ProblemKey.not_delivered, "物流问题", "商品未按时到达", "商品丢失"),
    _problem("s3.pt.refund", ProblemKey.refund_not_processed, "退款问题", "退款长时间未处理", "无理拒绝退款"),
)
DRAW = _playbook(
    "lofter-draw",
    SubjectKind.draw,
    _problem("s0.pt.no_notice", ProblemKey.no_notice, "没有收到中奖或发放通知", "通知信息模糊不清"),
    _problem("s0.pt.overdue", ProblemKey.not_delivered, "过了承诺时间没发奖", "超过承诺时间没有收到奖品"),
    _problem("s0.pt.cs_inaction", ProblemKey.service_unresponsive, "客服没有答复", "长时间没有得到回应"),
)
PLAYBOOKS = {playbook.platform: playbook for playbook in (SHOP, DRAW)}
