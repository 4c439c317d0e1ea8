# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Processor time of one visit, in this process and without a network: what a busy neighbour changes least."""

import io
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.load import Answer, Visit

_VISITS = 40
_WARM_UP = 3


def cost(application: Callable[..., Any], visits: Iterator[Visit]) -> float:
    """Milliseconds of processor time that the cheapest tenth of the visits took at most."""
    for _ in range(_WARM_UP):
        drive(application, next(visits))
    times = []
    for _ in range(_VISITS):
        began = time.process_time()
        drive(application, next(visits))
        times.append((time.process_time() - began) * 1000)
    return sorted(times)[_VISITS // 10]


def drive(application: Callable[..., Any], visit: Visit) -> bool:
    """Play one visit against a WSGI application; whether it went well."""
    try:
        request = next(visit)
        while True:
            request = visit.send(_answer(application, request))
    except StopIteration as end:
        return bool(end.value)


def _answer(application: Callable[..., Any], request: bytes) -> Answer:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, address, _ = first.split(" ")
    given = dict(line.split(": ", 1) for line in lines)
    path, _, query = address.partition("?")
    environment = {
        **{"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1"},
        **{"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1"},
        **{"wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr},
        **{"CONTENT_TYPE": given.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body))},
        **{"HTTP_COOKIE": given.get("Cookie", ""), "HTTP_ACCEPT_LANGUAGE": "zh"},
        **{
            "HTTP_X_FORWARDED_FOR": given.get("X-Forwarded-For", ""),
            "HTTP_AUTHORIZATION": given.get("Authorization", ""),
        },
    }
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        started.append((status, headers))

    chunks = application(environment, start)
    answer = b"".join(chunks)
    chunks.close()
    status, headers = started[0]
    plain = "".join(f"\r\n{name}: {value}" for name, value in headers)
    return Answer(int(status[:3]), f"HTTP/1.1 {status}{plain}".encode(), answer)
