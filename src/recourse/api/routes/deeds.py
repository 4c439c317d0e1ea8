# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A route for each deed of the table: the gate, the action, a receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from recourse.actions.story import perform
from recourse.api.answering import receipt
from recourse.api.door import ForHeader, KeyHeader, Route, doer, key_for, token
from recourse.api.routes.deed_table import DEEDS, Deed
from recourse.api.shapes.case import ReceiptOut
from recourse.api.shapes.problem import refusals
from recourse.webkit.world import world

router = Router(tags=["deeds"])


def _route(deed: Deed) -> Route:
    shape: Any = deed.body

    def do(
        request: HttpRequest,
        number: str,
        body: shape,
        idempotency_key: KeyHeader,
        acts_for: ForHeader = "",
    ) -> HttpResponse:
        actor = doer(request, acts_for, number=number)
        base = {
            "actor": actor,
            "number": number,
            "key": key_for(actor, token(request), idempotency_key),
        }
        return receipt(perform(deed.do(world(), base, body)))

    do.__doc__ = deed.about
    return do


for _deed in DEEDS:
    router.post(
        f"/cases/{{number}}/{_deed.name}",
        response={200: ReceiptOut, **refusals(404, 409, 422)},
        operation_id=_deed.name.replace("-", "_"),
        summary=_deed.about,
    )(_route(_deed))
