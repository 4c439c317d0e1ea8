# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Programs of the operator: their tokens, where they hear of events, and what was sent there. For owners alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from recourse.actions.add_token import NewToken, add_token, revoke_token
from recourse.actions.manage_webhooks import (
    NewSecret,
    add_endpoint,
    remove_endpoint,
    resend_delivery,
    rotate_secret,
    send_test,
)
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role
from recourse.core.case.broadcast import KINDS
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.token import LIVES, OWN_SEATS, SCOPES
from recourse.desk.seat import ROLES, at_the_desk, frame
from recourse.queries.api_tokens import tokens_given
from recourse.queries.colleagues import colleagues
from recourse.queries.webhooks import deliveries, endpoints
from recourse.webkit.case_parts import in_language
from recourse.webkit.sent_form import SentForm, sent_form, typed_values
from recourse.webkit.world import world

STATES = {
    "waiting": (Text("在路上", "on its way"), "soon"),
    "delivered": (Text("已送达", "delivered"), "done"),
    "failed": (Text("没送到", "failed"), "late"),
}
ERRORS = {
    "bad_url": Text("地址不能用（要https）", "the address cannot be used (https is needed)"),
    "name_unknown": Text("找不到这个域名", "the name is not known"),
    "address_refused": Text("是内网地址，不发", "a private address, not tried"),
    "timeout": Text("等太久没有回应", "no answer in time"),
    "tls": Text("证书有问题", "its certificate is wrong"),
    "unreachable": Text("连不上", "not reachable"),
}


@at_the_desk
@require_safe
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Tokens, endpoints and the log."""
    return _show(request, actor)


@at_the_desk
@require_POST
def do(request: HttpRequest, actor: Actor, deed: str) -> HttpResponse:
    """One deed. A new word or secret is on the page that answers, and on no other."""
    known = DEEDS.get(deed)
    if known is None or actor.role is not Role.owner:
        raise Http404
    outcome = known.do(sent_form(request, world=world(), actor=actor, number=""))
    if isinstance(outcome, Problems):
        return _show(request, actor, deed=deed, problems=outcome.items)
    if isinstance(outcome, NewToken | NewSecret):
        return _show(request, actor, made=outcome)
    if known.done is not None:
        messages.success(request, in_language(known.done))
    return redirect("/desk/programs")


def _add_token(sent: SentForm) -> Any:
    return perform(
        add_token(
            sent.world,
            actor=sent.actor,
            name=sent.text("name", limit=81),
            scopes=[item[:40] for item in sent.post.getlist("scope")],
            seat=sent.text("seat", limit=20),
            days=sent.whole("days"),
        )
    )


def _add_endpoint(sent: SentForm) -> Any:
    kinds = [item[:40] for item in sent.post.getlist("kind")]
    about = sent.text("about", limit=121)
    return perform(
        add_endpoint(sent.world, actor=sent.actor, url=sent.text("url", limit=501), about=about, kinds=kinds)
    )


def _endpoint(action: Callable[..., Any]) -> Callable[[SentForm], Any]:
    return lambda sent: perform(
        action(sent.world, actor=sent.actor, endpoint=sent.text("endpoint", limit=40))
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """What runs, and what the page says afterwards."""

    do: Callable[[SentForm], Any]
    done: Text | None = None


DEEDS: dict[str, Deed] = {
    "add-token": Deed(_add_token),
    "revoke-token": Deed(
        lambda sent: perform(revoke_token(sent.world, actor=sent.actor, token=sent.text("token", limit=40))),
        Text("令牌已停用。", "The token is revoked."),
    ),
    "add-endpoint": Deed(_add_endpoint),
    "rotate": Deed(_endpoint(rotate_secret)),
    "remove": Deed(_endpoint(remove_endpoint), Text("不再向它推送。", "It is told nothing more.")),
    "test": Deed(
        _endpoint(send_test),
        Text("测试消息已发出，看下面的记录。", "A test is on its way; see the log below."),
    ),
    "resend": Deed(
        lambda sent: perform(
            resend_delivery(sent.world, actor=sent.actor, delivery=sent.text("delivery", limit=40))
        ),
        Text("已重新发出。", "Sent again."),
    ),
}


def _show(
    request: HttpRequest,
    actor: Actor,
    *,
    deed: str = "",
    problems: tuple[Problem, ...] = (),
    made: NewToken | NewSecret | None = None,
) -> HttpResponse:
    if actor.role is not Role.owner:
        raise Http404
    now = world().clock.now()
    people = colleagues(actor)
    log = deliveries(actor, after=request.GET.get("after", "")[:400])
    typed = typed_values(request.POST) if deed else {}
    context = {
        **frame(request, actor),
        "tab": "programs",
        "tokens": [
            {
                "token": item,
                "seat": ROLES[item.seat] if item.seat else Text("只代别人", "for others alone"),
                "scopes": [SCOPES[scope] for scope in SCOPES if scope in item.scopes],
                "by": people[item.made_by].name if item.made_by in people else "",
                "lives": item.lives(now),
            }
            for item in tokens_given(actor)
        ],
        "endpoints": endpoints(actor, now=now),
        "log": [_sent(item) for item in log.deliveries],
        "more": log.after,
        "continued": bool(request.GET.get("after")),
        "scopes": [(scope.value, words) for scope, words in SCOPES.items()],
        "seats": [(seat.value, ROLES[seat]) for seat in OWN_SEATS],
        "lives": LIVES,
        "kinds": KINDS,
        "deed": deed,
        "typed": typed,
        "ticked": request.POST.getlist("scope") + request.POST.getlist("kind") if deed else [],
        "problems": problems,
        "word": made.word if isinstance(made, NewToken) else "",
        "secret": made.secret if isinstance(made, NewSecret) else "",
        "now": now,
    }
    return render(request, "desk/programs.html", context, status=422 if problems else 200)


def _sent(item: Any) -> dict[str, Any]:
    name, tone = STATES[item.state]
    return {
        "sent": item,
        "state": name,
        "tone": tone,
        "tries": [
            {"at": one.at, "said": one.status or ERRORS.get(one.error, Text(one.error, one.error))}
            for one in item.tries
        ],
    }
