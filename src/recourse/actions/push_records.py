# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Take in the operator's own records: orders, cards, draws, points accounts. The newest word about one stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from recourse.actions.story import Story
from recourse.core.port import World
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import SubjectKind
from recourse.store import records, register


@dataclass(frozen=True, slots=True)
class PushedRecord:
    """One record. `respondent` is a public id of the register, or empty; sums are fen."""

    id: str
    respondent: str = ""
    title: str = ""
    amount_fen: int | None = None
    refunded_fen: int = 0
    happened_on: date | None = None
    promised_on: date | None = None
    received_on: date | None = None
    status: dict[str, str | int | bool] = field(default_factory=dict)


def push_records(
    world: World, *, operator: str, platform: str, kind: SubjectKind, pushed: Sequence[PushedRecord]
) -> Story[int | Problems]:
    """How many were taken in; one that is known is brought up to date."""
    if platform not in world.rules.platforms():
        known = world.rules.platforms()
        return refuse(
            "unknown_platform",
            field="platform",
            zh=f"没有这个平台的规程：{platform}",
            en=f"There is no playbook for {platform}.",
            do_zh=f"可选：{'、'.join(known)}。",
            do_en=f"Choose from: {', '.join(known)}.",
        )
    named = {item.respondent for item in pushed} - {""}
    missing = yield partial(_strangers, operator, named)
    refused = gather(_problems(pushed, missing))
    if refused is not None:
        return refused
    now = yield world.clock.now
    found = [
        records.ImportedRecord(
            kind=kind.value,
            id=item.id,
            respondent=item.respondent,
            title=item.title,
            amount_fen=item.amount_fen,
            refunded_fen=item.refunded_fen,
            happened_on=item.happened_on,
            promised_on=item.promised_on,
            received_on=item.received_on,
            status=dict(item.status),
        )
        for item in pushed
    ]
    return (yield partial(records.import_records, operator, platform, found, now=now))


def _strangers(operator: str, named: set[str]) -> set[str]:
    return {id_ for id_ in named if not register.respondent_name(operator, id_)}


def _problems(pushed: Sequence[PushedRecord], missing: set[str]) -> Iterator[Problem]:
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
