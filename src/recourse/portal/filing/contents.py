# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What each filing screen shows: the playbook's words around what was typed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.claim import carries_money, carries_points, counted
from recourse.core.money import parse_yuan
from recourse.core.playbook.classes import class_of
from recourse.core.playbook.hints import hints_for
from recourse.core.playbook.types import Hint, Playbook, Question
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.triage.propose import Triage
from recourse.core.vocabulary import EvidenceKind
from recourse.portal.filing.screens import RECORD_DATES, SCREENS, questions, record_fields, yuan
from recourse.portal.filing.typed import Typed, answers_of, chosen, fitting_remedies, points_typed, said
from recourse.queries.propose_problems import propose_problems
from recourse.webkit import condition_form
from recourse.webkit.answers import answer_words, options_of
from recourse.webkit.language import spoken
from recourse.webkit.showing import show_day, show_money
from recourse.webkit.tables import PROOFS

# These are taken with the camera more often than chosen from the album.
CAMERA = frozenset(
    {EvidenceKind.photo, EvidenceKind.video_unboxing_or_process, EvidenceKind.comparison_sheet}
)
_HELP = {
    "id": Text("订单页、通知里有，可以长按复制。", "It stands on the order page or in the notice."),
    "amount": Text("实际付的，写数字，如 39.90。", "What you really paid, in digits, such as 39.90."),
}


def content_of(screen: str, *, typed: Typed, rules: Rulebook, now: datetime) -> dict[str, Any]:
    """The values of one screen's template."""
    playbook = rules.playbook
    found: dict[str, Any] = {"asked": [asked(item, typed) for item in questions(playbook, screen)]}
    if screen == "problems":
        found |= _problems(typed, playbook, now)
    elif screen == "record":
        found |= _record(typed, playbook, now)
    elif screen == "evidence":
        found["items"] = _evidence(typed, playbook)
        if playbook.conditions is not None:
            found["condition_table"] = playbook.conditions
            found["form"] = condition_form.form_of(typed, playbook.conditions)
    elif screen == "demands":
        found["remedies"] = _remedies(typed, playbook)
    elif screen == "review":
        found |= _review(typed, playbook)
    return found


def asked(question: Question, typed: Typed) -> dict[str, Any]:
    """One question with its options and the answer so far."""
    value = said(typed, f"ask-{question.key}")
    return {
        "name": f"ask-{question.key}",
        "text": question.text,
        "help": question.help,
        "required": question.required,
        "kind": question.kind,
        "value": value,
        "options": [
            {
                "key": option.key,
                "text": option.text,
                "advice": None if option.stop else option.advice,
                "checked": option.key == value,
            }
            for option in options_of(question)
        ],
    }


def triage_of(typed: Typed, playbook: Playbook, now: datetime) -> Triage | None:
    """What the story points to; None when the word list cannot be read, and then nothing is proposed."""
    have = [
        EvidenceKind(item.kind) for item in playbook.evidence if said(typed, f"state-{item.kind}") == "have"
    ]
    facts: Mapping[str, object] = answers_of(typed)
    today = now.astimezone(CHINA).date()
    found = propose_problems(said(typed, "story"), facts=facts, playbook=playbook, today=today, have=have)
    return None if isinstance(found, Problems) else found


def _problems(typed: Typed, playbook: Playbook, now: datetime) -> dict[str, Any]:
    triage = triage_of(typed, playbook, now)
    proposals = triage.proposals if triage is not None else ()
    picked = chosen(typed, "problem") if "problem" in typed else [item.id for item in proposals[:1]]
    by_id = {item.id: item for item in playbook.problems}

    def option(id: str, phrases: Sequence[str]) -> dict[str, Any]:
        item = by_id[id]
        label = class_of(playbook, id)
        return {
            "id": id,
            "name": item.name,
            "help": item.help,
            "phrases": phrases,
            "checked": id in picked,
            "label": label.name if label is not None else None,
        }

    first = [
        option(item.id, list(dict.fromkeys(span.text for span in item.phrases))[:4]) for item in proposals
    ]
    rest = [option(item.id, []) for item in playbook.problems if item.id not in {p.id for p in proposals}]
    return {"proposed": first, "others": rest, "classes": [item.name for item in playbook.classes]}


def _record(typed: Typed, playbook: Playbook, now: datetime) -> dict[str, Any]:
    triage = triage_of(typed, playbook, now)
    fields = []
    for name in record_fields(playbook):
        label = playbook.record[name]
        value, note = said(typed, f"record-{name}"), _HELP.get(name)
        kind = "date" if name in RECORD_DATES else "amount" if name == "amount" else "text"
        if name == "amount" and f"record-{name}" not in typed and triage is not None and triage.amount:
            value = yuan(triage.amount)
            note = Text("从你写的经过里找到的，请核对。", "Found in your story; please check it.")
        fields.append({"name": f"record-{name}", "label": label, "value": value, "kind": kind, "note": note})
    days = [item.exact for item in triage.dates if item.exact] if triage is not None else []
    return {
        "fields": fields,
        "respondent_label": playbook.parties.get("respondent", Text("对方", "the other side")).capitalised(),
        "days": list(dict.fromkeys(days))[:6],
        "today": now.astimezone(CHINA).date().isoformat(),
    }


def _evidence(typed: Typed, playbook: Playbook) -> list[dict[str, Any]]:
    needed: dict[EvidenceKind, bool] = {}
    for id in chosen(typed, "problem"):
        problem = next((item for item in playbook.problems if item.id == id), None)
        if problem is None:
            continue
        needed.update(dict.fromkeys(problem.evidence.needed, True))
        for kind in problem.evidence.better_with:
            needed.setdefault(kind, False)
    files = typed.get("files", [])
    items = {item.kind: item for item in playbook.evidence}
    shown = []
    for kind, is_needed in sorted(needed.items(), key=lambda pair: not pair[1]):
        item = items.get(kind)
        if item is None:
            continue
        mine = [{**file, "index": index} for index, file in enumerate(files) if file["kind"] == kind]
        state = "have" if mine else said(typed, f"state-{kind}")
        shown.append(
            {
                "kind": kind.value,
                "name": item.name,
                "how": item.how,
                "proves": item.proves,
                "needed": is_needed,
                "state": state,
                "files": mine,
                "camera": kind in CAMERA,
            }
        )
    return _grouped(shown)


def _grouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark where the helpful but not needed items begin and end; only the first open question is unfolded."""
    others = [row for row in rows if not row["needed"]]
    untouched = [row for row in rows if row["needed"] and not row["files"] and not row["state"]]
    for row in rows:
        row["first_other"] = bool(others) and row is others[0]
        row["last_other"] = bool(others) and row is others[-1]
        row["others"] = len(others)
        row["others_open"] = any(other["files"] for other in others)
        row["open"] = bool(untouched) and row is untouched[0]
    return rows


def _remedies(typed: Typed, playbook: Playbook) -> list[dict[str, Any]]:
    picked = chosen(typed, "demand")
    paid = said(typed, "record-amount").strip()
    rows = []
    for spec in fitting_remedies(typed, playbook):
        name = f"amount-{spec.kind}"
        default = paid if spec.kind in {"refund", "return_refund"} else ""
        rows.append(
            {
                "kind": spec.kind.value,
                "name": spec.name,
                "checked": spec.kind in picked,
                "money": carries_money(spec.kind),
                "amount_name": name,
                "points_name": f"points-{spec.kind}" if carries_points(spec.kind) else "",
                "points": said(typed, f"points-{spec.kind}"),
                "amount": said(typed, name) if name in typed else default,
                "steps": [step.text for step in spec.steps],
            }
        )
    return rows


def _review(typed: Typed, playbook: Playbook) -> dict[str, Any]:
    items = {item.kind.value: item.name for item in playbook.evidence}
    asks = {f"ask-{item.key}": item for item in playbook.ask}
    states = {
        "have": Text("我有", "I have it"),
        "have_not": Text("没有", "I don't have it"),
        "other_side": Text("在平台手里", "the platform has it"),
    }
    files = typed.get("files", [])
    record = [
        (
            playbook.parties.get("respondent", Text("对方", "the other side")).capitalised(),
            said(typed, "respondent"),
        )
    ]
    record += [
        (label, recorded(name, said(typed, f"record-{name}")))
        for name, label in ((n, playbook.record[n]) for n in record_fields(playbook))
    ]
    wanted = [
        Text(f"{row['name'].zh} {row['amount']}元", f"{row['name'].en}: {row['amount']} yuan")
        if row["money"] and row["amount"]
        else counted(row["name"], points_typed(row["points"]))
        for row in _remedies(typed, playbook)
        if row["checked"]
    ]
    evidence = []
    for kind, name in items.items():
        count = sum(1 for file in files if file["kind"] == kind)
        state = states.get(said(typed, f"state-{kind}"))
        if count:
            evidence.append((name, Text(f"已上传{count}件", f"{count} uploaded")))
        elif state is not None:
            evidence.append((name, state))
    return {
        "summary_conditions": _conditions(typed, playbook),
        "summary_hidden": _hidden_problem(typed, playbook),
        "summary_problems": [item.name for item in playbook.problems if item.id in chosen(typed, "problem")],
        "summary_record": record,
        "hints": [hint.text for hint in _hints(typed, playbook)],
        "summary_wanted": wanted,
        "summary_evidence": evidence,
        "summary_answers": [
            (item.text, answer_words(item, said(typed, name)))
            for name, item in asks.items()
            if said(typed, name)
        ],
        "screens": SCREENS,
    }


def _conditions(typed: Typed, playbook: Playbook) -> list[tuple[str, Text]]:
    """Each condition and what is said of its proof, in the order typed."""
    if playbook.conditions is None:
        return []
    unsaid = Text("还没说有没有证明", "proof not stated")
    hidden = Text("中奖后才说的", "named only after the win")
    return [
        (item.text, hidden if item.hidden else PROOFS[item.state][0] if item.state is not None else unsaid)
        for item in condition_form.read(typed)[0]
    ]


def _hidden_problem(typed: Typed, playbook: Playbook) -> Text | None:
    """A condition named only after the win points to a problem that was not chosen: it is shown, never chosen for anyone."""
    spec = playbook.conditions
    if spec is None or spec.hidden_problem in chosen(typed, "problem"):
        return None
    if not any(item.hidden for item in condition_form.read(typed)[0]):
        return None
    return next((item.name for item in playbook.problems if item.id == spec.hidden_problem), None)


def _hints(typed: Typed, playbook: Playbook) -> tuple[Hint, ...]:
    paid = parse_yuan(said(typed, "record-amount"))
    return hints_for(playbook, amount_fen=paid, answers=answers_of(typed))


def recorded(name: str, typed: str) -> str:
    """A typed day with its weekday, a typed sum with its unit; what is neither stands as it was typed."""
    lang = spoken()
    if name in RECORD_DATES:
        try:
            return show_day(date.fromisoformat(typed.strip()), lang=lang)
        except ValueError:
            return typed
    fen = parse_yuan(typed) if name == "amount" and typed.strip() else None
    return show_money(fen) if isinstance(fen, int) else typed
