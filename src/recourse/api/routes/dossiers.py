# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case as one file: everything this reader may see of it, with what verifies it."""

from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from recourse.actions.story import absent
from recourse.api.answering import refuse_with
from recourse.api.door import ForHeader, reader
from recourse.api.shapes.problem import refusals
from recourse.queries.dossier import dossier
from recourse.webkit.world import world

router = Router(tags=["dossiers"])


@router.get(
    "/cases/{number}/dossier",
    response={200: bytes, **refusals(404)},
    operation_id="read_dossier",
    openapi_extra={
        "responses": {
            200: {
                "description": "The zip; docs/rules/evidence-chain.md says what lies in it.",
                "headers": {
                    "Recourse-Parts": {"description": "how many parts", "schema": {"type": "integer"}}
                },
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def read_dossier(
    request: HttpRequest,
    number: str,
    lang: Annotated[Literal["zh", "en"], Query()] = "zh",
    part: Annotated[int, Query(ge=1, le=999, description="which part of a big one")] = 1,
    acts_for: ForHeader = "",
) -> HttpResponse | StreamingHttpResponse:
    """The dossier for this reader's seat, its pages in `lang`. It verifies without the server.

    Above 1 GB it goes out in parts, each verifying by itself; `Recourse-Parts` says how many there are.
    """
    made = dossier(
        world(),
        actor=reader(request, acts_for, number=number),
        number=number,
        lang=lang,
        public_url=settings.RECOURSE_PUBLIC_URL.rstrip("/"),
    )
    found = made.part(part) if made is not None else None
    if found is None:
        return refuse_with(absent())
    answer = StreamingHttpResponse(
        (bytes(piece) for piece in found.pieces()), content_type="application/octet-stream"
    )
    answer["Content-Length"] = str(found.size)
    answer["Recourse-Parts"] = str(found.of)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
