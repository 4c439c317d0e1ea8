# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filling the record's fields from a bill: show its payments, take the one that is picked. The bill itself is not kept."""

import threading
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from recourse.actions.limit_visits import may_ask
from recourse.actions.story import perform
from recourse.core.problem import Problem, Problems, refuse
from recourse.portal.filing import views
from recourse.portal.filing.screens import record_fields
from recourse.portal.filing.typed import merged
from recourse.queries.bill_rows import BILL_BYTES_MAX, bill_of
from recourse.webkit.world import world

ROWS_SHOWN = 200
# Nobody is signed in here, and each bill starts an inspector: so few from one network, and so few at once in a process.
BILLS = (30, timedelta(hours=1))
READING = threading.BoundedSemaphore(2)
BUSY_SECONDS = 2.0
RETRY_SECONDS = 5
_STATUS = {"too_many_requests": 429, "bills_busy": 503}


@require_POST
def bill(request: HttpRequest, platform: str) -> HttpResponse:
    """The payments of the bill that was sent. One that cannot be read comes back with one clear sentence."""
    rules = views.rules_for(platform)
    found = _read(request)
    if isinstance(found, Problems):
        answer = views.show(
            request, "record", views.typed_so_far(request, platform), rules, _at_the_bill(found)
        )
        answer.status_code = _STATUS.get(found.keys()[0], answer.status_code)
        if answer.status_code == 503:
            answer["Retry-After"] = str(RETRY_SECONDS)
        return answer
    offered = record_fields(rules.playbook)
    # What was paid comes first: a complaint is seldom about money that came in.
    lines = sorted(found, key=lambda line: (line.direction == "in", line.row))[:ROWS_SHOWN]
    context: dict[str, Any] = {
        "platform": platform,
        "playbook": rules.playbook,
        "lines": [
            {"line": line, "fields": {f"record-{k}": v for k, v in line.record.items() if k in offered}}
            for line in lines
        ],
        "count": len(found),
        "now": world().clock.now(),
    }
    return render(request, "portal/filing/bill.html", context)


@require_POST
def take(request: HttpRequest, platform: str) -> HttpResponse:
    """Put a payment's number, sum and day into the record; everything can still be changed there."""
    rules = views.rules_for(platform)
    typed = merged(
        views.typed_so_far(request, platform), request.POST, playbook=rules.playbook, screen="record"
    )
    kept = views.keep(request, platform, "record", typed)
    if kept is not None:
        return views.show(request, "record", typed, rules, kept.items)
    return redirect(f"/file/{platform}/record")


def _read(request: HttpRequest) -> Any:
    upload = request.FILES.get("bill")
    if upload is None:
        return refuse(
            "file_missing",
            field="bill",
            zh="还没选文件。",
            en="No file was chosen.",
            do_zh="请选支付宝、微信支付或工商银行导出的CSV账单。",
            do_en="Choose the CSV bill that Alipay, WeChat Pay or ICBC exports.",
        )
    times, per = BILLS
    limited = perform(may_ask(world(), visitor=f"bill/{request.META['REMOTE_ADDR']}", times=times, per=per))
    if limited is not None:
        return limited
    if not READING.acquire(timeout=BUSY_SECONDS):
        return refuse(
            "bills_busy",
            field="bill",
            zh="正在读别人的账单，暂时排不上；你填过的都还在。",
            en="Other people's bills are being read just now; what you typed is kept.",
            do_zh="请几秒后再试，或者直接手填。",
            do_en="Try again in some seconds, or type the fields.",
        )
    try:
        return bill_of(world(), upload.read(BILL_BYTES_MAX + 1))
    finally:
        READING.release()


def _at_the_bill(problems: Problems) -> tuple[Problem, ...]:
    return tuple(Problem(item.key, "", item.message, item.do) for item in problems.items)
