# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Parts of a case as the components take them, for a reader who is one of the parties or one of the operator's people.

`reader` None is the desk: nobody is 你 there.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.html import format_html

from recourse.core.calendar import CHINA
from recourse.core.case import words
from recourse.core.case.moving import givable
from recourse.core.case.progress import owner_of, silence_of
from recourse.core.case.screens import sides_with_thread
from recourse.core.claim import Claim, Term, carries_money, carries_points, counted
from recourse.core.complaint import RECORD_FIELDS
from recourse.core.deadline.deadline import Deadline
from recourse.core.deadline.display import show_day, show_due
from recourse.core.deadline.length import Unit
from recourse.core.evidence import Exhibit
from recourse.core.law import Article, article_number
from recourse.core.money import format_yuan
from recourse.core.offer import Offer, OfferState
from recourse.core.playbook.types import Basis, RungSpec
from recourse.core.remedy import Remedy, Step
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind, Party, RemedyState, StartsWhen
from recourse.queries.case_file import CaseFile
from recourse.queries.held_off import held_off
from recourse.queries.rung_letter import opens_with_notice
from recourse.webkit.exhibit_words import face
from recourse.webkit.language import spoken


def in_language(text: Text) -> str:
    """A sentence in the reader's language, where it goes into markup or a message."""
    return text.en if spoken() == "en" else text.zh


def who(file: CaseFile, party: Party, *, reader: Party | None) -> Text:
    """The party as the reader calls it: the reader is 你."""
    return words.YOU if party is reader else file.names.party(party)


def law_link(article: Article) -> Any:
    """An article by name, linked to its wording; what was not read in a full text says so."""
    number = article_number(article)
    name = in_language(
        Text(f"《{article.instrument.zh}》{number.zh}", f"{article.instrument.en}, {number.en}")
    )
    unverified = "" if article.is_verified else in_language(Text("（未核实）", " (not verified)"))
    return format_html('<a href="/law/{}">{}</a>{}', article.id, name, unverified)


def basis_of(rules: Rulebook, basis: Basis) -> Any:
    """Where a clock comes from, in one line."""
    note = in_language(basis.note) if basis.note is not None else ""
    if basis.law:
        article = rules.law.get(basis.law)
        name = law_link(article) if article is not None else basis.law
        return format_html("{} {}", name, note) if note else name
    if basis.source:
        playbook = rules.playbook
        stated = next((i.text for i in (*playbook.limits, *playbook.process) if i.id == basis.source), None)
        return " ".join(part for part in (in_language(stated) if stated is not None else "", note) if part)
    return note or in_language(Text("平台设定，不是法定期限", "set by the operator, not by statute"))


def clock(
    file: CaseFile, item: Deadline, *, reader: Party | None, silence: Text | None = None
) -> dict[str, Any]:
    """A deadline as the countdown component takes it. `silence` replaces the sentence of what happens then."""
    party = words.YOU if item.who is reader else owner_of(item, file.case, file.rules.playbook)
    return {
        "id": item.id,
        "title": words.act_name(item.act, file.rules.playbook).format(who=party).capitalised(),
        "act_by": item.act_by,
        "due_at": item.due_at,
        "started_at": item.started_at,
        "basis": basis_of(file.rules, item.basis),
        "on_miss": silence
        or silence_of(item, party, case=file.case, playbook=file.rules.playbook, reader=reader),
        "why": item.why,
        "provisional": item.provisional,
        "starts_when": _starts(file, item),
        "extendable": item.extendable and item.extended_by is None,
        "soft": item.soft,
        "mine": item.who is reader,
        **_in_days(item, file.now),
    }


def extendable(file: CaseFile, *, reader: Party) -> list[dict[str, Any]]:
    """The other side's clocks to which the reader may give more time, the most urgent first."""
    if "ExtendDeadline" not in file.allowed:
        return []
    ids = {item.id for item in givable(file.case, side=reader)}
    return [clock(file, item, reader=reader) for item in file.running if item.id in ids]


def _in_days(item: Deadline, now: datetime) -> dict[str, Any]:
    """A clock of years is told in days: nobody counts the hours of three years."""
    if item.unit is not Unit.year or item.act_by is None:
        return {}
    last = (item.act_by - timedelta(microseconds=1)).astimezone(CHINA).date()
    return {"last_day": last, "days_left": max((last - now.astimezone(CHINA).date()).days, 0)}


def _starts(file: CaseFile, item: Deadline) -> Text | None:
    """When a clock that waits will start. Outside, the person's own filing is what tells the other side."""
    outside = file.case.rung_outside and item.scope == f"rung:{file.case.rung}"
    return starts_words(item.starts_when, outside=outside)


def starts_words(marker: StartsWhen, *, outside: bool) -> Text | None:
    """The words for what starts a clock; on an outside rung nobody serves a notice."""
    if outside and marker is StartsWhen.notice_served:
        marker = StartsWhen.filing_recorded
    return words.STARTS.get(marker)


def step_text(file: CaseFile, spec: RungSpec) -> Text:
    """What happens at a step. Where nobody takes part here, the person speaks to the other side without us."""
    outside = spec.rung is file.case.rung and file.case.rung_outside
    # Who has no registered contact can be told nothing, so the step is the person's own.
    reachable = spec.rung in file.case.operated and bool(file.case.respondent.registered)
    if (reachable and not outside) or not opens_with_notice(spec):
        return spec.text
    return Text(
        "这一步你自己找{who}：用备好的话把诉求发过去，写明哪天前答复，每次联系都记下来。"
        "“正在处理”不算答复；到期没答复，就走下一步。",
        "You reach {who} yourself: send your demand in the words prepared for you, name the day for an answer, and note "
        "each contact. “We are working on it” is no answer; if none comes in time, take the next step.",
    ).format(who=who(file, Party.respondent, reader=None))


def terms(file: CaseFile, given: Iterable[Term | Claim]) -> list[dict[str, Any]]:
    """Remedies with their sums, as the offer component takes them."""
    return [
        {"name": counted(file.names.remedy(item.kind), item.points), "amount": item.amount_fen, "by": None}
        for item in given
    ]


def term_line(file: CaseFile, given: Iterable[Term | Claim]) -> Text:
    """Remedies with their sums in one line: 退款129.00元；道歉."""
    parts = [
        (
            counted(file.names.remedy(item.kind), item.points),
            format_yuan(item.amount_fen) if item.amount_fen is not None else "",
        )
        for item in given
    ]
    return Text(
        "；".join(f"{name.zh}{amount}元" if amount else name.zh for name, amount in parts),
        "; ".join(f"{name.en} {amount} yuan" if amount else name.en for name, amount in parts),
    )


def term_options(file: CaseFile) -> list[dict[str, Any]]:
    """The remedies a form of terms offers, those asked for first, with the sums asked."""
    asked = {claim.kind: claim.amount_fen for claim in file.case.claims}
    points = {claim.kind: claim.points for claim in file.case.claims}
    specs = {spec.kind: spec for spec in reversed(file.rules.playbook.remedies)}
    kinds = [*asked, *(spec.kind for spec in file.rules.playbook.remedies)]
    return [
        {
            "kind": kind.value,
            "name": specs[kind].name,
            "money": carries_money(kind),
            "points_counted": carries_points(kind),
            "points": points.get(kind) or "",
            "amount": format_yuan(fen) if (fen := asked.get(kind)) is not None else "",
            "asked": kind in asked,
        }
        for kind in dict.fromkeys(kinds)
        if kind in specs
    ]


def offer(file: CaseFile, item: Offer, *, reader: Party | None) -> dict[str, Any]:
    """An offer as the offer component takes it."""
    running = next((d for d in file.running if d.scope == f"offer:{item.id}"), None)
    mine = item.by is reader
    by = Text("你的方案", "Your offer") if mine else Text("{who}的方案", "Offer of {who}")
    return {
        "id": item.id,
        "from": by.format(who=file.names.party(item.by)),
        "at": item.made_at,
        "remedies": terms(file, item.terms),
        "note": item.text,
        "respond_by": running.act_by if running is not None and item.state is OfferState.open else None,
        "state": words.OFFER_STATES[item.state],
        "words": words.OFFER_WORDS[item.state],
        "mine": mine,
        "open": item.state is OfferState.open,
    }


def remedy(file: CaseFile, item: Remedy, *, reader: Party | None) -> dict[str, Any]:
    """A remedy with its steps: what was done, what comes next and who must do it."""
    following = item.next_step() if item.state in {RemedyState.ordered, RemedyState.performing} else None
    running = next((d for d in file.running if d.scope == f"remedy:{item.id}"), None)
    state, tone = words.REMEDY_STATES[item.state]
    steps = [
        {
            "name": step.text,
            "state": "done" if step.done_at else "now" if index == following else "next",
            "note": _step_note(file, step, running if index == following else None, reader),
            "index": index,
        }
        for index, step in enumerate(item.steps)
    ]
    # Nobody is 你 at the desk, yet a step of the operator is for the desk to take.
    seat = reader if reader is not None else Party.operator
    mine = following is not None and item.steps[following].who is seat
    return {
        "id": item.id,
        "name": counted(file.names.remedy(item.kind), item.points),
        "amount": item.amount_fen,
        "state": state.format(complainant=who(file, Party.complainant, reader=reader)),
        "tone": tone,
        "objection": item.objection,
        "steps": steps,
        "my_step": steps[following] if mine and following is not None else None,
        "next_step": steps[following] if following is not None else None,
        "clock": clock(file, running, reader=reader) if running is not None else None,
    }


def _step_note(file: CaseFile, step: Step, running: Deadline | None, reader: Party | None) -> Any:
    if step.done_at is not None:
        return step.note
    party = who(file, step.who, reader=reader)
    if running is not None and running.act_by is not None:
        by = show_due(running.act_by)
        return Text(f"{party.zh}，{by.zh}", f"{party.en}, {by.en}").capitalised()
    return party.capitalised()


def exhibit(file: CaseFile, item: Exhibit, *, base: str, reader: Party | None) -> dict[str, Any]:
    """One handed-in file with its link under `base`."""
    return {
        "no": in_language(Text(f"证{item.no}", f"Ex. {item.no}")),
        "number": item.no,
        "name": item.name or in_language(file.names.evidence(item.kind)),
        "url": f"{base}/exhibit/{item.no}",
        "size": item.size,
        "at": item.received_at,
        "kind": file.names.evidence(item.kind),
        "note": item.note,
        "by": who(file, item.by, reader=reader),
        "mine": item.by is reader,
        "withdrawn": item.withdrawn,
        "video": item.media_type.startswith("video/"),
        "damaged": _damaged(file.damaged.get(item.no)),
        **face(
            file.inspected.get(item.no),
            base=base,
            no=item.no,
            across=reader is not None and item.by is not reader,
        ),
    }


def threads(file: CaseFile, *, base: str, reader: Party | None) -> list[dict[str, Any]]:
    """The sides whose chat screenshots can be read as one thread."""
    return [
        {"url": f"{base}/thread/{side.value}", "who": who(file, side, reader=reader), "mine": side is reader}
        for side in sides_with_thread(file.case.exhibits)
    ]


def _damaged(since: datetime | None) -> Text | None:
    if since is None:
        return None
    day = show_day(since.astimezone(CHINA).date().isoformat())
    return Text(f"{day.zh}起损坏，正在修复", f"damaged since {day.en}, being repaired")


def lines_of_talk(file: CaseFile, *, reader: Party | None) -> list[dict[str, Any]]:
    """Answers and messages in the order they came; a holding reply is marked for what it is."""
    respondent = who(file, Party.respondent, reader=reader).capitalised()
    found = [
        {
            "who": respondent,
            "at": reply.at,
            "body": _reply_words(reply.kind, reply.text, reply.promised_at),
            "mine": reader is Party.respondent,
            "holding": reply.kind is AnswerKind.holding,
        }
        for reply in file.case.replies
    ]
    found += [
        {
            "who": who(file, m.by, reader=reader).capitalised(),
            "at": m.at,
            "body": m.text,
            "mine": m.by is reader,
            "holding": m.by is Party.respondent and held_off(m.text),
        }
        for m in file.case.messages
    ]
    return sorted(found, key=lambda line: line["at"])


def _reply_words(kind: AnswerKind, text: str, promised_at: Any) -> Text:
    if kind is AnswerKind.holding and text:
        return Text(text, text)  # shown as what it is right below; a heading would only repeat it
    said = words.ANSWERS[kind]
    by = show_due(promised_at) if promised_at is not None else Text("", "")
    again = text.strip("。. ") in {said.zh, said.en}
    tail = Text(f"：{text}", f": {text}") if text and not again else Text("", "")
    return Text(
        f"{said.zh}{'，' + by.zh if by.zh else ''}{tail.zh}",
        f"{said.en}{', ' + by.en if by.en else ''}{tail.en}",
    )


def decision(file: CaseFile, *, reader: Party | None) -> dict[str, Any] | None:
    """The latest decision, with what it stands on and where to go next."""
    latest = file.case.decision
    if latest is None:
        return None
    after = next((s.name for s in file.rules.playbook.ladder if s.rung == latest.next_recourse), None)
    appeal = file.case.appeal
    running = next((d for d in file.running if d.act == "appeal"), None)
    return {
        "at": latest.at,
        "by": latest.by,
        "facts": latest.facts_said,
        "reasons": latest.reasons_said,
        "terms": terms(file, latest.terms),
        "grounds": [law_link(file.rules.law[id]) for id in latest.grounds if id in file.rules.law],
        "version": file.case.playbook_version,
        "next": after or latest.next_recourse,
        "by_default": latest.by_default,
        "final": latest.final,
        "overtaken": latest.overtaken,
        "clock": clock(file, running, reader=reader) if running is not None else None,
        "appeal": appeal,
        "appeal_by": who(file, appeal.by, reader=reader).capitalised() if appeal is not None else None,
    }


def record_facts(file: CaseFile) -> list[tuple[Any, Any]]:
    """The record the complaint is about, under the names the platform uses."""
    subject, record = file.case.subject, file.rules.playbook.record
    fen = subject.amount_fen
    amount = Text(f"{format_yuan(fen)}元", f"{format_yuan(fen)} yuan") if fen is not None else ""
    near = file.now.astimezone(CHINA).year
    values: dict[str, Any] = {
        "id": subject.id,
        "title": subject.title,
        "line": subject.line,
        "amount": amount,
    }
    for name in ("happened_on", "promised_on", "received_on"):
        day = getattr(subject, name)
        values[name] = show_day(day.isoformat(), near=near) if day is not None else ""
    return [(record[name], values[name]) for name in RECORD_FIELDS if name in record]


def rungs(file: CaseFile) -> list[dict[str, Any]]:
    """The whole way: what was, where we are, what can follow."""
    passed, operated = set(file.case.rungs_passed), set(file.case.operated)
    # A case that is resolved stands nowhere any more.
    here = "done" if file.case.resolved else "now"
    return [
        {
            "name": spec.name,
            "state": here if spec.rung is file.case.rung else "done" if spec.rung in passed else "next",
            "outside": file.case.rung_outside
            if spec.rung is file.case.rung
            else spec.outside_only or spec.rung not in operated,
        }
        for spec in file.progress.steps
    ]


def title_of(file: CaseFile) -> Any:
    """What the case is about, in a line: the goods when they have a name, and the problem."""
    leading = next((ref.id for ref in file.case.problems), "")
    problem = next((item.name for item in file.rules.playbook.problems if item.id == leading), None)
    goods = file.case.subject.title
    if problem is None:
        return goods or Text("投诉", "Complaint")
    return Text(f"{goods}：{problem.zh}", f"{goods}: {problem.en}") if goods else problem
