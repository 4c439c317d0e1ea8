# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Retention 保存期限: how long after closing what is kept, as data with its grounds.

The grounds are articles by id; a length that no article prescribes for an operator of this kind is marked as the operator's
choice. What is erased is the key of the private fields and of every file; the record's proofs stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.deadline.length import Length, Unit, parse_length
from recourse.core.deadline.reckon import same_day
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import Outcome

_ERASES = ("personal_data",)
_KEYS = {"key", "keep", "announce", "erases", "operator_choice", "basis", "why", "outcomes"}
# Nobody may be surprised: it is announced at least so long before.
ANNOUNCED_MIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One rule; `outcomes` empty means every closed case. `operator_choice` says that no article fixes the length."""

    key: str
    keep: Length
    announce: Length
    erases: str
    basis: tuple[str, ...]
    operator_choice: bool
    why: Text
    outcomes: frozenset[Outcome] = frozenset()


@dataclass(frozen=True, slots=True)
class RetentionSchedule:
    """The rules in their order; the first that fits a case counts."""

    version: str
    rules: tuple[RetentionRule, ...]

    def rule_for(self, outcome: Outcome | None) -> RetentionRule | None:
        """The rule of a case that ended so; None keeps it for good."""
        return next((rule for rule in self.rules if not rule.outcomes or outcome in rule.outcomes), None)


def erased_on(closed_at: datetime, rule: RetentionRule, *, now: datetime) -> datetime | None:
    """When a case closed at a moment is to be erased, if it is time to say so: never sooner than the announcement's length
    from now, and at midnight in China."""
    ends = added(closed_at, rule.keep)
    if now < subtracted(ends, rule.announce):
        return None
    notice = max(added(now, rule.announce), now + ANNOUNCED_MIN)
    return _midnight(max(ends, notice))


def added(moment: datetime, length: Length) -> datetime:
    """So much later; a month or a year ends on the same day, or the last of its month."""
    return _moved(moment, length, 1)


def subtracted(moment: datetime, length: Length) -> datetime:
    """So much sooner."""
    return _moved(moment, length, -1)


def read_retention(given: object) -> tuple[RetentionSchedule | None, Sequence[Problem]]:
    """A schedule from a file's content, with everything that is wrong."""
    if (
        not isinstance(given, Mapping)
        or set(given) != {"version", "rules"}
        or not isinstance(given["rules"], list)
    ):
        return None, [_wrong("", "文件里应有 version 和 rules。", "The file holds version and rules.")]
    problems: list[Problem] = []
    rules = [_rule(item, f"rules[{index}]", problems) for index, item in enumerate(given["rules"])]
    found = [rule for rule in rules if rule is not None]
    if len({rule.key for rule in found}) != len(found):
        problems.append(_wrong("rules", "key 有重复。", "A key stands twice."))
    return (None, problems) if problems else (RetentionSchedule(str(given["version"]), tuple(found)), [])


def _rule(given: Any, at: str, problems: list[Problem]) -> RetentionRule | None:
    before = len(problems)
    if (
        not isinstance(given, Mapping)
        or set(given) - _KEYS
        or not {"key", "keep", "announce", "why"} <= set(given)
    ):
        problems.append(
            _wrong(at, f"每条只写 {'、'.join(sorted(_KEYS))}。", f"A rule holds {', '.join(sorted(_KEYS))}.")
        )
        return None
    keep = _length(given, "keep", at, problems)
    announce = _length(given, "announce", at, problems)
    erases, basis, choice = (
        given.get("erases", _ERASES[0]),
        given.get("basis", []),
        given.get("operator_choice", False),
    )
    if erases not in _ERASES:
        problems.append(_wrong(f"{at}.erases", "只能写 personal_data。", "Only personal_data can be erased."))
    if not isinstance(basis, list) or not (basis or choice is True):
        problems.append(
            _wrong(
                f"{at}.basis",
                "写法条编号，或标 operator_choice: true。",
                "Name articles, or mark it operator_choice: true.",
            )
        )
    outcomes = given.get("outcomes", [])
    if not isinstance(outcomes, list) or set(outcomes) - set(Outcome):
        problems.append(_wrong(f"{at}.outcomes", "没有这种结果。", "There is no such outcome."))
    why = given["why"]
    if not isinstance(why, Mapping) or set(why) != {"zh", "en"}:
        problems.append(_wrong(f"{at}.why", "中英文都要写。", "Write it in zh and en."))
    if len(problems) > before or keep is None or announce is None:
        return None
    return RetentionRule(
        key=str(given["key"]),
        keep=keep,
        announce=announce,
        erases=erases,
        basis=tuple(map(str, basis)),
        operator_choice=bool(choice),
        why=Text(str(why["zh"]), str(why["en"])),
        outcomes=frozenset(map(Outcome, outcomes)),
    )


def _length(given: Mapping[str, Any], name: str, at: str, problems: list[Problem]) -> Length | None:
    found = parse_length(given[name], field=f"{at}.{name}")
    if isinstance(found, Problems):
        problems.extend(found.items)
        return None
    if found.unit in {Unit.wd, Unit.h}:
        problems.append(_wrong(f"{at}.{name}", "写天、月或年。", "Write days, months or years."))
        return None
    return found


def _moved(moment: datetime, length: Length, sign: int) -> datetime:
    if length.unit is Unit.d:
        return moment + sign * timedelta(days=length.n)
    local = moment.astimezone(CHINA)
    months = length.n * (12 if length.unit is Unit.year else 1)
    day = same_day(local.date(), months=sign * months)
    return datetime.combine(day, local.timetz())


def _midnight(moment: datetime) -> datetime:
    local = moment.astimezone(CHINA)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if midnight == local else midnight + timedelta(days=1)


def _wrong(field: str, zh: str, en: str) -> Problem:
    return Problem(
        "retention_shape", field, Text(zh, en), Text("请改正保存期限文件。", "Correct the retention file.")
    )
