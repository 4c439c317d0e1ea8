# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How dates, spans, money and names are written for people, in Chinese and English."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from recourse.core.money import format_yuan

CHINA = timezone(timedelta(hours=8))
_DAYS_ZH = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PHONE = re.compile(r"\+?\d[\d -]{5,}\d")


def show_day(day: date, *, lang: str, this_year: int | None = None) -> str:
    """11月24日（周二） / Tue 24 Nov. The year is written when it is not `this_year`."""
    if lang == "en":
        year = "" if day.year == this_year else f" {day.year}"
        return f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}{year}"
    year = "" if day.year == this_year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{_DAYS_ZH[day.weekday()]}）"


def show_moment(moment: datetime, *, lang: str, this_year: int | None = None, ends: bool = False) -> str:
    """A moment with weekday and hour in China time.

    With `ends` the moment is the end of a period, so that midnight is written as 24:00 of the day before.
    """
    local = moment.astimezone(CHINA)
    hour = f"{local:%H:%M}"
    day = local.date()
    if ends and (local.hour, local.minute) == (0, 0):
        day, hour = day - timedelta(days=1), "24:00"
    shown = show_day(day, lang=lang, this_year=this_year)
    return f"{shown}, {hour}" if lang == "en" else f"{shown}{hour}"


def show_left(until: datetime, *, now: datetime, lang: str) -> str:
    """还剩1天6小时 / 1 day 6 hours left; after the moment 已超过2小时 / 2 hours over. Two units at most."""
    seconds = int((until - now).total_seconds())
    span = show_span(abs(seconds), lang=lang)
    if seconds >= 0:
        return f"{span} left" if lang == "en" else f"还剩{span}"
    return f"{span} over" if lang == "en" else f"已超过{span}"


def show_span(seconds: int, *, lang: str) -> str:
    """1天6小时 / 1 day 6 hours; under an hour in minutes, and never zero."""
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes = rest // 60
    if days:
        parts = [(days, "天", "day"), (hours, "小时", "hour")]
    elif hours:
        parts = [(hours, "小时", "hour"), (minutes, "分钟", "minute")]
    else:
        parts = [(max(minutes, 1), "分钟", "minute")]
    shown = [part for part in parts if part[0]]
    if lang == "en":
        return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, _, unit in shown)
    return "".join(f"{n}{unit}" for n, unit, _ in shown)


def show_money(fen: int) -> str:
    """¥1,314.00 from fen."""
    yuan, _, cents = format_yuan(abs(fen)).partition(".")
    return f"{'−' if fen < 0 else ''}¥{int(yuan):,}.{cents}"


def mask(value: str) -> str:
    """Hide the middle of a phone number or an address of mail, and all but the first letter of a name."""
    plain = value.strip()
    if "@" in plain:
        name, _, host = plain.rpartition("@")
        return f"{name[:1]}***@{host}"
    if _PHONE.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"{digits[:1]}***{digits[-2:]}"
    return f"{plain[:1]}{'*' * min(max(len(plain) - 1, 1), 3)}" if plain else ""


def year_of(moment: datetime | None = None) -> int:
    """The year in China, so that dates of this year need not repeat it."""
    return (moment or datetime.now(UTC)).astimezone(CHINA).year
