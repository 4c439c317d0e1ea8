# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What stands outside: a post office that sometimes does and does not say so, and a vault that forgets what is not synced.

Both keep a book of what really happened, which no part of the system can see: the oracle reads it.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from recourse.core.port import BlobHealth, Delivery, OpenedBlob, StoredBlob
from recourse.core.problem import Problems
from recourse.gateways.media_type import ALLOWED, HEAD_BYTES, media_type, too_big
from recourse.store.fault_point import fault_point


class LostAnswer(OSError):
    """The line broke: it was done or it was not, and nobody says which."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One message that really reached its address."""

    at: datetime
    channel: str
    address: str
    subject: str
    body: str
    key: str


class FakePost:
    """`Post` of the world. `mood` says what happens to the next message; a key is delivered once, whoever asks again."""

    def __init__(
        self,
        *,
        true_now: Callable[[], datetime],
        mood: Callable[[], str],
        arrived: Callable[[Posted], None],
    ) -> None:
        self._true_now = true_now
        self._mood = mood
        self._arrived = arrived
        self.dead: set[str] = set()  # addresses that do not exist
        self.book: list[Posted] = []
        self._answers: dict[str, Delivery] = {}

    def send(self, *, channel: str, address: str, subject: str, body: str, key: str) -> Delivery:
        """Deliver, bounce, ask to come back, or break the line before or after the deed."""
        if not (channel in {"mail", "sms"} and address and body and key):
            raise ValueError("a message has a channel, an address, words and a key")
        known = self._answers.get(key)
        if known is not None:
            return known
        mood = self._mood()
        if mood == "later":
            return Delivery.later
        if mood == "not_done":
            raise LostAnswer("before")
        outcome = Delivery.bounced if address in self.dead or mood == "bounced" else Delivery.delivered
        self._answers[key] = outcome
        if outcome is Delivery.delivered:
            posted = Posted(self._true_now(), channel, address, subject, body, key)
            self.book.append(posted)
            self._arrived(posted)
        if mood == "done_unsaid":
            raise LostAnswer("after")
        return outcome


class FakeVault:
    """`Blobs` in memory. Bytes are safe only once `put` returned; a kill in between leaves an orphan or nothing."""

    def __init__(self, public_id: Callable[[], str], *, handed_over: Callable[[bytes], None]) -> None:
        self._public_id = public_id
        self._handed_over = handed_over
        self._kept: dict[str, bytes] = {}

    def put(self, chunks: Iterable[bytes], *, name: str, made: bool = False) -> StoredBlob | Problems:
        """Seal bytes under a fresh name."""
        whole = b"".join(chunks)
        kind = media_type(whole[:HEAD_BYTES])
        if isinstance(kind, Problems):
            return kind
        if len(whole) > ALLOWED[kind]:
            return too_big(kind)
        blob = hashlib.sha256(self._public_id().encode() + whole).hexdigest()
        self._handed_over(whole)
        self._keep(blob, whole)
        fault_point("blob.key_stored")
        return StoredBlob(blob, hashlib.sha256(whole).hexdigest(), len(whole), kind)

    def _keep(self, blob: str, whole: bytes) -> None:
        self._kept[blob] = whole

    def get(self, blob: str) -> bytes | None:
        """The bytes again; None when they are erased."""
        return self._kept.get(blob)

    def open(self, blob: str) -> OpenedBlob | None:
        """The bytes in one piece."""
        whole = self.get(blob)
        return None if whole is None else OpenedBlob(len(whole), iter((whole,)))

    def damaged_since(self, blobs: Sequence[str]) -> Mapping[str, datetime]:
        """Memory does not rot."""
        return {}

    def check(self, blob: str) -> BlobHealth:
        """Whole, or erased."""
        return BlobHealth.whole if blob in self._kept else BlobHealth.erased

    def delete(self, blob: str) -> None:
        """Nothing when it is gone already."""
        self._kept.pop(blob, None)

    def reachable(self) -> bool:
        """Always."""
        return True

    def sweep(self, now: datetime) -> int:
        """Nothing is left behind here."""
        return 0
