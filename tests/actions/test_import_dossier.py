# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A foreign dossier comes in once, verified, to read; nothing can be done to it, and nobody else sees it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.forget_foreign_record import forget_foreign_record
from recourse.actions.import_dossier import Imported, import_dossier
from recourse.actions.post_message import post_message
from recourse.actions.run_deadlines import run_deadlines
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role
from recourse.core.dossier import packing
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind
from recourse.processes import worker
from recourse.queries.dossier import dossier
from recourse.queries.foreign_records import foreign_exhibit, foreign_record, foreign_records
from recourse.queries.verify_file import verify_file
from recourse.store import operators
from recourse.store.append_only import FOREIGN_INSTALL, FOREIGN_REMOVE
from recourse.store.models import BlobKey, CaseRow, ForeignEvent, ForeignFile, ForeignRecord, Job
from tests.desk.desk_people import SECRETS, told_case
from tests.dossiers.read_zip import files, made
from tests.dossiers.verifiers import by_script
from tests.portal.person import PNG
from tests.store.house import House

AWAY = "elsewhere"
URL = "https://odr.example"


@pytest.fixture
def away(house: House, tmp_path: Path) -> Iterator[House]:
    """Another operator, which knows nothing of the house's cases."""
    operators.ensure_operator(
        AWAY, name_zh="别处", name_en="Elsewhere", kind="association", now=house.clock.now()
    )
    yield house


def at_home(house: House, operator: str = AWAY, role: Role = Role.owner) -> Actor:
    return house.staff(role, operator)


def taken(house: House, data: bytes, operator: str = AWAY) -> Imported:
    done = import_dossier(house.world, actor=at_home(house, operator), parts=[data])
    assert isinstance(done, Imported), done
    return done


def tamper(version: int, **values: str) -> None:
    """Change a link as somebody with the database in their hands would: without the triggers."""
    with connection.cursor() as cursor:
        for statement in FOREIGN_REMOVE[connection.vendor]:
            cursor.execute(statement)
        ForeignEvent.objects.filter(version=version).update(**values)
        for statement in FOREIGN_INSTALL[connection.vendor]:
            cursor.execute(statement)


def test_it_comes_in_whole(away: House) -> None:
    number = told_case(away)
    data = made(away, away.staff(), number)
    done = taken(away, data)
    assert (done.number, done.known, done.same_number) == (number, False, ())
    assert done.origin == settings.RECOURSE_LOG_ORIGIN
    found = foreign_record(at_home(away), done.id)
    assert found is not None and found.broken is None and found.reading is not None
    events = files(data)["data/events.jsonl"].decode().splitlines()
    kept = [
        json.loads(line) | {"body": link.body, "actor": link.actor, "hash": link.hash}
        for line, link in zip(events, found.record.links, strict=True)
    ]
    assert [json.dumps(item, sort_keys=True) for item in kept] == [
        json.dumps(json.loads(line), sort_keys=True) for line in events
    ]
    assert found.reading.case.complainant.name == SECRETS["name"]
    assert [entry.body for entry in found.reading.chronicle if entry.body == SECRETS["note"]]
    exhibit = foreign_exhibit(away.world, actor=at_home(away), id=done.id, no=1, form="original", page=0)
    assert exhibit is not None and exhibit.data == PNG
    assert found.record.provenance.verdict["ok"] is True


def test_private_fields_lie_sealed(away: House) -> None:
    taken(away, made(away, away.staff(), told_case(away)))
    rows = b"".join(bytes(row.private or b"") + row.body.encode() for row in ForeignEvent.objects.all())
    assert not [word for word in SECRETS.values() if word.encode() in rows]


def test_what_the_seat_did_not_get_is_not_there(away: House) -> None:
    number = told_case(away)
    done = taken(away, made(away, away.respondent(), number))
    found = foreign_record(at_home(away), done.id)
    assert found is not None and found.reading is not None
    assert found.reading.case.complainant.name == "" and found.reading.case.story
    assert [item.form for item in found.record.files] == ["withheld"]


def test_twice_is_once(away: House) -> None:
    data = made(away, away.staff(), told_case(away))
    first, blobs = taken(away, data), BlobKey.objects.count()
    away.clock.ahead(days=1)
    again = taken(away, made(away, away.staff(), first.number))
    assert (again.id, again.known) == (first.id, True)
    assert ForeignRecord.objects.count() == 1 and BlobKey.objects.count() == blobs


def test_a_later_state_and_another_seat_stand_beside_it(away: House) -> None:
    number = told_case(away)
    first = taken(away, made(away, away.staff(), number))
    away.do(post_message(away.world, actor=away.complainant(number), number=number, text="还在吗？"))
    later = taken(away, made(away, away.staff(), number))
    assert later.id != first.id and later.version > first.version and later.same_number == ("record",)
    assert taken(away, made(away, away.complainant(number), number)).id not in {first.id, later.id}


def test_a_rewritten_past_is_refused(away: House) -> None:
    number = told_case(away)
    taken(away, made(away, away.staff(), number))
    tamper(3, hash="f" * 64)
    away.do(post_message(away.world, actor=away.complainant(number), number=number, text="还在吗？"))
    done = import_dossier(away.world, actor=at_home(away), parts=[made(away, away.staff(), number)])
    assert isinstance(done, Problems) and done.keys() == ("record_forked",) and done.items[0].field == "3"


@pytest.mark.parametrize("where", [0, 40, 2_000, -30])
def test_what_does_not_verify_is_refused_with_its_first_fault(away: House, where: int) -> None:
    data = bytearray(made(away, away.staff(), told_case(away)))
    data[where] ^= 1
    blobs = BlobKey.objects.count()
    done = import_dossier(away.world, actor=at_home(away), parts=[bytes(data)])
    assert isinstance(done, Problems) and done.keys() == ("dossier_faulty",)
    assert done.items[0].field.split()[0] in {"container", "bag", "format", "seal"}
    assert done.items[0].message.zh and done.items[0].message.en
    assert ForeignRecord.objects.count() == 0 and BlobKey.objects.count() == blobs
    assert isinstance(import_dossier(away.world, actor=at_home(away), parts=[b""]), Problems)


def split(house: House, number: str, *, seat: Actor | None = None) -> list[bytes]:
    """A dossier in as many parts as it has files: every file fills a part of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "PART_BYTES_MAX", 1)
        found = dossier(house.world, actor=seat or house.staff(), number=number, public_url=URL)
    assert found is not None and len(found.parts) > 1
    return [b"".join(part.pieces()) for part in found.parts]


def told_in_parts(house: House) -> str:
    """A case with two exhibits: pages and files make three parts."""
    number = told_case(house)
    given: dict[str, Any] = {"kind": EvidenceKind.photo, "chunks": [PNG + b"2"], "name": "b.png"}
    house.do(add_exhibit(house.world, actor=house.complainant(number), number=number, **given))
    return number


def test_all_parts_of_a_split_one_come_in_together_in_any_order(away: House) -> None:
    number = told_in_parts(away)
    parts = split(away, number)
    assert len(parts) == 3
    for part in parts:
        # Each verifies by itself: by our own verifier and by the one that shares no code with it.
        assert verify_file(part).ok and by_script(part)["ok"]
    done = import_dossier(away.world, actor=at_home(away), parts=[parts[2], parts[0], parts[1]])
    assert isinstance(done, Imported), done
    for no, data in ((1, PNG), (2, PNG + b"2")):
        kept = foreign_exhibit(away.world, actor=at_home(away), id=done.id, no=no, form="original", page=0)
        assert kept is not None and kept.data == data
    found = foreign_record(at_home(away), done.id)
    assert found is not None
    verdict = found.record.provenance.verdict
    said = [(item["code"], item["where"]) for item in verdict["proven"]]  # type: ignore[union-attr,index]
    assert verdict["ok"] is True and len(said) == len(set(said))
    assert {("exhibit", "1"), ("exhibit", "2")} <= set(said)
    assert "elsewhere" not in {item["code"] for item in verdict["unproven"]}  # type: ignore[union-attr,index]
    again = taken(away, made(away, away.staff(), number))
    assert again.known and again.id == done.id, "split or whole, it is the same dossier"


def test_parts_that_are_missing_are_named_and_nothing_stays(away: House) -> None:
    parts = split(away, told_in_parts(away))
    before = BlobKey.objects.count()
    for given, missing, words in (([0], "2 3", "第2、3卷"), ([2, 0], "2", "第2卷")):
        done = import_dossier(away.world, actor=at_home(away), parts=[parts[at] for at in given])
        assert isinstance(done, Problems) and done.keys() == ("parts_missing",)
        assert done.items[0].field == missing and words in done.items[0].message.zh
    done = import_dossier(away.world, actor=at_home(away), parts=[parts[0], parts[0], parts[1]])
    assert isinstance(done, Problems) and done.keys() == ("parts_missing", "parts_twice")
    assert [item.field for item in done.items] == ["3", "1"]
    assert BlobKey.objects.count() == before and not ForeignRecord.objects.exists()


def test_parts_of_two_dossiers_are_not_one(away: House) -> None:
    number = told_in_parts(away)
    parts, theirs = split(away, number), split(away, number, seat=away.complainant(number))
    done = import_dossier(away.world, actor=at_home(away), parts=[parts[0], theirs[1], parts[2]])
    assert isinstance(done, Problems) and done.keys() == ("parts_of_different_dossiers",)
    assert done.items[0].field == "2"
    away.clock.ahead(hours=1)
    later = split(away, number)
    done = import_dossier(away.world, actor=at_home(away), parts=[parts[0], later[1], parts[2]])
    assert isinstance(done, Imported), "parts are fetched one by one: when each was made may differ"


def test_every_part_that_does_not_verify_is_named(away: House) -> None:
    parts = split(away, told_in_parts(away))
    bent = [part[:200] + bytes([part[200] ^ 1]) + part[201:] for part in parts]
    done = import_dossier(away.world, actor=at_home(away), parts=[bent[0], parts[1], bent[2]])
    assert isinstance(done, Problems) and done.keys() == ("dossier_faulty", "dossier_faulty")
    assert [item.field.partition(":")[0] for item in done.items] == ["1", "3"]


def test_a_case_at_home_is_not_imported(house: House) -> None:
    done = import_dossier(
        house.world, actor=house.staff(), parts=[made(house, house.staff(), told_case(house))]
    )
    assert isinstance(done, Problems) and done.keys() == ("case_at_home",)


def test_nothing_can_be_done_to_it_and_no_clock_runs(away: House) -> None:
    number = told_case(away)
    jobs = Job.objects.count()
    taken(away, made(away, away.staff(), number))
    assert Job.objects.count() == jobs
    refused = perform(
        post_message(away.world, actor=at_home(away, role=Role.agent), number=number, text="你好")
    )
    assert isinstance(refused, Problems) and refused.keys() == ("foreign_record",)
    assert "只能看" in refused.items[0].message.zh and "cannot" not in refused.items[0].message.zh
    before = CaseRow.objects.get(number=number).version
    perform(run_deadlines(away.world, number=number, operator=AWAY))
    assert CaseRow.objects.get(number=number).version == before
    assert not away.world.cases.open(at_home(away), number)


def test_nobody_else_sees_it(away: House) -> None:
    number = told_case(away)
    done = taken(away, made(away, away.staff(), number))
    for actor in (away.staff(), away.complainant(number), away.respondent(), at_home(away, "third")):
        assert foreign_records(actor) == [] and foreign_record(actor, done.id) is None
        assert foreign_exhibit(away.world, actor=actor, id=done.id, no=1, form="original", page=0) is None
    assert [item.id for item in foreign_records(at_home(away, role=Role.auditor))] == [done.id]


def test_an_altered_table_shows(away: House) -> None:
    done = taken(away, made(away, away.staff(), told_case(away)))
    tamper(2, at="2020-01-01T00:00:00+08:00")
    found: Any = foreign_record(at_home(away), done.id)
    assert found.broken == 2


def test_a_record_of_a_later_version_is_kept_and_listed(away: House) -> None:
    done = taken(away, made(away, away.staff(), told_case(away)))
    tamper(4, type="SomethingNew")
    found = foreign_record(at_home(away), done.id)
    assert found is not None and found.reading is None and len(found.record.links) == done.version


def test_what_was_taken_in_can_be_forgotten(away: House) -> None:
    blobs = BlobKey.objects.count()
    done = taken(away, made(away, away.staff(), told_case(away)))
    others = forget_foreign_record(away.world, actor=away.staff(), id=done.id)
    assert isinstance(others, Problems) and others.keys() == ("record_not_found",)
    assert forget_foreign_record(away.world, actor=at_home(away), id=done.id) == done.number
    assert ForeignRecord.objects.count() == ForeignEvent.objects.count() == 0
    assert BlobKey.objects.count() == blobs + 1, "the case's own exhibit stays"
    assert isinstance(forget_foreign_record(away.world, actor=at_home(away), id=done.id), Problems)


def test_nothing_of_it_is_changed_and_it_goes_whole_or_not_at_all(away: House) -> None:
    done = taken(away, made(away, away.staff(), told_case(away)))
    record = ForeignRecord.objects.filter(id=done.id)
    events, kept = (
        ForeignEvent.objects.filter(record_id=done.id),
        ForeignFile.objects.filter(record_id=done.id),
    )
    whole = record.get().head, events.count(), kept.count()
    changes: list[Callable[[], object]] = [
        lambda: record.update(verdict="{}"),
        lambda: events.filter(version=2).update(body="{}"),
        lambda: events.filter(version=2).delete(),
        lambda: kept.update(blob=""),
        lambda: kept.all().delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert (record.get().head, events.count(), kept.count()) == whole
    record.delete()
    assert events.all().delete()[0] == whole[1] and kept.all().delete()[0] == whole[2]


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["store_foreign_record", "store_foreign_event", "store_foreign_file"])
def test_it_is_not_truncated(away: House, table: str) -> None:
    taken(away, made(away, away.staff(), told_case(away)))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table}")


def test_forgetting_that_breaks_off_leaves_nothing_behind(
    away: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the first file of it was deleted: the record is gone whole, and the sweep takes the files."""
    number = told_case(away)
    own = set(BlobKey.objects.values_list("blob", flat=True))
    done = taken(away, made(away, away.staff(), number))
    assert set(BlobKey.objects.values_list("blob", flat=True)) > own

    def killed(_blob: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(away.world.blobs, "delete", killed)
        with pytest.raises(KeyboardInterrupt):
            forget_foreign_record(away.world, actor=at_home(away), id=done.id)
    assert foreign_record(at_home(away), done.id) is None
    assert ForeignEvent.objects.count() == ForeignFile.objects.count() == 0
    away.clock.ahead(days=32)
    worker.keep_house(away.world)
    assert set(BlobKey.objects.values_list("blob", flat=True)) == own
