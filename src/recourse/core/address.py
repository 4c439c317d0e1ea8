# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""An Address is how a person is reached: an e-mail or a mainland mobile number, written one way only."""

import re
import unicodedata
from dataclasses import dataclass

from recourse.core.problem import Problems, refuse

_MAIL = re.compile(
    r"[^\s@<>,;:\"()\[\]\x00-\x1f\x7f]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_SEPARATORS = re.compile(r"[\s\-()（）·.]")


@dataclass(frozen=True, slots=True)
class Address:
    """`channel` is mail or sms; `value` is normalised: a lower-case e-mail, or +86 and eleven digits."""

    channel: str
    value: str


def parse_address(given: object, *, field: str = "contact") -> Address | Problems:
    """Read an e-mail or a mobile number as people type it: full-width digits, spaces, +86 are all fine."""
    text = unicodedata.normalize("NFKC", given).strip() if isinstance(given, str) else ""
    mail = text.lower()
    if len(mail) <= 254 and _MAIL.fullmatch(mail):
        return Address("mail", mail)
    number = _SEPARATORS.sub("", text).removeprefix("+86").removeprefix("0086")
    if number.startswith("86") and len(number) == 13:
        number = number[2:]
    if _MOBILE.fullmatch(number):
        return Address("sms", "+86" + number)
    return refuse(
        "contact_not_understood",
        field=field,
        zh="这不是能用的手机号或邮箱。",
        en="This is not a usable mobile number or e-mail.",
        do_zh="请填11位手机号（如13800138000）或邮箱（如 name@example.com）。",
        do_en="Give an 11-digit mobile number (13800138000) or an e-mail (name@example.com).",
    )


def masked(address: str) -> str:
    """An address for eyes that need only recognise it: 138****8000, n***@example.com."""
    if "@" in address:
        name, _, host = address.partition("@")
        return f"{name[:1]}***@{host}"
    digits = address.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 7 else "****"
