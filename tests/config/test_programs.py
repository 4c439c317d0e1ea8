# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The API × every seat × every relation, as the access table says; scopes; and fields, seat by seat."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recourse.api.document import document
from recourse.core.token import Scope
from recourse.store.models import HandOver, WebhookDelivery, WebhookEndpoint
from tests.api.program import complaint
from tests.config import access_table as t
from tests.config.programs import Programs, Seat
from tests.portal.person import PNG

TERMS = [{"kind": "refund", "amount": "1.00"}]
WHEN = "2026-09-20T15:00:00+08:00"
# A body that fits the shape of each POST, so that only the seat is judged.
BODIES: dict[str, Any] = {
    "cases": complaint(),
    "bulk": {"complaints": [complaint()]},
    "refile": complaint() | {"new_ground": "又一处"},
    "confirm-problems": {"problems": ["s3.pt.quality"]},
    "answer": {"kind": "holding", "text": "在处理"},
    "offer": {"terms": TERMS},
    **{key: {"offer": "o9"} for key in ("accept-offer", "refuse-offer", "take-back-offer")},
    **{key: {"text": "好"} for key in ("message", "note")},
    "state-evidence": {"states": {"order_no": "have_not"}},
    "ask-for-evidence": {"of": "complainant", "kind": "photo", "text": "照片"},
    "answer-request": {"request": "q9", "answer": "没有"},
    "set-capture": {"kind": "photo", "due_at": "2030-01-01T10:00:00+08:00"},
    "log-contact": {"at": WHEN, "channel": "电话", "result": "no_answer"},
    "set-conditions": {"conditions": [{"text": "转发"}]},
    "show-account": {"seen_in": "截图", "display_name": "小雅"},
    "take-out-account": {"account": "k9"},
    "set-points": {"points": [{"about": "碎末"}]},
    "withdraw-exhibit": {"no": 9},
    "mask-exhibit": {"no": 9, "regions": [{"left": 0, "top": 0, "right": 9, "bottom": 9}]},
    "show-words": {"where": "message:9", "shown": True},
    "confirm-reading": {"no": 9, "values": {"amount": "1.00"}},
    "escalate": {"rung": "court", "why": "x"},
    "extend": {"deadline": "d99", "length": "3d", "reason": "x"},
    "suspend": {"deadline": "d99", "until": "2030-01-01T10:00:00+08:00", "reason": "x"},
    "assign": {"agent": "nobody"},
    "decide": {"facts": "x", "reasons": "x", "grounds": ["ecl.17"], "next_recourse": "court"},
    "appeal": {"reasons": "x"},
    "perform-step": {"remedy": "r9", "index": 0},
    "confirm-remedy": {"remedy": "r9"},
    "dispute-remedy": {"remedy": "r9", "reason": "wrong_thing"},
    "answer-questions": {"answers": {"own_use": "yes"}},
    "open-filing": {"channel": "nowhere", "filed_at": WHEN},
    "update-filing": {"filing": "f9", "state": "answered"},
    **{key: {"reason": "x"} for key in ("withdraw", "reopen", "hold", "release-hold")},
    "erase": {"number": "wrong"},
    "triage": {"platform": "kuaishou-shop", "story": "碎末"},
    "register": {"platform": "kuaishou-shop", "merchants": [{"name": "新店"}]},
    "endpoints": {"url": "https://orders.example.cn/hooks"},
    "records": {"platform": "kuaishou-shop", "kind": "order", "records": [{"id": "KS1", "amount": "1"}]},
    "hand-overs": {"days": 3},
}
QUERIES = {"deadline": "?from=2026-09-18&length=7d&regime=civil", "search": "?q=茶叶"}
ROUTES = [(route, method) for route, gates in t.PROGRAMS.items() for method in gates]
ON_CASES = [(route, method) for route, method in ROUTES if t.PROGRAMS[route][method].about == "case"]
OTHERS = [pair for pair in ROUTES if pair not in ON_CASES]


def path_of(route: str, number: str) -> str:
    """A route with things that exist."""
    values = {
        "number": number,
        "platform": "kuaishou-shop",
        "rung": "official_complaint",
        "no": "1",
        "form": "copy",
        "page": "0",
    }
    if "law" in route:
        values["id"] = "cpl.24"
    # Looked up for the few routes that name one.
    there = {"link": HandOver, "endpoint": WebhookEndpoint, "id": WebhookDelivery}

    def value(name: str) -> str:
        if name in values:
            return values[name]
        first = there[name].objects.order_by("pk").first()
        return first.public_id if first else "nothing"

    return re.sub(r"<(\w+)>", lambda found: value(found[1]), route.removeprefix("api/v1/"))


def knock(seat: Seat, route: str, method: str, number: str = "") -> Any:
    """One request from a seat."""
    path, name = path_of(route, number), route.rsplit("/", 1)[-1]
    if method == "get":
        return seat.program.get(path + QUERIES.get(name, ""), acts_for=seat.acts_for)
    if name == "exhibits":
        headers = seat.program.headers(acts_for=seat.acts_for, key=f"e{next(seat.program.keys)}")
        sent = {"file": SimpleUploadedFile("x.png", PNG + b"?"), "kind": "photo"}
        return seat.program.client.post(f"/api/v1/{path}", sent, headers=headers)
    return seat.program.post(path, BODIES.get(name, {}), acts_for=seat.acts_for)


def expected(gate: t.Gate, seat: str, *, sees: bool) -> set[int]:
    """The statuses that a seat may get from a gate."""
    if seat in {t.NONE, t.DEAD} and gate.about != "public":
        return {401}
    if seat == t.NO_SEAT and seat not in gate.may:
        return {403}
    if not sees:
        return {404}
    # A rule may still say that it is not the moment: what was judged is the seat.
    return {200, 201, 409, 422} if t.PLAYS.get(seat, seat) in gate.may else {403}


@pytest.mark.parametrize("relation", t.SEES)
def test_every_seat_gets_of_every_case_what_the_table_says(programs: Programs, relation: str) -> None:
    number, wrong = programs.numbers[relation], []
    assert set(programs.seats) == t.SEATS
    before = programs.version(number)
    for route, method in ON_CASES:
        gate = t.PROGRAMS[route][method]
        for name, seat in programs.seats.items():
            answer = knock(seat, route, method, number)
            due = expected(gate, name, sees=name in t.SEES[relation])
            if route.endswith("/refile") and name in t.SEES[relation] and due != {401}:
                due = {404}  # it is open
            if "/exhibits/<no>" in route and relation != "own" and 200 in due:
                due = {404}  # it has none
            if route.endswith("/exhibits/<no>") and t.PLAYS.get(name, name) == t.B and 200 in due:
                due = {404}  # the other side has the copy, never the original
            said = f"{method} {route} {name} of {relation}: {answer.status_code}, not {due}"
            if "no-store" not in answer.get("Cache-Control", ""):
                wrong.append(f"{method} {route} {name}: a cache may keep it")
            if answer.status_code not in due:
                wrong.append(said)
            # Nobody but these requests touches the case: what it is after one, it is before the next.
            after = programs.version(number)
            if answer.status_code >= 400 and after != before:
                wrong.append(f"{said}, and something happened")
            before = after
    assert wrong == [], "\n".join(wrong)


def test_a_closed_matter_is_filed_again_by_its_complainant_or_the_house(programs: Programs) -> None:
    mine, number = programs.seats["owner token"].program, programs.numbers["own"]
    mine.done(f"cases/{number}/withdraw", {"reason": "x"}, acts_for="complainant")
    body = BODIES["refile"]
    got = {
        name: knock(seat, f"{t.CASE}/refile", "post", number).status_code
        for name, seat in programs.seats.items()
    }
    assert body and got[t.MERCHANT] == got[t.OTHER_COMPLAINANT] == got[t.FOREIGN] == 404
    assert got[t.COMPLAINANT] in {201, 422} and got["agent token"] in {201, 422}
    assert got["auditor token"] == 403 and got[t.NONE] == 401


def test_the_house_s_own_routes(programs: Programs) -> None:
    mine = programs.seats["owner token"].program
    mine.done("webhooks/endpoints", BODIES["endpoints"])
    mine.done(f"webhooks/endpoints/{WebhookEndpoint.objects.get().public_id}/test")
    wrong = []
    last = [pair for pair in OTHERS if not pair[0].endswith(("/remove", "/revoke"))]
    merchant = programs.seats[t.MERCHANT]
    merchant.program.done("hand-overs", BODIES["hand-overs"], acts_for=merchant.acts_for)
    for route, method in [*last, *(pair for pair in OTHERS if pair not in last)]:
        gate = t.PROGRAMS[route][method]
        for name, seat in programs.seats.items():
            foreign = name in {t.FOREIGN, t.FOREIGN_FOR} and "webhooks/" in route and "<" in route
            due = expected(gate, name, sees=not foreign)
            if route.endswith("api/v1/cases") and method == "post" and name == t.COMPLAINANT:
                due = {201}
            if (
                method == "post"
                and route.startswith("api/v1/cases")
                and seat.acts_for.startswith("complainant")
            ):
                due = {200, 201}  # a newcomer is filed for, whoever is named
            if route.endswith(("/remove", "/revoke")) and due == {200, 201, 409, 422}:
                due |= {404}  # the first one removed it
            if route.endswith("/revoke") and name == t.OTHER_MERCHANT:
                due = {404}  # it is not theirs
            answer = knock(seat, route, method)
            if answer.status_code not in due:
                wrong.append(f"{method} {route} {name}: {answer.status_code}, not {due}")
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_a_method_that_is_not_in_the_table_is_not_taken(programs: Programs, method: str) -> None:
    seat = programs.seats["owner token"]
    for route, gates in t.PROGRAMS.items():
        if method in gates:
            continue
        path = "/api/v1/" + path_of(route.replace("<path:rest>", "nowhere"), programs.numbers["own"])
        answer = getattr(seat.program.client, method)(path, headers=seat.program.headers(key="x"))
        assert answer.status_code == (405 if gates else 404), (method, route, answer.status_code)


def test_the_scope_of_a_route_is_needed(programs: Programs) -> None:
    for route, method in ROUTES:
        scope = t.PROGRAMS[route][method].scope
        if scope is None:
            continue
        acts_for = programs.seats[t.MERCHANT].acts_for if scope is Scope.parties_act else ""
        answer = knock(Seat(programs.lacking[scope], acts_for), route, method, programs.numbers["own"])
        assert answer.status_code == 403, (route, method, scope)
    for scope, acts_for in (
        (Scope.desk_act, ""),
        (Scope.parties_act, "complainant"),
        (Scope.parties_act, "respondent"),
        (Scope.staff_act, programs.seats[t.NEUTRAL].acts_for),
    ):
        seat = Seat(programs.lacking[scope], acts_for)
        assert knock(seat, f"{t.CASE}/message", "post", programs.numbers["own"]).status_code == 403, scope


# --- fields -------------------------------------------------------------------------------------------------------------


def fields() -> list[str]:
    """The fields of a file as the document has them; of people, field by field."""
    shapes = document()["components"]["schemas"]
    found = []
    for name in shapes["FileOut"]["properties"]:
        parts = {"complainant": "ComplainantOut", "respondent": "RespondentOut", "case": "CaseOut"}.get(name)
        found += [f"{name}.{part}" for part in shapes[parts]["properties"]] if parts else [name]
    return found


def value(file: Any, path: str) -> Any:
    """A field of a file."""
    for part in path.split("."):
        file = file[part]
    return file


def test_every_field_says_who_reads_it() -> None:
    assert sorted(fields()) == sorted(t.FIELDS)


def test_every_seat_reads_the_fields_that_are_its_own(programs: Programs) -> None:
    number = programs.numbers["own"]
    mine = programs.seats["owner token"].program
    mine.done(f"cases/{number}/state-evidence", BODIES["state-evidence"])
    mine.done(f"cases/{number}/set-capture", BODIES["set-capture"])
    mine.done(f"cases/{number}/ask-for-evidence", BODIES["ask-for-evidence"] | {"of": "respondent"})
    mine.done(f"cases/{number}/set-points", BODIES["set-points"])
    door = {"channel": "12315", "filed_at": WHEN, "warned": True}
    channels = mine.read("platforms/kuaishou-shop")["playbook"]["channels"]
    door["channel"] = next(item["id"] for item in channels if item["rung"] == "official_complaint")
    asked = {"own_use": "yes", "handled_elsewhere": "no"}
    mine.done(f"cases/{number}/answer-questions", {"answers": asked})
    mine.done(f"cases/{number}/open-filing", door | {"filed_at": programs.house.clock.now().isoformat()})
    mine.done(f"cases/{number}/assign", {"agent": programs.seats[t.NEUTRAL].acts_for.removeprefix("staff:")})
    whole = mine.read(f"cases/{number}/file")
    for path in (
        "complainant.name",
        "complainant.contact",
        "agent",
        "notes",
        "evidence",
        "contacts",
        "captures",
    ):
        assert value(whole, path), f"{path} is empty and proves nothing"
    wrong = []
    for name in t.READERS_OF_ALL - {"owner token"}:
        seat = programs.seats[name]
        file = seat.program.read(f"cases/{number}/file", acts_for=seat.acts_for)
        for path, readers in t.FIELDS.items():
            if not readers:
                continue
            same = value(file, path) == value(whole, path)
            if not value(whole, path):
                continue
            if same is not (name in readers):
                wrong.append(f"{name} reads {path}: {value(file, path)}")
    assert wrong == []


# What is sealed inside a case that both sides see: a picture taken back, and an internal note.
SEALED = {
    "exhibits/1": t.FOR_STAFF | {t.COMPLAINANT},
    "note": t.DESK,
}


def test_what_is_sealed_within_a_case_opens_for_its_seats_alone(programs: Programs) -> None:
    number = programs.numbers["own"]
    mine = programs.seats["owner token"].program
    mine.done(f"cases/{number}/note", {"text": "只给自己人看"})
    mine.done(f"cases/{number}/withdraw-exhibit", {"no": 1}, acts_for="complainant")
    for name, seat in programs.seats.items():
        file = seat.program.get(f"cases/{number}/exhibits/1", acts_for=seat.acts_for)
        assert (file.status_code == 200) is (name in SEALED["exhibits/1"]), (name, file.status_code)
        told = seat.program.get(f"cases/{number}/file", acts_for=seat.acts_for).content.decode()
        assert ("只给自己人看" in told) is (name in SEALED["note"]), name
