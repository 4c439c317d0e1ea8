# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""电话登记: a complaint typed in for a caller. The case says who typed it; nothing reaches the other side unproven."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recourse.actions.file_complaint import file_complaint
from recourse.actions.prove_contact import prove_contact
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role
from recourse.core.claim import carries_money, carries_points
from recourse.core.complaint import parse_complaint
from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import RemedyKind
from recourse.desk.seat import at_the_desk, frame
from recourse.queries.draft import rules_of
from recourse.queries.platform_names import platform_names
from recourse.webkit.answers import options_of
from recourse.webkit.case_parts import in_language
from recourse.webkit.sent_form import SentForm, sent_form, typed_values
from recourse.webkit.world import world

_TAKES_CALLS = frozenset({Role.agent, Role.owner})
_MEASURES = ("amount", "points")
_DAYS = ("happened_on", "promised_on", "received_on")


@at_the_desk
@require_safe
def phone(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose the platform the caller speaks of."""
    _allowed(actor)
    context = {
        **frame(request, actor),
        "tab": "phone",
        "platforms": platform_names(world()),
        "now": world().clock.now(),
    }
    return render(request, "desk/phone.html", context)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, actor: Actor, platform: str) -> HttpResponse:
    """The form. What is refused comes back with everything that was typed."""
    _allowed(actor)
    rules = rules_of(world(), platform)
    if rules is None:
        raise Http404
    if request.method != "POST":
        return _show(request, actor, rules.playbook)
    sent = sent_form(request, world=world(), actor=actor, number="")
    stops = _stops(sent, rules.playbook)
    if stops:
        return _show(request, actor, rules.playbook, stops=stops)
    complaint = parse_complaint(_document(sent, rules.playbook))
    if isinstance(complaint, Problems):
        return _show(request, actor, rules.playbook, problems=_placed(complaint, sent))
    filed = perform(
        file_complaint(world(), actor=actor, complaint=complaint, by_phone=True, key=f"phone:{sent.key}")
    )
    if isinstance(filed, Problems):
        return _show(request, actor, rules.playbook, problems=_placed(filed, sent))
    if sent.text("vouched") == "yes":
        perform(
            prove_contact(
                world(), actor=actor, number=filed.number, method="vouched", key=f"vouch:{sent.key}"
            )
        )
        messages.success(request, in_language(_VOUCHED.format(number=filed.number)))
    else:
        site = settings.RECOURSE_PUBLIC_URL.rstrip("/")
        messages.warning(request, in_language(_TO_BE_PROVEN.format(number=filed.number, site=site)))
    return redirect(f"/desk/c/{filed.number}")


_VOUCHED = Text("已登记，编号{number}，开始处理。", "Taken down as {number}; the case is under way.")
_TO_BE_PROVEN = Text(
    "已登记，编号{number}，还没通知对方。请对来电人念：“请自己打开{site}，用刚才说的手机号或邮箱登录，打开编号{number}，点确认。"
    "验证码不要念给任何人，也不要念给我。”",
    "Taken down as {number}; the other side is not told yet. Read to the caller: “Open {site} yourself, sign in with "
    "the number or e-mail you gave me, open {number} and confirm. Tell the code to nobody, not even to me.”",
)


def _allowed(actor: Actor) -> None:
    """Neutrals decide and auditors look: neither takes complaints."""
    if actor.role not in _TAKES_CALLS:
        raise Http404


def _document(sent: SentForm, playbook: Playbook) -> dict[str, Any]:
    """The typed form as the document that every door of filing takes."""
    contact = sent.text("complainant.contact", limit=254)
    demands = []
    for kind in dict.fromkeys(sent.post.getlist("demand")):
        measure = _measure(kind)
        size = sent.text(f"{measure}-{kind}", limit=40) if measure else ""
        demands.append({"kind": kind[:40], measure: size} if size else {"kind": kind[:40]})
    record = {name: sent.text(f"record.{name}", limit=200) for name in playbook.record}
    answers = {item.key: sent.text(f"answers.{item.key}", limit=200) for item in playbook.ask}
    return {
        "platform": playbook.platform,
        "story": sent.text("story"),
        "complainant": {
            "name": sent.text("complainant.name", limit=100),
            ("email" if "@" in contact else "phone"): contact,
        },
        "respondent": {"name": sent.text("respondent.name", limit=120)},
        "record": {name: value for name, value in record.items() if value},
        "demands": demands,
        "problems": [item[:80] for item in dict.fromkeys(sent.post.getlist("problem"))],
        "answers": {key: value for key, value in answers.items() if value},
    }


def _measure(kind: str) -> str:
    """What a demand of this kind is counted in: `amount` in yuan, `points`, or nothing."""
    if kind not in set(RemedyKind):
        return ""
    known = RemedyKind(kind)
    return "amount" if carries_money(known) else "points" if carries_points(known) else ""


def _stops(sent: SentForm, playbook: Playbook) -> list[Text]:
    """The advice of answers that leave the form: the caller's money is going away right now."""
    return [
        option.advice or option.text
        for item in playbook.ask
        for option in item.options
        if option.stop and sent.text(f"answers.{item.key}", limit=200) == option.key
    ]


def _placed(problems: Problems, sent: SentForm) -> tuple[Problem, ...]:
    """Refusals of demands beside their controls."""
    kinds = list(dict.fromkeys(sent.post.getlist("demand")))

    def place(item: Problem) -> Problem:
        head, bracket, rest = item.field.partition("[")
        index = rest.partition("]")[0]
        if head != "demands":
            return item
        known = bracket and index.isdigit() and int(index) < len(kinds)
        measure = rest.rpartition(".")[2]
        field = f"{measure}-{kinds[int(index)]}" if known and measure in _MEASURES else "demands"
        return Problem(item.key, field, item.message, item.do)

    return tuple(place(item) for item in problems.items)


def _show(
    request: HttpRequest,
    actor: Actor,
    playbook: Playbook,
    *,
    problems: tuple[Problem, ...] = (),
    stops: list[Text] | None = None,
) -> HttpResponse:
    typed = typed_values(request.POST)
    context = {
        **frame(request, actor),
        "tab": "phone",
        "playbook": playbook,
        "form_key": typed.get("form_key") or world().randomness.public_id()[:16],
        "problems": problems,
        "stops": stops or [],
        "questions": [
            {
                "field": f"answers.{item.key}",
                "text": item.text,
                "required": item.required,
                "value": typed.get(f"answers.{item.key}", ""),
                "options": [(option.key, option.text) for option in options_of(item)],
                "free": item.kind not in {"yes_no", "choice"},
            }
            for item in sorted(playbook.ask, key=lambda item: not item.required)
        ],
        "record": [
            {
                "field": f"record.{name}",
                "label": label,
                "day": name in _DAYS,
                "value": typed.get(f"record.{name}", ""),
            }
            for name, label in playbook.record.items()
        ],
        "choices": [
            (item.id, item.name, item.help, item.id in request.POST.getlist("problem"))
            for item in playbook.problems
        ],
        "demands": [
            {
                "kind": spec.kind.value,
                "name": spec.name,
                "measure": (measure := _measure(spec.kind)),
                "ticked": spec.kind.value in request.POST.getlist("demand"),
                "size": typed.get(f"{measure}-{spec.kind}", ""),
            }
            for spec in {spec.kind: spec for spec in playbook.remedies}.values()
        ],
        "name": typed.get("complainant.name", ""),
        "contact": typed.get("complainant.contact", ""),
        "respondent": typed.get("respondent.name", ""),
        "story": typed.get("story", ""),
        "vouched": typed.get("vouched", ""),
        "now": world().clock.now(),
    }
    return render(request, "desk/phone_form.html", context, status=422 if problems or stops else 200)
