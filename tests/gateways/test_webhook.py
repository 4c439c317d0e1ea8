# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The sender of webhooks: what it refuses to reach, in every spelling; that it goes where it looked; no redirects."""

import socket
import threading
import time
from datetime import UTC

import pytest
from standardwebhooks import Webhook

from recourse.gateways import outgoing, webhook
from recourse.gateways.webhook import WebhookSender, is_public
from recourse.gateways.webhook_signature import shown_secret, signed_headers
from tests.api.receiver import receiving
from tests.store.house import START

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *(
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.0.1",
        "192.0.2.5",
        "198.18.0.1",
        "198.51.100.7",
    ),
    *("203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
    ),
    *("2002:7f00:1::", "2002:a00:1::", "2002:c0a8:101::", "::127.0.0.1", "not an address", ""),
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "114.114.114.114", "2606:4700:4700::1111", "2400:3200::1", "::ffff:8.8.8.8"]
BAD_URLS = [
    *(
        "",
        "http://example.cn/x",
        "ftp://example.cn/",
        "https:///x",
        "https://user:pw@example.cn/",
        "https://",
    ),
    *(
        "https://example.cn:0/",
        "https://example.cn:99999/",
        "https://exa mple.cn/",
        "https://example.cn\\@evil/",
    ),
    *("file:///etc/passwd", "gopher://127.0.0.1/", "https://exämple.cn/", "https://[::1", "//example.cn/x"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_ours_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", BAD_URLS)
def test_addresses_that_are_none_are_not_tried(url: str) -> None:
    sender = WebhookSender(look_up=lambda *_: pytest.fail("it was looked up"))
    assert sender.send(url=url, headers={}, body=b"").error == "bad_url"
    assert not sender.takes(url), "the door takes what the sender takes"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.1",
        "0",
    ],
)
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    answer = WebhookSender().send(url=f"https://{host}/", headers={}, body=b"")
    assert answer.error in {"address_refused", "name_unknown"} and answer.status is None


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it connected"))
    for found in (["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], []):
        sender = WebhookSender(look_up=lambda *_, found=found: found)
        assert sender.send(url="https://example.cn/", headers={}, body=b"").error == "address_refused"


def test_it_connects_to_the_address_it_looked_at_and_looks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    reached: list[object] = []

    def rebinding(host: str, port: int) -> list[str]:
        looked.append(host)
        return ["8.8.8.8"] if len(looked) == 1 else ["127.0.0.1"]

    def connect(address: object, **_: object) -> None:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    answer = WebhookSender(look_up=rebinding).send(url="https://example.cn:8443/x", headers={}, body=b"")
    assert answer.error == "unreachable"
    assert looked == ["example.cn"] and reached == [("8.8.8.8", 8443)]


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with receiving() as receiver:
        receiver.answers.append(302)
        sender = WebhookSender(private=True)
        assert sender.send(url=receiver.url, headers={}, body=b"{}").status == 302
        assert len(receiver.came) == 1
    assert sender.send(url=receiver.url, headers={}, body=b"{}").error == "unreachable"


@pytest.mark.parametrize(
    "begins", [b"", b"HTTP/1.1 200 OK\r\nx: ", b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n"]
)
def test_who_answers_a_byte_at_a_time_is_cut_off(begins: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line:
                try:
                    line.sendall(begins)
                    for _ in range(60):
                        line.sendall(b"H")
                        time.sleep(0.1)
                except OSError:
                    return

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        begun = time.monotonic()
        sent = WebhookSender(private=True).send(
            url=f"http://127.0.0.1:{server.getsockname()[1]}/", headers={}, body=b"{}"
        )
        assert (sent.status, sent.error) == (None, "timeout")
        assert time.monotonic() - begun < 3
        dripping.join(5)
        assert not dripping.is_alive()


def test_a_look_up_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = threading.Event()
    monkeypatch.setattr(outgoing, "LOOK_UP", 0.2)
    monkeypatch.setattr(outgoing, "_looking", places := threading.BoundedSemaphore(1))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ends.wait(30) and [])
    for _ in range(2):  # the second one finds the only place taken
        begun = time.monotonic()
        assert WebhookSender().send(url="https://x.cn/", headers={}, body=b"").error == "timeout"
        assert time.monotonic() - begun < 5
    ends.set()
    assert places.acquire(timeout=5), "a search that ends makes room"


def test_every_address_is_given_a_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []
    with receiving() as receiver:
        port = int(receiver.url.rpartition(":")[2].partition("/")[0])
        real = socket.create_connection

        def connect(address: tuple[str, int], **given: float) -> socket.socket:
            reached.append(address[0])
            if address[0] != "127.0.0.1":
                raise ConnectionRefusedError
            return real(address, **given)

        monkeypatch.setattr(socket, "create_connection", connect)
        found = ["2400:3200::1", "8.8.8.8", "127.0.0.1", "1.1.1.1"]
        sender = WebhookSender(private=True, look_up=lambda *_: found)
        assert sender.send(url=f"http://x.cn:{port}/", headers={}, body=b"{}").status == 204
    assert reached == found[:3]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://x.cn/hooks", "x.cn"),
        ("https://x.cn:443/hooks", "x.cn"),
        ("https://x.cn:8443/hooks", "x.cn:8443"),
        ("http://x.cn/", "x.cn"),
        ("http://x.cn:443/", "x.cn:443"),
        ("https://[2400:3200::1]/", "[2400:3200::1]"),
    ],
)
def test_a_port_that_goes_without_saying_is_not_said(
    url: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = socket.socketpair()
    sender = WebhookSender(private=True, look_up=lambda *_: ["8.8.8.8"])
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: ours)
    monkeypatch.setattr(sender, "_tls", NoTls())
    theirs.sendall(b"HTTP/1.1 503 Busy\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n")
    answer = sender.send(url=url, headers={}, body=b"{}")
    assert (answer.status, answer.retry_after) == (503, 120)
    asked = theirs.recv(4096).decode().split("\r\n")
    assert [line for line in asked if line.lower().startswith("host:")] == [f"Host: {host}"]
    theirs.close()


class NoTls:
    """Wraps nothing."""

    def wrap_socket(self, line: socket.socket, **_: str) -> socket.socket:
        return line


def test_a_name_that_is_none() -> None:
    def unknown(*_: object) -> list[str]:
        raise socket.gaierror

    assert (
        WebhookSender(look_up=unknown).send(url="https://x.cn/", headers={}, body=b"").error == "name_unknown"
    )


def test_the_signature_is_the_specification_s() -> None:
    secret = bytes(range(24))
    headers = signed_headers(id="msg_1", at=START, body='{"a":1}', secrets=(secret,))
    known = Webhook(shown_secret(secret)).sign("msg_1", START.astimezone(UTC), '{"a":1}')
    assert headers["webhook-signature"] == known
    both = signed_headers(id="msg_1", at=START, body='{"a":1}', secrets=(bytes(24), secret))
    assert both["webhook-signature"].split(" ")[1] == known
