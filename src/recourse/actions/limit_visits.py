# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hold back a visitor who asks for too much too fast; everybody else notices nothing."""

from datetime import timedelta
from functools import partial

from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.store.rate_limit import count_visit

# What one person hands in on one day, over all their cases: a long chat and more, and no flood (ASVS 5.2.4).
FILES_A_DAY = (500, timedelta(days=1))


def may_hand_in(world: World, *, actor: Actor) -> Story[Problems | None]:
    """None, or a refusal once this person handed in more files today than anybody has."""
    times, per = FILES_A_DAY
    limited = yield from may_ask(world, visitor=f"files/{actor.operator}/{actor.id}", times=times, per=per)
    if limited is None:
        return None
    return refuse(
        "too_many_files_today",
        field="file",
        zh=f"今天交的文件已到上限（一天{times}个），这一个没有收下。",
        en=f"The limit of files for one day is reached ({times}); this one was not taken.",
        do_zh="请明天再交；聊天记录可以导出成一个文件。",
        do_en="Hand it in tomorrow; a long chat can be exported as one file.",
    )


def may_ask(
    world: World, *, visitor: str, times: int, per: timedelta, count: int = 1
) -> Story[Problems | None]:
    """None, or a refusal once this visitor (a network address, kept as a digest) asked too often; `count` at once."""
    now = yield world.clock.now
    return (yield partial(count_visit, visitor, limit=(times, per), now=now, count=count))
