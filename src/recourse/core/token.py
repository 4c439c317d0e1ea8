# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Token lets a program of an operator in: what it may do (scopes), and the seat it sits in by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from recourse.core.actor import Role
from recourse.core.problem import Problem
from recourse.core.text import Text


class Scope(StrEnum):
    """What a token may do. Each is given by itself; none contains another."""

    cases_read = "cases:read"
    cases_file = "cases:file"
    parties_act = "parties:act"  # act for a complainant or a respondent, by name
    desk_act = "desk:act"  # act from the token's own seat
    staff_act = "staff:act"  # act for a member of staff, by id: decisions and erasures are made by people
    register_write = "register:write"
    webhooks_manage = "webhooks:manage"


SCOPES: dict[Scope, Text] = {
    Scope.cases_read: Text("查看投诉", "Read complaints"),
    Scope.cases_file: Text("提交投诉", "File complaints"),
    Scope.parties_act: Text("代投诉人或商家操作", "Act for a complainant or a merchant"),
    Scope.desk_act: Text("以程序自己的身份办理", "Act from its own seat"),
    Scope.staff_act: Text("代工作人员操作", "Act for a member of staff"),
    Scope.register_write: Text("更新商家名册", "Update the register of merchants"),
    Scope.webhooks_manage: Text("管理事件推送", "Manage webhooks"),
}
# A machine never decides by itself, so no token sits in a neutral's seat.
OWN_SEATS = (Role.agent, Role.owner, Role.auditor)
LIVES = (30, 90, 365)  # days


@dataclass(frozen=True, slots=True)
class Token:
    """One token as its operator sees it. `seat` is None when it acts for others alone."""

    id: str
    operator: str
    name: str
    shown: str
    seat: Role | None
    scopes: frozenset[Scope]
    made_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def lives(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and now < self.expires_at


def token_problems(*, name: str, scopes: Sequence[str], seat: str, days: int) -> Iterator[Problem]:
    """What is wrong with a token that somebody wants to make."""
    if not 1 <= len(name.strip()) <= 80 or not name.isprintable():
        yield _wrong(
            "name_missing",
            "name",
            "请给令牌起个名字，最多80字。",
            "Give the token a name of at most 80 characters.",
        )
    unknown = [item for item in scopes if item not in set(Scope)]
    if unknown or not scopes:
        known = "、".join(Scope), ", ".join(Scope)
        yield Problem(
            "scope_unknown",
            "scopes",
            Text(
                f"没有这种权限：{unknown[0]}" if unknown else "请至少选一种权限。",
                f"There is no scope {unknown[0]}." if unknown else "Choose at least one scope.",
            ),
            Text(f"可选：{known[0]}。", f"Choose from: {known[1]}."),
        )
    if seat and seat not in OWN_SEATS:
        yield _wrong(
            "seat_unknown",
            "seat",
            "程序自己的身份只能是 agent、owner、auditor，或不要。",
            "Its own seat is agent, owner, auditor or none.",
        )
    if days not in LIVES:
        listed = "、".join(map(str, LIVES)), ", ".join(map(str, LIVES))
        yield _wrong("life_unknown", "days", f"有效期可选{listed[0]}天。", f"It lives {listed[1]} days.")


def _wrong(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(key, field, Text(zh, en), Text("改好再提交。", "Correct this and send again."))
