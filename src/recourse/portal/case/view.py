# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case file in the shapes that the page's components take. Nothing here reads or decides; it only words."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html

from recourse.core.case.progress import silence_of
from recourse.core.claim import Claim, Term
from recourse.core.deadline.deadline import Deadline
from recourse.core.deadline.display import show_due
from recourse.core.evidence import Exhibit
from recourse.core.law import Article
from recourse.core.offer import Offer, OfferState
from recourse.core.playbook.types import Basis
from recourse.core.remedy import Remedy
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceState, Party, RemedyState
from recourse.portal.case import words
from recourse.queries.case_file import CaseFile
from recourse.webkit.language import spoken


def said(text: Text) -> str:
    """A sentence in the reader's language, where it goes into markup."""
    return text.en if spoken() == "en" else text.zh


def who(file: CaseFile, party: Party) -> Text:
    """The party as the complainant calls it: themselves are 你."""
    return words.YOU if party is Party.complainant else file.names.party(party)


def law_link(article: Article) -> Any:
    """An article by name, linked to its wording; what was not read in a full text says so."""
    name = said(
        Text(f"《{article.instrument.zh}》{article.number}", f"{article.instrument.en}, {article.number}")
    )
    unverified = "" if article.is_verified else said(Text("（未核实）", " (not verified)"))
    return format_html('<a href="/law/{}">{}</a>{}', article.id, name, unverified)


def basis_of(rules: Rulebook, basis: Basis) -> Any:
    """Where a clock comes from, in one line."""
    note = said(basis.note) if basis.note is not None else ""
    if basis.law:
        article = rules.law.get(basis.law)
        name = law_link(article) if article is not None else basis.law
        return format_html("{}{}{}", name, "。" if note and spoken() == "zh" else " " if note else "", note)
    if basis.source:
        playbook = rules.playbook
        stated = next((i.text for i in (*playbook.limits, *playbook.process) if i.id == basis.source), None)
        return " ".join(part for part in (said(stated) if stated is not None else "", note) if part)
    return note or said(Text("平台设定，不是法定期限", "set by the operator, not by statute"))


def clock(file: CaseFile, item: Deadline) -> dict[str, Any]:
    """A deadline as the countdown component takes it."""
    party = who(file, item.who)
    title = words.ACTS.get(item.act, words.SOMETHING).format(who=party)
    silence = silence_of(item, party)
    return {
        "id": item.id,
        "title": title,
        "act_by": item.act_by,
        "due_at": item.due_at,
        "started_at": item.started_at,
        "basis": basis_of(file.rules, item.basis),
        "on_miss": silence,
        "why": item.why,
        "provisional": item.provisional,
        "starts_when": words.STARTS.get(item.starts_when),
        "soft": item.soft,
    }


def terms(file: CaseFile, given: Iterable[Term | Claim]) -> list[dict[str, Any]]:
    """Remedies with their sums, as the offer component takes them."""
    return [{"name": file.names.remedy(item.kind), "amount": item.amount_fen, "by": None} for item in given]


def offer(file: CaseFile, item: Offer) -> dict[str, Any]:
    """An offer as the offer component takes it."""
    clock = next((d for d in file.running if d.scope == f"offer:{item.id}"), None)
    mine = item.by is Party.complainant
    return {
        "id": item.id,
        "from": Text("你的方案", "Your proposal")
        if mine
        else Text("{who}的方案", "Offer of {who}").format(who=who(file, item.by)),
        "at": item.made_at,
        "remedies": terms(file, item.terms),
        "note": item.text,
        "respond_by": clock.act_by
        if clock is not None and not mine and item.state is OfferState.open
        else None,
        "state": words.OFFER_STATES[item.state],
        "words": words.OFFER_WORDS[item.state],
        "mine": mine,
        "open": item.state is OfferState.open,
    }


def remedy(file: CaseFile, item: Remedy) -> dict[str, Any]:
    """A remedy with its steps: what was done, what comes next and who must do it."""
    following = item.next_step() if item.state in {RemedyState.ordered, RemedyState.performing} else None
    clock = next((d for d in file.running if d.scope == f"remedy:{item.id}"), None)
    state, tone = words.REMEDY_STATES[item.state]
    steps = [
        {
            "name": step.text,
            "state": "done" if step.done_at else "now" if index == following else "next",
            "note": _step_note(file, step, clock if index == following else None),
            "index": index,
        }
        for index, step in enumerate(item.steps)
    ]
    mine = following is not None and item.steps[following].who is Party.complainant
    came = any(step.done_at and step.who is not Party.complainant for step in item.steps)
    return {
        "id": item.id,
        "name": file.names.remedy(item.kind),
        "amount": item.amount_fen,
        "state": state,
        "tone": tone,
        "steps": steps,
        "my_step": steps[following] if mine and following is not None else None,
        "can_confirm": item.state in {RemedyState.performed, RemedyState.silent}
        or (item.state in {RemedyState.ordered, RemedyState.performing} and not mine),
        "asks": item.state in {RemedyState.performed, RemedyState.silent},
        "can_dispute": item.state in {RemedyState.performed, RemedyState.silent},
        "can_say_wrong": item.state is RemedyState.performing and came,
        "open": item.state in {RemedyState.ordered, RemedyState.performing, RemedyState.performed},
    }


def _step_note(file: CaseFile, step: Any, clock: Deadline | None) -> Any:
    if step.done_at is not None:
        return step.note
    if clock is not None and clock.act_by is not None:
        by = show_due(clock.act_by)
        party = who(file, step.who)
        return Text(f"{party.zh}，{by.zh}", f"{party.en}, {by.en}")
    return who(file, step.who)


def exhibit(file: CaseFile, item: Exhibit) -> dict[str, Any]:
    """One handed-in file with its link."""
    name = item.name or said(file.names.evidence(item.kind))
    return {
        "no": said(Text(f"证{item.no}", f"Ex. {item.no}")),
        "number": item.no,
        "name": name,
        "url": f"/c/{file.case.number}/exhibit/{item.no}",
        "size": item.size,
        "at": item.received_at,
        "kind": file.names.evidence(item.kind),
        "mine": item.by is Party.complainant,
        "withdrawn": item.withdrawn,
    }


def evidence(file: CaseFile) -> list[dict[str, Any]]:
    """The wanted evidence with its three states, and what was handed in for each; what is still missing first."""
    playbook = file.rules.playbook
    wanted: dict[str, bool] = {}
    for ref in file.case.problems:
        problem = next((item for item in playbook.problems if item.id == ref.id), None)
        if problem is not None:
            wanted.update(dict.fromkeys(problem.evidence.needed, True))
            for kind in problem.evidence.better_with:
                wanted.setdefault(kind, False)
    handed = {x.kind for x in file.case.exhibits if not x.withdrawn}
    for kind in (*file.case.evidence, *handed):
        wanted.setdefault(kind, False)
    items = {item.kind: item for item in playbook.evidence}
    rows = []
    for kind, needed in wanted.items():
        mine = [exhibit(file, x) for x in file.case.exhibits if x.kind == kind and not x.withdrawn]
        stated = file.case.evidence.get(kind)  # type: ignore[call-overload]
        state = "have" if mine or stated is EvidenceState.have else stated.value if stated else "have_not"
        item = items.get(kind)  # type: ignore[call-overload]
        rows.append(
            {
                "kind": kind,
                "name": file.names.evidence(kind),
                "state": state,
                "needed": needed,
                "note": item.how if item is not None and not mine and needed else None,
                "exhibits": mine,
            }
        )
    return sorted(rows, key=lambda row: (bool(row["exhibits"]), not row["needed"]))


def rungs(file: CaseFile) -> list[dict[str, Any]]:
    """The whole way: what was, where we are, what can follow, and what each step is worth."""
    passed = set(file.case.rungs_passed)
    operated = set(file.case.operated)
    return [
        {
            "name": spec.name,
            "state": "now" if spec.rung is file.case.rung else "done" if spec.rung in passed else "next",
            "outside": (spec.rung is file.case.rung
            and file.case.rung_outside)
            or (spec.rung is not file.case.rung and (spec.outside_only or spec.rung not in operated)),
            "note": spec.worth if spec.rung not in passed else None,
        }
        for spec in file.progress.steps
    ]
