# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Visits are received by many and worked on by few: a slow phone holds nobody up."""

import io
import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from recourse.webkit.reception import Reception

LONGEST = 3 * 1024 * 1024


class _Visit:
    """One visit as the web server hands it in."""

    def __init__(self, body: Any = b"", length: int | str | None = None, path: str = "/file") -> None:
        self._path = path
        self.status = ""
        self.headers: dict[str, str] = {}
        self._thread = 0
        self._body = io.BytesIO(body) if isinstance(body, bytes) else body
        self._length = str(len(body)) if length is None else str(length)

    def at(self, application: Callable[..., Iterable[bytes]]) -> bytes:
        self._thread = threading.get_ident()
        environment = {"wsgi.input": self._body, "CONTENT_LENGTH": self._length, "PATH_INFO": self._path}
        return b"".join(application(environment, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        assert threading.get_ident() == self._thread, (
            "the server's callback belongs to the thread of the visit"
        )
        self.status, self.headers = status, dict(headers)


class _Slow:
    """A phone that sends a little and then nothing until it is let."""

    def __init__(self) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()

    def read(self, _size: int) -> bytes:
        self.began.set()
        assert self.go_on.wait(10)
        return b"xy"


class _Broken:
    def read(self, _size: int) -> bytes:
        raise OSError("gone")


def _echo(environment: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environment["wsgi.input"].read()
    start_response("200 OK", [("X-Thread", threading.current_thread().name)])
    return [body]


@pytest.mark.parametrize("size", [0, 1, 64 * 1024 + 1, LONGEST])
def test_all_of_a_visit_reaches_the_page(size: int) -> None:
    body = bytes(index % 251 for index in range(size))
    visit = _Visit(body)
    assert visit.at(Reception(_echo, at_once=1, longest=LONGEST)) == body
    assert visit.status == "200 OK" and visit.headers["X-Thread"].startswith("page")


def test_a_slow_phone_holds_nobody_up() -> None:
    reception = Reception(_echo, at_once=1, longest=LONGEST)
    phones = [_Slow() for _ in range(5)]
    with ThreadPoolExecutor(len(phones)) as server:
        uploads = [server.submit(_Visit(phone, length=2).at, reception) for phone in phones]
        assert all(phone.began.wait(10) for phone in phones)
        assert _Visit(b"hello").at(reception) == b"hello"
        for phone in phones:
            phone.go_on.set()
        assert [upload.result(10) for upload in uploads] == [b"xy"] * len(phones)


def test_no_more_than_a_few_work_at_once() -> None:
    now, most, lock = 0, 0, threading.Lock()
    both = threading.Barrier(2, timeout=10)

    def page(_environment: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        both.wait()  # Only passes when two are here.
        with lock:
            now -= 1
        start_response("200 OK", [])
        return [b""]

    reception = Reception(page, at_once=2, longest=LONGEST)
    with ThreadPoolExecutor(8) as server:
        list(server.map(lambda _: _Visit().at(reception), range(8)))
    assert most == 2


def test_what_is_too_long_is_refused_unread_in_both_languages() -> None:
    visit = _Visit(_Broken(), length=LONGEST + 1)
    words = visit.at(Reception(_echo, at_once=1, longest=LONGEST)).decode()
    assert visit.status.startswith("413") and visit.headers["Cache-Control"] == "no-store"
    assert "最多3MB" in words and "at most 3 MB" in words


@pytest.mark.parametrize(
    ("length", "status", "key"), [(LONGEST + 1, "413", "too_large"), (10, "400", "cut_off")]
)
def test_programs_are_told_in_json(length: int, status: str, key: str) -> None:
    visit = _Visit(_Broken(), length=length, path="/api/v1/cases/1/exhibits")
    (said,) = json.loads(visit.at(Reception(_echo, at_once=1, longest=LONGEST)))["problems"]
    assert visit.status.startswith(status) and visit.headers["Content-Type"] == "application/json"
    assert said["key"] == key and said["message"]["zh"] and said["message"]["en"] and said["do"]["zh"]


@pytest.mark.parametrize("body", [b"half", _Broken()])
def test_a_broken_connection_reaches_no_page(body: Any) -> None:
    visit = _Visit(body, length=10)
    assert "再试一次" in visit.at(Reception(_echo, at_once=1, longest=LONGEST)).decode()
    assert visit.status.startswith("400")


def test_a_length_that_is_none_is_no_length() -> None:
    assert _Visit(b"", length="many").at(Reception(_echo, at_once=1, longest=LONGEST)) == b""


def test_a_failure_of_the_page_is_the_servers_to_see() -> None:
    def page(_environment: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        raise LookupError("broken page")

    with pytest.raises(LookupError, match="broken page"):
        _Visit().at(Reception(page, at_once=1, longest=LONGEST))


_FORM = (
    b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="x.png"\r\n\r\n'
    + b"\x89PNG\r\n\x1a\n"
    + bytes(5000)
    + b"\r\n--frontier--\r\n"
)


def _form(body: bytes, boundary: str = "frontier") -> tuple[str, bytes]:
    visit = _Visit(body)
    kind = f"multipart/form-data; boundary={boundary}"
    environment = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": kind}
    visit._thread = threading.get_ident()
    answer = b"".join(Reception(_echo, at_once=1, longest=LONGEST)(environment, visit._start))
    return visit.status, answer


@pytest.mark.parametrize("boundary", ["frontier", '"frontier"'])
def test_a_whole_form_reaches_the_page(boundary: str) -> None:
    assert _form(_FORM, boundary) == ("200 OK", _FORM)
    assert _form(_FORM + b"\r\nepilogue\r\n", boundary)[0] == "200 OK"


def test_a_form_whose_length_is_understated_is_refused_at_every_length() -> None:
    """Django would take the part of the file that came for the whole."""
    for length in (*range(1, len(_FORM) - 3, 97), len(_FORM) - 3):
        status, answer = _form(_FORM[:length])
        assert status == "400 Bad Request" and "再试一次" in answer.decode()


def test_ten_gigabytes_are_refused_unread() -> None:
    visit = _Visit(_Broken(), length=10 * 1024**3)
    assert "太大" in visit.at(Reception(_echo, at_once=1, longest=LONGEST)).decode()
    assert visit.status.startswith("413")
