# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The table of sign-ins that a demonstration prints."""

from collections.abc import Sequence

from recourse.actions.seed_demo import SignIn

_SEATS = {
    "complainant": "投诉人",
    "respondent": "商家",
    "agent": "经办人",
    "neutral": "中立人",
    "owner": "负责人",
    "auditor": "审计",
}


def sign_ins(found: Sequence[SignIn], *, address: str) -> str:
    """Who can sign in where, seat by seat. Codes for people without a password are printed on this console."""
    lines = ["", "演示登录 · demo sign-ins（验证码显示在本窗口 codes are printed here）"]
    for place in dict.fromkeys(item.place for item in found):
        lines.append(f"\n{address}{place}")
        for item in found:
            if item.place == place:
                secret = f"  密码 {item.password}" if item.password else ""
                number = f"  {item.number}" if item.number else ""
                lines.append(f"  {_SEATS[item.seat]}  {item.name}{secret}{number}  {_about(item)}")
    return "\n".join((*lines, ""))


def _about(item: SignIn) -> str:
    return item.about.zh if item.about.zh == item.about.en else f"{item.about.zh} · {item.about.en}"
