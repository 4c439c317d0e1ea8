# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a verification comes to: faults, what is proven, and what is not, each as a sentence in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.canonical import Plain
from recourse.core.dossier.words import FAULTS, PROVEN, UNPROVEN
from recourse.core.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of a verdict. Verifiers that agree give the same `code` and `where`."""

    code: str
    where: str
    text: Text

    def plain(self) -> dict[str, Plain]:
        """As it is printed with `--json`."""
        return {"code": self.code, "where": self.where, "zh": self.text.zh, "en": self.text.en}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every fault in the order of the checks, or, when there is none, what the dossier proves and what it does not.

    The first fault is the first bad byte, file, event, exhibit or leaf. With a fault nothing is called proven.
    """

    faults: tuple[Finding, ...] = ()
    proven: tuple[Finding, ...] = ()
    unproven: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return not self.faults

    def plain(self) -> dict[str, Plain]:
        """The JSON that all three verifiers print."""
        lists: Mapping[str, tuple[Finding, ...]] = {
            "faults": self.faults,
            "proven": self.proven,
            "unproven": self.unproven,
        }
        return {"ok": self.ok, **{name: [item.plain() for item in items] for name, items in lists.items()}}


def fault(code: str, where: object) -> Finding:
    """A fault of this kind at this place."""
    return Finding(code, str(where), FAULTS[code].format(where=where))


def proven(code: str, where: object, **blanks: object) -> Finding:
    """Something that follows from the bytes and the keys."""
    return Finding(code, str(where), PROVEN[code].format(where=where, **blanks))


def unproven(code: str, where: object, **blanks: object) -> Finding:
    """Something that a reader could believe and must not."""
    return Finding(code, str(where), UNPROVEN[code].format(where=where, **blanks))
