# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Text messages: through whatever sender an installation brings, or printed on the console of a demonstration."""

import sys
from typing import Protocol, TextIO

from recourse.core.port import Delivery


class SmsSender(Protocol):
    """What a provider's adapter must offer."""

    def send(self, *, address: str, text: str, key: str) -> Delivery:
        """Send one text to `address` (+86 and eleven digits), once per key."""


class ConsoleSms:
    """Prints texts instead of sending them."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, *, address: str, text: str, key: str) -> Delivery:
        """Print one text."""
        stream = self._stream or sys.stdout
        print(f"\n── 短信 SMS → {address} ──\n{text}\n", file=stream, flush=True)
        return Delivery.delivered


class NoSms:
    """No provider is configured: everything waits."""

    def send(self, *, address: str, text: str, key: str) -> Delivery:
        """Ask to try again later."""
        return Delivery.later
