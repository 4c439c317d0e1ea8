# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A refusal as it is shown: every problem at once, in both languages."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from recourse.core.claim import POINTS_MAX

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="RFC 3339")]
Day = Annotated[str, Field(json_schema_extra={"format": "date"}, description="a day, such as 2026-09-18")]
Yuan = Annotated[
    str, Field(pattern=r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$", description='yuan, such as "1314.00"')
]


def _whole(given: Any) -> Any:
    """JSON has one kind of number: 3.0 is the whole number 3."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


def whole(least: int, most: int) -> Any:
    """The type of a whole number within limits."""
    return Annotated[int, Field(ge=least, le=most), BeforeValidator(_whole)]


# A count of points, for restore_points.
Points: Any = whole(1, POINTS_MAX)


class Sent(BaseModel):
    """What a program sends: a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Shown(BaseModel):
    """What is shown: exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class Words(Shown):
    """A sentence in both languages."""

    zh: str
    en: str


class ProblemOut(Shown):
    """One thing that is wrong: a stable key, where it is, what is wrong, what helps."""

    key: str
    field: str
    message: Words
    do: Words


class ProblemsOut(Shown):
    """A refusal. Nothing was changed."""

    problems: Annotated[list[ProblemOut], Field(min_length=1)]


def refusals(*statuses: int) -> dict[int, Any]:
    """The refusals that a route declares, beside those that every route may give."""
    return dict.fromkeys((400, 401, 403, 413, 429, *statuses), ProblemsOut)
