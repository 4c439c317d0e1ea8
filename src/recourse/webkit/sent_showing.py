# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds about what the other side sees: one tap masks or shows a place, a text; what a picture says is confirmed."""

import re

from recourse.actions.confirm_reading import confirm_reading
from recourse.actions.mask_exhibit import mask_exhibit
from recourse.actions.show_words import show_words
from recourse.actions.story import perform
from recourse.core.port import Receipt
from recourse.core.problem import Problems, refuse
from recourse.core.screen import Region, ScreenField
from recourse.queries.exhibit_sight import exhibit_sight
from recourse.webkit.mask_form import chosen, proposed
from recourse.webkit.sent_form import SentForm

_PARTS = 5
_PER_CENT = re.compile(r"[0-9]{1,3}(\.[0-9])?")
_EDGES = ("left", "top", "right", "bottom")


def mask(sent: SentForm) -> Receipt | Problems:
    """Mask a place or show it, take all that is proposed, or nothing, or draw a box of one's own in per cent, such as 12.5."""
    no, how = sent.whole("no"), sent.text("how", limit=10)
    sight = exhibit_sight(actor=sent.actor, number=sent.number, no=no)
    black = chosen(sight) if sight is not None else ()
    place = _place(sent.text("place", limit=40))
    if how == "proposed":
        black = proposed(sight) if sight is not None else ()
    elif how == "nothing":
        black = ()
    elif how == "box":
        edges = [_thousandths(sent.text(name, limit=10)) for name in _EDGES]
        black = (*black, Region(max(0, sent.whole("page")), *edges))
    elif how == "show" and place is not None:
        black = tuple(item for item in black if item != place)
    elif how == "hide" and place is not None:
        black = (*black, place)
    else:
        return refuse(
            "masking_not_understood",
            field="how",
            zh="没看懂要遮哪里。",
            en="It was not understood what to mask.",
            do_zh="请刷新页面再点一次。",
            do_en="Reload the page and tap again.",
        )
    return perform(
        mask_exhibit(sent.world, actor=sent.actor, number=sent.number, no=no, regions=black, key=sent.key)
    )


def masks_place(sent: SentForm) -> str:
    """Back to the boxes of the exhibit, under the case's address: there are often several to choose."""
    return f"exhibit/{sent.whole('no')}/view#masks"


def _thousandths(said: str) -> int:
    """Per cent with at most one place, in thousandths; -1 when it is none."""
    return int(said.replace(".", "")) * (1 if "." in said else 10) if _PER_CENT.fullmatch(said) else -1


def _place(said: str) -> Region | None:
    parts = said.split("-")
    if len(parts) != _PARTS or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return Region(*(int(part) for part in parts))


def words(sent: SentForm) -> Receipt | Problems:
    """Show one's own text in full, or mask it again."""
    where, shown = sent.text("where", limit=40), sent.text("shown", limit=3) == "yes"
    return perform(
        show_words(sent.world, actor=sent.actor, number=sent.number, where=where, shown=shown, key=sent.key)
    )


def reading(sent: SentForm) -> Receipt | Problems:
    """Confirm what a picture says, field by field."""
    values = {name: sent.text(name.value) for name in ScreenField}
    return perform(
        confirm_reading(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            no=sent.whole("no"),
            values=values,
            key=sent.key,
        )
    )
