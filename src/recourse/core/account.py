# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Accounts shown side by side: who is behind a chat is told by the account id, never by the name on the screen.

A display name, a picture or a remark can be set to anything in a second; a platform's account id cannot. Comparing
says only what the pictures let one say. It is never a verdict: whether a chat is forged is for whoever decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recourse.core.text import Text
from recourse.core.vocabulary import Party


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """One account as a picture shows it. `account_id` is empty where the picture shows a name only."""

    id: str
    by: Party  # whose row this is
    seen_in: str  # in which picture or place
    display_name: str
    account_id: str
    exhibit: int = 0  # the exhibit that shows it, or 0


def same_account(one: ShownAccount, other: ShownAccount) -> bool | None:
    """Whether both rows show the same account; None where an id is missing, for names tell nothing."""
    if not one.account_id or not other.account_id:
        return None
    return one.account_id.casefold() == other.account_id.casefold()


def told(accounts: Sequence[ShownAccount]) -> tuple[Text, ...]:
    """What these pictures let one say, pair by pair, in the words of a neutral reader."""
    return tuple(
        _pair(at + 1, one, at + 2 + after, other)
        for at, one in enumerate(accounts)
        for after, other in enumerate(accounts[at + 1 :])
    )


def _pair(first: int, one: ShownAccount, second: int, other: ShownAccount) -> Text:
    rows = Text(f"第{first}行和第{second}行：", f"Rows {first} and {second}: ")
    return Text(rows.zh + _said(one, other).zh, rows.en + _said(one, other).en)


def _said(one: ShownAccount, other: ShownAccount) -> Text:
    same = same_account(one, other)
    alike = one.display_name.strip().casefold() == other.display_name.strip().casefold()
    if same is None:
        return Text(
            "有一行只看得到昵称或备注，看不到账号ID，认不出是不是同一个人。请打开资料页再截一张。",
            "one shows a name only and no account id, so nobody can tell whether it is the same account. "
            "Open the profile and take another picture.",
        )
    if same:
        return Text("账号ID相同，是同一个账号。", "the account ids are the same: one account.")
    if alike:
        return Text(
            "名字一样，账号ID不同，是两个账号。名字和备注谁都能改。",
            "the names are alike and the account ids differ: two accounts. Anybody can set a name or a remark.",
        )
    return Text("账号ID不同，是两个账号。", "the account ids differ: two accounts.")
