# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The way out: one HTTP request to somebody else, who is given so many seconds for all of it and no more.

Looking the name up, connecting and the rest have a limit each. Patience that begins anew with each byte is none: whoever
answers one byte at a time would hold a thread for days.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

LOOK_UP = 5  # seconds for finding the addresses of a name
_PORTS = {"http": 80, "https": 443}


def ask(
    method: str, url: str, body: bytes | None, *, headers: Mapping[str, str], seconds: float, limit: int
) -> tuple[int, bytes]:
    """Status and at most `limit` bytes of an answer; no redirect is followed and no proxy asked.

    Connecting may take `seconds`, and the whole of the rest once more. Raises OSError (TimeoutError when time is up),
    HTTPException, and ValueError for an address that is none.
    """
    place = urlsplit(url)
    host, port = place.hostname or "", place.port or _PORTS.get(place.scheme, 0)
    plain = connect(resolve(host, port), port, seconds=seconds)
    with cut_off(plain, seconds=seconds), plain:
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
        connection.default_port = _PORTS.get(place.scheme, 0)
        secure = place.scheme == "https"
        line = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        connection.sock = line
        try:
            path = (place.path or "/") + (f"?{place.query}" if place.query else "")
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read(limit)
        finally:
            connection.close()


# The system's own search for a name knows no time limit. One that hangs is left behind, and this many may hang.
_looking = threading.BoundedSemaphore(16)


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a name, A and AAAA, each once. Raises OSError, and TimeoutError after `LOOK_UP` seconds."""
    places = _looking
    if not places.acquire(timeout=LOOK_UP):
        raise TimeoutError
    found: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()

    def look() -> None:
        try:
            listed = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys(str(item[4][0]) for item in listed)))
        except (OSError, UnicodeError) as error:
            found.put(error)
        finally:
            places.release()

    threading.Thread(target=look, daemon=True, name="look-up").start()
    try:
        result = found.get(timeout=LOOK_UP)
    except Empty:
        raise TimeoutError from None
    if isinstance(result, Exception):
        raise result
    return result


def connect(addresses: Sequence[str], port: int, *, seconds: float) -> socket.socket:
    """A connection to the first address that takes one, within `seconds` for all. Raises OSError, of the last."""
    until = time.monotonic() + seconds
    for left in range(len(addresses), 0, -1):
        try:
            share = (until - time.monotonic()) / left
            line = socket.create_connection((addresses[-left], port), timeout=max(share, 0.1))
        except OSError:
            if left == 1:
                raise
        else:
            line.settimeout(seconds)
            return line
    raise OSError("no address")


@contextmanager
def cut_off(line: socket.socket, *, seconds: float) -> Iterator[None]:
    """Cut a connection after so long, whatever it is at, and say TimeoutError.

    A socket's own patience begins anew with each byte: whoever answers one byte at a time would hold us for days.
    """
    # TLS takes the socket over; what is cut is the connection below both.
    other, cut = line.dup(), threading.Event()

    def end() -> None:
        cut.set()
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError):
        if not cut.is_set():
            raise
    finally:
        timer.cancel()
        timer.join()
        other.close()
    if cut.is_set():
        raise TimeoutError
