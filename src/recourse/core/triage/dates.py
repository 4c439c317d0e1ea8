# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dates found in a person's own words, seen from the day they are read. The subset stands in docs/triage.md.

Lunar dates, recurring dates, bare days of the month and spans counted from another event are not understood:
they give nothing, for a wrong date is worse than none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from recourse.core.triage.folding import Folded, Span
from recourse.core.triage.numerals import CHINESE, read_chinese

# A day without a year lies in the past unless that would be longer ago than this; then it is the coming one.
PAST_DAYS_MAX = 305

_N = rf"(?:\d{{1,2}}|[{CHINESE[:12]}十]{{1,3}})"
_YEAR = r"(?:(?:(?:19|20)\d\d|[〇零一二三四五六七八九]{4}|\d\d)年?|大前年|前年|去年|今年|本年|明年|后年)的?"
_MONTH_WORD = r"(?:上上个?月|上个?月|这个?月|本月|当前月|下个?月)份?的?"
_CLOCK = (
    r"(?:的?(?P<part>凌晨|清晨|早上|早晨|早|上午|中午|午后|下午|傍晚|晚上|晚间|晚|夜里|半夜|深夜))?"
    rf"(?:[\st,]?(?P<hour>{_N})(?::(?P<minute>\d\d)(?::\d\d)?|[点时](?:(?P<half>半)|(?P<minute_word>{_N})分?|钟|整)?))?"
)
# Not inside a number, a recurring or lunar date, or behind a year that was not read.
_NOT_BEFORE = r"(?<![\d.\-/每闰腊正隔历年—~])"
# The second half of a short range (8月至11月) takes its year from the first half: without a year it gives nothing.
_YEAR_OR_NONE = rf"(?:(?P<year>{_YEAR})|(?<![\d年月号日][至到前后]))"
_DAY_SHIFT = {"大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0,
              "今晚": 0, "今早": 0, "明天": 1, "明日": 1, "明晚": 1, "后天": 2, "大后天": 3}  # fmt: skip
_YEAR_SHIFT = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
# Feasts with a fixed solar date; lunar ones need a calendar that triage is not given.
_FEASTS = {
    "国庆": (10, 1), "元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "三八": (3, 8), "妇女节": (3, 8), "六一": (6, 1), "儿童节": (6, 1),
    "教师节": (9, 10), "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12), "618": (6, 18), "圣诞": (12, 25),
}  # fmt: skip
_EVENING = ("下午", "傍晚", "晚上", "晚间", "晚", "夜里", "午后")


@dataclass(frozen=True, slots=True)
class DateFound:
    """Days found in the text: from `first` to `last`, both included; None means open on that side.

    `is_about` marks a date that the words leave loose (一个月前, 国庆左右). `at` is the time of day if one was said.
    """

    span: Span
    first: date | None
    last: date | None
    is_about: bool = False
    at: time | None = None

    @property
    def exact(self) -> date | None:
        """The day when exactly one was said, else None."""
        return None if self.is_about or self.first != self.last else self.first


Days = tuple[date, date]
_Reader = Callable[[re.Match[str], date], Days | None]


def find_dates(folded: Folded, *, today: date) -> tuple[DateFound, ...]:
    """Every date that is understood, in the order of the text; where two readings overlap the longer one stays."""
    found: list[tuple[int, int, DateFound]] = []
    for pattern, reader, is_about in _READERS:
        for match in pattern.finditer(folded.text):
            try:
                days = reader(match, today)
            except (ValueError, OverflowError):
                continue  # the 31st of a short month, a year out of range: no date
            if days is not None:
                end = match.end() - (len(match[0]) - len(match[0].rstrip()))
                days_found = _trimmed(match, days, folded.span(match.start(), end), is_about)
                found.append((match.start(), end, days_found))
    kept: list[tuple[int, int, DateFound]] = []
    for start, end, item in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if all(end <= first or stop <= start for first, stop, _ in kept):
            kept.append((start, end, item))
    return tuple(item for _, _, item in sorted(kept, key=lambda one: one[0]))


def _trimmed(match: re.Match[str], days: Days, span: Span, is_about: bool) -> DateFound:
    """Apply what may follow a date: a time of day, 左右, 前 or 后."""
    groups = match.groupdict()
    side = groups.get("side") or ""
    first: date | None = days[0]
    last: date | None = days[1]
    if side in ("左右", "前后", "上下"):
        return DateFound(span, first, last, True, _clock(groups))
    if side.endswith("前"):
        first, last = None, days[0] - timedelta(days=1)
    elif side:
        first, last = days[0], None
    return DateFound(span, first, last, is_about, _clock(groups))


def _clock(groups: dict[str, str | None]) -> time | None:
    hour = _number(groups.get("hour"))
    if hour is None:
        return None
    minute = 30 if groups.get("half") else (_number(groups.get("minute") or groups.get("minute_word")) or 0)
    part = groups.get("part") or ""
    if (part in _EVENING and 1 <= hour < 12) or (part == "中午" and hour in (1, 2)):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _number(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isascii() else read_chinese(word)


def _year(word: str | None, today: date) -> int | None:
    """The year of a word; None when none was said. Two digits mean this century up to next year, else the last."""
    if not word:
        return None
    plain = word.rstrip("的年份") if word.rstrip("的") not in _YEAR_SHIFT else word.rstrip("的")
    if plain in _YEAR_SHIFT:
        return today.year + _YEAR_SHIFT[plain]
    value = _number(plain) or 0
    if value < 100:
        value += 2000 if value <= today.year % 100 + 1 else 1900
    return value


def _nearest(month: int, day: int, today: date) -> date:
    """The day without a year: the last such day, or the coming one when the last was too long ago."""
    this_year = date(today.year, month, day)
    past = this_year if this_year <= today else date(today.year - 1, month, day)
    return past if (today - past).days <= PAST_DAYS_MAX else date(past.year + 1, month, day)


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _month_shifted(today: date, months: int) -> tuple[int, int]:
    index = today.year * 12 + today.month - 1 + months
    return index // 12, index % 12 + 1


def _full(match: re.Match[str], today: date) -> Days | None:
    year = _year(match["year"], today)
    month, day = _number(match["month"]) or 0, _number(match["day"]) or 0
    found = date(year, month, day) if year is not None else _nearest(month, day, today)
    return found, found


def _shifted_day(match: re.Match[str], today: date) -> Days | None:
    found = today + timedelta(days=_DAY_SHIFT[match["word"]])
    return found, found


def _ago(match: re.Match[str], today: date) -> Days | None:
    number = 1 if match["number"] == "半" else _number(match["number"])
    if number is None:
        return None
    if match["number"] == "半":
        return (
            _days_ago(today, 15)
            if match["unit"] == "月"
            else _months_ago(today, 6)
            if match["unit"] == "年"
            else None
        )
    if match["unit"] in ("天", "日"):
        return _days_ago(today, number)
    if match["unit"] in ("周", "星期", "礼拜"):
        return _days_ago(today, 7 * number)
    return _months_ago(today, number * (12 if match["unit"] == "年" else 1))


def _days_ago(today: date, days: int) -> Days:
    found = today - timedelta(days=days)
    return found, found


def _months_ago(today: date, months: int) -> Days:
    year, month = _month_shifted(today, -months)
    found = date(year, month, min(today.day, _month_end(year, month).day))
    return found, found


def _weekday(match: re.Match[str], today: date) -> Days | None:
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_steps(match["word"]))
    if match["weekday"] is None:
        return monday, monday + timedelta(days=6)
    found = monday + timedelta(days="一二三四五六日天末123456".index(match["weekday"]) % 7)
    if match["weekday"] in "天末":
        found = monday + timedelta(days=6)
    if match["weekday"] == "末":
        return found - timedelta(days=1), found
    if match["weekday"] in "123456":
        found = monday + timedelta(days=int(match["weekday"]) - 1)
    return found, found


def _steps(word: str) -> int:
    return word.count("下") - word.count("上")


def _month_day(match: re.Match[str], today: date) -> Days | None:
    year, month = _month_shifted(today, _steps(match["word"]))
    if match["day"]:
        found = date(year, month, _number(match["day"]) or 0)
        return found, found
    return _part_of_month(year, month, match["decade"])


def _month(match: re.Match[str], today: date) -> Days | None:
    month = _number(match["month"]) or 0
    year = _year(match["year"], today)
    if year is None:
        year = _nearest(month, 1, today).year
    return _part_of_month(year, month, match["decade"])


def _part_of_month(year: int, month: int, decade: str | None) -> Days:
    first, last = date(year, month, 1), _month_end(year, month)
    if decade == "上旬":
        return first, first.replace(day=10)
    if decade == "中旬":
        return first.replace(day=11), first.replace(day=20)
    if decade == "下旬":
        return first.replace(day=21), last
    return first, last


def _whole_year(match: re.Match[str], today: date) -> Days | None:
    year = _year(match["year"], today) or 0
    return date(year, 1, 1), date(year, 12, 31)


def _feast(match: re.Match[str], today: date) -> Days | None:
    month, day = _FEASTS[match["feast"]]
    year = _year(match["year"], today)
    found = date(year, month, day) if year is not None else _nearest(month, day, today)
    return found, found


_SIDE = r"(?P<side>左右|前后|上下|之?前(?![两几\d])|以前|之?后(?![两几\d])|以后|起|以来|至今)?"
_DECADE = r"(?P<decade>上旬|中旬|下旬)?"
_NO_MORE = rf"(?!份|的?[\d初廿卅底末第首{CHINESE}]|最后|前[两几\d]|后[两几三]|头几?)"
_READERS: tuple[tuple[re.Pattern[str], _Reader, bool], ...] = tuple(
    (re.compile(_NOT_BEFORE + pattern), reader, is_about)
    for pattern, reader, is_about in (
        (rf"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)[日号]?{_CLOCK}{_SIDE}", _full, False),
        (rf"{_YEAR_OR_NONE}(?P<month>{_N})(?:月份?|[./](?=\d{{1,2}}[日号]))(?P<day>{_N})[日号]{_CLOCK}{_SIDE}", _full, False),
        (rf"(?P<word>{'|'.join(sorted(_DAY_SHIFT, key=len, reverse=True))}){_CLOCK}{_SIDE}", _shifted_day, False),
        (rf"(?<![个两几多半{CHINESE}])(?P<number>{_N}|半)个?(?P<unit>天|日|周|星期|礼拜)[之以]?前(?!后)", _ago, False),
        (rf"(?<![个两几多半{CHINESE}])(?P<number>{_N}|半)个?(?P<unit>月|年)[之以]?前(?!后)", _ago, True),
        (rf"(?P<word>上上个?|上个?|这个?|本|下个?)(?:周|星期|礼拜)的?(?:周|星期)?(?P<weekday>[一二三四五六日天末1-6])?(?![\d期]){_CLOCK}", _weekday, False),
        (rf"(?P<word>{_MONTH_WORD})(?:(?P<day>{_N})[日号]{_CLOCK}|{_DECADE}){_NO_MORE}", _month_day, False),
        (rf"{_YEAR_OR_NONE}(?P<month>{_N})月份?{_DECADE}{_SIDE}{_NO_MORE}", _month, False),
        (r"(?P<year>(?:(?:19|20)\d\d|[〇零一二三四五六七八九]{4})年|前年|去年|今年)(?=[,。!?;、\s我在就买]|$)", _whole_year, False),
        (rf"(?P<year>{_YEAR})?(?P<feast>{'|'.join(sorted(_FEASTS, key=len, reverse=True))})(?:节|那天|当天){{0,2}}(?!到|至|期间|假|之夜|[\d元块号码]){_SIDE}", _feast, False),
    )
)  # fmt: skip
