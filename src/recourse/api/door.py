# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The door: a bearer token and nothing else, how often it may knock, and in whose seat it sits."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header
from ninja.security import HttpBearer

from recourse.actions.answer_once import Answer, answer_once
from recourse.actions.limit_visits import may_ask
from recourse.actions.story import absent, perform
from recourse.api.answering import Refused, refuse_with
from recourse.core.actor import Actor, Role
from recourse.core.port import key_reused
from recourse.core.problem import Problems, refuse
from recourse.core.token import Scope, Token
from recourse.queries.api_seats import key_of_another, own_seat, party_seat, staff_seat
from recourse.queries.api_tokens import token_of
from recourse.webkit.world import world

PER_TOKEN = (600, timedelta(minutes=1))
# Whoever guesses words is stopped early, whoever mistypes one is not.
PER_STRANGER = (60, timedelta(minutes=1))

KeyHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[!-~]+$",
        description="your own word for this request; the same word again gets the same answer",
    ),
]
ForHeader = Annotated[
    str,
    Header(
        alias="Recourse-For",
        max_length=80,
        pattern=r"^(complainant|respondent|staff)(:[0-9A-Za-z-]{1,60})?$|^$",
        description="whom this request is made for: `complainant`, `respondent` (of the case), or either with `:id`; "
        "`staff:id`. Empty: the token's own seat",
    ),
]


class Bearer(HttpBearer):
    """`Authorization: Bearer …`. A request that brings our session cookie is refused: a browser is not a program."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token behind the word, unless it knocks too often."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            raise Refused(no_entry(), status=401)
        found = token_of(world(), token[:200])
        if found is None:
            _limited(f"stranger/{request.META.get('REMOTE_ADDR', '')}", PER_STRANGER)
            return None
        _limited(f"token/{found.id}", PER_TOKEN)
        return found


def count_more(given: Token, more: int) -> None:
    """Count a request that does the work of many as many; refused before anything is done."""
    if more > 0:
        _limited(f"token/{given.id}", PER_TOKEN, count=more)


def _limited(who: str, limit: tuple[int, timedelta], *, count: int = 1) -> None:
    times, per = limit
    if perform(may_ask(world(), visitor=f"api/{who}", times=times, per=per, count=count)) is not None:
        raise Refused(
            refuse(
                "too_many_requests",
                zh="请求太多了。",
                en="Too many requests.",
                do_zh="请稍等一分钟再试。",
                do_en="Wait a minute and try again.",
            )
        )


def no_entry() -> Problems:
    """No token, or none that lives: unknown, revoked and expired ones answer alike."""
    return refuse(
        "token_missing",
        field="Authorization",
        zh="没有令牌，或令牌已失效。",
        en="There is no token, or it opens nothing any more.",
        do_zh="请带上 Authorization: Bearer 令牌；令牌由负责人在工作台建立。",
        do_en="Send Authorization: Bearer TOKEN; an owner makes tokens at the desk.",
    )


def token(request: HttpRequest, *needed: Scope) -> Token:
    """The token of this request, which must have these scopes."""
    found: Token = request.auth  # type: ignore[attr-defined]
    missing = [scope for scope in needed if scope not in found.scopes]
    if missing:
        raise Refused(
            refuse(
                "scope_missing",
                field="Authorization",
                zh=f"这个令牌没有权限 {missing[0]}。",
                en=f"This token lacks the scope {missing[0]}.",
                do_zh="请让负责人另建一个有这项权限的令牌。",
                do_en="Ask an owner for a token with this scope.",
            ),
            status=403,
        )
    return found


def reader(request: HttpRequest, acts_for: str, *, number: str = "") -> Actor:
    """Who reads: the token's own seat, or whom it reads for."""
    return _seat(token(request, Scope.cases_read), acts_for, number, own=None)


def doer(request: HttpRequest, acts_for: str, *, number: str) -> Actor:
    """Who does a deed on a case."""
    return _seat(token(request), acts_for, number, own=Scope.desk_act)


def _seat(given: Token, acts_for: str, number: str, *, own: Scope | None) -> Actor:
    side, _, id_ = acts_for.partition(":")
    if not side:
        actor = own_seat(given)
        if actor is None:
            raise Refused(_no_seat(), status=403)
        need(given, own)
        return actor
    if side == "staff":
        need(given, Scope.staff_act)
        actor = staff_seat(given, id_)
    else:
        need(given, Scope.parties_act)
        actor = party_seat(given, Role(side), id=id_, number=number)
    if actor is None:
        raise Refused(absent())
    return actor


def need(given: Token, scope: Scope | None) -> None:
    """Refuse with 403 what this token may not; None asks for nothing."""
    if scope is not None and scope not in given.scopes:
        raise Refused(
            refuse(
                "scope_missing",
                field="Authorization",
                zh=f"这个令牌没有权限 {scope}。",
                en=f"This token lacks the scope {scope}.",
                do_zh="请让负责人另建一个有这项权限的令牌。",
                do_en="Ask an owner for a token with this scope.",
            ),
            status=403,
        )


def _no_seat() -> Problems:
    return refuse(
        "seat_missing",
        field="Recourse-For",
        zh="这个令牌没有自己的身份，只能代别人操作。",
        en="This token has no seat of its own; it acts for others alone.",
        do_zh="请用 Recourse-For 写明代谁操作。",
        do_en="Say in Recourse-For whom it acts for.",
    )


def key_for(actor: Actor, given: Token, key: str) -> str:
    """The key as it is kept: a word of this token, for one actor only."""
    kept = f"api:{given.id}:{key}"
    if key_of_another(actor, kept):
        raise Refused(key_reused())
    return kept


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is about no single case, with the word it goes by."""

    request: HttpRequest
    token: Token
    key: str

    def once(self, do: Callable[[], Answer | Problems], *, together: bool = True) -> HttpResponse:
        """Do it once; the same request again gets the same bytes."""
        story = answer_once(
            world(),
            operator=self.token.operator,
            token=self.token.id,
            key=self.key,
            fingerprint=fingerprint(self.request),
            do=do,
            together=together,
        )
        outcome, replayed = perform(story)
        if isinstance(outcome, Problems):
            return refuse_with(outcome)
        status, body = outcome
        answer = HttpResponse(body, status=status, content_type="application/json")
        if replayed:
            answer["Idempotent-Replayed"] = "true"
        return answer


def fingerprint(request: HttpRequest) -> str:
    """A digest of what was asked: the way, whom for, and the body as it came."""
    way = f"{request.method} {request.path}\n{request.headers.get('Recourse-For', '')}\n"
    return hashlib.sha256(way.encode() + request.body).hexdigest()


Route = Callable[..., Any]
