# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How often a respondent's subjects were complained of, and by how many different people, within one operator.

Counted are complaints whose contact was proven, whose subject the operator's own records hold, and which were neither
withdrawn nor refused. People are told apart by the contact they gave, so that one person's many filings are one person.
"""

from collections.abc import Sequence

from recourse.core.case.state import Case
from recourse.core.port import OpenedCase
from recourse.core.repeat import Repeat, heard
from recourse.core.vocabulary import Stage
from recourse.store.rows import select, select_among

# So many pairs are read of one respondent: far above any threshold, and a page is never held up by more.
_PAIRS_MAX = 5_000
_PAIRS = (
    "SELECT DISTINCT one.complained_of, contact.address_mac FROM store_case AS one "
    "JOIN store_person_contact AS contact ON contact.person_id = one.complainant_id "
    "WHERE one.operator = %s AND one.platform = %s AND one.respondent_registered = %s AND one.complained_of > '' "
    f"AND (one.stage <> '{Stage.received.value}' OR one.id = %s) "
    f"ORDER BY one.complained_of, contact.address_mac LIMIT {_PAIRS_MAX}"
)
_KNOWN = (
    "SELECT operator, respondent, COUNT(*) FROM store_record "
    "WHERE operator IN ({}) AND platform IN ({}) AND kind IN ({}) AND respondent IN ({}) GROUP BY operator, respondent"
)


def repeats_for(cases: Sequence[OpenedCase]) -> dict[str, dict[str, Repeat]]:
    """By case: each repeat rule of its playbook that was not told there yet, and how often it happened."""
    asking = [item for item in cases if _untold(item)]
    if not asking:
        return {}
    known = _known([item.case for item in asking])
    found = {}
    for item in asking:
        case = item.case
        place = [case.operator, case.platform, case.respondent.registered, case.id]
        repeat = Repeat(
            heard(select(_PAIRS, place)), known.get((case.operator, case.respondent.registered), 0)
        )
        found[case.id] = dict.fromkeys(_untold(item), repeat)
    return found


def _untold(opened: OpenedCase) -> tuple[str, ...]:
    case = opened.case
    if not case.respondent.registered or case.closed or case.erased:
        return ()
    told = {item.rule for item in case.repeats}
    return tuple(rule.id for rule in opened.rules.playbook.repeats if rule.id not in told)


def _known(cases: Sequence[Case]) -> dict[tuple[str, str], int]:
    rows = select_among(
        _KNOWN,
        {case.operator for case in cases},
        {case.platform for case in cases},
        {case.subject.kind.value for case in cases},
        {case.respondent.registered for case in cases},
    )
    return {(operator, respondent): count for operator, respondent, count in rows}
