# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Proving a contact: the receipt with its code form, and signing in with a code."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from recourse.actions.ask_for_code import ask_for_code
from recourse.actions.enter_code import claim_filing, claim_with_known_contact, enter_code
from recourse.actions.story import perform
from recourse.core.actor import Actor
from recourse.core.address import Address, masked, parse_address
from recourse.core.problem import Problems
from recourse.portal import visitor
from recourse.queries.case_file import case_file
from recourse.queries.my_cases import seat
from recourse.webkit import case_parts as parts
from recourse.webkit.language import spoken
from recourse.webkit.world import world


def filed(
    request: HttpRequest, *, number: str, newcomer: Actor, contact: Address, ticket: str | Problems | None
) -> HttpResponse:
    """The complaint is in: on to the receipt, which asks for the code; without a ticket this person is known already."""
    if ticket is None:
        person = visitor.person_of(request)
        perform(claim_with_known_contact(world(), person=person, contact=contact))
        perform(claim_filing(world(), person=person, operator=newcomer.operator, number=number))
        messages.success(
            request, f"已提交，编号{number}。" if spoken() == "zh" else f"Filed. Number {number}."
        )
        return redirect(f"/c/{number}")
    visitor.hold_pending(
        request,
        number,
        {
            "person": newcomer.id,
            "operator": newcomer.operator,
            "ticket": "" if isinstance(ticket, Problems) else ticket,
            "contact": masked(contact.value),
        },
    )
    return redirect(f"/filed/{number}")


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Number, date, exhibits and what happens next; and the field for the code. For the browser that filed."""
    held = visitor.pending(request, number)
    if held is None:
        if visitor.person_of(request):
            return redirect(f"/c/{number}")
        raise Http404
    problems = None
    if request.method == "POST":
        person = perform(enter_code(world(), ticket=held["ticket"], code=request.POST.get("code", "")[:20]))
        if not isinstance(person, Problems):
            perform(claim_filing(world(), person=person, operator=held["operator"], number=number))
            visitor.enter(request, person)
            visitor.hold_pending(request, number, None)
            return redirect(f"/c/{number}")
        problems = person
    file = case_file(world(), actor=seat(held["person"], operator=held["operator"]), number=number)
    if file is None:
        raise Http404
    if file.case.complainant.proven_at is not None:
        # Whoever holds the contact has taken the case over, in another browser; this one must sign in like any other.
        visitor.hold_pending(request, number, None)
        return redirect(f"/c/{number}")
    receipt = {
        "number": number,
        "at": file.case.filed_at,
        "count": len(file.case.exhibits),
        "digest": " ".join(file.head[i : i + 4] for i in range(0, 16, 4)),
    }
    context = {
        "receipt": receipt,
        "contact": held["contact"],
        "sent": bool(held["ticket"]),
        "told": bool(file.case.respondent.registered and file.case.operated),
        "problems": problems,
        "file": file,
        "steps": [(spec.name, parts.step_text(file, spec)) for spec in file.progress.steps],
        "now": file.now,
    }
    return render(request, "portal/filed.html", context, status=422 if problems else 200)


@require_POST
def resend(request: HttpRequest, number: str) -> HttpResponse:
    """Another code to the contact of this filing."""
    held = visitor.pending(request, number)
    if held is None:
        raise Http404
    file = case_file(world(), actor=seat(held["person"], operator=held["operator"]), number=number)
    address = parse_address(file.case.complainant.contact) if file is not None else None
    if not isinstance(address, Address):
        raise Http404
    ticket = _ask(request, address)
    if isinstance(ticket, Problems):
        _tell(request, ticket)
    else:
        visitor.hold_pending(request, number, {**held, "ticket": ticket})
        messages.success(request, "新的验证码已发出。" if spoken() == "zh" else "A new code is on its way.")
    return redirect(f"/filed/{number}")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. The answer is the same whether anybody filed with this contact or not."""
    problems, typed = None, ""
    if request.method == "POST":
        typed = request.POST.get("contact", "")[:254]
        address = parse_address(typed)
        ticket = address if isinstance(address, Problems) else _ask(request, address)
        if isinstance(ticket, Problems):
            problems = ticket
        else:
            assert isinstance(address, Address)
            visitor.hold_ticket(request, ticket, contact=masked(address.value))
            return redirect(f"/sign-in/code{_next_query(request)}")
    context = {"problems": problems, "typed": typed, "next": _next(request), "now": world().clock.now()}
    return render(request, "portal/sign_in.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Enter the code."""
    ticket, contact = visitor.sign_in_ticket(request)
    if not ticket:
        return redirect("/sign-in")
    problems = None
    if request.method == "POST":
        person = perform(enter_code(world(), ticket=ticket, code=request.POST.get("code", "")[:20]))
        if not isinstance(person, Problems):
            visitor.enter(request, person)
            return redirect(_next(request) or "/cases")
        problems = person
    context = {"problems": problems, "contact": contact, "next": _next(request), "now": world().clock.now()}
    return render(request, "portal/sign_in_code.html", context, status=422 if problems else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave nothing behind on this phone."""
    visitor.leave(request)
    return redirect("/")


def _ask(request: HttpRequest, address: Address) -> str | Problems:
    """A code for this contact; one visitor asks for a few contacts an hour and not for everybody's."""
    visitor = request.META.get("REMOTE_ADDR", "")
    return perform(ask_for_code(world(), address=address, visitor=visitor))


def _tell(request: HttpRequest, problems: Problems) -> None:
    for item in problems.items:
        words = f"{item.message.zh}{item.do.zh}" if spoken() == "zh" else f"{item.message.en} {item.do.en}"
        messages.warning(request, words)


def _next(request: HttpRequest) -> str:
    """Where the visitor wanted to go: a path of this site, nothing else."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    parts = urlsplit(given)
    inside = given.startswith("/") and not given.startswith("//") and not parts.netloc and "\\" not in given
    return given if inside and given.isprintable() else ""


def _next_query(request: HttpRequest) -> str:
    return f"?next={_next(request)}" if _next(request) else ""
