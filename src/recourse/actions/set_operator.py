# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Set up an operator: its names, its kind, its hours and the rungs it operates. Settings keep their history."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recourse.core.deadline.service import ServiceHours
from recourse.core.port import World
from recourse.core.problem import Problem, Problems, gather
from recourse.core.text import Text
from recourse.store import operators

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class OperatorChange:
    """What is to be set. Empty names and an empty kind leave what is there; `operates` names platforms to change."""

    slug: str
    name_zh: str = ""
    name_en: str = ""
    kind: str = ""
    operates: Mapping[str, Sequence[str]] | None = None
    hours: ServiceHours | None = None
    round_the_clock: bool = False


def set_operator(world: World, change: OperatorChange, *, by: str) -> Problems | None:
    """Make the operator if it is new, then set what was given, from this moment on."""
    refused = gather(_problems(world, change))
    if refused is not None:
        return refused
    now = world.clock.now()
    operators.ensure_operator(
        change.slug,
        name_zh=change.name_zh or change.slug,
        name_en=change.name_en or change.slug,
        kind=change.kind or "nobody",
        now=now,
    )
    operators.rename_operator(change.slug, name_zh=change.name_zh, name_en=change.name_en, kind=change.kind)
    for platform, rungs in (change.operates or {}).items():
        operators.set_operated_rungs(change.slug, platform, rungs, valid_from=now, by=by)
    if change.hours is not None or change.round_the_clock:
        operators.set_service_hours(change.slug, change.hours, valid_from=now, by=by)
    return None


def found_local_operator(world: World) -> None:
    """The operator of an installation that nobody has set up: it operates nothing, every rung is outside."""
    operators.ensure_operator(
        operators.LOCAL, name_zh="本机", name_en="This machine", kind="nobody", now=world.clock.now()
    )


def _problems(world: World, change: OperatorChange) -> Iterator[Problem]:
    if len(change.slug) > 40 or not _SLUG.fullmatch(change.slug):
        yield _problem(
            "slug_not_understood",
            "slug",
            "短名只用小写字母、数字和连字符，最多40个字符。",
            "A short name has lower-case letters, digits and hyphens, at most 40 characters.",
            "例如 kuaishou-demo。",
            "For example kuaishou-demo.",
        )
    for platform, rungs in (change.operates or {}).items():
        yield from _rung_problems(world, platform, rungs)


def _rung_problems(world: World, platform: str, rungs: Sequence[str]) -> Iterator[Problem]:
    rules = world.rules.read(platform)
    if isinstance(rules, Problems):
        yield from rules.items
        return
    inside = [spec.rung.value for spec in rules.playbook.ladder if not spec.outside_only]
    for rung in rungs:
        if rung not in inside:
            yield _problem(
                "rung_cannot_be_operated",
                f"operates.{platform}",
                f"“{rung}”不是{rules.playbook.name.zh}里能由运营方承担的一步。",
                f"{rung} is not a step that an operator can run for {rules.playbook.name.en}.",
                f"可选：{'、'.join(inside)}。",
                f"Choose from: {', '.join(inside)}.",
            )


def _problem(key: str, field: str, zh: str, en: str, do_zh: str, do_en: str) -> Problem:
    return Problem(key, field, Text(zh, en), Text(do_zh, do_en))
