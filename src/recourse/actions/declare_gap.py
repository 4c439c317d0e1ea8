# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Declare a gap: a person says, under the signer's signature, what the database lost; the log goes on under a new origin.

Nothing is repaired by it. The declaration is a leaf for good: whoever holds a promise for a lost leaf can point to it.
"""

from dataclasses import dataclass
from functools import partial

from recourse.actions.keep_log import Kept, keep_log
from recourse.actions.story import Story
from recourse.core.calendar import CHINA
from recourse.core.canonical import Plain
from recourse.core.checkpoint.declaration import gap_statement
from recourse.core.checkpoint.leaf import LeafKind, gap_leaf
from recourse.core.gap import Gap, gap_of
from recourse.core.log import Declined, NewLeafAboutLog
from recourse.core.port import World
from recourse.core.problem import Problems, refuse


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared: the gap, the origin under which the log goes on, and how far it came at once."""

    gap: Gap
    origin: str
    kept: Kept


def declare_gap(world: World, *, by: str, reason: str) -> Story[Declared | Problems]:
    """Write the declaration. `by` is the person who answers for it. Signer and witness must run."""
    if not by.strip() or not reason.strip():
        return _unsaid()
    if world.log is None or world.notary is None:
        return _no_gap()
    gap: Gap | None = yield partial(gap_of, world.log, world.notary)
    if gap is None:
        return _no_gap()
    seen = yield world.notary.seen
    origin: str = yield partial(world.log.next_origin, [one.origin for one in seen])
    now = yield world.clock.now
    at = now.astimezone(CHINA).isoformat()
    statement: dict[str, Plain] = gap_statement(
        at=at,
        by=by.strip(),
        reason=reason.strip(),
        before=gap.seen.origin,
        seen=gap.seen.head,
        seen_by=gap.seen.by,
        held=gap.held,
        origin=origin,
    )
    answer = yield partial(world.notary.declare, statement)
    if isinstance(answer, Declined):
        return _not_signed(answer)
    declaration = {**statement, "signature": answer[0].line().rstrip("\n")}
    leaf = NewLeafAboutLog(LeafKind.gap, gap_leaf(at=at, declaration=declaration), at, origin)
    yield partial(world.log.add_leaf, leaf)
    kept = yield from keep_log(world)
    return Declared(gap, origin, kept)


def _unsaid() -> Problems:
    return refuse(
        "gap_unsaid",
        field="by",
        zh="要写明是谁声明、为什么。",
        en="Say who declares this, and why.",
        do_zh="加上 --by 姓名 --reason 原因。",
        do_en="Add --by NAME --reason REASON.",
    )


def _no_gap() -> Problems:
    return refuse(
        "no_gap",
        zh="没有缺口：数据库和签过名的日志一致。",
        en="There is no gap: the database holds what was signed.",
        do_zh="不用做什么。",
        do_en="There is nothing to do.",
    )


def _not_signed(answer: Declined) -> Problems:
    return refuse(
        "gap_not_signed",
        zh=f"签名程序没有签这份声明（{answer.status or '没有应答'}）。",
        en=f"The signer did not sign this declaration ({answer.status or 'no answer'}).",
        do_zh="确认签名程序在运行、它的数据夹没有被换过，再试一次。",
        do_en="See that the signer runs and that its folder was not replaced, and try again.",
    )
