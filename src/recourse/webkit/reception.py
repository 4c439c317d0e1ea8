# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Between the web server and the pages: takes in what a visitor sends, then hands it to one of a few who work.

A phone on a weak network takes a minute to send a photo. When the thread that makes pages reads it, a handful of such
phones stops everybody. And pages are bound by the interpreter lock: more threads making them only wait for each other.
So the server has many threads that do nothing but receive, and a visit is worked on, by one of a few threads, when all
of it is here. Those few alone hold connections to the database.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from recourse.core.problem import Problems, plain_problem, refuse

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

_PIECE = 64 * 1024
# What is longer waits in a nameless file, which the system removes with the process.
_IN_MEMORY = 1024 * 1024
# Programs are answered in JSON.
_PROGRAMS = "/api/"
_CUT = refuse(
    "cut_off",
    zh="内容没有传完，连接断了。",
    en="The connection broke before everything arrived.",
    do_zh="请再试一次。",
    do_en="Please try again.",
)
_BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^;\s]+))', re.IGNORECASE)
_BEHIND = 200


class Reception:
    """A WSGI application around another.

    `at_once`: how many visits are worked on side by side. `longest`: bytes that one visit may send; more is refused
    unread, with 413.
    """

    def __init__(self, application: Application, *, at_once: int, longest: int) -> None:
        self._application = application
        self._longest = longest
        self._workers = ThreadPoolExecutor(at_once, thread_name_prefix="page")

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environment)
        if length > self._longest:
            said = _too_long(self._longest // 1024**2)
            return _refused(environment, start_response, "413 Content Too Large", said)
        if length == 0:
            return self._work(environment, start_response)
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            whole = _received(environment["wsgi.input"], body, length)
            if not whole or not _closed(environment.get("CONTENT_TYPE", ""), body, length):
                return _refused(environment, start_response, "400 Bad Request", _CUT)
            body.seek(0)
            return self._work({**environment, "wsgi.input": body}, start_response)

    def _work(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        # The server's callback belongs to the thread that received the visit: it is called here, not by the worker.
        started: list[tuple[Any, ...]] = []
        answer = self._workers.submit(
            self._application, environment, lambda *head, **_keywords: started.append(head)
        ).result()
        start_response(*started[-1])
        return answer


def _length(environment: Environment) -> int:
    try:
        return max(0, int(environment.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def _received(source: Any, body: Any, length: int) -> bool:
    """Copy `length` bytes; whether all of them came."""
    left = length
    try:
        while left > 0 and (piece := source.read(min(_PIECE, left))):
            body.write(piece)
            left -= len(piece)
    except OSError:
        return False
    return left == 0


def _closed(content_type: str, body: Any, length: int) -> bool:
    """Whether a form with files comes to its end (RFC 2046, section 5.1.1).

    A length that is understated cuts the last file off, and Django would take what is left of it for the whole.
    """
    kind, _, parameters = content_type.partition(";")
    if kind.strip().lower() != "multipart/form-data":
        return True
    found = _BOUNDARY.search(parameters)
    if found is None:
        return True  # Django refuses it by itself
    end = b"--" + (found[1] or found[2]).encode("latin-1", "replace") + b"--"
    # Some programs write a line or two behind the end.
    body.seek(max(0, length - len(end) - _BEHIND))
    return end in body.read()


def _too_long(megabytes: int) -> Problems:
    return refuse(
        "too_large",
        zh=f"这次发送的内容太大了，最多{megabytes}MB。",
        en=f"This is too large to send at once: at most {megabytes} MB.",
        do_zh="请分几次传，或者把视频剪短；之前填的都还在。",
        do_en="Send it in several parts, or shorten the video; what you filled in before is still there.",
    )


def _refused(
    environment: Environment, start_response: Callable[..., Any], status: str, problems: Problems
) -> list[bytes]:
    if str(environment.get("PATH_INFO", "")).startswith(_PROGRAMS):
        said = {"problems": [plain_problem(item) for item in problems.items]}
        kind, words = "application/json", json.dumps(said, ensure_ascii=False)
    else:
        lines = [
            f"{item.message.zh}{item.do.zh}\n{item.message.en} {item.do.en}\n" for item in problems.items
        ]
        kind, words = "text/plain; charset=utf-8", "".join(lines)
    body = words.encode()
    head = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    start_response(status, [*head, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")])
    return [body]
