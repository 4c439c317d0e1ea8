# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case as one file: everything this reader may see of it, with what verifies it."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from recourse.actions.story import absent
from recourse.api.answering import refuse_with
from recourse.api.door import ForHeader, reader
from recourse.api.shapes.problem import refusals
from recourse.core.problem import Problems
from recourse.webkit import dossier_builds as builds
from recourse.webkit.dossier_pages import sent

router = Router(tags=["dossiers"])


_RETRY = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}}


@router.get(
    "/cases/{number}/dossier",
    response={200: bytes, **refusals(404, 503)},
    operation_id="read_dossier",
    openapi_extra={
        "responses": {
            200: {
                "description": "The zip; docs/rules/evidence-chain.md says what lies in it.",
                "headers": {
                    "Recourse-Parts": {"description": "how many parts", "schema": {"type": "integer"}}
                },
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            },
            429: {"description": "Too many requests, or `too_many_dossiers`.", "headers": _RETRY},
            503: {"description": "Come again: `dossier_in_making`, `dossiers_busy`.", "headers": _RETRY},
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

    It is made on demand: 503 with `Retry-After` says that it is being made, and then it is kept for half a minute.
    Above 1 GB it goes out in parts, each verifying by itself; `Recourse-Parts` says how many there are.
    """
    actor = reader(request, acts_for, number=number)
    made = builds.dossier(actor, number, lang=lang)
    if made is None:
        return refuse_with(absent())
    if isinstance(made, Problems):
        return _later(made)
    answer = sent(actor, made, part, media_type="application/octet-stream")
    if answer is None:
        return refuse_with(absent())
    if isinstance(answer, Problems):
        return _later(answer)
    answer["Recourse-Parts"] = str(len(made.parts))
    return answer


def _later(why: Problems) -> HttpResponse:
    answer = refuse_with(why)
    answer["Retry-After"] = str(builds.RETRY_SECONDS[why.items[0].key])
    return answer
