# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The five counting regimes: whose rules say where a period begins and on which day it may end.

Sources: Civil Code arts 200-204; Civil Procedure Law art. 85 with its Interpretation art. 125; 市场监督管理投诉举报
处理办法 art. 45; 公安机关办理行政案件程序规定 art. 35. A platform's own period follows its published rule.
"""

from dataclasses import dataclass
from enum import StrEnum

from recourse.core.text import Text


class Regime(StrEnum):
    """Whose rules count the period."""

    civil = "civil"
    civil_procedure = "civil_procedure"
    samr = "samr"
    police = "police"
    platform = "platform"


class HourStart(StrEnum):
    """Where hours begin. `unclear` means that both are tried: the instant is early, the next hour is late."""

    instant = "instant"
    next_hour = "next_hour"
    unclear = "unclear"


@dataclass(frozen=True, slots=True)
class RegimeRule:
    """How one regime counts. `rolls`: whether a last day of rest may move to the next working day."""

    name: Text
    hours: HourStart
    rolls: bool
    closes: bool  # whether close of business may end the last day before 24:00
    start_basis: Text
    hour_basis: Text
    roll_basis: Text
    testing: Text | None = None  # why time for testing is left out, where its rules say so
    weekend_doubt: Text | None = None  # said when a plain weekend moves the end on one reading only


_UNCLEAR_HOURS = Text(
    "条文没有写明小时从哪一刻起算，两种读法都算了",
    "the text does not say where hours begin; both readings are counted",
)

RULES: dict[Regime, RegimeRule] = {
    Regime.civil: RegimeRule(
        name=Text("民法典", "Civil Code"),
        hours=HourStart.instant,
        rolls=True,
        closes=True,
        start_basis=Text("民法典第201条", "Civil Code art. 201"),
        hour_basis=Text(
            "民法典第201条第2款：从开始的时间起算", "Civil Code art. 201(2): from the moment itself"
        ),
        roll_basis=Text("民法典第203条", "Civil Code art. 203"),
    ),
    Regime.civil_procedure: RegimeRule(
        name=Text("民事诉讼法", "Civil Procedure Law"),
        hours=HourStart.next_hour,
        rolls=True,
        closes=False,
        start_basis=Text("民事诉讼法第85条", "Civil Procedure Law art. 85"),
        hour_basis=Text("民诉法解释第125条：从次时起算", "its Interpretation art. 125: from the next hour"),
        roll_basis=Text("民事诉讼法第85条", "Civil Procedure Law art. 85"),
    ),
    Regime.samr: RegimeRule(
        name=Text("市场监督管理投诉举报处理办法", "market regulator's complaint rules (Order 121)"),
        hours=HourStart.unclear,
        rolls=True,
        closes=False,
        start_basis=Text("投诉举报处理办法第45条", "Order 121 art. 45"),
        hour_basis=_UNCLEAR_HOURS,
        roll_basis=Text("投诉举报处理办法第45条", "Order 121 art. 45"),
        testing=Text(
            "鉴定、检测所需时间不计算在调解期限内（投诉举报处理办法第22条）",
            "time needed for testing is not counted in the period of mediation (Order 121 art. 22)",
        ),
        weekend_doubt=Text(
            "第45条只写“法定节假日”，遇普通周末是否顺延，两种读法都算了",
            "art. 45 speaks of statutory holidays only; whether a plain weekend moves the end is read both ways",
        ),
    ),
    Regime.police: RegimeRule(
        name=Text("公安机关办理行政案件程序规定", "police procedure rules"),
        hours=HourStart.unclear,
        rolls=True,
        closes=False,
        start_basis=Text("公安机关办理行政案件程序规定第35条", "police procedure rules art. 35"),
        hour_basis=_UNCLEAR_HOURS,
        roll_basis=Text("公安机关办理行政案件程序规定第35条", "police procedure rules art. 35"),
    ),
    Regime.platform: RegimeRule(
        name=Text("平台规则", "the platform's rule"),
        hours=HourStart.instant,
        rolls=False,
        closes=True,
        start_basis=Text(
            "平台规则没有另写时，当天不计入（民法典第201条、第204条）",
            "unless the platform's rule says otherwise, the first day is not counted (Civil Code arts 201, 204)",
        ),
        hour_basis=Text("平台规则：从开始的时间起算", "the platform's rule: from the moment itself"),
        roll_basis=Text("平台期限不因休息日顺延", "a platform's period does not move for days of rest"),
    ),
}
