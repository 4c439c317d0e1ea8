# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Take in the operator's own records: orders, cards, draws, points accounts. The newest word about one stands."""

from collections.abc import Iterator, Sequence
from functools import partial

from recourse.actions.story import Story
from recourse.core.playbook.refusals import no_playbook
from recourse.core.port import World
from recourse.core.problem import Problem, Problems, gather
from recourse.core.record import ImportedRecord
from recourse.core.text import Text
from recourse.store import records, register


def push_records(
    world: World, *, operator: str, platform: str, pushed: Sequence[ImportedRecord]
) -> Story[int | Problems]:
    """How many were taken in; one that is known is brought up to date. A record's `respondent` is an id of the register."""
    if platform not in world.rules.platforms():
        return no_playbook(platform, world.rules.platforms())
    named = {item.respondent for item in pushed} - {""}
    missing = named - (yield partial(register.registered, operator, named))
    refused = gather(_problems(pushed, missing))
    if refused is not None:
        return refused
    now = yield world.clock.now
    return (yield partial(records.import_records, operator, platform, pushed, now=now))


def _problems(pushed: Sequence[ImportedRecord], missing: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(pushed):
        if item.id in seen:
            yield Problem(
                "listed_twice",
                f"records[{index}].id",
                Text(f"“{item.id}”列了两次。", f"{item.id} is listed twice."),
                Text("合并成一条。", "Make it one record."),
            )
        seen.add(item.id)
        if item.respondent in missing:
            yield Problem(
                "respondent_unknown",
                f"records[{index}].respondent",
                Text("名册里没有这个商家编号。", "The register has no respondent of this id."),
                Text("先登记商家，用返回的编号。", "Register the merchant first and use the id it got."),
            )
