# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""E-mail: by SMTP over TLS, or printed on the console of a demonstration."""

import hashlib
import smtplib
import ssl
import sys
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TextIO
from urllib.parse import parse_qs, unquote, urlsplit

from recourse.core.port import Clock, Delivery

_SECONDS = 20
# For the answer to a message that was handed over. Who hangs up too early has it delivered twice: RFC 5321 §4.5.3.2.6
# asks for ten minutes, of which a worker has one.
_ACCEPTING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in. Without `tls` only a relay on this very machine is spoken to."""

    host: str
    port: int
    tls: bool
    user: str
    password: str
    sender: str


def parse_mail_server(address: str) -> MailServer:
    """Read `smtps://user:password@host:465?from=case@odr.example.cn`. Raises ValueError.

    Plain `smtp://` is taken for localhost alone: a connection that may fall back to clear text gives codes away.
    """
    parts = urlsplit(address)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or "@" not in sender:
        raise ValueError("the mail server must look like smtps://user:password@host:465?from=case@example.cn")
    tls = parts.scheme == "smtps"
    if not tls and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("mail to another machine must go over TLS: use smtps://")
    port = parts.port or (465 if tls else 25)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, tls, user, password, sender)


class SmtpMail:
    """Hands mail to a server. `delivered` means that the server took it for this recipient.

    SMTP has no key that a server would look at: when we die between its taking a message and our noting it, the
    message goes out again, with the same Message-ID.
    """

    def __init__(self, server: MailServer, *, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    def send(self, *, address: str, subject: str, body: str, key: str) -> Delivery:
        """Send one message. Its Message-ID follows from the key, so that a second copy is recognised as one."""
        message = EmailMessage()
        message["From"] = self._server.sender
        message["To"] = address
        # A line break in a subject would begin another header.
        message["Subject"] = " ".join(subject.split())
        message["Date"] = format_datetime(self._clock.now())
        domain = self._server.sender.rpartition("@")[2]
        message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        try:
            self._hand_in(message)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            return Delivery.bounced if codes and min(codes) >= 500 else Delivery.later
        except (smtplib.SMTPException, OSError):
            return Delivery.later
        return Delivery.delivered

    def _hand_in(self, message: EmailMessage) -> None:
        connection = self._connect()
        try:
            if self._server.user:
                connection.login(self._server.user, self._server.password)
            if connection.sock is not None:
                connection.sock.settimeout(_ACCEPTING_SECONDS)
            connection.send_message(message)
        finally:
            # The message is accepted or refused by now: a farewell that fails must not have it sent again.
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=_SECONDS)


class ConsoleMail:
    """Prints mail instead of sending it, for a demonstration on one machine."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, *, address: str, subject: str, body: str, key: str) -> Delivery:
        """Print one message."""
        stream = self._stream or sys.stdout
        print(f"\n── 邮件 mail → {address} ──\n{subject}\n{body}\n", file=stream, flush=True)
        return Delivery.delivered


class NoMail:
    """No server is configured: everything waits."""

    def send(self, *, address: str, subject: str, body: str, key: str) -> Delivery:
        """Ask to try again later."""
        return Delivery.later
