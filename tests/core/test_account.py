# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Accounts are told apart by their ids. A name says nothing, and nothing here is a verdict."""

import pytest

from recourse.core.account import ShownAccount, same_account, told
from recourse.core.vocabulary import Party


def row(name: str, id_: str, *, by: Party = Party.complainant) -> ShownAccount:
    return ShownAccount("a1", by, "截图", name, id_)


MINE = row("小鹿", "wx_deer88")


@pytest.mark.parametrize(
    ("other", "same", "says"),
    [
        (row("小鹿", "wx_else"), False, "名字一样，账号ID不同"),
        (row("别的名字", "wx_deer88"), True, "账号ID相同"),
        (row("别的名字", "WX_DEER88"), True, "账号ID相同"),
        (row("别的名字", "wx_else"), False, "账号ID不同"),
        (row("小鹿", ""), None, "看不到账号ID"),
    ],
)
def test_ids_tell_and_names_do_not(other: ShownAccount, same: bool | None, says: str) -> None:
    assert same_account(MINE, other) is same
    (said,) = told([MINE, other])
    assert says in said.zh and said.en
    for verdict in ("伪造", "造假", "骗", "forged", "fake"):
        assert verdict not in said.zh + said.en


def test_each_pair_is_told_once() -> None:
    lines = told([MINE, row("小鹿", "wx_else"), row("小鹿", "")])
    assert [line.zh[:8] for line in lines] == ["第1行和第2行：", "第1行和第3行：", "第2行和第3行："]
    assert told([MINE]) == () == told([])
