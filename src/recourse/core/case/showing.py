# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a side shows of its own things: black regions of an exhibit, texts in full, what an exhibit is said to show."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from recourse.core.case import events as e
from recourse.core.case import show_commands as sc
from recourse.core.case.draft import Draft
from recourse.core.case.hidden_words import owner_of
from recourse.core.evidence import Exhibit
from recourse.core.money import parse_yuan
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.region import REGIONS_MAX
from recourse.core.screen import ScreenField
from recourse.core.text import Text

VALUE_MAX = 80
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def mask_exhibit(draft: Draft, command: sc.MaskExhibit) -> Problems | None:
    """Choose the black regions of one's own exhibit."""
    exhibit = _own(draft, command.no)
    if exhibit is None:
        return _unknown()
    if len(command.regions) > REGIONS_MAX:
        return refuse(
            "too_many_regions",
            field="regions",
            zh=f"一份材料最多遮{REGIONS_MAX}处。",
            en=f"At most {REGIONS_MAX} regions in one exhibit.",
            do_zh="可以画一个大的方框代替几个小的。",
            do_en="Draw one large box in place of several small ones.",
        )
    if not all(item.whole for item in command.regions):
        return refuse(
            "region_outside",
            field="regions",
            zh="方框要在图里：左小于右，上小于下，都在0到100%之间。",
            en="A box lies within the picture: left below right, top below bottom, all from 0 to 100 %.",
            do_zh="改一下这几个数再提交。",
            do_en="Correct the numbers and send again.",
        )
    regions = tuple(dict.fromkeys(command.regions))
    if regions != exhibit.regions:
        draft.add(e.ExhibitMasked(no=command.no, by=draft.side, regions=regions))
    return None


def show_words(draft: Draft, command: sc.ShowWords) -> Problems | None:
    """Show one's own text in full, or mask it again."""
    if owner_of(draft.case, command.where) is not draft.side:
        return refuse(
            "words_unknown",
            field="where",
            zh="没有找到这段话，或者不是你写的。",
            en="There is no such text, or it is not yours.",
            do_zh="请刷新页面再选。",
            do_en="Reload the page and choose again.",
        )
    if command.shown is not (command.where in draft.case.words_shown):
        draft.add(e.WordsShown(where=command.where, by=draft.side, shown=command.shown))
    return None


def confirm_reading(draft: Draft, command: sc.ConfirmReading) -> Problems | None:
    """Say what one's own exhibit shows; saying it again takes the place of what was said."""
    exhibit = _own(draft, command.no)
    if exhibit is None:
        return _unknown()
    values = {name: value.strip() for name, value in command.values.items() if value.strip()}
    refused = gather(_misread(values))
    if refused is None and values != exhibit.reading:
        draft.add(e.ReadingConfirmed(no=command.no, by=draft.side, values=values))
    return refused


def _misread(values: Mapping[ScreenField, str]) -> list[Problem]:
    found = []
    for name, value in values.items():
        if len(value) > VALUE_MAX:
            found.append(_wrong(name, f"最多{VALUE_MAX}字。", f"At most {VALUE_MAX} characters."))
    amount, at = values.get(ScreenField.amount), values.get(ScreenField.at)
    if amount is not None and parse_yuan(amount) is None:
        found.append(_wrong(ScreenField.amount, "金额写成129.00这样。", "Write the sum like 129.00."))
    if at is not None and not _is_moment(at):
        found.append(
            _wrong(
                ScreenField.at,
                "时间写成2026-11-22或2026-11-22 14:03这样。",
                "Write the time like 2026-11-22 or 2026-11-22 14:03.",
            )
        )
    return found


def _is_moment(value: str) -> bool:
    try:
        if _DAY.fullmatch(value):
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return bool(_DAY.match(value))


def _wrong(name: ScreenField, zh: str, en: str) -> Problem:
    again = Text("对着图改好再确认。", "Compare it with the picture and confirm again.")
    return Problem("reading_wrong", f"values.{name.value}", Text(zh, en), again)


def _own(draft: Draft, no: int) -> Exhibit | None:
    return next((x for x in draft.case.exhibits if x.no == no and x.by is draft.side), None)


def _unknown() -> Problems:
    return refuse(
        "exhibit_unknown",
        field="no",
        zh="没有这份材料，或者不是你提交的。",
        en="There is no such exhibit, or it is not yours.",
        do_zh="请刷新页面再选。",
        do_en="Reload the page and choose again.",
    )
