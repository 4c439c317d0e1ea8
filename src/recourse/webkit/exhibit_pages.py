# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Exhibits to look at, the same for every seat: one exhibit at full size, its pictures, and screenshots as one thread.

A page shows pictures that we made ourselves, inside the browser, without a download and without a script.
"""

import mimetypes
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from recourse.core.actor import Actor
from recourse.core.case.draft import SIDES
from recourse.core.case.screens import may_order
from recourse.core.inspection import Form, Verdict
from recourse.core.redaction import eyes_of
from recourse.core.vocabulary import Party
from recourse.queries.bill_rows import rows_of
from recourse.queries.case_file import CaseFile, across
from recourse.queries.chat_thread import ChatThread, chat_thread
from recourse.queries.exhibit_file import exhibit_file, exhibit_picture
from recourse.queries.exhibit_sight import Sight, sight_of
from recourse.webkit import case_parts as parts
from recourse.webkit import exhibit_words as words
from recourse.webkit.download import attachment, piece, shown
from recourse.webkit.mask_form import mask_form
from recourse.webkit.world import world

SCREENS_A_PAGE = 40
ROWS_A_PAGE = 50
# Under a case's address: its owner's exhibits as the side across sees them.
OTHERS = "/others"


def file(
    actor: Actor, *, number: str, no: int, as_other: bool = False, wanted: str = ""
) -> HttpResponse | StreamingHttpResponse:
    """The file as an attachment, never shown by the browser in our own name. Raises Http404 when it is not for this reader.

    Of a recording a player asks for pieces; `wanted` is its `Range`. A page may play an attachment: only going to its
    address downloads it.
    """
    found = exhibit_file(world(), actor=actor, number=number, no=no, as_other=as_other)
    if found is None:
        raise Http404
    ending = mimetypes.guess_extension(found.media_type) or ""
    name = found.name or f"evidence-{no}{ending}"
    given = {"size": found.size, "media_type": found.media_type, "name": name}
    if found.media_type.startswith(("audio/", "video/")):
        return piece(found.chunks, wanted=wanted, **given)
    return attachment(found.chunks, **given)


def picture(
    actor: Actor, *, number: str, no: int, form: str, page: int, as_other: bool = False
) -> HttpResponse | StreamingHttpResponse:
    """One picture that we made of an exhibit, to be shown in a page. Raises Http404 as above."""
    if form not in set(Form):
        raise Http404
    found = exhibit_picture(
        world(), actor=actor, number=number, no=no, form=Form(form), page=page, as_other=as_other
    )
    if found is None:
        raise Http404
    return shown(b"".join(found.chunks), media_type=found.media_type)


def view(
    request: HttpRequest,
    actor: Actor,
    case: CaseFile,
    *,
    no: int,
    base: str,
    frame: dict[str, Any],
    as_other: bool = False,
) -> HttpResponse:
    """One exhibit at full size, with what was read in it. `frame` holds `outer`, the template around it, `back`, and what they need.

    With `as_other` a party looks at its own as the side across sees it: all that follows reads through that side's redaction.
    """
    own, here = case, f"{base}{OTHERS}" if as_other else base
    if as_other:
        case = across(own, actor)
    sight = sight_of(case.case, actor=actor, no=no, as_other=as_other)
    if sight is None:
        raise Http404
    reader = SIDES.get(eyes_of(actor, as_other=as_other))
    context = {
        **frame,
        "file": case,
        "case": case.case,
        "now": case.now,
        "base": here,
        "as_other": as_other,
        "own_view": f"{base}/exhibit/{no}/view",
        "others_view": f"{base}{OTHERS}/exhibit/{no}/view",
        "withheld": words.withheld(sight.exhibit, own.inspected.get(no)) if sight.seen is None else None,
        "unserved": not any(notice.served_at for notice in case.case.notices),
        "form_key": world().randomness.public_id()[:16],
        "x": parts.exhibit(case, sight.exhibit, base=here, reader=reader),
        **_contents(request, sight, base=here, mine=sight.exhibit.by is reader),
        **_film(sight, case, base=here, mine=sight.exhibit.by is reader and not as_other),
    }
    return render(request, "webkit/exhibit.html", context)


def _contents(request: HttpRequest, sight: Sight, *, base: str, mine: bool) -> dict[str, Any]:
    seen, no = sight.seen, sight.exhibit.no
    at = sight.numbers.index(no)
    rows = rows_of(seen) if seen is not None else ()
    return {
        "file_url": f"{base}/exhibit/{no}" if sight.file else "",
        "pictures": [
            {
                "url": f"{base}/exhibit/{no}/{item.form.value}/{item.page}",
                "page": item.page,
                "width": item.width,
                "height": item.height,
            }
            for item in (seen.renditions if seen is not None else ())
            if item.form is not Form.thumbnail
        ],
        "waiting": seen is None,
        "no_preview": seen is not None and seen.verdict is Verdict.no_preview,
        "notes": words.notes(seen) if seen is not None else [],
        "text": seen.findings.get("text", "") if seen is not None and not rows else "",
        "mail": seen.findings.get("mail") if seen is not None else None,
        "attached": seen.findings.get("attached") if seen is not None else None,
        "bill_refused": seen.findings.get("bill_refused") if seen is not None else None,
        "bill": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")) if rows else None,
        "directions": words.DIRECTIONS,
        "picked": seen.picked if seen is not None else None,
        "may_pick": mine and not sight.exhibit.withdrawn,
        "original": sight.original,
        "mine": mine and not sight.exhibit.withdrawn,
        **(mask_form(sight) if mine else {}),
        "hints": words.hints(sight.hints) if sight.hints is not None else [],
        "before": f"{base}/exhibit/{sight.numbers[at - 1]}/view" if at else "",
        "after": f"{base}/exhibit/{sight.numbers[at + 1]}/view" if at + 1 < len(sight.numbers) else "",
    }


def _film(sight: Sight, case: CaseFile, *, base: str, mine: bool) -> dict[str, Any]:
    """Where a video plays from, for whoever may have the original; and, for its owner, what a still of it may be.

    The other side's copy is made anew for every piece that a player asks for, so that it is only handed out whole.
    """
    exhibit = sight.exhibit
    if not sight.original or not exhibit.media_type.startswith("video/"):
        return {"film": "", "kinds": []}
    may_take = mine and not exhibit.withdrawn and "AddExhibit" in case.allowed
    kinds = [(item.kind.value, item.name) for item in case.rules.playbook.evidence] if may_take else []
    return {"film": f"{base}/exhibit/{exhibit.no}", "kinds": kinds}


def thread(
    request: HttpRequest, actor: Actor, case: CaseFile, *, by: str, base: str, frame: dict[str, Any]
) -> HttpResponse:
    """A side's screenshots one below another, as the conversation reads."""
    side = Party(by) if by in {Party.complainant, Party.respondent} else None
    found = chat_thread(actor=actor, number=case.case.number, by=side) if side is not None else None
    if found is None or side is None:
        raise Http404
    reader = SIDES.get(actor.role)
    context = {
        **frame,
        "file": case,
        "case": case.case,
        "now": case.now,
        "base": base,
        "form_key": world().randomness.public_id()[:16],
        "by": side.value,
        "owner": parts.who(case, side, reader=reader),
        "screens": Paginator(_screens(found, base=base), SCREENS_A_PAGE).get_page(request.GET.get("page")),
        "count": len(found.thread.shown),
        "duplicates": found.thread.duplicates,
        "groups": found.thread.groups,
        "ordered_by": words.ORDERS[found.thread.ordered_by],
        "waiting": found.waiting,
        "may_order": may_order(actor, side),
        "order": " ".join(str(item.no) for item in found.thread.shown),
    }
    return render(request, "webkit/thread.html", context)


def _screens(found: ChatThread, *, base: str) -> list[dict[str, Any]]:
    """Each screen with the part of its picture that is shown, in its own pixels."""
    screens = []
    for item in found.thread.shown:
        copy = found.pictures[item.no]
        top = copy.height * item.cut_top // 1000
        height = max(1, copy.height - top - copy.height * item.cut_bottom // 1000)
        screens.append(
            {
                "no": item.no,
                "joined": item.joined,
                "view": f"{base}/exhibit/{item.no}/view",
                "url": f"{base}/exhibit/{item.no}/copy/0",
                "width": copy.width,
                "whole": copy.height,
                "top": top,
                "height": height,
            }
        )
    return screens
