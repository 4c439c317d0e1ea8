# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Keep what somebody typed into the filing screens, so that a power cut, a call or a lost page costs nothing."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from recourse.actions.story import Story
from recourse.core.port import StoredBlob, World
from recourse.core.problem import Problems, refuse
from recourse.store import drafts


def begin_draft(world: World, *, operator: str, refiles: str = "") -> Story[str]:
    """The token of a new draft. Whoever holds it can open the draft; the table alone cannot.

    `refiles` is the number of the closed case that it files again, with which it is erased.
    """
    now = yield world.clock.now
    return (yield partial(drafts.begin, operator=operator, now=now, refiles=refiles))


def keep_draft(
    world: World, *, token: str, platform: str, step: str, data: Mapping[str, Any]
) -> Story[Problems | None]:
    """Save all that was typed so far, right or wrong."""
    now = yield world.clock.now
    try:
        kept = yield partial(drafts.save, token, platform=platform, step=step, data=data, now=now)
    except drafts.DraftTooBig:
        return refuse(
            "draft_too_big",
            field="story",
            zh="写得太长，存不下了。",
            en="This is too long to be kept.",
            do_zh="把细节放进图片或文件，经过留主要的几段。",
            do_en="Put details into pictures or files and keep the main lines here.",
        )
    return None if kept else _gone()


def drop_draft(world: World, *, token: str) -> Story[None]:
    """Throw a draft away."""
    yield partial(drafts.drop, token)


def seal_file(world: World, *, chunks: Iterable[bytes], name: str) -> Story[StoredBlob | Problems]:
    """Seal a file that belongs to a draft at once: what was photographed now is safe before the rest is typed."""
    return (yield partial(world.blobs.put, chunks, name=name))


def _gone() -> Problems:
    return refuse(
        "draft_gone",
        zh="这份草稿已经提交过或过期了。",
        en="This draft was filed already or has expired.",
        do_zh="到“我的投诉”里看看；没有的话请重新填写。",
        do_en="Look under “My complaints”; if it is not there, please start again.",
    )
