# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A MerchantList is the file by which an operator registers its respondents, with the contacts that notices reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from recourse.core.address import Address, parse_address
from recourse.core.problem import Problem, Problems
from recourse.core.shape import Pattern
from recourse.core.text import Text

# 统一社会信用代码, GB 32100: eighteen signs without I, O, S, V, Z.
CreditCode = Annotated[str, Pattern("[0-9A-HJ-NPQRTUWXY]{18}", "91110105MA00000000")]


@dataclass(frozen=True, slots=True)
class Merchant:
    """One respondent. `shops` are further names it trades under; `order_prefixes` begin its order numbers.

    `accepts_defaults` says that it signed the rule under which its silence may cost it the case.
    """

    name: str
    legal_name: str = ""
    credit_code: CreditCode = ""
    accepts_defaults: bool = False
    shops: tuple[str, ...] = ()
    order_prefixes: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MerchantList:
    """The respondents of one platform."""

    platform: str
    merchants: tuple[Merchant, ...]


def addresses(listed: MerchantList) -> dict[int, tuple[Address, ...]] | Problems:
    """By place in the list, the contacts as addresses; or every contact nobody can be reached by, and every repeat."""
    problems: list[Problem] = list(_repeated(listed))
    found: dict[int, tuple[Address, ...]] = {}
    for index, merchant in enumerate(listed.merchants):
        read = [
            parse_address(given, field=f"merchants[{index}].contacts[{place}]")
            for place, given in enumerate(merchant.contacts)
        ]
        problems += [item for part in read if isinstance(part, Problems) for item in part.items]
        found[index] = tuple(part for part in read if isinstance(part, Address))
    return Problems(tuple(problems)) if problems else found


def _repeated(listed: MerchantList) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, merchant in enumerate(listed.merchants):
        if merchant.name in seen:
            yield Problem(
                "listed_twice",
                f"merchants[{index}].name",
                Text(f"“{merchant.name}”列了两次。", f"{merchant.name} is listed twice."),
                Text("合并成一条。", "Make it one entry."),
            )
        seen.add(merchant.name)
