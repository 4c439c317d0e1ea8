# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What visitors do: file, look at a case, at their list, at the desk's queue, search. Each through the real pages."""

import random
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from bench.load import Answer, Visit, get, once, post, post_file
from bench.stories import CASES_PER_PERSON, PLATFORM, PROBLEM, person_id, story_of
from recourse.core.port import World
from recourse.store import drafts
from recourse.store.models import Staff

# Django takes the secret itself as the form's token.
_CSRF = "c" * 32
EXHIBIT_BYTES = 200_000
_SCREEN = f"/file/{PLATFORM}"
# What the playbook must know, on the screen about the transaction.
_RECORD_ANSWERS = {"ask-goods_received": "yes", "ask-own_use": "yes", "ask-handled_elsewhere": "no"}


def cookies(session: str) -> str:
    """The cookies of a browser with this session."""
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={_CSRF}"


def sessions(contents: Sequence[dict[str, Any]], *, until: datetime) -> list[str]:
    """Session keys of browsers that are in the middle of something."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    keys = [secrets.token_hex(16) for _ in contents]
    rows = [
        Session(session_key=key, session_data=store.encode(held), expire_date=until)
        for key, held in zip(keys, contents, strict=True)
    ]
    Session.objects.bulk_create(rows, batch_size=200)
    return keys


def signed_in(persons: Sequence[str], *, until: datetime) -> dict[str, str]:
    """The cookies of each of these complainants, signed in."""
    keys = sessions([{"portal": {"person": person}} for person in persons], until=until)
    return {person: cookies(key) for person, key in zip(persons, keys, strict=True)}


def at_the_desk(account: Staff, *, until: datetime) -> str:
    """The cookies of somebody of the operator's people."""
    held = {
        SESSION_KEY: str(account.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
        HASH_SESSION_KEY: account.get_session_auth_hash(),
    }
    return cookies(sessions([held], until=until)[0])


def filings(world: World, *, operator: str, count: int, run: str, until: datetime) -> list[tuple[str, str]]:
    """Browsers with a whole draft that only has to be handed in: (cookies, contact)."""
    held, contacts = [], []
    now = world.clock.now()
    with transaction.atomic():
        for index in range(count):
            token = drafts.begin(operator=operator, now=now)
            contact = f"new-{run}-{index}@example.cn"
            drafts.save(token, platform=PLATFORM, step="review", data=_typed(index), now=now)
            held.append({"portal": {"drafts": {PLATFORM: token}}})
            contacts.append(contact)
    return [
        (cookies(key), contact) for key, contact in zip(sessions(held, until=until), contacts, strict=True)
    ]


def _typed(index: int) -> dict[str, Any]:
    dice = random.Random(f"typed{index}")
    return {
        "person": secrets.token_hex(16),
        **_answers(),
        "story": story_of(dice),
        "problem": [PROBLEM],
        **_record(dice),
        "state-order_no": "have",
        "state-photo": "have",
        "demand": ["refund"],
        "amount-refund": "39.90",
    }


def _answers() -> dict[str, str]:
    return {"ask-money_just_paid": "no", **_RECORD_ANSWERS}


def _record(dice: random.Random) -> dict[str, str]:
    return {
        "respondent": f"第{dice.randrange(200)}号店",
        "record-id": f"KS{dice.getrandbits(48):015d}",
        "record-title": "龙井茶叶250克",
        "record-amount": "39.90",
        "record-happened_on": "2026-09-01",
        "record-received_on": "2026-09-05",
    }


def hand_in(prepared: Sequence[tuple[str, str]]) -> Iterator[Visit]:
    """The post that files the case."""
    for held, contact in prepared:
        yield once(_last_post(held, contact), _filed)


def hand_in_with_file(prepared: Sequence[tuple[str, str]], *, file: bytes) -> Iterator[Visit]:
    """The upload of one exhibit, then the post that files the case."""
    for index, (held, contact) in enumerate(prepared):
        # No two files are alike, or the vault would see a known one.
        yield _upload_and_file(held, contact, file[:-10] + index.to_bytes(8, "big") + file[-2:])


def _upload_and_file(held: str, contact: str, file: bytes) -> Visit:
    fields = {"csrfmiddlewaretoken": _CSRF, "then": "next", "state-photo": "have"}
    answer = yield post_file(f"{_SCREEN}/evidence", fields, name="file-photo", file=file, cookies=held)
    if answer.location != f"{_SCREEN}/demands":
        return False
    return _filed((yield _last_post(held, contact)))


def _last_post(held: str, contact: str) -> bytes:
    fields: dict[str, str | list[str]] = {"csrfmiddlewaretoken": _CSRF, "contact": contact, "name": "王小明"}
    return post(f"{_SCREEN}/review", fields, cookies=held)


def _filed(answer: Answer) -> bool:
    return answer.status == 302 and answer.location.startswith("/filed/")


def walks(count: int, *, run: str) -> Iterator[Visit]:
    """The whole way: seven screens shown and sent, from the first question to the receipt."""
    for index in range(count):
        yield _walk(f"walk-{run}-{index}@example.cn", random.Random(f"walk{index}"))


def _walk(contact: str, dice: random.Random) -> Visit:
    screens: list[tuple[str, dict[str, str | list[str]]]] = [
        ("check", {"ask-money_just_paid": "no"}),
        ("story", {"story": story_of(dice)}),
        ("problems", {"problem": [PROBLEM]}),
        ("record", {**_RECORD_ANSWERS, **_record(dice)}),
        ("evidence", {"state-order_no": "have", "then": "next"}),
        ("demands", {"demand": ["refund"], "amount-refund": "39.90"}),
        ("review", {"contact": contact, "name": "王小明"}),
    ]
    held = cookies("")
    for name, fields in screens:
        shown = yield get(f"{_SCREEN}/{name}", cookies=held)
        if shown.status != 200:
            return False
        sent = yield post(f"{_SCREEN}/{name}", {"csrfmiddlewaretoken": _CSRF, **fields}, cookies=held)
        held = cookies(sent.cookie(settings.SESSION_COOKIE_NAME)) if name == "check" else held
        if sent.status != 302:
            return False
    shown = yield get(sent.location, cookies=held)
    return shown.status == 200


def case_pages(people: dict[str, str], *, size: int) -> Iterator[Visit]:
    """Somebody looks at one of their cases."""
    dice = random.Random(1)
    indexes = _indexes(people, size)
    while True:
        index = dice.choice(indexes)
        number = f"B{index:010d}"
        yield once(get(f"/c/{number}", cookies=people[person_id(index)]), _shows(number))


def own_lists(people: dict[str, str]) -> Iterator[Visit]:
    """Somebody looks at their list."""
    dice = random.Random(2)
    names = list(people)
    while True:
        person = dice.choice(names)
        number = f"B{int(person, 16) * CASES_PER_PERSON:010d}"
        yield once(get("/cases", cookies=people[person]), _shows(number))


def queues(held: str) -> Iterator[Visit]:
    """An agent looks at the queue."""
    while True:
        yield once(get("/desk/", cookies=held), _shows("/desk/c/"))


def searches(held: str, *, word: str) -> Iterator[Visit]:
    """An agent searches for a word of two characters."""
    request, found = get(f"/desk/?q={quote(word)}", cookies=held), _shows("/desk/c/")
    while True:
        yield once(request, found)


def floor_visits(path: str) -> Iterator[Visit]:
    """One bare view, again and again."""
    request = get(path)
    while True:
        yield once(request, _is_ok)


def floor_posts(path: str, *, file: bytes = b"") -> Iterator[Visit]:
    """A form as large as ours, sent to a bare view."""
    fields = {"contact": "new@example.cn", "name": "王小明"}
    request = post_file(path, fields, name="file", file=file) if file else post(path, {**fields})
    while True:
        yield once(request, _is_ok)


def floor_cases(*, size: int) -> Iterator[Visit]:
    """The bare rows of cases."""
    dice = random.Random(1)
    while True:
        yield once(get(f"/case/B{dice.randrange(size):010d}"), _is_ok)


def floor_lists(people: dict[str, str]) -> Iterator[Visit]:
    """The bare rows of lists."""
    dice = random.Random(2)
    names = list(people)
    while True:
        yield once(get(f"/own/{dice.choice(names)}"), _is_ok)


def floor_finds(word: str) -> Iterator[Visit]:
    """The bare rows that a word finds."""
    return floor_visits(f"/find?q={quote(word)}")


def empty_pages() -> Iterator[Visit]:
    """The smallest page of ours, through all middleware: nobody is signed in and is sent to the door."""
    request = get("/cases")
    while True:
        yield once(request, lambda answer: answer.status == 302)


def exhibit() -> bytes:
    """A file of 200 kB that the vault takes for a JPEG."""
    head = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
    return head + random.Random(3).randbytes(EXHIBIT_BYTES - len(head) - 2) + b"\xff\xd9"


def _indexes(people: dict[str, str], size: int) -> list[int]:
    return [
        index
        for person in people
        for index in range(int(person, 16) * CASES_PER_PERSON, (int(person, 16) + 1) * CASES_PER_PERSON)
        if index < size
    ]


def _is_ok(answer: Answer) -> bool:
    return answer.status == 200


def _shows(text: str) -> Any:
    wanted = text.encode()
    return lambda answer: answer.status == 200 and wanted in answer.body
