# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was typed: kept as it is, judged screen by screen, and at the end read as one Complaint."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from recourse.core.address import parse_address
from recourse.core.case.decide import LONG_TEXT_MAX
from recourse.core.claim import POINTS_MAX, carries_money, carries_points
from recourse.core.complaint import Complaint, parse_complaint
from recourse.core.day import day_problems, parse_day
from recourse.core.money import parse_yuan
from recourse.core.playbook.classes import classes_mixed
from recourse.core.playbook.types import Playbook, RemedySpec
from recourse.core.problem import Problem, Problems
from recourse.core.subject import mask_middle
from recourse.core.text import Text
from recourse.core.vocabulary import RemedyKind
from recourse.portal.filing.screens import RECORD_DATES, owned, questions
from recourse.webkit import condition_form

Typed = Mapping[str, Any]
SHORT_CHARS_MAX = 200
_KEPT = Text("改好再继续。", "Correct it and go on.")


def merged(typed: Typed, post: QueryDict, *, playbook: Playbook, screen: str) -> dict[str, Any]:
    """The draft's values with this screen's new ones. Nothing is judged and nothing is cut: wrong text stays too."""
    singles, lists = owned(playbook, screen)
    news: dict[str, Any] = {name: _clean(post.get(name, "")) for name in singles if name in post}
    for item in questions(playbook, screen):
        # A radio button that was never touched is not sent; an earlier answer then stays.
        news.setdefault(f"ask-{item.key}", typed.get(f"ask-{item.key}", ""))
    news.update({name: [_clean(value) for value in post.getlist(name)] for name in lists})
    for field in playbook.masked:
        # The draft lies here for days: not even it keeps a whole secret.
        if f"record-{field}" in news:
            news[f"record-{field}"] = mask_middle(news[f"record-{field}"])
    return {**typed, **news}


def _clean(value: str) -> str:
    # NUL and lone surrogates can stand in no database and no letter.
    return value.replace("\x00", "").encode("utf-8", "ignore").decode().replace("\r\n", "\n")


def answers_of(typed: Typed) -> dict[str, str]:
    """The answers by question key; questions left open are left out."""
    return {
        name.removeprefix("ask-"): value
        for name, value in typed.items()
        if name.startswith("ask-") and isinstance(value, str) and value.strip()
    }


def chosen(typed: Typed, name: str) -> list[str]:
    """The values of a field that takes several."""
    value = typed.get(name, [])
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def said(typed: Typed, name: str) -> str:
    """The value of a single field."""
    value = typed.get(name, "")
    return value if isinstance(value, str) else ""


def fitting_remedies(typed: Typed, playbook: Playbook) -> tuple[RemedySpec, ...]:
    """What can be asked for: the remedies of the chosen problems, best fitting first, given the answers."""
    answers = answers_of(typed)
    wanted: dict[RemedyKind, None] = {}
    for id in chosen(typed, "problem"):
        problem = next((item for item in playbook.problems if item.id == id), None)
        wanted.update(dict.fromkeys(problem.remedies if problem else ()))
    if not wanted:
        wanted = dict.fromkeys(item.kind for item in playbook.remedies)
    found = []
    for kind in wanted:
        spec = next((r for r in playbook.remedies if r.kind is kind and _fits(r.when, answers)), None)
        if spec is not None:
            found.append(spec)
    return tuple(found)


def _fits(when: Mapping[str, tuple[str, ...]], answers: Mapping[str, str]) -> bool:
    return all(answers[key] in allowed for key, allowed in when.items() if key in answers)


def judged(typed: Typed, *, playbook: Playbook, screen: str, today: date) -> tuple[Problem, ...]:
    """Every problem of one screen at once."""
    check = {
        "check": _check_problems,
        "story": _story_problems,
        "problems": _problem_problems,
        "record": _record_problems,
        "evidence": _evidence_problems,
        "demands": _demand_problems,
        "review": _review_problems,
    }.get(screen)
    return tuple(check(typed, playbook, today)) if check is not None else ()


def points_typed(text: str) -> int | None:
    """A count of points as typed: a whole number above 0, or None."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(POINTS_MAX))):
        return None
    return int(digits) or None


def _say(key: str, field: str, zh: str, en: str, do: Text = _KEPT) -> Problem:
    return Problem(key, field, Text(zh, en), do)


def _question_problems(typed: Typed, playbook: Playbook, screen: str) -> Iterator[Problem]:
    for item in questions(playbook, screen):
        name = f"ask-{item.key}"
        value = said(typed, name).strip()
        keys = {option.key for option in item.options} or {"yes", "no"}
        if not value:
            if item.required or screen == "check":
                yield _say(
                    "answer_missing", name, f"还没回答：{item.text.zh}", f"Not answered: {item.text.en}"
                )
        elif item.kind in {"yes_no", "choice"} and value not in keys:
            yield _say(
                "answer_unknown", name, f"请从选项里选：{item.text.zh}", f"Choose an option: {item.text.en}"
            )
        elif item.kind == "date" and parse_day(value) is None:
            yield _say("date_not_understood", name, "看不懂这个日期。", "This date is not understood.")
        elif item.kind == "amount" and parse_yuan(value) is None:
            yield _say("amount_not_understood", name, "看不懂这个金额。", "This sum is not understood.")


def _check_problems(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    yield from _question_problems(typed, playbook, "check")


def _story_problems(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    story = said(typed, "story")
    if not story.strip():
        do = Text(
            "两三句就行：买了什么、出了什么事、对方怎么说。",
            "Two or three sentences do: what, what went wrong, what they said.",
        )
        yield _say("story_missing", "story", "还没写经过。", "What happened is missing.", do)
    if len(story) > LONG_TEXT_MAX:
        do = Text(
            "留主要的几段，细节放进图片或文件。", "Keep the main lines; put details into pictures or files."
        )
        zh = f"经过有{len(story)}字，最多{LONG_TEXT_MAX}字。"
        yield _say(
            "story_too_long", "story", zh, f"It has {len(story)} characters; at most {LONG_TEXT_MAX}.", do
        )


def _problem_problems(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    known = {item.id for item in playbook.problems}
    picked = chosen(typed, "problem")
    if not picked or not set(picked) <= known:
        do = Text(
            "拿不准就选最接近的一项，以后还能改。", "When in doubt take the closest; it can be changed later."
        )
        yield _say("problem_missing", "problem", "请至少选一种问题。", "Choose at least one problem.", do)
    mixed = classes_mixed(playbook, picked)
    if mixed is not None:
        yield replace(mixed, field="problem")


def _record_problems(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    for item in _record_slips(typed, playbook, today):
        # Seven fields stand here and the list at the top names them all at once, so each says which it is.
        label = playbook.record.get(item.field.removeprefix("record-"))
        yield item if label is None else replace(item, message=_named(label, item.message))


def _named(label: Text, message: Text) -> Text:
    return Text(f"{label.zh}：{message.zh}", f"{label.en}: {message.en}")


def _record_slips(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    if not said(typed, "respondent").strip():
        do = Text(
            "写店铺名、账号名或公司名，订单页上有。",
            "The name of shop, account or company, as the order page has it.",
        )
        yield _say(
            "respondent_missing", "respondent", "还没写投诉谁。", "Whom you complain about is missing.", do
        )
    for name in ("respondent", *(f"record-{item}" for item in playbook.record)):
        if len(said(typed, name)) > SHORT_CHARS_MAX:
            yield _say(
                "text_too_long", name, f"最多{SHORT_CHARS_MAX}字。", f"At most {SHORT_CHARS_MAX} characters."
            )
    amount = said(typed, "record-amount").strip()
    if amount and parse_yuan(amount) is None:
        do = Text("写成 39.90 这样，只写数字。", "Write it like 39.90, digits only.")
        yield _say(
            "amount_not_understood", "record-amount", "看不懂这个金额。", "This sum is not understood.", do
        )
    days = {field: parse_day(said(typed, f"record-{field}")) for field in RECORD_DATES}
    for field, day in days.items():
        if said(typed, f"record-{field}").strip() and day is None:
            do = Text(
                "写成 2026-09-18 这样，年份在1990到2199之间。",
                "Write it like 2026-09-18, with a year from 1990 to 2199.",
            )
            yield _say(
                "date_not_understood",
                f"record-{field}",
                "看不懂这个日期。",
                "This date is not understood.",
                do,
            )
    unlikely = day_problems(happened_on=days["happened_on"], received_on=days["received_on"], today=today)
    yield from (replace(item, field=field_of(item.field)) for item in unlikely)
    yield from _question_problems(typed, playbook, "record")


def _evidence_problems(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    if playbook.conditions is not None:
        yield from condition_form.problems_of(typed, today=today)


def _demand_problems(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    offered = {item.kind.value for item in fitting_remedies(typed, playbook)}
    picked = chosen(typed, "demand")
    if not picked:
        do = Text("选你最想要的；可以选几项。", "Choose what you want most; several are fine.")
        yield _say("demand_missing", "demand", "还没选要什么。", "What you want is missing.", do)
    elif not set(picked) <= offered:
        yield _say(
            "demand_not_offered",
            "demand",
            "有一项和你的回答不符，请重新选。",
            "One of these does not go with your answers.",
        )
    paid = parse_yuan(said(typed, "record-amount"))
    for kind in picked:
        if kind not in offered:
            continue
        count = said(typed, f"points-{kind}").strip()
        if count and points_typed(count) is None:
            do = Text("写大于0的整数，如 500。", "Write a whole number above 0, such as 500.")
            zh, en = "看不懂积分数。", "This number of points is not understood."
            yield _say("points_not_understood", f"points-{kind}", zh, en, do)
        given = said(typed, f"amount-{kind}").strip()
        sum_fen = parse_yuan(given) if given else None
        if given and (sum_fen is None or sum_fen <= 0):
            do = Text("写大于0的数字，如 39.90。", "Write a number above 0, such as 39.90.")
            yield _say(
                "amount_not_understood",
                f"amount-{kind}",
                "看不懂这个金额。",
                "This sum is not understood.",
                do,
            )
        elif kind in {"refund", "return_refund"} and sum_fen and paid and sum_fen > paid:
            do = Text("多出来的损失请另选“赔偿”。", "Ask for further loss as compensation.")
            yield _say(
                "refund_above_paid",
                f"amount-{kind}",
                "退款不能超过实付金额。",
                "A refund cannot exceed what was paid.",
                do,
            )
    yield from _question_problems(typed, playbook, "demands")


def _review_problems(typed: Typed, playbook: Playbook, today: date) -> Iterator[Problem]:
    address = parse_address(said(typed, "contact"), field="contact")
    if isinstance(address, Problems):
        yield from address.items
    if len(said(typed, "name")) > SHORT_CHARS_MAX:
        yield _say(
            "text_too_long", "name", f"最多{SHORT_CHARS_MAX}字。", f"At most {SHORT_CHARS_MAX} characters."
        )


def complaint_of(typed: Typed, playbook: Playbook) -> Complaint | Problems:
    """The whole draft as a Complaint, or every problem with the screen's own field name."""
    contact = said(typed, "contact").strip()
    known = {item.kind.value for item in playbook.evidence}
    found = parse_complaint(
        {
            "platform": playbook.platform,
            "story": said(typed, "story"),
            "complainant": {"name": said(typed, "name"), ("email" if "@" in contact else "phone"): contact},
            "respondent": {"name": said(typed, "respondent")},
            "record": {name: said(typed, f"record-{name}").strip() for name in playbook.record},
            "demands": [
                {"kind": kind, "amount": said(typed, f"amount-{kind}").strip()}
                if carries_money(RemedyKind(kind))
                else {"kind": kind, "points": said(typed, f"points-{kind}").strip()}
                if carries_points(RemedyKind(kind))
                else {"kind": kind}
                for kind in chosen(typed, "demand")
                if kind in set(RemedyKind)
            ],
            "problems": chosen(typed, "problem"),
            "answers": answers_of(typed),
            "evidence": {
                kind: value
                for kind in known
                if (value := said(typed, f"state-{kind}")) in {"have", "have_not", "other_side"}
            },
            **(condition_form.plain_of(typed) if playbook.conditions is not None else {}),
        }
    )
    return placed(found) if isinstance(found, Problems) else found


def placed(problems: Problems) -> Problems:
    """The same problems under the names that the screens' fields have."""
    return Problems(tuple(replace(item, field=field_of(item.field)) for item in problems.items))


def field_of(path: str) -> str:
    """The screen field behind a path of the complaint: `record.amount` is `record-amount`."""
    if path.startswith("complainant"):
        return "name" if path.endswith(".name") else "contact"
    if path.startswith("demands"):
        return "demand"
    if path.startswith("problems"):
        return "problem"
    if path.startswith(("record.", "answers.", "evidence.")):
        head, _, rest = path.partition(".")
        return {"record": "record", "answers": "ask", "evidence": "state"}[head] + f"-{rest}"
    if path.startswith(("conditions", "refusal")):
        return "refusal" if path.startswith("refusal") else "condition-text-0"
    return {"respondent.name": "respondent"}.get(path, path)


def screen_of(field: str, playbook: Playbook) -> str:
    """The screen that holds a field."""
    if field.startswith("file-"):
        return "evidence"
    for screen in ("check", "story", "problems", "record", "evidence", "demands"):
        singles, lists = owned(playbook, screen)
        if field in singles or field in lists:
            return screen
    return "review"
