# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Papers and dossiers for the fronts: made aside, once for (case, reader, head, language), and kept for a while.

Whoever must wait gets a refusal that says so: `dossier_in_making`, `dossiers_busy`, `too_many_dossiers`;
`RETRY_SECONDS` is when to come again.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings

from recourse.actions.limit_visits import may_ask
from recourse.actions.stamp_log import stamp_log
from recourse.actions.story import perform
from recourse.core.actor import STAFF, Actor
from recourse.core.problem import Problems, refuse
from recourse.queries import dossier as question
from recourse.queries.dossier_exhibits import VanishedFile
from recourse.queries.guard import closed
from recourse.webkit.aside import Aside, Done, Later, Turnstile
from recourse.webkit.world import world

T = TypeVar("T")

# One process keeps 64 MB; nine wait: with a second for each nobody waits much longer than they would read on.
ASIDE = Aside(waiting_max=9, kept_seconds=30.0, kept_max=64 * 1024 * 1024, patience=1.0)
# Zips on their way; a slow phone keeps a thread of the server, of which there are 32 (`cli/serve.py`).
STREAMS = Turnstile(most=8, each=2)
# Pages being drawn: a browser fetches six pictures at a time.
PICTURES = Turnstile(most=16, each=8)
# What one person may have made. The operator's people look at many cases.
PER_PERSON = (40, timedelta(hours=1))
PER_STAFF = (200, timedelta(hours=1))
PICTURES_PER_PERSON = (1500, timedelta(hours=1))
RETRY_SECONDS = {"dossier_in_making": 2, "dossiers_busy": 30, "too_many_dossiers": 600}
# Where pictures are drawn again in the meantime a dossier is begun anew so often.
_TRIES = 3
# An authority that took this long is not asked again for a while: others wait behind.
_SLOW_SECONDS, _REST_SECONDS = 5.0, 300.0


def paper(actor: Actor, number: str, *, lang: str, leafing: bool = False) -> question.Paper | Problems | None:
    """The pages; None when the case is not for this reader. Who is `leafing` gets the paper they began with."""
    return _told(_paper(actor, number, lang, aged=leafing))


def paper_to_leaf(actor: Actor, number: str, *, lang: str) -> question.Paper | Later | Problems | None:
    """The pages for whoever leafs through them; `Later` can be waited for by a thread that makes no pages.

    Another process may have shown the page whose pictures are asked for here: then they are made here as well.
    """
    found = _paper(actor, number, lang, aged=True, patient=False)
    return _told(found) if not isinstance(found, Later) or found.full else found


def dossier(actor: Actor, number: str, *, lang: str) -> question.Dossier | Problems | None:
    """The zip, ready to be sent; None when the case is not for this reader."""
    given = {"public_url": public_url(), "lang": lang}

    def make() -> question.Dossier | Problems | None:
        freshly_stamped()
        return _whole(lambda: question.dossier(world(), actor=actor, number=number, **given))

    def weigh(made: question.Dossier | Problems | None) -> int:
        return made.size if isinstance(made, question.Dossier) else 0

    return _told(_asked("zip", actor, number, lang, make, weigh=weigh))


def public_url() -> str:
    """Where this installation is found, without the last slash."""
    return settings.RECOURSE_PUBLIC_URL.rstrip("/")


def may_leaf(actor: Actor) -> bool:
    """Whether this person may have one more page drawn within the hour."""
    times, per = PICTURES_PER_PERSON
    visitor = f"leaf/{actor.operator}/{actor.id}"
    return perform(may_ask(world(), visitor=visitor, times=times, per=per)) is None


def full() -> Problems:
    """So many want one that another is not begun."""
    return refuse(
        "dossiers_busy",
        zh="现在要材料的人太多，轮不到。",
        en="Too many people want dossiers just now.",
        do_zh="请过半分钟再要一次。",
        do_en="Please ask again in half a minute.",
    )


class _Stamping:
    """Until when the authority is left alone."""

    until = 0.0


def freshly_stamped() -> None:
    """Have the log's newest checkpoint stamped where an authority is configured, so that the dossier brings its time."""
    begun = time.monotonic()
    if begun < _Stamping.until or closed(world()) is not None:
        return
    perform(stamp_log(world(), at_once=True))
    if time.monotonic() - begun > _SLOW_SECONDS:
        _Stamping.until = time.monotonic() + _REST_SECONDS


def _paper(
    actor: Actor, number: str, lang: str, *, aged: bool, patient: bool = True
) -> Done[question.Paper | Problems | None] | Later | Problems | None:
    given = {"public_url": public_url(), "lang": lang}
    return _asked(
        "paper",
        actor,
        number,
        lang,
        lambda: _whole(lambda: question.paper(world(), actor=actor, number=number, **given)),
        weigh=lambda found: sum(map(len, found.parts)) if isinstance(found, question.Paper) else 0,
        aged=aged,
        patient=patient,
    )


def _asked(
    what: str, actor: Actor, number: str, lang: str, make: Callable[[], T], **how: Any
) -> Done[T] | Later | Problems | None:
    head = question.head_of(actor, number)
    if head is None:
        return None
    key = "|".join((what, actor.operator, actor.role, actor.id, number, head, lang))
    return ASIDE.ask(key, make, admit=lambda: _admitted(actor), **how)


def _whole(make: Callable[[], T]) -> T | Problems:
    """What was made of pictures that were all there to the end; while they are being drawn again, a word to wait."""
    for _ in range(_TRIES):
        try:
            return make()
        except VanishedFile:
            continue
    return _in_making()


def _told(found: Done[T] | Done[T | Problems] | Later | Problems | None) -> T | Problems | None:
    if isinstance(found, Done):
        return found.value
    if isinstance(found, Later):
        return full() if found.full else _in_making()
    return found


def _admitted(actor: Actor) -> Problems | None:
    times, per = PER_STAFF if actor.role in STAFF else PER_PERSON
    visitor = f"dossier/{actor.operator}/{actor.id}"
    if perform(may_ask(world(), visitor=visitor, times=times, per=per)) is None:
        return None
    return refuse(
        "too_many_dossiers",
        zh="你一小时内要的材料太多了。",
        en="You asked for too many dossiers within the hour.",
        do_zh="已经下载的照样能用；请一小时内晚些时候再试。",
        do_en="What you downloaded is as good as ever; please try again later within the hour.",
    )


def _in_making() -> Problems:
    return refuse(
        "dossier_in_making",
        zh="材料正在整理，图片多的要一两分钟。",
        en="The dossier is being made; with many pictures it takes a minute or two.",
        do_zh="过几秒再要一次。",
        do_en="Ask again in a few seconds.",
    )
