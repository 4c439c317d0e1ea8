# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How a program that locks itself in is started: with a pipe each way and nothing else of ours."""

import subprocess
import sys


def start_caged(program: str, *arguments: str, bufsize: int = -1) -> subprocess.Popen[bytes]:
    """Start a module of ours: no environment, no folder, no other descriptor, and a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-I", "-m", program, *arguments],
        bufsize=bufsize,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
        start_new_session=True,
    )
