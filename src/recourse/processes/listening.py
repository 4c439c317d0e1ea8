# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A small HTTP server for one program on this machine: one handler, short bodies, an orderly end."""

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType

from recourse.core.checkpoint.note import NOTE_MAX
from recourse.gateways.whole_file import write_whole

# Whoever opens a connection and says nothing is hung up on.
_SILENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: method, path, the bearer token if there was one, and the body."""

    method: str
    path: str
    token: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and content type."""

    status: int
    body: str = ""
    type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Listener:
    """A server at a free port of this machine."""

    server: ThreadingHTTPServer = field(repr=False)

    @property
    def address(self) -> str:
        """host:port."""
        return f"127.0.0.1:{self.server.server_address[1]}"


def listen(answer: Callable[[Asked], Answer], *, port: int = 0) -> Listener:
    """Bind; requests are answered once `serve` runs. Port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = _SILENCE_SECONDS

        def do_GET(self) -> None:
            self._reply(answer(self._asked(b"")))

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isascii() or not length.isdigit() or int(length) > NOTE_MAX:
                self.close_connection = True
                self._reply(Answer(400, "a body of at most 64 KiB with its length was expected\n"))
                return
            self._reply(answer(self._asked(self.rfile.read(int(length)))))

        def _asked(self, body: bytes) -> Asked:
            scheme, _, token = self.headers.get("Authorization", "").partition(" ")
            return Asked(self.command, self.path, token if scheme == "Bearer" else "", body)

        def _reply(self, given: Answer) -> None:
            body = given.body.encode()
            self.send_response(given.status)
            self.send_header("Content-Type", given.type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing: the caller logs what it means to it."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

    return Listener(Server(("127.0.0.1", port), Handler))


def serve_until_told(listener: Listener, *, address_file: Path) -> None:
    """Serve until SIGTERM or SIGINT. The address file is there exactly while requests are answered."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        # shutdown() waits for the loop, which this very thread runs.
        threading.Thread(target=listener.server.shutdown).start()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    write_whole(address_file, listener.address.encode())
    try:
        listener.server.serve_forever(poll_interval=0.1)
    finally:
        address_file.unlink(missing_ok=True)
        listener.server.server_close()
