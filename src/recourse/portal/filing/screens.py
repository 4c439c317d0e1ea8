# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The seven screens of filing: their order, their names and which fields each of them owns."""

from dataclasses import replace

from recourse.core.case.state import Case
from recourse.core.complaint import RECORD_FIELDS
from recourse.core.playbook.types import Playbook, Question
from recourse.core.text import Text
from recourse.webkit import condition_form

SCREENS: dict[str, Text] = {
    "check": Text("先确认安全", "First, are you safe?"),
    "story": Text("说说经过", "What happened"),
    "problems": Text("是哪种问题", "Which problem"),
    "record": Text("这笔交易", "The transaction"),
    "evidence": Text("证据", "Evidence"),
    "demands": Text("你要什么", "What you want"),
    "review": Text("核对并提交", "Check and file"),
}
ORDER = tuple(SCREENS)
RECORD_DATES = ("happened_on", "promised_on", "received_on")


def stops(question: Question) -> bool:
    """Whether an answer to this question leaves the form: somebody's money is going away right now."""
    return any(option.stop for option in question.options)


def questions(playbook: Playbook, screen: str) -> tuple[Question, ...]:
    """The playbook's questions of a screen: what stops comes first, what is required before what only helps."""
    return tuple(
        item
        for item in playbook.ask
        if (screen == "check" and stops(item))
        or (screen == "record" and not stops(item) and item.required)
        or (screen == "demands" and not stops(item) and not item.required)
    )


def record_fields(playbook: Playbook) -> tuple[str, ...]:
    """The fields of the record that this platform has a word for, in the order a person thinks of them."""
    return tuple(name for name in RECORD_FIELDS if name in playbook.record)


def owned(playbook: Playbook, screen: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(single fields, fields with several values) of a screen, by the names they have in its form."""
    asked = tuple(f"ask-{item.key}" for item in questions(playbook, screen))
    singles = {
        "check": ("papers",),
        "story": ("story",),
        "problems": (),
        "record": ("respondent", *(f"record-{name}" for name in record_fields(playbook))),
        "evidence": (
            *(f"state-{item.kind}" for item in playbook.evidence),
            *(condition_form.field_names() if playbook.conditions is not None else ()),
        ),
        "demands": tuple(
            f"{part}-{item.kind}" for item in playbook.remedies for part in ("amount", "points")
        ),
        "review": ("contact", "name", "new_ground"),
    }[screen]
    lists = {"problems": ("problem",), "demands": ("demand",)}.get(screen, ())
    return (*asked, *singles), lists


def after(screen: str) -> str:
    """The screen that follows."""
    return ORDER[min(ORDER.index(screen) + 1, len(ORDER) - 1)]


def before(screen: str) -> str:
    """The screen before, or nothing on the first."""
    return ORDER[ORDER.index(screen) - 1] if screen != ORDER[0] else ""


def typed_again(case: Case) -> dict[str, object]:
    """What a closed case fills in when it is filed again. The files stay with the old case."""
    subject = case.subject
    days = {name: getattr(subject, name) for name in RECORD_DATES}
    return {
        **{f"ask-{key}": value for key, value in case.answers_given.items()},
        "story": case.story,
        "problem": [item.id for item in case.problems],
        "respondent": case.respondent.name,
        "record-id": subject.id,
        "record-title": subject.title,
        "record-line": subject.line,
        "record-amount": yuan(subject.amount_fen),
        **{f"record-{name}": day.isoformat() if day else "" for name, day in days.items()},
        **{f"state-{kind}": state.value for kind, state in case.evidence.items() if state != "have"},
        "demand": [claim.kind.value for claim in case.claims],
        **{f"amount-{claim.kind}": yuan(claim.amount_fen) for claim in case.claims if claim.amount_fen},
        **condition_form.typed_of(tuple(replace(c, exhibits=()) for c in case.conditions), case.refusal),
        "contact": case.complainant.contact.removeprefix("+86"),
        "name": case.complainant.name,
    }


def yuan(fen: int | None) -> str:
    """Fen as somebody would type it."""
    if fen is None:
        return ""
    return str(fen // 100) if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"
