# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Floors: bare views that do nothing but write the same rows, or read them, so that one sees what we add to it."""

import os
import secrets
import tempfile
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.seed import OPERATOR
from recourse.store import rows, search
from recourse.store.models import CaseKey, CaseRow, EventRow, Person, PrivateRow

# What a filing inserts, by table and the column that ties its rows to the case.
_OF_A_CASE = (
    ("store_case", "id"),
    ("store_case_number", "case_id"),
    ("store_case_key", "case_id"),
    ("store_event", "case_id"),
    ("store_private", "case_id"),
)
_PAGE = 25


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing at all."""
    return _said(b"ok")


def insert(request: HttpRequest) -> HttpResponse:
    """The rows of one filing, copied from a case that was just filed, in one transaction."""
    for file in request.FILES.values():
        _keep(file.read())  # type: ignore[union-attr]
    case_id, number = secrets.token_hex(16), secrets.token_hex(8)
    with transaction.atomic():
        for table, columns, values, marked in _filing():
            fresh = [
                tuple(_fresh(v, m, case_id, number) for v, m in zip(row, marked, strict=True))
                for row in values
            ]
            rows.insert(table, columns, fresh)
        search.put(case_id, _words())
    return _said(number.encode())


def case(_request: HttpRequest, number: str) -> HttpResponse:
    """The rows of one case."""
    row = CaseRow.objects.get(number=number)
    size = len(bytes(CaseKey.objects.get(pk=row.pk).wrapped))
    size += sum(len(body) for (body,) in EventRow.objects.filter(case_id=row.pk).values_list("body"))
    size += sum(len(bytes(f)) for (f,) in PrivateRow.objects.filter(case_id=row.pk).values_list("fields"))
    return _said(b"%d" % size)


def own(_request: HttpRequest, person: str) -> HttpResponse:
    """The rows of one person's list."""
    merged = Person.objects.filter(merged_into=person).values("public_id")
    found = CaseRow.objects.filter(complainant_id__in=[person]) | CaseRow.objects.filter(
        complainant_id__in=merged
    )
    return _listed(found.order_by("-filed_at")[:200])


def queue(_request: HttpRequest) -> HttpResponse:
    """The first page of the operator's open cases by the clock."""
    found = CaseRow.objects.filter(operator=OPERATOR, closed_at__isnull=True)
    return _listed(found.order_by(F("next_due_at").asc(nulls_last=True))[:_PAGE])


def find(request: HttpRequest) -> HttpResponse:
    """The first page of what a phrase finds."""
    found = search.matching(CaseRow.objects.filter(operator=OPERATOR), request.GET["q"], by_name=True)
    return _listed(found.order_by("-filed_at")[:_PAGE])


def _listed(found: Any) -> HttpResponse:
    lines = [f"{row.number} {row.title} {row.respondent_name} {row.next_due_at}" for row in found]
    return _said("\n".join(lines).encode())


def _said(body: bytes) -> HttpResponse:
    answer = HttpResponse(body)
    answer["Content-Length"] = len(body)
    return answer


def _keep(data: bytes) -> None:
    folder = settings.RECOURSE_DATA / "floor"
    folder.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


Copied = tuple[str, tuple[str, ...], list[tuple[Any, ...]], tuple[str, ...]]


@cache
def _filing() -> list[Copied]:
    """Every row that the newest filing left, with a mark on each column that must be new."""
    row = CaseRow.objects.filter(operator=OPERATOR, stage="received").order_by("-filed_at")[0]
    key = {"case_id": row.id, "person_id": row.complainant_id}
    found = [_copied(table, column, key["case_id"]) for table, column in _OF_A_CASE]
    found.append(_copied("store_person", "public_id", key["person_id"]))
    found.append(_copied("store_person_contact", "person_id", key["person_id"]))
    for table in ("store_job", "store_sign_in_code", "store_idempotency_key"):
        copied = _newest(table)
        if copied is not None:
            found.append(copied)
    return found


def _copied(table: str, column: str, value: str) -> Copied:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{column}" = %s', [value])
        return _taken(table, cursor)


def _newest(table: str) -> Copied | None:
    column = {"store_job": "id", "store_idempotency_key": "id"}.get(table, "created_at")
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{column}" DESC LIMIT 1')
        copied = _taken(table, cursor)
    return copied if copied[2] else None


_NEW = {
    "id": "id",
    "case_id": "id",
    "public_id": "id",
    "person_id": "id",
    "ticket": "id",
    "number": "number",
    "dedup": "id",
    "key": "id",
    "complainant_id": "id",
}


def _taken(table: str, cursor: Any) -> Copied:
    names = [column[0] for column in cursor.description]
    numbered = {i for i, name in enumerate(names) if name == "id" and table != "store_case"}
    kept = [i for i in range(len(names)) if i not in numbered]
    columns = tuple(names[i] for i in kept)
    values = [tuple(_plain(row[i]) for i in kept) for row in cursor.fetchall()]
    return table, columns, values, tuple(_NEW.get(name, "") for name in columns)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _fresh(value: Any, mark: str, case_id: str, number: str) -> Any:
    return case_id if mark == "id" else number if mark == "number" else value


@cache
def _words() -> str:
    return search.words(
        "在直播间买的龙井茶叶，付了一百二十九元，颜色发暗做工很粗，客服每次都说正在处理没有下文。" * 3
    )


urlpatterns = [
    path("empty", empty),
    path("insert", insert),
    path("case/<str:number>", case),
    path("own/<str:person>", own),
    path("queue", queue),
    path("find", find),
]
