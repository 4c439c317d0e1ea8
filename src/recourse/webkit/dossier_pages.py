# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A dossier in the browser: its pages as pictures, which every browser shows without a download; the zip for who wants it.

The three fronts share this; each brings its seat and its address (`/c/1234-5678-9012/dossier`). Who comes while it is
being made gets a page that says so, with a link to ask again; its script (`waiting.js`) asks with HEAD by itself.
"""

from collections.abc import Iterator
from threading import Lock
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from recourse.core.actor import Actor
from recourse.core.problem import Problems
from recourse.queries.dossier import Dossier, Paper, picture_of
from recourse.webkit import dossier_builds as builds
from recourse.webkit.aside import Held, Later
from recourse.webkit.download import attachment
from recourse.webkit.download import shown as as_picture
from recourse.webkit.language import spoken

# How long a picture's visitor waits for the paper: as long as setting it may take.
_PAPER_SECONDS = 150.0
# A page is drawn by a program of its own; two at once only wait for each other.
_drawing = Lock()


def shown(request: HttpRequest, actor: Actor, number: str, *, base: str) -> dict[str, Any] | HttpResponse:
    """The values of the page, or what to answer instead. Raises Http404 when the case is not for this reader."""
    paper = builds.paper(actor, number, lang=spoken())
    if paper is None:
        raise Http404
    if isinstance(paper, Problems):
        return waiting(request, paper)
    return {
        "dossier": {
            "pages": [{"no": no, "url": f"{base}/{no}.jpg"} for no in range(1, paper.pages + 1)],
            "parts": [
                {"no": no, "url": f"{base}/part-{no}.pdf", "size": len(part)}
                for no, part in enumerate(paper.parts, start=1)
            ],
            "zip": f"{base}.zip",
        }
    }


def picture(actor: Actor, number: str, page: int) -> HttpResponse | StreamingHttpResponse:
    """One page as a picture. Names, addresses and bills stand on it, so that no browser keeps it, as with an exhibit's.

    It is drawn while it is sent, and waited for there, so that no thread that makes pages does.
    """
    paper = builds.paper_to_leaf(actor, number, lang=spoken())
    if paper is None or (isinstance(paper, Paper) and paper.place(page) is None):
        raise Http404
    leave = builds.PICTURES.enter(actor.id) if not isinstance(paper, Problems) else None
    if isinstance(paper, Problems) or leave is None:
        return _again(HttpResponse(status=503), builds.RETRY_SECONDS["dossier_in_making"])
    if not builds.may_leaf(actor):
        leave()
        return _again(HttpResponse(status=429), builds.RETRY_SECONDS["too_many_dossiers"])
    return as_picture(Held(_drawn(paper, page), leave), media_type="image/jpeg")


def _drawn(paper: Paper | Later, page: int) -> Iterator[bytes]:
    found: Paper | None = paper.wait(_PAPER_SECONDS) if isinstance(paper, Later) else paper
    if found is None:
        return
    with _drawing:
        image = picture_of(found, page)
    if image is not None:
        yield image


def part(request: HttpRequest, actor: Actor, number: str, no: int) -> HttpResponse | StreamingHttpResponse:
    """One part of the PDF, to hand in where a form takes files."""
    paper = builds.paper(actor, number, lang=spoken(), leafing=True)
    if isinstance(paper, Problems):
        return waiting(request, paper)
    if paper is None or not 1 <= no <= len(paper.parts):
        raise Http404
    name = f"recourse-{number}{f'-{no}' if no > 1 else ''}.pdf"
    data = paper.parts[no - 1]
    return attachment([data], size=len(data), media_type="application/pdf", name=name)


def packed(request: HttpRequest, actor: Actor, number: str) -> HttpResponse | StreamingHttpResponse:
    """The zip, or the part of it that `part` asks for; of a big one first a list of its parts."""
    made = builds.dossier(actor, number, lang=spoken())
    if made is None:
        raise Http404
    if isinstance(made, Problems):
        return waiting(request, made)
    asked = request.GET.get("part", "")
    if not asked and len(made.parts) > 1:
        return render(request, "webkit/dossier_files.html", {"files": made.parts})
    no = _number(asked or "1")
    if request.method == "HEAD":
        # Who asks whether it is ready takes no place of those whose zip is on its way.
        return HttpResponse(content_type="application/zip", status=200 if made.part(no) else 404)
    answer = sent(actor, made, no, media_type="application/zip")
    if answer is None:
        raise Http404
    return waiting(request, answer) if isinstance(answer, Problems) else answer


def sent(actor: Actor, made: Dossier, no: int, *, media_type: str) -> StreamingHttpResponse | Problems | None:
    """A part on its way; None when there is no such part, a refusal when too many are on their way."""
    part = made.part(no)
    if part is None:
        return None
    leave = builds.STREAMS.enter(actor.id)
    if leave is None:
        return builds.full()
    answer = StreamingHttpResponse(Held(part.pieces(), leave), content_type=media_type)
    answer["Content-Length"] = str(part.size)
    answer["Content-Disposition"] = f'attachment; filename="{part.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def waiting(request: HttpRequest, why: Problems) -> HttpResponse:
    """A page that says why there is nothing yet, with a way to ask again when that helps."""
    first = why.items[0]
    seconds = builds.RETRY_SECONDS[first.key]
    status = {"dossier_in_making": 202, "dossiers_busy": 503}.get(first.key, 429)
    context = {"why": first, "seconds": seconds if status != 429 else 0}
    return _again(render(request, "webkit/wait.html", context, status=status), seconds)


def _again(answer: HttpResponse, seconds: int) -> HttpResponse:
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 0
