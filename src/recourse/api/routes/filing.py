# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filing: one complaint, many at once, a closed matter again."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.actions.prove_contact import prove_contact
from recourse.actions.story import absent, perform
from recourse.api.answering import Refused, body_of, receipt, refuse_with
from recourse.api.door import Asked, ForHeader, KeyHeader, count_more, doer, key_for, need, token
from recourse.api.shapes.case import ReceiptOut
from recourse.api.shapes.filing import BulkIn, BulkOut, ComplaintIn, FileIn, RefileIn
from recourse.api.shapes.problem import refusals
from recourse.core.actor import Actor, Role, Via
from recourse.core.case.commands import ProveContact
from recourse.core.case.permission import may
from recourse.core.complaint import parse_complaint
from recourse.core.port import Receipt
from recourse.core.problem import Problems, plain_problem, refuse
from recourse.core.token import Scope, Token
from recourse.core.vocabulary import Stage
from recourse.queries.api_seats import own_seat, staff_seat
from recourse.queries.case_file import case_file
from recourse.webkit.world import world

router = Router(tags=["filing"])


@router.post("/cases", response={201: ReceiptOut, **refusals(409, 422)}, operation_id="file_case")
def file_case(
    request: HttpRequest, body: FileIn, idempotency_key: KeyHeader, acts_for: ForHeader = ""
) -> HttpResponse:
    """File a complaint. For a complainant the case waits until they prove their contact, unless it is vouched for."""
    given = token(request, Scope.cases_file)
    return receipt(_file(given, _filer(given, acts_for, idempotency_key), body, idempotency_key), status=201)


@router.post("/cases/bulk", response={200: BulkOut, **refusals(409, 422)}, operation_id="file_cases")
def file_cases(
    request: HttpRequest, body: BulkIn, idempotency_key: KeyHeader, acts_for: ForHeader = ""
) -> HttpResponse:
    """File up to 50 complaints; each counts as a request. Each stands by itself: one refused holds no other back."""
    given = token(request, Scope.cases_file)
    count_more(given, len(body.complaints) - 1)

    def run() -> tuple[int, bytes]:
        results = []
        for index, item in enumerate(body.complaints):
            key = f"{idempotency_key}#{index}"
            results.append(_line(index, _file(given, _filer(given, acts_for, key), item, key)))
        filed = sum(1 for item in results if item["receipt"])
        return 200, body_of({"filed": filed, "refused": len(results) - filed, "results": results})

    return Asked(request, given, idempotency_key).once(run, together=False)


@router.post(
    "/cases/{number}/refile",
    response={201: ReceiptOut, **refusals(404, 409, 422)},
    operation_id="refile_case",
)
def refile_case(
    request: HttpRequest, number: str, body: RefileIn, idempotency_key: KeyHeader, acts_for: ForHeader = ""
) -> HttpResponse:
    """File a closed matter again, with something new: a ground, or files handed in afterwards."""
    given = token(request, Scope.cases_file)
    actor = doer(request, acts_for, number=number)
    file = case_file(world(), actor=actor, number=number)
    if file is None or not file.case.closed or file.case.erased or actor.role is Role.respondent:
        return refuse_with(absent())
    complaint = parse_complaint(_document(body))
    if isinstance(complaint, Problems):
        return refuse_with(complaint)
    refiling = Refiling(number, body.new_ground, ())
    filer = _filer(given, acts_for, idempotency_key)
    return receipt(
        perform(
            file_complaint(
                world(),
                actor=filer,
                complaint=complaint,
                refiling=refiling,
                person=filer.id if filer.role is Role.complainant else "",
                key=key_for(filer, given, idempotency_key),
            )
        ),
        status=201,
    )


def _filer(given: Token, acts_for: str, key: str) -> Actor:
    """Who files. Every filing has a newcomer: proving a contact is what brings a person's cases together.

    The newcomer's id follows from token and key, so that the same request finds the same person again.
    """
    side = acts_for.partition(":")[0]
    if side == "complainant":
        token_key = f"{given.id}/{key}".encode()
        person = hmac.new(settings.RECOURSE_KEYS["api"], token_key, hashlib.sha256).hexdigest()[:32]
        need(given, Scope.parties_act)
        return Actor(person, Role.complainant, given.operator, Via.api, through=given.id)
    actor = own_seat(given) if not side else None
    if side == "staff":
        need(given, Scope.staff_act)
        actor = staff_seat(given, acts_for.partition(":")[2])
    if actor is None or actor.role in {Role.auditor, Role.neutral}:
        raise Refused(
            refuse(
                "filer_unknown",
                field="Recourse-For",
                zh="请写明由谁提交：complainant、经办人，或者令牌自己的身份（agent、owner）。",
                en="Say who files: complainant, an agent of the staff, or a token with a seat of its own (agent, owner).",
                do_zh="加上 Recourse-For: complainant。",
                do_en="Send Recourse-For: complainant.",
            ),
            status=403,
        )
    return actor


def _file(given: Token, actor: Actor, body: FileIn, key: str) -> Receipt | Problems:
    complaint = parse_complaint(_document(body))
    if isinstance(complaint, Problems):
        return complaint
    # Asked before anything is filed: a refusal says that nothing was done.
    voucher = _voucher(given)
    if body.vouched and voucher is None:
        return refuse(
            "not_vouched",
            field="vouched",
            zh="这个令牌不能替联系方式作保：要有 desk:act 权限，和经办人或负责人的身份。",
            en="This token cannot vouch for a contact: that takes desk:act and the seat of an agent or owner.",
            do_zh="去掉 vouched，由投诉人自己用验证码确认。",
            do_en="Leave vouched out; the complainant confirms with a code.",
        )
    kept = key_for(actor, given, key)
    filed = perform(
        file_complaint(
            world(),
            actor=actor,
            complaint=complaint,
            person=actor.id if actor.role is Role.complainant else "",
            key=kept,
            vouched=body.vouched,
        )
    )
    if isinstance(filed, Problems) or not body.vouched or voucher is None:
        return filed
    return perform(
        prove_contact(world(), actor=voucher, number=filed.number, method="vouched", key=f"{kept}#vouch")
    )


def _voucher(given: Token) -> Actor | None:
    """The token's own seat, where it may vouch for a contact: a deed of the desk like any other."""
    seat = own_seat(given)
    if seat is None or Scope.desk_act not in given.scopes or not may(seat, ProveContact, Stage.received):
        return None
    return seat


def _line(index: int, outcome: Receipt | Problems) -> dict[str, Any]:
    if isinstance(outcome, Problems):
        return {
            "index": index,
            "receipt": None,
            "problems": [plain_problem(item) for item in outcome.items],
        }
    kept = {"number": outcome.number, "version": outcome.version, "head": outcome.head}
    return {"index": index, "receipt": kept, "problems": []}


def _document(body: ComplaintIn) -> dict[str, Any]:
    """The document that every door of filing takes."""
    plain = body.model_dump(mode="json", exclude={"vouched", "new_ground"})
    return {**plain, "problems": plain["problems"] or None}
