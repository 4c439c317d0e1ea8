# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The pages for what went wrong: what happened, that nothing was lost, and what to do next, in both languages."""

from collections.abc import Mapping
from http import HTTPStatus

from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from recourse.core.problem import Problems, plain_problem
from recourse.core.text import Text
from recourse.webkit.language import spoken
from recourse.webkit.request_id import current_request_id

_WORDS: Mapping[int, tuple[Text, Text]] = {
    400: (
        Text("这个请求看不懂", "We could not read this request"),
        Text(
            "回到上一页再试一次。已经保存的内容都在。",
            "Go back and try again. Everything you saved is still there.",
        ),
    ),
    403: (
        Text("这一步被拦下了", "This step was stopped"),
        Text(
            "页面可能开得太久了。回到上一页刷新，再提交一次；已经保存的内容都在。",
            "The page may have been open for too long. Go back, reload and send it again; what you saved is still there.",
        ),
    ),
    404: (
        Text("没有找到这一页", "We could not find this page"),
        Text(
            "检查一下网址和编号。如果是案件页，请先用投诉时留的手机或邮箱登录。",
            "Check the address and the number. To see a case, first sign in with the phone or e-mail used for it.",
        ),
    ),
    429: (
        Text("试的次数太多了", "Too many attempts"),
        Text("为了保护账号，请一小时后再试。", "To protect the account, please try again in an hour."),
    ),
    500: (
        Text("我们这边出错了", "Something went wrong on our side"),
        Text(
            "不是你的问题，已经提交的内容没有丢，期限照算。过几分钟再试；联系我们时请报下面的编号。",
            "It is not your fault, nothing you sent is lost, and the clocks keep running. "
            "Try again in a few minutes; if you contact us, give the number below.",
        ),
    ),
}
_TOO_MANY_FILES = (
    Text("一次选的文件太多", "Too many files at once"),
    Text(
        "这一次的一个也没有收下。回到上一页，分几次选，一次几十个；已经保存的内容都在。",
        "None of this lot was taken. Go back and choose them in several lots of a few dozen; what you saved is still there.",
    ),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; who chose too many files at once reads that."""
    words = _TOO_MANY_FILES if isinstance(exception, TooManyFilesSent) else None
    return _page(request, HTTPStatus.BAD_REQUEST, words)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or stale."""
    return _page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same whether a thing does not exist or may not be seen."""
    return _page(request, HTTPStatus.NOT_FOUND)


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """429 after too many failed staff sign-ins."""
    return _page(request, HTTPStatus.TOO_MANY_REQUESTS)


def failed(request: HttpRequest) -> HttpResponse:
    """500. Uses neither database nor session, which may be what failed."""
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest, problems: Problems) -> HttpResponse:
    """503 while nothing may be written: JSON for programs, a page for everybody else."""
    first = problems.items[0]
    if request.path.startswith("/api/"):
        body = {"problems": [plain_problem(item) for item in problems.items]}
        answer: HttpResponse = JsonResponse(body, status=503, json_dumps_params={"ensure_ascii": False})
    else:
        words = first.message, first.do
        answer = _page(request, HTTPStatus.SERVICE_UNAVAILABLE, words)
    answer["Retry-After"] = "600"
    return answer


def _page(request: HttpRequest, status: HTTPStatus, words: tuple[Text, Text] | None = None) -> HttpResponse:
    title, advice = words or _WORDS[status]
    context = {
        "status": int(status),
        "heading": title,
        "advice": advice,
        "lang": spoken(),
        "request_id": current_request_id(),
        "path": request.path,
    }
    return HttpResponse(render_to_string("webkit/error.html", context), status=status)
