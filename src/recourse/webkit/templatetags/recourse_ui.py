# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The tags and filters of our pages: both languages side by side, dates people can use, and the shared components."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.webkit.charts import bar_chart as lay_out_bars
from recourse.webkit.language import spoken
from recourse.webkit.showing import mask, show_day, show_left, show_moment, show_money, year_of

register = template.Library()


# --- words ----------------------------------------------------------------------------------------------------------
_words = template.Library()


class Words(template.Node):
    """Two sentences that the template wrote out, one for each language: most of what a page says."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en

    def render(self, context: template.Context) -> str:
        """The one in the reader's language."""
        return self.en if spoken() == "en" else self.zh


@register.tag("t")
def words(parser: Parser, token: Token) -> template.Node:
    """{% t "还有{n}件" "{n} left" n=count %}: the sentence in the reader's language, with its blanks filled.

    What the template wrote is trusted; values and texts that come from variables are escaped.
    """
    parts = token.split_contents()[1:]
    if len(parts) == 2 and all(part[0] == part[-1] and part[0] in "\"'" and len(part) > 1 for part in parts):
        plain = [parser.compile_filter(part).var for part in parts]
        if all(isinstance(part, str) for part in plain):
            return Words(*plain)
    node: template.Node = _words.tags["sentence"](parser, token)
    return node


@_words.simple_tag
def sentence(zh: str, en: str, **values: Any) -> str:
    """The same with blanks, with words from variables, or kept under a name."""
    said = conditional_escape(en if spoken() == "en" else zh)
    if not values:
        return said
    return mark_safe(said.format(**{k: conditional_escape(_in_language(v)) for k, v in values.items()}))


@register.filter
def text(value: Any) -> str:
    """A core Text in the reader's language; anything else as it is, and None as nothing."""
    return _in_language(value)


def _in_language(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Text):
        return value.en if spoken() == "en" else value.zh
    if isinstance(value, Mapping) and "zh" in value:
        return value.get(spoken()) or value["zh"]
    return value


@register.filter
def money(fen: int | None) -> str:
    """Fen as ¥1,314.00; None as nothing."""
    return "" if fen is None else show_money(fen)


@register.filter
def when(moment: datetime | date | None) -> str:
    """A moment or a day with its weekday, in a <time> element."""
    return _time(moment, ends=False)


@register.filter
def until(moment: datetime | date | None) -> str:
    """The end of a period: as `when`, but midnight is 24:00 of the day before."""
    return _time(moment, ends=True)


def _time(moment: datetime | date | None, *, ends: bool) -> str:
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        shown = show_moment(moment, lang=spoken(), this_year=year_of(), ends=ends)
    else:
        shown = show_day(moment, lang=spoken(), this_year=year_of())
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), shown)


@register.filter
def left(moment: datetime | None, now: datetime) -> str:
    """What is left until a moment: {{ deadline.act_by|left:now }}."""
    return "" if moment is None else show_left(moment, now=now, lang=spoken())


@register.filter
def masked(value: str | None) -> str:
    """A name, phone number or mail address with its middle hidden."""
    return mask(value or "")


# --- where the case stands ------------------------------------------------------------------------------------------
@register.inclusion_tag("webkit/parts/progress.html")
def progress(current: int, total: int, label: Any, next: Any = None) -> dict[str, Any]:
    """「第2步，共5步：平台审核」 with one mark per step and 「下一步：…」."""
    steps = [("done" if i < current else "now" if i == current else "ahead") for i in range(1, total + 1)]
    return {"current": current, "total": total, "label": label, "next": next, "steps": steps}


@register.inclusion_tag("webkit/parts/whose_move.html")
def whose_move(words: Any, tone: str = "theirs", note: Any = None) -> dict[str, Any]:
    """The banner 「现在轮到你」; tone is mine, theirs, done or late."""
    return {"words": words, "tone": tone, "note": note}


@register.inclusion_tag("webkit/parts/countdown.html")
def countdown(deadline: Any, now: datetime) -> dict[str, Any]:
    """A deadline as a card: what is left, until when, what happens then, and why this day."""
    act_by, due_at, started_at = (_of(deadline, name) for name in ("act_by", "due_at", "started_at"))
    elapsed = None
    if act_by and started_at and act_by > started_at:
        whole = int((act_by - started_at).total_seconds())
        elapsed = {"whole": whole, "gone": min(max(int((now - started_at).total_seconds()), 0), whole)}
    hours = int((act_by - now).total_seconds()) // 3600 if act_by else None
    tone = "calm" if hours is None or hours >= 48 else "late" if hours < 0 else "soon"
    return {
        "deadline": deadline,
        "now": now,
        "elapsed": elapsed,
        "tone": tone,
        "two_dates": due_at and due_at != act_by,
    }


def _of(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


@register.inclusion_tag("webkit/parts/ladder.html")
def ladder(rungs: Sequence[Any]) -> dict[str, Any]:
    """All steps of the way: what was, where we are, what can follow."""
    return {"rungs": rungs}


@register.inclusion_tag("webkit/parts/timeline.html")
def timeline(entries: Sequence[Any]) -> dict[str, Any]:
    """What happened, newest first as given."""
    return {"entries": entries}


# --- evidence -------------------------------------------------------------------------------------------------------
@register.inclusion_tag("webkit/parts/evidence_list.html")
def evidence_list(items: Sequence[Any]) -> dict[str, Any]:
    """The evidence items of a case with their three states and the exhibits handed in for each."""
    return {"items": items}


@register.inclusion_tag("webkit/parts/evidence_choice.html")
def evidence_choice(item: Any) -> dict[str, Any]:
    """我有 / 没有 / 在平台手里 for one evidence item, as three radio buttons named state-<kind>."""
    return {"item": item}


# What a chooser of files offers: everything that the vault takes. A phone greys out what is not named here, and then a
# saved chat, a bill or an e-mail could not be handed in at all.
_EVIDENCE_FILES = "image/*,video/*,audio/*,application/pdf,.txt,.html,.csv,.xlsx,.eml"


@register.simple_tag
def evidence_files() -> str:
    """The kinds of file for the `accept` of a control that takes evidence."""
    return _EVIDENCE_FILES


@register.inclusion_tag("webkit/parts/upload.html")
def upload(name: str, label: Any, accept: str = _EVIDENCE_FILES, note: Any = None) -> dict[str, Any]:
    """Camera and file upload; says how many were chosen when script is on."""
    return {"name": name, "label": label, "accept": accept, "note": note}


@register.inclusion_tag("webkit/parts/receipt.html")
def receipt(receipt: Any) -> dict[str, Any]:
    """What was received, when, under which number and digest."""
    return {"receipt": receipt}


# --- people and words -----------------------------------------------------------------------------------------------
@register.inclusion_tag("webkit/parts/talk.html")
def talk(messages: Sequence[Any]) -> dict[str, Any]:
    """Messages between the parties, oldest first."""
    return {"messages": messages}


@register.inclusion_tag("webkit/parts/contact_log.html")
def contact_log(attempts: Sequence[Any]) -> dict[str, Any]:
    """Every attempt to reach someone."""
    return {"attempts": attempts}


@register.inclusion_tag("webkit/parts/todo_list.html")
def todo_list(rows: Sequence[Any], now: datetime, selectable: bool = False) -> dict[str, Any]:
    """Cases that wait for the reader, most urgent first as given."""
    return {"rows": rows, "now": now, "selectable": selectable}


@register.simple_block_tag
def offer(content: SafeString, offer: Any) -> str:
    """An offer as a card; the block holds its buttons."""
    return render_to_string("webkit/parts/offer.html", {"offer": offer, "content": content})


@register.simple_block_tag
def card(content: SafeString, title: Any = "", tone: str = "plain", id: str = "") -> str:
    """A titled card around a block; tone is plain, mine, late, done or note."""
    return render_to_string(
        "webkit/parts/card.html", {"title": title, "tone": tone, "content": content, "id": id}
    )


@register.simple_tag
def badge(words: Any, tone: str = "plain") -> str:
    """A small state word; tone is plain, mine, soon, late, done or note."""
    return format_html('<span class="badge badge--{}">{}</span>', tone, _in_language(words))


# --- tables and figures ---------------------------------------------------------------------------------------------
@register.inclusion_tag("webkit/parts/records.html")
def records(columns: Sequence[Any], rows: Sequence[Sequence[Any]], caption: Any = "") -> dict[str, Any]:
    """A table that folds into cards on a phone. A cell may be a Text, a string or safe markup."""
    paired = [[(column, cell) for column, cell in zip(columns, row, strict=True)] for row in rows]
    return {"columns": columns, "rows": paired, "caption": caption}


@register.inclusion_tag("webkit/parts/facts.html")
def facts(pairs: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    """Name and value, one under the other; pairs without a value are left out."""
    return {"pairs": [(name, value) for name, value in pairs if value not in (None, "")]}


@register.inclusion_tag("webkit/parts/bar_chart.html")
def bar_chart(rows: Sequence[Any], title: Any, unit: Any = "") -> dict[str, Any]:
    """Bars from rows with label, value and optional shown and tone; the numbers stand beside the bars."""
    chart = lay_out_bars(
        (
            str(_in_language(_of(row, "label"))),
            int(_of(row, "value")),
            str(_in_language(_of(row, "shown") or _of(row, "value"))),
            _of(row, "tone") or "plain",
        )
        for row in rows
    )
    return {"chart": chart, "title": title, "unit": unit}


@register.inclusion_tag("webkit/parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Earlier and later pages of a list; the other parts of the address stay."""
    return {"page": page, "request": context.get("request")}


# --- forms ----------------------------------------------------------------------------------------------------------
@register.inclusion_tag("webkit/parts/problem_list.html")
def problem_list(problems: Problems | Sequence[Problem] | None) -> dict[str, Any]:
    """All refusals at once, each with what to do and a link to its field."""
    return {"problems": _items(problems)}


@register.inclusion_tag("webkit/parts/field_problems.html")
def problems_of(problems: Problems | Sequence[Problem] | None, field: str) -> dict[str, Any]:
    """The refusals of one field, to stand under its control (id `<field>-problem`)."""
    return {"problems": [p for p in _items(problems) if p.field == field], "field": field}


@register.inclusion_tag("webkit/fields/bound.html")
def field(bound: BoundField, problems: Problems | Sequence[Problem] | None = None) -> dict[str, Any]:
    """A form field with its label, help and problems, those of the form and those of an action."""
    return {"field": bound, "problems": [p for p in _items(problems) if p.field == bound.name]}


@register.inclusion_tag("webkit/fields/choices.html")
def choices(bound: BoundField, problems: Problems | Sequence[Problem] | None = None) -> dict[str, Any]:
    """Radio or checkbox options as large cards to tap."""
    return {"field": bound, "problems": [p for p in _items(problems) if p.field == bound.name]}


def _items(problems: Problems | Sequence[Problem] | None) -> Sequence[Problem]:
    if problems is None:
        return ()
    return problems.items if isinstance(problems, Problems) else problems
