# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse serve` and `worker`: the web server with workers, signer and witness beside it, or one more worker."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from types import FrameType

from recourse.cli.opening import open_installation
from recourse.cli.telling import DONE, REFUSED, refused
from recourse.core.port import World
from recourse.core.problem import Problems, refuse

log = logging.getLogger("recourse.start")

WEB_WORKERS = 2
# Two, so that a mail server that takes its time holds no deadline up; and a sweep uses both processors.
WORKERS = 2
# They receive what visitors send, at whatever pace; few of them work on it at a time (`webkit/reception.py`).
WEB_THREADS = 32
WEB_WAITING = 128
# A child that ends by itself this soon after its start will do so again; then we stop trying.
_TOO_SOON = 5.0
_PATIENCE = 10.0


def serve(given: Namespace) -> int:
    """Bring everything up to date, then run web server and workers until Ctrl-C or SIGTERM."""
    address = f"http://127.0.0.1:{given.port}"
    os.environ.setdefault("RECOURSE_PUBLIC_URL", address)
    if given.demo:
        os.environ["RECOURSE_DEMO"] = "1"
    if not _is_free(given.port):
        return refused(_port_taken(given.port), as_json=False)
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=False)
    _collect_static()
    from recourse.queries.guard import closed

    shut = closed(world)
    if shut is not None:
        # Reading goes on; the pages say the same in a banner.
        refused(shut, as_json=False)
    elif given.demo:
        from recourse.actions.seed_demo import seed_demo
        from recourse.cli.sign_ins import sign_ins

        seeded = seed_demo(world)
        if isinstance(seeded, Problems):
            return refused(seeded, as_json=False)
        print(sign_ins(seeded, address=address), flush=True)
    _say_what_is_seen(world)
    _let_go_of_database()
    print(f"说法 Recourse: {address}　（Ctrl-C 停止 to stop）", flush=True)
    # Signer and witness first: the workers ask them, and are told to stop before them.
    programs = world.notary.commands().values() if world.notary is not None else ()
    return _run(*map(list, programs), web_command(given.port), *[_worker()] * WORKERS)


def work() -> int:
    """Bring the database up to date, then become a worker."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=False)
    _say_what_is_seen(world)
    _let_go_of_database()
    arguments = _worker()
    os.execv(arguments[0], arguments)


def web_command(port: int) -> list[str]:
    """The web server's command line; `make bench` measures this one."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS)),
        *(
            "--backpressure",
            str(WEB_WAITING),
            "--no-ws",
            "--log-level",
            "error",
            "--respawn-failed-workers",
        ),
        "recourse.config.wsgi:application",
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "recourse.processes.worker"]


def _run(*commands: list[str]) -> int:
    """Run the programs side by side; start one that died again; stop all when told to."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # In a session of their own, so that Ctrl-C reaches us alone and they are stopped in order.
    children = {index: _start(command) for index, command in enumerate(commands)}
    started = dict.fromkeys(children, time.monotonic())
    code = DONE
    while not stopping:
        time.sleep(0.2)
        for index, child in children.items():
            if child.poll() is None:
                continue
            if time.monotonic() - started[index] < _TOO_SOON:
                print(f"程序停了 ended by itself: {' '.join(commands[index][2:4])}", file=sys.stderr)
                stopping, code = True, REFUSED
                break
            children[index], started[index] = _start(commands[index]), time.monotonic()
    _stop(list(children.values()))
    return code


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in reversed(children):
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            # Nothing is lost by that: what was not committed is not there, and leases run out.
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _say_what_is_seen(world: World) -> None:
    """One line of the log, whatever its level: a banner on a page is found too late by whoever set the server up."""
    from recourse.queries.previews import sight_at_start

    words = sight_at_start(world)
    log.info("%s · %s", words.zh, words.en)


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _let_go_of_database() -> None:
    from django.db import connections

    connections.close_all()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _port_taken(port: int) -> Problems:
    return refuse(
        "port_taken",
        field="port",
        zh=f"端口{port}已被占用。",
        en=f"Port {port} is taken.",
        do_zh="关掉占用它的程序，或换一个：--port 8001（make run PORT=8001）。",
        do_en="Stop what uses it, or choose another: --port 8001 (make run PORT=8001).",
    )
