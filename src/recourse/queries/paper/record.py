# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The record on paper: order of events, claims with grounds, points in dispute, evidence, contacts, filings."""

from collections.abc import Sequence
from typing import Any

from recourse.core.case import words
from recourse.core.case.chronicle import Entry
from recourse.core.case.state import Point
from recourse.core.evidence import Exhibit
from recourse.core.playbook.grounds import grounds_of
from recourse.core.text import Text
from recourse.core.vocabulary import Party
from recourse.queries.letter_tables import accounts_text, conditions_text
from recourse.queries.paper.edition import Edition, ExhibitSheet, in_pieces
from recourse.queries.paper.first_page import answer_words

_FORMS = {
    "original": Text("原件：与提交时的字节相同", "original: the bytes as handed in"),
    "copy": Text("副本：去掉了拍摄信息，已按规则遮盖", "copy: without camera data, masked by the rules"),
    "withheld": Text("本卷宗没有附这件", "not in this dossier"),
}

# Of a chat export the print shows the beginning; the file in the zip is whole.
_TEXT_MAX = 6_000


def record(edition: Edition) -> dict[str, Any]:
    """Everything after page one but outcome and verification."""
    file = edition.file
    case = file.case
    return {
        "story": case.story,
        "answers": [
            (edition.say(question.text), answer_words(edition, question, given))
            for question in file.rules.playbook.ask
            if (given := case.answers_given.get(question.key))
        ],
        "chronicle": [_happened(edition, lot) for lot in _lots(edition)],
        "claims": [
            (
                edition.say(file.names.remedy(claim.kind)),
                edition.sum(claim.amount_fen) if claim.amount_fen is not None else None,
            )
            for claim in case.claims
        ],
        "problems": _problems(edition),
        "conditions": _lines(edition, conditions_text(case)),
        "accounts": _lines(edition, accounts_text(case)),
        "points": _points(edition),
        "exhibits": [_exhibit(edition, item) for item in case.exhibits],
        "texts": [_text(edition, sheet) for sheet in edition.exhibits if sheet.text],
        "contacts": [
            (
                edition.at(item.at),
                item.channel
                + (
                    edition.of(f"（工号{item.agent_no}）", f" (agent {item.agent_no})")
                    if item.agent_no
                    else ""
                ),
                edition.say(words.RESULTS[item.result]),
                item.answer or "—",
            )
            for item in case.contacts
        ],
        "filings": _filings(edition),
    }


def _lots(edition: Edition) -> list[list[Entry]]:
    """The timeline, with files of one kind that one side handed in one after another on one day as one lot."""
    kinds = {item.no: item.kind for item in edition.file.case.exhibits}
    lots: list[list[Entry]] = []
    for entry in edition.file.chronicle:
        before = lots[-1][-1] if lots else None
        together = (
            before is not None
            and before.exhibit
            and entry.exhibit
            and not (before.body or entry.body)
            and (before.who, before.at.date()) == (entry.who, entry.at.date())
            and kinds.get(before.exhibit) is kinds.get(entry.exhibit)
        )
        if together:
            lots[-1].append(entry)
        else:
            lots.append([entry])
    return lots


def _happened(edition: Edition, lot: Sequence[Entry]) -> dict[str, Any]:
    first = lot[0]
    title = edition.say(first.title)
    if len(lot) > 1:
        of = next(item for item in edition.file.case.exhibits if item.no == first.exhibit)
        name, spans = (
            edition.say(edition.file.names.evidence(of.kind)),
            edition.spans([x.exhibit for x in lot]),
        )
        title = edition.of(
            f"提交{spans}：{name}，共{len(lot)}件", f"Exhibits {spans}: {name}, {len(lot)} in all"
        )
    return {
        "at": edition.at(first.at),
        "who": edition.say(first.who),
        "title": title,
        "body": first.body,
    }


def _problems(edition: Edition) -> list[dict[str, Any]]:
    """What the complaint is about, with the articles that hold on the answers given; each article once."""
    rules, case = edition.file.rules, edition.file.case
    found: list[dict[str, Any]] = []
    cited: set[str] = set()
    for ref in case.problems:
        problem = next((item for item in rules.playbook.problems if item.id == ref.id), None)
        ids = grounds_of(problem, case.answers_given) if problem is not None else ()
        fresh = [id for id in ids if id in rules.law and id not in cited]
        cited.update(fresh)
        name = edition.say(problem.name) if problem is not None else ref.id
        said = (
            ""
            if ref.confirmed
            else edition.of("（系统建议，本人尚未确认）", " (proposed, not confirmed yet)")
        )
        found.append({"name": name + said, "grounds": [edition.ground(rules.law[id]) for id in fresh]})
    return found


def _points(edition: Edition) -> dict[str, Any]:
    """争议焦点表: as the operator drew it up; else claims beside the latest answer, and the table says so."""
    case = edition.file.case
    drawn = [_point(edition, item) for item in case.points]
    note = edition.of("由经办人整理。", "Drawn up by the operator.")
    if not drawn:
        note = edition.of(
            "经办人没有整理过争议焦点。下表把请求和对方最近一次答复并排列出，双方没有确认过。",
            "The operator drew up no points. Claims and the latest answer stand side by side; neither side confirmed it.",
        )
        drawn = [_claim_row(edition, edition.term(claim)) for claim in case.claims]
    return {
        "note": note,
        "a": edition.heading(Party.complainant),
        "b": edition.heading(Party.respondent),
        "rows": drawn,
    }


def _point(edition: Edition, item: Point) -> dict[str, str]:
    return {
        "about": item.about,
        "a": item.complainant_says or "—",
        "b": item.respondent_says or "—",
        "exhibits": edition.numbers(item.exhibits),
        "agreed": edition.of("无争议", "agreed") if item.agreed else edition.of("有争议", "in dispute"),
    }


def _claim_row(edition: Edition, claim: str) -> dict[str, str]:
    answered = [reply for reply in edition.file.case.replies if reply.kind != "holding"]
    told = edition.of("没有答复", "no answer")
    if answered:
        latest = answered[-1]
        told = edition.say(words.ANSWERS[latest.kind]) + (
            edition.of(f"：{latest.text}", f": {latest.text}") if latest.text else ""
        )
    agreed = bool(answered) and answered[-1].kind == "admission"
    return {
        "about": claim,
        "a": edition.of("要求", "asks: ") + claim,
        "b": told,
        "exhibits": edition.numbers(
            [item.no for item in edition.file.case.exhibits if not item.withdrawn][:6]
        ),
        "agreed": edition.of("无争议", "agreed") if agreed else edition.of("有争议", "in dispute"),
    }


def _exhibit(edition: Edition, item: Exhibit) -> dict[str, Any]:
    """A line of 证据目录: number, name, source, what it proves, when received, in which form, digest."""
    sheet = next((one for one in edition.exhibits if one.no == item.no), None)
    kind = edition.say(edition.file.names.evidence(item.kind))
    proves = next((e.proves for e in edition.file.rules.playbook.evidence if e.kind == item.kind), None)
    withdrawn = (
        edition.of("（提交人已不再使用）", " (withdrawn by who handed it in)") if item.withdrawn else ""
    )
    by = edition.party(item.by)
    return {
        "no": item.no,
        "name": (f"{kind}（{item.name}）" if item.name else kind) + edition.still(item) + withdrawn,
        "source": edition.of(f"{by}提交", f"handed in by {by}"),
        "proves": item.note or (edition.say(proves) if proves is not None else "—"),
        "at": edition.at(item.received_at),
        "size": f"{item.media_type}, {size_words(item.size)}",
        **_form(edition, sheet),
    }


def _form(edition: Edition, sheet: ExhibitSheet | None) -> dict[str, Any]:
    if sheet is None:
        return {"form": "", "digest": None, "reason": "", "file": None, "shown": False}
    return {
        "form": edition.say(_FORMS[sheet.form]),
        "digest": in_pieces(sheet.digest) if sheet.digest else None,
        "reason": edition.say(sheet.reason) if sheet.reason is not None else "",
        "file": sheet.file or None,
        "shown": sheet.pictured,
    }


def _text(edition: Edition, sheet: ExhibitSheet) -> dict[str, Any]:
    """A text exhibit in its own words, as far as paper is the place for it."""
    cut = len(sheet.text) > _TEXT_MAX
    return {
        "no": sheet.no,
        "text": sheet.text[:_TEXT_MAX],
        "more": edition.of("（后面还有，见文件）", "(more in the file)") if cut else "",
    }


def size_words(size: int) -> str:
    """A size as people read it: 812 B, 4 KB, 3.2 MB."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB"


def _filings(edition: Edition) -> list[tuple[str, str, str, str]]:
    names = edition.file.names
    rows = []
    for item in edition.file.case.filings:
        target = names.target(item.channel, item.target)
        door = edition.say(names.channel(item.channel))
        aimed = door + (
            edition.of(f"：投诉{target.zh}", f": against {target.en}") if target is not None else ""
        )
        said = edition.say(words.FILING_STATES[item.state])
        answer = f"{said}{edition.of('：', ': ')}{item.answer}" if item.answer else said
        rows.append((edition.at(item.filed_at), aimed, item.receipt_no or "—", answer))
    return rows


def _lines(edition: Edition, text: Text | str) -> list[str]:
    return [line for line in edition.say(text).split("\n") if line]
