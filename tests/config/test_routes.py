# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every address × every seat: the table says who gets a page, and whoever else knocks gets none and learns nothing.

An address that is not in the table fails the test: whoever adds one says here for whom it is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from recourse.desk.deeds import DEEDS as DESK_DEEDS
from recourse.portal.case.deeds import DEEDS as COMPLAINANT_DEEDS
from recourse.portal.respondent.deeds import DEEDS as RESPONDENT_DEEDS
from recourse.queries.verifiers import verifier_page
from tests.config.access_table import (
    DOORS,
    EVERYBODY,
    PROGRAMS,
    PUBLIC,
    READERS,
    STAFF,
)
from tests.config.everybody import CANARIES, Everybody


def routes(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address the server answers, as it is written in the URL tables."""
    for item in patterns:
        here = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from routes(item.url_patterns, here)
        else:
            yield here


def served() -> list[str]:
    """Each route once. Those of allauth's written as regular expressions all lie behind a shut prefix."""
    found = dict.fromkeys(routes(get_resolver().url_patterns))
    shut = (
        "staff/confirm-email/",
        "staff/password/reset/",
        "staff/^confirm-email/",
        "staff/^password/reset/",
    )
    return [route for route in found if not (route.startswith(shut) and route not in DOORS)]


def address(route: str, everybody: Everybody) -> str:
    """A route with the case's own number and things that exist."""
    values = {
        "number": everybody.number,
        "platform": "kuaishou-shop",
        "token": everybody.link,
        "id": "cpl.24",
        "no": "1",
        "pk": "1",
        "step": "story",
        "deed": "message",
        "form": "copy",
        "sheet": "0",
        "by": "complainant",
        "page": "evidence",
        "leaf": "1",
        "rest": "key/1-k/",
    }
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: values[found[1]], route)


def body_of(answer: Any) -> str:
    """The answer's text."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


def written_policy() -> str:
    """The configured content policy as it stands in an answer."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


# The verifier is one file that has to run anywhere: it states a policy of its own, narrower than the house's. What is
# handed out to be saved may do nothing at all.
OWN_POLICY = {
    "verify/page": lambda: f"{verifier_page()[1]}; frame-ancestors 'none'",
    "verify/verify.html": lambda: "sandbox; default-src 'none'",
}


def test_the_verifier_s_own_policy_is_narrow() -> None:
    policy = OWN_POLICY["verify/page"]()
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


def lacking(answer: Any, route: str) -> list[str]:
    """What an answer does not carry: of all, that nobody keeps it; of a picture, that opened alone it can do nothing; of
    a page, exactly the policies as configured, and no more."""
    kind = answer.get("Content-Type", "")
    kept = [] if "no-store" in answer.get("Cache-Control", "") else ["a cache may keep it"]
    if kind.startswith("image/") and answer.get("Content-Security-Policy") != "sandbox; default-src 'none'":
        return [*kept, "a picture that could act"]
    return [*kept, *lacking_of_a_page(answer, route)] if kind.startswith("text/html") else kept


def lacking_of_a_page(answer: Any, route: str) -> list[str]:
    """What an HTML answer does not carry."""
    # A refused method is answered by the house, not by the file.
    own = OWN_POLICY.get(route) if answer.status_code == 200 else None
    due = {
        "Content-Security-Policy": (own or written_policy)(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Frame-Options": "DENY",
    }
    said = {name: in_order(answer.get(name, "")) for name in due}
    wrong = [f"{name} is {said[name]}" for name in due if said[name] != in_order(due[name])]
    return (
        [*wrong, "a policy that only reports"] if "Content-Security-Policy-Report-Only" in answer else wrong
    )


def in_order(value: str) -> list[str]:
    """The directives of a header, in whatever order they were written."""
    return sorted(part.strip() for part in value.split(";"))


def knocking(route: str) -> frozenset[str]:
    """The seats to try: all of them where a case is near, three elsewhere."""
    few = route.startswith("staff/") or DOORS[route] == PUBLIC
    return frozenset({"anonymous", "complainant", "foreign agent"}) if few else EVERYBODY


def test_every_address_says_for_whom_it_is() -> None:
    assert settings.RECOURSE_DEMO, "the style guide is served in the demo alone"
    assert sorted(served()) == sorted([*DOORS, *PROGRAMS])


def test_the_seats_of_the_table_are_the_seats_of_the_house(everybody: Everybody) -> None:
    assert set(everybody.seats) == EVERYBODY


@pytest.mark.parametrize("part", ["staff/", "desk/", "r/", "c/", ""])
def test_everybody_gets_what_is_theirs_and_nothing_else(everybody: Everybody, part: str) -> None:
    parts = ("staff/", "desk/", "r/", "c/")
    mine = [r for r in DOORS if (r.startswith(part) if part else not r.startswith(parts))]
    assert mine
    before, wrong = everybody.version(), []
    for route in mine:
        path = address(route, everybody)
        for seat in sorted(knocking(route)):
            for method in ("get", "post"):
                answer = getattr(everybody.browser(seat), method)(path)
                said = f"{method} /{route} as {seat}: {answer.status_code}"
                if (answer.status_code < 300) is not (seat in getattr(DOORS[route], method)):
                    wrong.append(said)
                wrong += [f"{said}, {lack}" for lack in lacking(answer, route)]
                if answer.status_code >= 500:
                    wrong.append(f"{said}, failed")
                if answer.status_code == 302 and not answer["Location"].startswith("/"):
                    wrong.append(f"{said}, leads away")
                if seat not in READERS and any(word in body_of(answer) for word in CANARIES):
                    wrong.append(f"{said}, tells of the case")
    assert wrong == []
    assert everybody.version() == before, "an empty form changes nothing"


FRONTS = {
    "/c/{number}/do/{deed}": (COMPLAINANT_DEEDS, EVERYBODY - {"complainant"}),
    "/r/c/{number}/do/{deed}": (RESPONDENT_DEEDS, EVERYBODY - {"merchant"}),
    "/desk/c/{number}/do/{deed}": (DESK_DEEDS, EVERYBODY - STAFF | {"auditor"}),
}
# One form that would do for every deed, if only the seat were right.
FILLED = {
    **{"form_key": "k", "text": "x", "reason": "x", "reasons": "x", "why": "x", "facts": "x", "note": "x"},
    **{"kind": "photo", "of": "complainant", "vouched": "yes", "length": "3d", "deadline": "d1", "no": "1"},
    **{
        "at": "2026-09-01T10:00",
        "channel": "电话",
        "result": "no_answer",
        "until": "2030-01-01",
        "index": "0",
    },
    **{"about-0": "x", "problem": "s3.pt.quality", "term": "refund", "amount-refund": "1", "rung": "court"},
    **{"filed_at": "2026-09-01T10:00", "state-photo": "have_not", "state": "filed", "next": "court"},
    **{"due_at": "2030-01-01T10:00", "promised_at": "2030-01-01", "offer": "o1", "remedy": "r1"},
}


@pytest.mark.parametrize("front", FRONTS)
def test_no_deed_is_done_from_a_seat_it_is_not_for(everybody: Everybody, front: str) -> None:
    deeds, strangers = FRONTS[front]
    before = everybody.version()
    filled = FILLED | {"again": everybody.number}
    for seat in sorted(strangers):
        for deed in deeds:
            answer = everybody.browser(seat).post(front.format(number=everybody.number, deed=deed), filled)
            inside = answer.status_code == 302 and "next=" not in answer["Location"]
            assert answer.status_code in {302, 404, 422} and not inside, (seat, deed, answer.status_code)
    assert everybody.version() == before


def test_nothing_is_done_without_the_token_of_the_form(everybody: Everybody) -> None:
    before = everybody.version()
    for seat, front in (("complainant", "/c"), ("merchant", "/r/c"), ("owner", "/desk/c")):
        browser = everybody.browser(seat)
        browser.handler.enforce_csrf_checks = True
        for deed in ("message", "erase", "withdraw", "agree"):
            path = f"{front}/{everybody.number}/do/{deed}"
            assert browser.post(path, FILLED | {"again": everybody.number}).status_code == 403
    assert everybody.version() == before
