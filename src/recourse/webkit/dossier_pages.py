# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A dossier in the browser: its pages as pictures, which every browser shows without a download; the zip for who wants it.

The three fronts share this; each brings its seat and its address (`/c/1234-5678-9012/dossier`).
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse

from recourse.core.actor import Actor
from recourse.queries import dossier as question
from recourse.webkit.download import attachment
from recourse.webkit.language import spoken
from recourse.webkit.world import world

_PICTURE_SECONDS = 600


def shown(actor: Actor, number: str, *, base: str) -> dict[str, Any]:
    """The values of the page. Raises Http404 when the case is not for this reader."""
    paper = question.paper(world(), actor=actor, number=number, **_edition())
    if paper is None:
        raise Http404
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


def picture(actor: Actor, number: str, page: int) -> HttpResponse:
    """One page as a picture, kept by this browser for some minutes: whoever leafs back does not wait again."""
    image = question.page_picture(world(), actor=actor, number=number, page=page, **_edition())
    if image is None:
        raise Http404
    answer = HttpResponse(image, content_type="image/jpeg")
    answer["Cache-Control"] = f"private, max-age={_PICTURE_SECONDS}"
    return answer


def part(actor: Actor, number: str, no: int) -> HttpResponse:
    """One part of the PDF, to hand in where a form takes files."""
    paper = question.paper(world(), actor=actor, number=number, **_edition())
    if paper is None or not 1 <= no <= len(paper.parts):
        raise Http404
    name = f"recourse-{number}{f'-{no}' if no > 1 else ''}.pdf"
    data = paper.parts[no - 1]
    return attachment([data], size=len(data), media_type="application/pdf", name=name)


def packed(actor: Actor, number: str, asked: QueryDict) -> StreamingHttpResponse:
    """The zip, or the part of it that `part` asks for."""
    made = question.dossier(world(), actor=actor, number=number, **_edition())
    part = made.part(_part(asked)) if made is not None else None
    if part is None:
        raise Http404
    answer = StreamingHttpResponse((bytes(piece) for piece in part.pieces()), content_type="application/zip")
    answer["Content-Length"] = str(part.size)
    answer["Content-Disposition"] = f'attachment; filename="{part.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _part(asked: QueryDict) -> int:
    given = asked.get("part", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 0


def _edition() -> dict[str, str]:
    return {"public_url": settings.RECOURSE_PUBLIC_URL.rstrip("/"), "lang": spoken()}
