# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Foreign records at the desk of the operator that took them in: a list, a page each, the files. Nothing to act on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.actor import Actor
from recourse.core.text import Text
from recourse.desk.seat import at_the_desk, frame
from recourse.queries.foreign_records import ForeignFile, foreign_exhibit, foreign_record, foreign_records
from recourse.webkit.download import attachment
from recourse.webkit.world import world


@at_the_desk
@require_safe
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was taken in, newest first."""
    context = {**frame(request, actor), "tab": "foreign", "records": foreign_records(actor)}
    return render(request, "desk/foreign.html", context)


@at_the_desk
@require_safe
def page(request: HttpRequest, actor: Actor, id: str) -> HttpResponse:
    """One record."""
    found = foreign_record(actor, id)
    if found is None:
        raise Http404
    context = {**frame(request, actor), "tab": "foreign", "found": found, **_contents(found)}
    return render(request, "desk/foreign_record.html", context)


@at_the_desk
@require_safe
def exhibit(request: HttpRequest, actor: Actor, id: str, no: int, form: str, sheet: int) -> HttpResponse:
    """One enclosed file, as an attachment."""
    found = foreign_exhibit(world(), actor=actor, id=id, no=no, form=form, page=sheet)
    if found is None:
        raise Http404
    return attachment([found.data], size=len(found.data), media_type=found.media_type, name=found.name)


def _sentences(verdict: Any, name: str) -> list[Text]:
    return [Text(item["zh"], item["en"]) for item in verdict[name]]


def _contents(found: ForeignFile) -> dict[str, Any]:
    record, reading = found.record, found.reading
    return {
        "about": record.provenance,
        "proven": _sentences(record.provenance.verdict, "proven"),
        "unproven": _sentences(record.provenance.verdict, "unproven"),
        "files": [
            {
                "no": item.no,
                "kind": reading.names.evidence(item.kind) if reading is not None else item.kind,
                "form": item.form,
                "media_type": item.media_type,
                "size": item.size,
                "url": f"/desk/foreign/{record.id}/exhibit/{item.no}/{item.form}/{item.page}"
                if item.blob
                else "",
                "page": item.page,
            }
            for item in record.files
        ],
        "case": reading.case if reading is not None else None,
        "timeline": list(reversed(reading.chronicle)) if reading is not None else [],
        "links": record.links,
    }
