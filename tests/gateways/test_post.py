# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Mail and text messages: what is sent, what is printed, and what a refusal means."""

import io
import smtplib
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest

from recourse.core.calendar import CHINA
from recourse.core.port import Delivery
from recourse.gateways import mail
from recourse.gateways.mail import ConsoleMail, MailServer, NoMail, SmtpMail, parse_mail_server
from recourse.gateways.post import PostOffice
from recourse.gateways.sms import ConsoleSms, NoSms

LOCAL = "smtp://localhost:2525?from=case@odr.example.cn"
MESSAGE = {"address": "a@example.cn", "subject": "编号1234", "body": "请在网页查看。", "key": "case:1"}


class NoonClock:
    """It is always noon."""

    def now(self) -> datetime:
        return datetime(2026, 9, 21, 12, 0, tzinfo=CHINA)


class FakeServer:
    """A mail server that keeps what it gets, or refuses it."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.got: list[EmailMessage] = []
        self.login_with: tuple[str, str] | None = None

    def __call__(self, *_: Any, **__: Any) -> "FakeServer":
        return self

    sock: Any = None
    farewell: Exception | None = None

    def quit(self) -> None:
        if self.farewell is not None:
            raise self.farewell

    def close(self) -> None:
        return None

    def login(self, user: str, password: str) -> None:
        self.login_with = (user, password)

    def send_message(self, message: EmailMessage) -> None:
        if self.error is not None:
            raise self.error
        self.got.append(message)


def send(
    monkeypatch: pytest.MonkeyPatch, server: FakeServer, address: str = LOCAL, **changes: str
) -> Delivery:
    """Send one mail to a fake server."""
    monkeypatch.setattr(mail.smtplib, "SMTP", server)
    monkeypatch.setattr(mail.smtplib, "SMTP_SSL", server)
    return SmtpMail(parse_mail_server(address), clock=NoonClock()).send(**(MESSAGE | changes))


def test_a_mail_says_what_it_should_and_its_second_copy_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    server = FakeServer()
    assert send(monkeypatch, server) is Delivery.delivered
    assert send(monkeypatch, server) is Delivery.delivered
    first, second = server.got
    assert first["To"] == "a@example.cn" and first["Subject"] == "编号1234"
    assert first["From"] == "case@odr.example.cn"
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"].endswith("12:00:00 +0800")
    assert "请在网页查看。" in first.get_content()


def test_a_line_break_in_a_subject_makes_no_header(monkeypatch: pytest.MonkeyPatch) -> None:
    server = FakeServer()
    send(monkeypatch, server, subject="hello\r\nBcc: all@example.cn")
    assert server.got[0]["Bcc"] is None
    assert server.got[0]["Subject"] == "hello Bcc: all@example.cn"


@pytest.mark.parametrize(
    ("error", "delivery"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.cn": (550, b"no such user")}), Delivery.bounced),
        (smtplib.SMTPRecipientsRefused({"a@example.cn": (451, b"greylisted")}), Delivery.later),
        (smtplib.SMTPServerDisconnected("gone"), Delivery.later),
        (smtplib.SMTPDataError(554, b"spam"), Delivery.later),
        (ConnectionRefusedError(), Delivery.later),
        (TimeoutError(), Delivery.later),
    ],
)
def test_only_a_refused_recipient_is_a_bounce(
    monkeypatch: pytest.MonkeyPatch, error: Exception, delivery: Delivery
) -> None:
    assert send(monkeypatch, FakeServer(error)) is delivery


@pytest.mark.parametrize(
    "farewell",
    [smtplib.SMTPResponseException(421, b"busy"), smtplib.SMTPServerDisconnected("gone"), TimeoutError()],
)
def test_a_farewell_that_fails_sends_nothing_twice(
    farewell: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = FakeServer()
    server.farewell = farewell
    assert send(monkeypatch, server) is Delivery.delivered


def test_a_server_with_a_user_is_logged_in_to(monkeypatch: pytest.MonkeyPatch) -> None:
    server = FakeServer()
    send(monkeypatch, server, "smtps://me:p%40ss@mail.example.cn?from=case@example.cn")
    assert server.login_with == ("me", "p@ss")


def test_a_mail_server_address_is_read() -> None:
    assert parse_mail_server("smtps://mail.example.cn?from=a@b.cn") == MailServer(
        "mail.example.cn", 465, True, "", "", "a@b.cn"
    )
    assert parse_mail_server(LOCAL).tls is False


@pytest.mark.parametrize(
    "address",
    [
        "smtp://mail.example.cn?from=a@b.cn",  # clear text to another machine
        "https://mail.example.cn?from=a@b.cn",
        "smtps://mail.example.cn",
        "smtps://?from=a@b.cn",
        "nonsense",
    ],
)
def test_an_unusable_mail_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="mail"):
        parse_mail_server(address)


def test_a_demonstration_prints_instead_of_sending() -> None:
    printed = io.StringIO()
    post = PostOffice(mail=ConsoleMail(printed), sms=ConsoleSms(printed))
    for channel, address in (("mail", "a@example.cn"), ("sms", "+8613800138000")):
        sent = post.send(channel=channel, address=address, subject="验证码", body="042317", key="k")
        assert sent is Delivery.delivered
        assert address in printed.getvalue()
    assert printed.getvalue().count("042317") == 2


def test_without_a_sender_everything_waits() -> None:
    post = PostOffice(mail=NoMail(), sms=NoSms())
    for channel in ("mail", "sms"):
        assert post.send(channel=channel, address="x", subject="", body="", key="k") is Delivery.later
    with pytest.raises(ValueError, match="pigeon"):
        post.send(channel="pigeon", address="x", subject="", body="", key="k")
