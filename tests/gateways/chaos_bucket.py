# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A bucket over HTTP that is stricter than the real ones, and that lies, tears, drops and stalls when it is told to.

After FoundationDB's MockS3ServerChaos: whoever is content with this one will be content with any. It refuses what a real
store lets pass (no checksum, no length, no signature) and keeps a book of what really lies in it.
"""

import base64
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

# What can go wrong with one request; `well` is that nothing does.
BEFORE = ("429", "500", "502", "503", "drop", "stall")  # nothing was done
REFUSALS = ("401", "403", "expired")
PUTS = (
    "torn",
    "lost",
    "bent",
    "dropped_after",
    "wrong_etag",
)  # something, nothing or something else was kept
GETS = ("cut", "flipped", "malformed", "wrong_length")
LISTS = ("stale",)
MOODS = (*BEFORE, *REFUSALS, *PUTS, *GETS, *LISTS)


@dataclass
class ChaosBucket:
    """What lies in the bucket, and what the next requests will meet."""

    mood: Callable[[str], str] = lambda _deed: "well"
    kept: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)  # what a stale list still shows
    seen: list[tuple[str, str]] = field(default_factory=list)
    overwritten: list[str] = field(default_factory=list)
    url: str = ""
    calm: threading.Event = field(default_factory=threading.Event)

    def script(self, *moods: str) -> None:
        """These moods in turn, whatever is asked; then well."""
        waiting = list(moods)
        self.mood = lambda _deed: waiting.pop(0) if waiting else "well"


@contextmanager
def chaos_bucket() -> Iterator[ChaosBucket]:
    """A running bucket on this machine."""
    bucket = ChaosBucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"bucket": bucket}))
    server.daemon_threads = True
    bucket.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        bucket.calm.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    bucket: ChaosBucket
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""

    def do_PUT(self) -> None:
        """Keep an object, or pretend to."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        mood = self._mood("put")
        if mood is None or not self._strict(body):
            return
        key, kept = self._key(), self.bucket.kept
        if self.headers.get("If-None-Match") == "*" and key in kept:
            return self._error(412, "PreconditionFailed")
        if kept.get(key, body) != body:
            self.bucket.overwritten.append(key)
        stored = {"torn": body[: len(body) // 2], "lost": None, "bent": _flip(body)}.get(mood, body)
        if stored is not None:
            kept[key] = stored
        if mood == "dropped_after":
            return self._drop()
        etag = "0" * 32 if mood == "wrong_etag" else hashlib.md5(body, usedforsecurity=False).hexdigest()
        self._answer(200, b"", {"ETag": f'"{etag}"', "x-amz-checksum-sha256": _checksum(body)})

    def do_GET(self) -> None:
        """An object or the list."""
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            return self._list(query)
        mood = self._mood("get")
        if mood is None:
            return
        body = self.bucket.kept.get(self._key())
        if body is None:
            return self._error(404, "NoSuchKey")
        if mood == "cut":
            self._answer(200, body[: len(body) // 2], {"Content-Length": str(len(body))}, close=True)
        elif mood == "wrong_length":
            self._answer(200, body[: len(body) // 2], {})
        elif mood == "malformed":
            self._answer(503, b"<Error><Code>Slow", {})
        else:
            self._answer(200, _flip(body) if mood == "flipped" else body, {})

    def do_DELETE(self) -> None:
        """Take an object away."""
        if self._mood("delete") is None:
            return
        self.bucket.before = dict(self.bucket.kept)
        self.bucket.kept.pop(self._key(), None)
        self._answer(204, b"", {})

    def _list(self, query: dict[str, list[str]]) -> None:
        mood = self._mood("list")
        if mood is None:
            return
        shown = self.bucket.before if mood == "stale" else self.bucket.kept
        prefix, after = query.get("prefix", [""])[0], query.get("start-after", [""])[0]
        names = sorted(name for name in shown if name.startswith(prefix) and name > after)
        page = names[:3]  # pages are small, so that everybody must turn them
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>2026-11-20T00:00:00.000Z</LastModified>"
            f"<Size>{len(shown[name])}</Size></Contents>"
            for name in page
        )
        more = str(len(names) > len(page)).lower()
        body = f"<?xml version='1.0'?><ListBucketResult><IsTruncated>{more}</IsTruncated>{rows}</ListBucketResult>"
        self._answer(200, body.encode(), {"Content-Type": "application/xml"})

    def _mood(self, deed: str) -> str | None:
        """What this request meets; None when it was answered here already."""
        mood = self.bucket.mood(deed)
        self.bucket.seen.append((deed, mood))
        if mood in {"429", "500", "502", "503"}:
            self._error(int(mood), "SlowDown" if mood in {"429", "503"} else "InternalError")
        elif mood in {"401", "403"}:
            self._error(int(mood), "Unauthorized" if mood == "401" else "AccessDenied")
        elif mood == "expired":
            self._error(400, "ExpiredToken")
        elif mood == "drop":
            self._drop()
        elif mood == "stall":
            self.bucket.calm.wait(30)
            self._drop()
        elif "Authorization" not in self.headers:
            self._error(403, "AccessDenied")
        else:
            return mood
        return None

    def _strict(self, body: bytes) -> bool:
        if self.headers.get("Content-Length") is None:
            self._error(411, "MissingContentLength")
        elif self.headers.get("x-amz-checksum-sha256") is None:
            self._error(400, "MissingChecksum")
        elif self.headers["x-amz-checksum-sha256"] != _checksum(body):
            self._error(400, "BadDigest")
        else:
            return True
        return False

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).split("/", 2)[2]

    def _error(self, status: int, code: str) -> None:
        self._answer(status, f"<?xml version='1.0'?><Error><Code>{code}</Code></Error>".encode(), {})

    def _answer(self, status: int, body: bytes, headers: dict[str, str], *, close: bool = False) -> None:
        self.send_response(status)
        if status != 204:
            headers.setdefault("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if close:
            self._drop()

    def _drop(self) -> None:
        self.close_connection = True
        try:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # whoever waited has hung up already


def _checksum(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def _flip(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 4]) + body[middle + 1 :]
