# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Many cases at once: real decisions, sealed events, valid chains, projections and jobs, in bulk inserts.

The rules decide every case as they would one by one; only the doors are skipped: histories are written whole, with
the times they would have had, in large transactions. Cases are made by several processes and inserted by one.
"""

import gc
import json
import multiprocessing
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, connections, transaction

from bench.stories import OPERATED, PLATFORM, House, Merchant, Told, many
from recourse.core.address import Address
from recourse.core.case.events import CaseClosed
from recourse.core.evidence import GENESIS
from recourse.core.lane import lane_of
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.store import operators, register, rows, search
from recourse.store.codec import EVENT_COLUMNS, Sealed, seal_event
from recourse.store.models import RegisterContact
from recourse.store.people import address_mac
from recourse.store.projection import COLUMNS, project
from recourse.store.sealing import purpose_key, seal

OPERATOR = "bench"
MERCHANTS = 200
_CHUNK = 250
_PROCESSES = max(1, os.cpu_count() or 1)

_CASE = ("id", *("rulebook" if name == "rulebook_id" else name for name in COLUMNS))
TABLES: dict[str, tuple[str, ...]] = {
    "store_person": ("public_id", "merged_into", "created_at"),
    "store_person_contact": ("person_id", "channel", "address_mac", "address", "proven_at"),
    "store_case_number": ("number", "case_id"),
    "store_case": _CASE,
    "store_case_key": ("case_id", "wrapped"),
    "store_event": EVENT_COLUMNS,
    "store_private": ("case_id", "version", "fields"),
    "store_job": (
        *("kind", "lane", "dedup", "payload", "run_at", "ready_at", "holder", "attempts", "error", "done_at"),
    ),
}
Rows = dict[str, list[tuple[Any, ...]]]


def found_house(world: World) -> House:
    """The operator, its merchants and the rules of today, made when they are missing."""
    now = world.clock.now().replace(microsecond=0)
    operators.ensure_operator(OPERATOR, name_zh="测速平台", name_en="Bench", kind="platform", now=now)
    operators.set_operated_rungs(
        OPERATOR, "", [rung.value for rung in OPERATED], valid_from=now.replace(year=2020), by="bench"
    )
    with transaction.atomic():
        for index in range(MERCHANTS):
            entry = register.Entry(
                name=f"第{index}号店",
                legal_name=f"第{index}号贸易有限公司",
                contacts=(Address("mail", f"shop{index}@example.cn"),),
            )
            register.add_respondent(OPERATOR, PLATFORM, entry, now=now)
    found = RegisterContact.objects.filter(operator=OPERATOR).order_by("id")
    merchants = [
        Merchant(*row)
        for row in found.values_list("respondent__public_id", "respondent__legal_name", "public_id")
    ]
    shelf = world.rules.current(PLATFORM)
    assert not isinstance(shelf, Problems)
    return House(OPERATOR, merchants, shelf[1], shelf[0], now)


def seed(house: House, begin: int, end: int, *, kind: str = "") -> None:
    """Write the cases of these indexes; of one kind when it is named."""
    parts = [(start, min(start + _CHUNK, end), kind) for start in range(begin, end, _CHUNK)]
    for made in _made(house, parts):
        with transaction.atomic():
            _insert(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _made(
    house: House, parts: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[Rows, list[tuple[str, str]]]]:
    global _house
    _house = house
    if len(parts) < _PROCESSES * 2:
        yield from map(_make, parts)
        return
    # A connection must not be inherited; the children never open one.
    connections.close_all()
    # The children live for this alone and make no cycles: collecting would only walk the rules again and again.
    with multiprocessing.get_context("fork").Pool(_PROCESSES, initializer=gc.disable) as pool:
        yield from pool.imap_unordered(_make, parts)


_house: House | None = None


def _make(part: tuple[int, int, str]) -> tuple[Rows, list[tuple[str, str]]]:
    begin, end, kind = part
    assert _house is not None
    made: Rows = {table: [] for table in TABLES}
    words: list[tuple[str, str]] = []
    for told in many(_house, begin, end, kind=kind):
        _write(made, told, _house)
        words.append((told.case.id, search.search_text(told.case)))
    return made, words


def _write(made: Rows, told: Told, house: House) -> None:
    case = told.case
    key = secrets.token_bytes(32)
    sealed = list(_sealed(told, key))
    columns = project(
        case,
        playbook=house.rules.playbook,
        head=sealed[-1].hash,
        at=told.chapters[-1].at,
        closed_at=next((c.at for c in told.chapters if isinstance(c.events[-1], CaseClosed)), None),
    )
    person = case.complainant.id
    address = Address("mail", case.complainant.contact)
    filed_at = case.filed_at
    proven_at = filed_at if told.proven and not told.person else None
    made["store_person"].append((person, told.person, filed_at))
    made["store_person_contact"].append(
        (
            *(person, address.channel, address_mac(address)),
            seal(address.value.encode(), key=purpose_key("field"), about=f"person/{person}"),
            proven_at,
        )
    )
    made["store_case_number"].append((case.number, case.id))
    made["store_case"].append((case.id, *(columns[name] for name in COLUMNS)))
    wrapped = seal(key, key=purpose_key("field"), about=f"case-key/{case.id}")
    made["store_case_key"].append((case.id, wrapped))
    for item in sealed:
        made["store_event"].append(item[: len(EVENT_COLUMNS)])
        if item.private is not None:
            made["store_private"].append((item.case, item.version, item.private))
    made["store_job"].extend(_jobs(told, house))


def _sealed(told: Told, key: bytes) -> Iterator[Sealed]:
    previous, version = GENESIS, 0
    for chapter in told.chapters:
        for event in chapter.events:
            version += 1
            item = seal_event(
                event,
                case=told.case.id,
                version=version,
                at=chapter.at,
                actor=chapter.actor,
                previous=previous,
                key=key,
            )
            previous = item.hash
            yield item


def _jobs(told: Told, house: House) -> Iterator[tuple[Any, ...]]:
    seen: set[str] = set()
    for effect in (effect for chapter in told.chapters for effect in chapter.effects):
        if effect.key in seen:
            continue
        seen.add(effect.key)
        payload = json.dumps({**effect.payload, "operator": house.operator})
        at = effect.not_before
        done_at: datetime | None = at if at <= house.now else None
        yield (effect.kind, lane_of(effect.kind).name, effect.key, payload, at, at, "", 0, "", done_at)


def _insert(made: tuple[Rows, list[tuple[str, str]]]) -> None:
    found, words = made
    for table, values in found.items():
        insert(table, TABLES[table], values)
    for case_id, text in words:
        search.put(case_id, text)


def insert(table: str, columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Insert rows the fastest way the engine knows."""
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
        ):
            for row in values:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(columns))
    rows.change_each(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values))


def refreshed(house: House, now: datetime) -> House:
    """The house at a later moment: cases told from now on are filed around it."""
    return replace(house, now=now)
