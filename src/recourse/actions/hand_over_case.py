# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hand over: a respondent lets a colleague work on its behalf by a link it can take back; every use is logged."""

from datetime import timedelta
from functools import partial

from recourse.actions.enter_as_respondent import RespondentSeat
from recourse.actions.story import Story, absent
from recourse.core.actor import Actor, Via
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.store import access, hand_over, register

LIVES = (1, 3, 14)  # days


def hand_over_case(world: World, *, actor: Actor, number: str = "", days: int) -> Story[str | Problems]:
    """The token of a new link, for one case or with an empty number for all. Who came by a link cannot give one."""
    if days not in LIVES:
        return refuse(
            "life_unknown",
            field="days",
            zh="请选链接的有效期。",
            en="Choose how long the link lives.",
            do_zh=f"可选：{'、'.join(str(item) for item in LIVES)}天。",
            do_en=f"Choose from {', '.join(str(item) for item in LIVES)} days.",
        )
    now = yield world.clock.now
    if number and (yield partial(world.cases.open, actor, number)) is None:
        return absent()
    token = yield partial(hand_over.give, actor, number=number, now=now, life=timedelta(days=days))
    return token or _not_yours()


def take_over(world: World, *, token: str) -> Story[RespondentSeat | Problems]:
    """The seat behind a link. Unknown, revoked and expired links answer alike."""
    now = yield world.clock.now
    actor = yield partial(hand_over.enter, token, now=now, via=Via.portal)
    if actor is None:
        return _dead()
    seat = yield partial(access.respondent_seat, actor)
    if seat is None:
        return _dead()
    return RespondentSeat(actor, (yield partial(register.respondent_name, actor.operator, seat.respondent)))


def note_hand_over_use(world: World, *, actor: Actor, what: str) -> Story[None]:
    """Log a deed that was done through a link; for anybody else nothing."""
    now = yield world.clock.now
    yield partial(hand_over.note_use, actor, what=what, now=now)


def revoke_hand_over(world: World, *, actor: Actor, link: str) -> Story[bool]:
    """Take a link back at once; False when it is not this respondent's, or dead already."""
    now = yield world.clock.now
    return bool((yield partial(hand_over.revoke, actor, link, now=now)))


def _not_yours() -> Problems:
    return refuse(
        "hand_over_not_allowed",
        zh="通过转交链接进来的，不能再转给别人。",
        en="Whoever came by such a link cannot hand it on.",
        do_zh="请让收到通知的同事来转。",
        do_en="Ask the colleague who received the notice.",
    )


def _dead() -> Problems:
    return refuse(
        "link_dead",
        zh="这个链接已失效、被收回，或不对。",
        en="This link has expired, was taken back, or is wrong.",
        do_zh="请让转给你的同事重新发一个。",
        do_en="Ask the colleague who gave it for a new one.",
    )
