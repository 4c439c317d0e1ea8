# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The preview of an exhibit as programs read it."""

from recourse.api.shapes.problem import Shown


class SaidOut(Shown):
    """A reason or a note: its key, and the sentence in both languages."""

    key: str
    zh: str
    en: str


class PictureOut(Shown):
    """A picture to fetch: `form` is copy, thumbnail or page; sizes in pixels, `size` in bytes."""

    form: str
    page: int
    width: int
    height: int
    size: int
    media_type: str


class AttachedOut(Shown):
    """An attachment of a mail, never opened: its name and the SHA-256 of its bytes."""

    name: str
    size: int
    digest: str


class PaymentOut(Shown):
    """One payment of a bill; `at` is China time, `amount` yuan, `direction` out, in or neutral."""

    row: int
    at: str
    direction: str
    amount: str
    counterparty: str
    item: str
    status: str
    order_no: str
    merchant_no: str


class PreviewOut(Shown):
    """What is to be seen of a file. `verdict` is ok, no_preview or waiting; `picked` the payment its owner means."""

    no: int
    verdict: str
    reason: SaidOut
    notes: list[SaidOut]
    pictures: list[PictureOut]
    text: str
    mail: dict[str, str]
    attached: list[AttachedOut]
    payments: list[PaymentOut]
    picked: int | None
