# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was made of the exhibits of a case, as one reader may see it: every page, file and dossier asks here.

Whoever may have the original sees it as it is. The other side sees pictures and text masked, and nothing of an exhibit
whose masks are not drawn yet.
"""

from collections.abc import Collection, Mapping
from typing import Any

from recourse.core.actor import Actor
from recourse.core.case.hidden_words import file_place, masked_text
from recourse.core.case.state import Case
from recourse.core.evidence import Exhibit
from recourse.core.redaction import eyes_of, gives_original, hidden_regions
from recourse.core.values import replace
from recourse.store.inspections import Inspected, inspected

# What was found in a file and is words; the rest are hashes and counts.
_WORDS = ("text", "mail", "attached", "bill")


def looked_at(
    actor: Actor,
    case: Case,
    *,
    findings: bool = False,
    only: Collection[int] | None = None,
    as_other: bool = False,
) -> dict[int, Inspected]:
    """By number, what was made of the exhibits that this reader may see; with `as_other` what the side across may of its own."""
    eyes = eyes_of(actor, as_other=as_other)
    seen = inspected(actor, case.number, findings=findings, only=only)
    found: dict[int, Inspected] = {}
    for exhibit in case.exhibits:
        if as_other and exhibit.by.value != actor.role.value:
            continue
        item = seen.get(exhibit.no)
        if item is not None and not gives_original(exhibit, eyes):
            item = as_others_see(exhibit, item, case)
        if item is not None:
            found[exhibit.no] = item
    return found


def as_others_see(exhibit: Exhibit, seen: Inspected, case: Case) -> Inspected | None:
    """What the other side sees of it now; None while its copy is not drawn."""
    wanted = hidden_regions(exhibit, proposed=seen.proposed, reading=seen.reading)
    if wanted is None or seen.drawn != wanted:
        return None
    masked = {(item.form, item.page): item for item in seen.masked}
    shown = file_place(exhibit.no) in case.words_shown
    return replace(
        seen,
        renditions=tuple(masked.get((item.form, item.page), item) for item in seen.renditions),
        findings=seen.findings if shown else _masked_words(_one_payment(seen.findings, seen.picked)),
        pages=(),
        proposed=(),
        masked=(),
    )


def _one_payment(findings: Mapping[str, Any], picked: int | None) -> Mapping[str, Any]:
    """Of a bill the other side sees the payment that was picked: the rest of somebody's months is not its business."""
    bill = findings.get("bill")
    if bill is None:
        return findings
    # The others keep their places, empty: a row is known by its number.
    rows = [row if at == picked else None for at, row in enumerate(bill["rows"])]
    return {**findings, "text": "", "bill": {**bill, "rows": rows}}


def _masked_words(findings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _masked(value) if name in _WORDS else value for name, value in findings.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Mapping):
        return {name: _masked(item) for name, item in value.items()}
    return [_masked(item) for item in value] if isinstance(value, list | tuple) else value
