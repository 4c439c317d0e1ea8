# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Signer, witnesses and time stamp authorities that answer a byte at a time hold nobody."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recourse.gateways import signature, timestamp
from recourse.gateways.outgoing import ask
from recourse.gateways.timestamp import Tsa
from tests.api.receiver import receiving

BEGINNINGS = [b"", b"HTTP/1.1 200 OK\r\nx: ", b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n"]


@contextmanager
def dripping(begins: bytes) -> Iterator[str]:
    """A server that never ends its answer; leaving waits until it was hung up on."""
    hung_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line:
                try:
                    line.sendall(begins)
                    while True:
                        line.sendall(b"H")
                        time.sleep(0.05)
                except OSError:
                    hung_up.set()

        threading.Thread(target=drip, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        assert hung_up.wait(20)


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_a_signer_or_witness_that_drips_is_not_to_be_had(
    begins: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature, "_TIMEOUT_SECONDS", 0.4)
    with dripping(begins) as url:
        assert signature._http("POST", f"{url}/add-checkpoint", b"x") is None


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_an_authority_that_drips_stamps_nothing(
    begins: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(timestamp, "_TIMEOUT_SECONDS", 0.4)
    with dripping(begins) as url:
        assert Tsa(url, roots=str(tmp_path / "none.pem")).stamp(b"x") is None


def test_time_is_up_in_the_handshake_too() -> None:
    with dripping(b"\x16\x03\x03\x40\x00") as url, pytest.raises(OSError):
        ask("GET", url.replace("http:", "https:"), None, headers={}, seconds=0.4, limit=10)


def test_an_answer_in_time_is_read_as_far_as_wanted_and_no_redirect_is_followed() -> None:
    with receiving() as receiver:
        receiver.answers.append(302)
        status, body = ask("POST", receiver.url, b"{}", headers={"X-Our": "1"}, seconds=5, limit=3)
        assert status == 302 and len(body) <= 3 and len(receiver.came) == 1
    for nowhere in (receiver.url, "http://127.0.0.1:0/", "http://[::1", "ftp://x.invalid/", ""):
        assert signature._http("GET", nowhere, None) is None
