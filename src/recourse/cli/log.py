# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse log`: bring the log up to date, check it, declare a gap, change its key.

Signer and witness need not run: what is missing is started for the moment and stopped again.
"""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from recourse.actions.story import perform
from recourse.cli.opening import open_installation, open_to_write
from recourse.cli.telling import DONE, REFUSED, refused, show_json
from recourse.core.port import World
from recourse.core.problem import Problems


def run(given: Namespace) -> int:
    """Run the deed that was asked for."""
    deeds: dict[str, Callable[[Namespace], int]] = {
        "update": update,
        "check": check,
        "gap": declare,
        "rotate": rotate,
    }
    return deeds[given.deed](given)


def update(given: Namespace) -> int:
    """Number, sign and witness what waits, now."""
    from recourse.actions.keep_log import keep_log

    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    kept = _with_programs(world, lambda: perform(keep_log(world)))
    shown = {"numbered": kept.numbered, "signed": kept.signed, "witnesses": kept.witnesses}
    if given.json:
        show_json(shown)
    else:
        print(f"编入{kept.numbered}条，{'已签名' if kept.signed else '未签名'}，见证{kept.witnesses}方。")
        print(
            f"{kept.numbered} numbered, {'signed' if kept.signed else 'not signed'}, {kept.witnesses} witnesses."
        )
    return DONE


def check(given: Namespace) -> int:
    """Recompute every row; refused with each that does not hold."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.queries.check_log import check_log

    found = check_log(world)
    if given.json:
        show_json({"faults": [{"table": f.table, "where": f.where, "what": f.what} for f in found]})
    else:
        for fault in found:
            print(f"✗ {fault.table} {fault.where}: {fault.what}")
        print(f"发现{len(found)}处问题。{len(found)} faults.")
    return REFUSED if found else DONE


def declare(given: Namespace) -> int:
    """Declare what is missing, so that writing opens again."""
    from recourse.actions.declare_gap import declare_gap

    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    done = _with_programs(world, lambda: perform(declare_gap(world, by=given.by, reason=given.reason)))
    if isinstance(done, Problems):
        return refused(done, as_json=given.json)
    held, seen = done.gap.held.size, done.gap.seen.head.size
    if given.json:
        show_json({"held": held, "seen": seen, "lost": done.gap.lost, "origin": done.origin})
    else:
        lost = f"第{held}到{seen - 1}条" if done.gap.lost else "内容不一致"
        print(f"已声明缺口：{lost}。日志以 {done.origin} 继续，可以写了。")
        print(f"The gap is declared: {held} held, {seen} seen. The log goes on as {done.origin}.")
    return DONE


def rotate(given: Namespace) -> int:
    """Change the log's key."""
    from recourse.actions.rotate_key import rotate_key

    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    done = _with_programs(world, lambda: perform(rotate_key(world, by=given.by)))
    if isinstance(done, Problems):
        return refused(done, as_json=given.json)
    if given.json:
        show_json({"signed": done.signed, "witnesses": done.witnesses})
    else:
        print("钥匙已更换，旧证明照样有效。The key was changed; every proof that was given still holds.")
    return DONE


def _with_programs(world: World, deed: Callable[[], Any]) -> Any:
    """Do a deed while signer and witness run."""
    stop = world.notary.start() if world.notary is not None else lambda: None
    try:
        return deed()
    finally:
        stop()
