# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse serve` from an empty folder to Ctrl-C, as a new user meets it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from recourse.cli.serve import WORKERS

# Far longer than any machine needs; it only ends a test that would hang.
PATIENCE_SECONDS = 120


@pytest.mark.sqlite
def test_the_demo_is_served_with_sign_ins_and_stops_with_all_its_children(tmp_path: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECOURSE_")}
    environment = {
        **kept,
        "RECOURSE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "recourse.config.settings",
    }
    command = [sys.executable, "-m", "recourse.cli.main", "serve", "--port", str(port)]
    with (tmp_path / "said").open("w+", encoding="utf-8") as said:
        server = subprocess.Popen([*command, "--demo"], env=environment, stdout=said, stderr=said)
        try:
            page = _awaited(f"http://127.0.0.1:{port}/staff/login/", server)
            taken = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            children = _children(server.pid)
            server.send_signal(signal.SIGINT)
            assert server.wait(PATIENCE_SECONDS) == 0
        finally:
            server.kill()
        said.seek(0)
        words = said.read()
    # What to keep of the data folder, and what happens when it is lost, stands in the manual, file by file.
    manual = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    lying = {item.name for item in tmp_path.iterdir() if not item.name.startswith(".")} - {"said"}
    unsaid = [name for name in lying if f"`{name}`" not in manual and f"`{name}/`" not in manual]
    assert {"recourse.sqlite3", "secret", "signer", "witness", "receipt-keys.json"} <= lying
    assert [name for name in unsaid if not name.endswith(("-wal", "-shm", "-turn"))] == []
    assert "csrfmiddlewaretoken" in page
    assert taken.returncode == 1 and "--port 8001" in taken.stderr
    assert re.search(r"ks-neutral +密码 \w{12}", words) and "lin@demo.example.cn" in words
    said_once = re.findall(
        r"INFO recourse\.start .*证据预览：.+读图（OCR）：.+previews: (on|off).+OCR", words
    )
    assert len(said_once) == 1, "one line at the start, whatever the level of the log"
    # The web server, the workers, signer and witness.
    assert len(children) == 1 + WORKERS + 2 and not any(Path(f"/proc/{child}").exists() for child in children)


def _awaited(url: str, server: "subprocess.Popen[bytes]") -> str:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise AssertionError("the server did not come up")


def _children(parent: int) -> list[str]:
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
