# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Files up and down. What comes back is always a download, sealed bytes opened for this reader alone."""

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, UploadedFile
from pydantic import Field

from recourse.actions.hand_in_file import hand_in_file
from recourse.actions.story import absent, perform
from recourse.api.answering import Refused, receipt, refuse_with
from recourse.api.door import ForHeader, KeyHeader, doer, key_for, reader, token
from recourse.api.malformed import unreadable, unstorable
from recourse.api.shapes.case import ReceiptOut
from recourse.api.shapes.preview import PreviewOut
from recourse.api.shapes.problem import refusals
from recourse.core.actor import Actor
from recourse.core.case.draft import SIDES
from recourse.core.inspection import Form as PictureForm
from recourse.core.vocabulary import EvidenceKind
from recourse.queries.exhibit_file import exhibit_file, exhibit_picture
from recourse.queries.exhibit_sight import exhibit_sight
from recourse.queries.preview_json import preview_json
from recourse.webkit.download import attachment, shown
from recourse.webkit.world import world

router = Router(tags=["exhibits"])

AsOther = Annotated[
    bool, Query(description="for a party: its own file as the side across sees it, and no more")
]

_FIELDS = frozenset({"kind", "note", "capture", "request", "own", "still_of", "second"})


@router.post(
    "/cases/{number}/exhibits",
    response={200: ReceiptOut, **refusals(404, 409, 422)},
    operation_id="add_exhibit",
    openapi_extra={
        "requestBody": {
            "content": {
                "multipart/form-data": {
                    "schema": {"additionalProperties": False, "properties": {"file": {"minLength": 1}}}
                }
            }
        }
    },
)
def hand_in(
    request: HttpRequest,
    number: str,
    file: Annotated[UploadedFile, File(description="the file itself")],
    kind: Annotated[EvidenceKind, Form()],
    idempotency_key: KeyHeader,
    note: Annotated[str, Form(max_length=500)] = "",
    capture: Annotated[str, Form(max_length=40)] = "",
    request_id: Annotated[str, Form(alias="request", max_length=40)] = "",
    own: Annotated[bool, Form()] = False,
    still_of: Annotated[int, Form(ge=0, le=100_000)] = 0,
    second: Annotated[int, Form(ge=0, le=86_399)] = 0,
    acts_for: ForHeader = "",
) -> HttpResponse:
    """Hand in one file. `own` marks the operator's own proof; `request` and `capture` say what it answers.

    A picture may be a still: `still_of` is the video's number, `second` where in it the picture is from.
    """
    unknown = sorted(set(request.POST) - _FIELDS) + sorted(set(request.FILES) - {"file"})
    if unknown:
        return refuse_with(unreadable("extra_forbidden", unknown[0][:80]), status=400)
    if unstorable([note, capture, request_id, file.name or ""]):
        return refuse_with(unreadable("", "note"), status=400)
    actor = doer(request, acts_for, number=number)
    story = hand_in_file(
        world(),
        actor=actor,
        number=number,
        kind=kind,
        chunks=file.chunks(),
        name=(file.name or "")[:200],
        note=note,
        capture=capture,
        request=request_id,
        own=own,
        still_of=still_of,
        second=second,
        key=key_for(actor, token(request), idempotency_key),
    )
    return receipt(perform(story))


@router.get(
    "/cases/{number}/exhibits/{no}",
    response={200: bytes, **refusals(404)},
    operation_id="download_exhibit",
    openapi_extra={
        "responses": {
            200: {
                "description": "The bytes as they were handed over",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def download(
    request: HttpRequest,
    number: str,
    no: Annotated[int, Field(ge=1, le=100_000)],
    as_other: AsOther = False,
    acts_for: ForHeader = "",
) -> HttpResponse:
    """A file of the case. What the other side took out is theirs alone."""
    actor = _looking(request, acts_for, number=number, as_other=as_other)
    found = exhibit_file(world(), actor=actor, number=number, no=no, as_other=as_other)
    if found is None:
        return refuse_with(absent())
    # Its own media type is in the case; the bytes travel as bytes, so that nobody's program runs them.
    return attachment(
        found.chunks,
        size=found.size,
        media_type="application/octet-stream",
        name=found.name or f"exhibit-{no}",
    )


@router.get(
    "/cases/{number}/exhibits/{no}/preview",
    response={200: PreviewOut, **refusals(404)},
    operation_id="exhibit_preview",
)
def preview(
    request: HttpRequest,
    number: str,
    no: Annotated[int, Field(ge=1, le=100_000)],
    as_other: AsOther = False,
    acts_for: ForHeader = "",
) -> HttpResponse:
    """What is to be seen of a file: its pictures, its words, the payments of a bill; or why there is nothing to see."""
    actor = _looking(request, acts_for, number=number, as_other=as_other)
    found = exhibit_sight(actor=actor, number=number, no=no, as_other=as_other)
    if found is None:
        return refuse_with(absent())
    return HttpResponse(msgspec.json.encode(preview_json(found)), content_type="application/json")


@router.get(
    "/cases/{number}/exhibits/{no}/pictures/{form}/{page}",
    response={200: bytes, **refusals(404)},
    operation_id="exhibit_picture",
    openapi_extra={
        "responses": {
            200: {
                "description": "A picture made of the file: upright, without metadata",
                "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def picture(
    request: HttpRequest,
    number: str,
    no: Annotated[int, Field(ge=1, le=100_000)],
    form: PictureForm,
    page: Annotated[int, Field(ge=0, le=1000)],
    as_other: AsOther = False,
    acts_for: ForHeader = "",
) -> HttpResponse:
    """One picture of a file: `copy` or `thumbnail` with page 0, or a `page` of a document, counted from 1."""
    actor = _looking(request, acts_for, number=number, as_other=as_other)
    found = exhibit_picture(
        world(), actor=actor, number=number, no=no, form=form, page=page, as_other=as_other
    )
    if found is None:
        return refuse_with(absent())
    return shown(b"".join(found.chunks), media_type=found.media_type)


def _looking(request: HttpRequest, acts_for: str, *, number: str, as_other: bool) -> Actor:
    """Who reads. Only a party has a side across."""
    actor = reader(request, acts_for, number=number)
    if as_other and actor.role not in SIDES:
        raise Refused(absent())
    return actor
