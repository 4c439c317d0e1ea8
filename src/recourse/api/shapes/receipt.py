# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A receipt as it is shown: promises at once, proofs when the log was signed. Hashes are hex, keys and paths base64."""

from recourse.api.shapes.problem import Moment, Shown


class LeafOut(Shown):
    """One leaf: its canonical data, the promise to the log `origin`, and the way to the checkpoint's root."""

    origin: str
    data: str
    hash: str
    promise: str
    salt: str | None
    index: int | None
    path: list[str] | None


class ReceivedOut(Shown):
    """A file of the reader's own; `salt` opens the commitment of its leaf: HMAC-SHA-256(salt, ["digest", digest])."""

    no: int
    digest: str
    size: int
    received_at: Moment
    salt: str | None
    leaf: LeafOut | None


class LogKeyOut(Shown):
    """A key of the log."""

    name: str
    key: str
    alg: str


class ReceiptKeyOut(Shown):
    """A key of promises."""

    name: str
    key: str


class WitnessOut(Shown):
    """A witness, and who runs it."""

    name: str
    key: str
    operator: str


class PolicyOut(Shown):
    """Whose signatures count."""

    format: str
    origin: str
    log: list[LogKeyOut]
    receipt: list[ReceiptKeyOut]
    witnesses: list[WitnessOut]
    quorum: int


class ProofReceiptOut(Shown):
    """What was received of one case, for one reader."""

    format: str
    number: str
    case: str
    origin: str
    version: int
    head: str
    leaf: LeafOut | None
    exhibits: list[ReceivedOut]
    checkpoint: str | None
    policy: PolicyOut | None
