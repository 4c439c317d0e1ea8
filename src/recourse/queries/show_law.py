# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What does this article say, and was it in force on that day?"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from recourse.core.law import Article, bare_id, in_force, unknown_citations
from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.gateways.law_files import load_law

UNVERIFIED = Text("未核实", "not verified")
NO_WORDING = Text("（原文未收录，请查官方文本）", "(wording not kept here: see the official text)")


def show(
    citation: str, on: date, *, root: Path | None = None, cache: Path | None = None
) -> dict[str, Any] | Problems:
    """The version that governs an act of `on`, with all other versions.

    When no version was in force that day the nearest one is shown with `in_force: false`. Dates are ISO dates or
    None. An unknown id is refused.
    """
    book = load_law(root, cache=cache)
    if isinstance(book, Problems):
        return book
    unknown = unknown_citations(book, [("id", citation)])
    if unknown:
        return Problems(unknown)
    versions = book[bare_id(citation)]
    shown = in_force(book, citation, on) or _nearest(versions, on)
    return {
        **_plain(shown),
        "on": on.isoformat(),
        "in_force": shown.is_in_force(on),
        "other_versions": [_plain(other) for other in versions if other is not shown],
    }


def in_words(shown: Mapping[str, Any], *, language: str = "zh") -> str:
    """The same answer as lines of text for a terminal, in `zh` or `en`."""
    unverified, no_wording = (getattr(words, language) for words in (UNVERIFIED, NO_WORDING))
    mark = shown["mark"] if shown["verified"] else f"{shown['mark']} · {unverified}"
    lines = [
        f"{shown['id']}  {shown['instrument'][language]} {shown['number']}".rstrip(),
        _state(shown, language),
        "",
        shown["quote"] or no_wording,
        "",
        shown["gloss"][language],
        f"[{mark}] {shown['source']}",
    ]
    if shown["note"]:
        lines.append(shown["note"][language])
    for other in shown["other_versions"]:
        lines += [
            "",
            f"— {other['instrument'][language]} {other['number']} {_period(other)}",
            other["quote"],
        ]
    return "\n".join(lines)


def _state(shown: Mapping[str, Any], language: str) -> str:
    if language == "zh":
        verdict = "有效" if shown["in_force"] else "不适用"
        return f"{shown['on']} {verdict} {_period(shown)}"
    verdict = "in force" if shown["in_force"] else "not in force"
    return f"{verdict} on {shown['on']} {_period(shown)}"


def _period(shown: Mapping[str, Any]) -> str:
    return f"[{shown['effective_from'] or '?'} – {shown['repealed_on'] or ''}]".replace(" ]", "]")


def _nearest(versions: tuple[Article, ...], on: date) -> Article:
    past = [item for item in versions if item.effective_from is None or item.effective_from <= on]
    return past[-1] if past else versions[0]


def _plain(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "instrument": _both(article.instrument),
        "order": article.order,
        "number": article.number,
        "quote": article.quote,
        "gloss": _both(article.gloss),
        "effective_from": _iso(article.effective_from),
        "repealed_on": _iso(article.repealed_on),
        "status": article.status,
        "mark": article.mark,
        "verified": article.is_verified,
        "source": article.source,
        "note": _both(article.note) if article.note else None,
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
