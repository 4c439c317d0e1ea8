# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How a date is shown: always with weekday and hour; midnight is the 24:00 of the day it ends."""

from datetime import datetime, time, timedelta

from recourse.core.calendar import CHINA
from recourse.core.text import Text

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_moment(moment: datetime, *, near: int | None = None) -> Text:
    """A moment that something happened at: 11月24日（周二）18:00 / Tue 24 Nov, 18:00.

    `near` is the year a reader has in mind: the year is written when the moment lies in another one.
    """
    local = moment.astimezone(CHINA)
    return _shown(local, f"{local:%H:%M}", near=near)


def show_end(end: datetime, *, near: int | None = None) -> Text:
    """An exclusive end: 11月24日（周二）24:00 for the midnight after it, 11月24日（周二）18:00 otherwise."""
    local = end.astimezone(CHINA)
    if local.time() == time():
        return _shown(local - timedelta(days=1), "24:00", near=near)
    return _shown(local, f"{local:%H:%M}", near=near)


def show_due(end: datetime, *, near: int | None = None) -> Text:
    """An end as a limit: 11月24日（周二）18:00截止 / due Tue 24 Nov, 18:00."""
    shown = show_end(end, near=near)
    return Text(f"{shown.zh}截止", f"due {shown.en}")


def show_left(end: datetime, *, now: datetime) -> Text:
    """What is left until an end, in days and hours, or in minutes within the last hour: 还剩1天6小时."""
    minutes = int((end - now).total_seconds() // 60)
    if end <= now:
        return Text("已到期", "time is up")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if not days and not hours:
        return Text(
            f"还剩{minutes}分钟" if minutes else "还剩不到1分钟",
            f"{minutes} min left" if minutes else "under a minute left",
        )
    zh = (f"{days}天" if days else "") + (f"{hours}小时" if hours else "")
    en = " ".join(part for part in (_plural(days, "day"), _plural(hours, "hour")) if part)
    return Text(f"还剩{zh}", f"{en} left")


def show_day(iso: str, *, near: int | None = None) -> Text:
    """An ISO date with its weekday: 10月8日（周四） / Thu 8 Oct."""
    return _shown(datetime.fromisoformat(iso), "", near=near)


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}" if count else ""


def _shown(local: datetime, clock: str, *, near: int | None) -> Text:
    weekday, far = local.weekday(), near is not None and near != local.year
    zh_year, en_year = (f"{local.year}年", f" {local.year}") if far else ("", "")
    return Text(
        f"{zh_year}{local.month}月{local.day}日（周{_WEEKDAYS_ZH[weekday]}）{clock}",
        f"{_WEEKDAYS_EN[weekday]} {local.day} {_MONTHS_EN[local.month - 1]}{en_year}"
        + (f", {clock}" if clock else ""),
    )
