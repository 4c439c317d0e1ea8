# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The server under load: granian with two workers, as `recourse serve` starts it, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from recourse.cli.serve import web_command

_PATIENCE = 30.0


@contextmanager
def serving(*, settings: str = "recourse.config.settings") -> Iterator[int]:
    """A running server; its port. It shares our data folder and database, which the environment names."""
    port = _free_port()
    command = web_command(port)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(command, env=environment, start_new_session=True, stdout=log, stderr=log)
        try:
            _wait(port, child)
            yield port
        finally:
            _stop(child)
            log.seek(0)
            # One look at the end of the log tells why requests failed; the same trace a thousand times does not.
            sys.stderr.write(log.read()[-2000:].decode(errors="replace"))


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _wait(port: int, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if child.poll() is not None:
            raise RuntimeError("the server ended by itself")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
