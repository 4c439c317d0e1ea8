# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The post office: one door to mail and text messages."""

from typing import Protocol

from recourse.core.port import Delivery
from recourse.gateways.sms import SmsSender


class MailSender(Protocol):
    """What sends mail."""

    def send(self, *, address: str, subject: str, body: str, key: str) -> Delivery:
        """Send one message, once per key."""


class PostOffice:
    """`Post` over a mail sender and an SMS sender."""

    def __init__(self, *, mail: MailSender, sms: SmsSender) -> None:
        self._mail = mail
        self._sms = sms

    def send(self, *, channel: str, address: str, subject: str, body: str, key: str) -> Delivery:
        """Send once per key. A text message has no subject: it begins the text."""
        if channel == "mail":
            return self._mail.send(address=address, subject=subject, body=body, key=key)
        if channel == "sms":
            return self._sms.send(address=address, text=f"{subject}\n{body}" if subject else body, key=key)
        raise ValueError(f"unknown channel {channel!r}")
