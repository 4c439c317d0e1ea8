# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Clients that visit a server on this machine: each keeps one connection and sends its next request at once.

One thread drives all of them. What it costs is told with every result, because it takes from the same processors.
"""

import itertools
import selectors
import socket
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

_TIMEOUT = 30.0
_LANGUAGE = "Accept-Language: zh\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    def cookie(self, name: str) -> str:
        """The value of a cookie that was set, or nothing."""
        for line in self.head.split(b"\r\n"):
            key, _, value = line.partition(b":")
            if key.lower() == b"set-cookie" and value.strip().startswith(name.encode() + b"="):
                return value.strip().split(b";")[0].partition(b"=")[2].decode()
        return ""

    @property
    def location(self) -> str:
        """Where it sends us, or nothing."""
        for line in self.head.split(b"\r\n"):
            key, _, value = line.partition(b":")
            if key.lower() == b"location":
                return value.strip().decode()
        return ""


# A visit sends requests and is given their answers; what it returns says whether it went well.
Visit = Generator[bytes, Answer, bool]


@dataclass(slots=True)
class Result:
    """What came of a load: visits done and failed, the wall time in seconds, each visit's time, what we cost."""

    done: int = 0
    failed: int = 0
    requests: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    generator_seconds: float = 0.0
    why: str = ""

    @property
    def rate(self) -> float:
        """Visits a second."""
        return self.done / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The time in seconds that this share of the visits took at most."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


class _Client:
    """One connection and the visit it is at."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.visit: Visit | None = None
        self.began = 0.0
        self.read = b""

    def send(self, request: bytes) -> None:
        self.read = b""
        self.socket.sendall(request)

    def answer(self) -> Answer | None:
        """The answer when it is complete. Raises ConnectionError when the server hung up."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server hung up")
        self.read += part
        end = self.read.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.read[:end]
        lower = head.lower()
        at = lower.find(b"content-length:")
        if at < 0:
            status = int(head[9:12])
            if status in {204, 304}:
                return Answer(status, head, b"")
            raise ConnectionError("an answer without a length")
        length = int(lower[at + 15 :].split(b"\r\n", 1)[0])
        if len(self.read) < end + 4 + length:
            return None
        return Answer(int(head[9:12]), head, self.read[end + 4 :])


def run(port: int, visits: Iterator[Visit], *, clients: int, seconds: float) -> Result:
    """Visit until the time is over or the visits are used up; visits under way are finished."""
    result = Result()
    poll = selectors.DefaultSelector()
    began, used = time.perf_counter(), time.process_time()
    until = began + seconds
    active = 0
    for _ in range(clients):
        client = _Client(port)
        if _begin(client, visits):
            poll.register(client.socket, selectors.EVENT_READ, client)
            active += 1
    while active:
        ready = poll.select(_TIMEOUT)
        if not ready:
            result.why = result.why or "no answer for half a minute"
            result.failed += active
            break
        for key, _ in ready:
            if not _go_on(key.data, visits, result, until):
                poll.unregister(key.data.socket)
                key.data.socket.close()
                active -= 1
    result.seconds = time.perf_counter() - began
    result.generator_seconds = time.process_time() - used
    poll.close()
    return result


def _begin(client: _Client, visits: Iterator[Visit]) -> bool:
    client.visit = next(visits, None)
    if client.visit is None:
        return False
    client.began = time.perf_counter()
    client.send(next(client.visit))
    return True


def _go_on(client: _Client, visits: Iterator[Visit], result: Result, until: float) -> bool:
    """Take what came and send what follows; False when this client is done."""
    assert client.visit is not None
    try:
        answer = client.answer()
        if answer is None:
            return True
        result.requests += 1
        try:
            client.send(client.visit.send(answer))
            return True
        except StopIteration as end:
            now = time.perf_counter()
            result.times.append(now - client.began)
            if end.value:
                result.done += 1
            else:
                result.failed += 1
                result.why = result.why or f"{answer.status} {answer.location}"
            return now < until and _begin(client, visits)
    except (OSError, ValueError) as error:
        result.failed += 1
        result.why = result.why or str(error)
        return False


def get(path: str, *, cookies: str = "") -> bytes:
    """The bytes of a GET."""
    return _head("GET", path, cookies) + b"\r\n"


def post(path: str, fields: dict[str, str | list[str]], *, cookies: str = "") -> bytes:
    """The bytes of a form that is sent."""
    body = urlencode(fields, doseq=True).encode()
    length = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    return _head("POST", path, cookies) + length.encode() + body


def post_file(
    path: str,
    fields: dict[str, str],
    *,
    name: str,
    file: bytes,
    cookies: str = "",
    mark: str = "benchbenchbench",
) -> bytes:
    """The bytes of a form with one JPEG."""
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
        for k, v in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = b"".join(parts) + head.encode() + file + f"\r\n--{mark}--\r\n".encode()
    length = f"Content-Type: multipart/form-data; boundary={mark}\r\nContent-Length: {len(body)}\r\n\r\n"
    return _head("POST", path, cookies) + length.encode() + body


_addresses = itertools.count(1)


def _head(method: str, path: str, cookies: str) -> bytes:
    # Each request comes from another house, as through a proxy; from one address too many would be refused.
    n = next(_addresses)
    address = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
    sent = f"Cookie: {cookies}\r\n" if cookies else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address}\r\n{_LANGUAGE}{sent}".encode()


def once(request: bytes, good: Callable[[Answer], bool]) -> Visit:
    """A visit of one request."""
    answer = yield request
    return good(answer)
