# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The worker: jobs are done once, failures come back and are set aside, a stopped case holds no other one up."""

import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from recourse.actions import run_jobs as outbox
from recourse.actions.demo.timeline import SilentPost, StoryClock, told_by
from recourse.actions.file_complaint import file_complaint
from recourse.actions.import_merchants import import_merchants
from recourse.actions.prove_contact import prove_contact
from recourse.actions.set_operator import OperatorChange, set_operator
from recourse.actions.story import perform
from recourse.actions.take_turn import take_turn
from recourse.core.actor import Actor, Role, Via
from recourse.core.complaint import Complaint, parse_complaint
from recourse.core.lane import LANES, REST
from recourse.core.merchant_list import Merchant, MerchantList
from recourse.core.port import Delivery, Receipt, World
from recourse.processes import worker
from recourse.store import jobs
from recourse.store.models import CaseRow, Job
from recourse.webkit.world import world

pytestmark = pytest.mark.django_db(transaction=True)

OWNER = Actor("owner", Role.owner, "shop", Via.cli)


@pytest.fixture
def clock() -> StoryClock:
    """The noon of tomorrow: no quiet hour delays a message, and nothing may look at the machine's own clock."""
    return StoryClock((world().clock.now() + timedelta(days=1)).replace(hour=12, minute=0))


@pytest.fixture
def stage(clock: StoryClock) -> World:
    """An operator that runs the first rungs, with one merchant."""
    stage = told_by(world(), clock)
    change = OperatorChange("shop", operates={"kuaishou-shop": ["negotiate", "operator_support"]})
    assert set_operator(stage, change, by="test") is None
    merchant = Merchant("暖冬服饰", contacts=("kefu@nuandong.example.cn",))
    import_merchants(stage, operator="shop", listed=MerchantList("kuaishou-shop", (merchant,)))
    return stage


def filed(stage: World) -> str:
    """The number of a new case whose contact is vouched for."""
    complaint = parse_complaint(
        {
            "platform": "kuaishou-shop",
            "story": "衣服掉毛，商家不退款",
            "complainant": {"name": "张三", "email": "zhang@example.com"},
            "respondent": {"name": "暖冬服饰"},
            "record": {"id": "1", "amount": "399.00"},
            "problem": "s3.pt.quality",
        }
    )
    assert isinstance(complaint, Complaint)
    receipt = perform(file_complaint(stage, actor=OWNER, complaint=complaint))
    assert isinstance(receipt, Receipt)
    perform(prove_contact(stage, actor=OWNER, number=receipt.number, method="vouched"))
    return receipt.number


def until_idle(stage: World) -> None:
    """Turns, as the worker makes them, until there is nothing left to do."""
    while turn(stage):
        pass


def turn(stage: World) -> bool:
    """One turn of somebody who does everything by himself."""
    return perform(take_turn(stage, limit=worker.SWEEP_BATCH))


def row(number: str) -> CaseRow:
    """The projection of a case."""
    return CaseRow.objects.get(number=number)


def test_a_notice_is_served_and_its_silent_clock_carries_the_case_on(stage: World, clock: StoryClock):
    number = filed(stage)
    until_idle(stage)
    assert row(number).served_at is not None and row(number).rung == "negotiate"
    clock.at += timedelta(hours=47)
    until_idle(stage)
    assert row(number).rung == "negotiate"
    clock.at += timedelta(hours=2)
    until_idle(stage)
    assert row(number).rung == "operator_support"
    version = row(number).version
    until_idle(stage)
    assert row(number).version == version


def test_many_due_cases_are_swept_in_one_turn(stage: World, clock: StoryClock):
    numbers = [filed(stage) for _ in range(5)]
    until_idle(stage)
    clock.at += timedelta(hours=49)
    until_idle(stage)
    assert {row(number).rung for number in numbers} == {"operator_support"}


def test_a_case_that_cannot_be_read_holds_no_other_one_up(
    stage: World, clock: StoryClock, caplog: pytest.LogCaptureFixture
):
    broken, sound = filed(stage), filed(stage)
    until_idle(stage)
    # A key that is not this case's makes its private fields unreadable.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_private SET fields = %s WHERE case_id = %s", [b"\x90\x91", row(broken).id]
        )
    clock.at += timedelta(hours=49)
    with caplog.at_level(logging.ERROR):
        turn(stage)
    assert row(sound).rung == "operator_support" and row(broken).rung == "negotiate"
    assert broken in caplog.text and "张三" not in caplog.text and "zhang" not in caplog.text


def test_a_message_that_is_late_does_not_go_out_at_night(stage: World, clock: StoryClock):
    clock.at = clock.at.replace(hour=21, minute=58)
    number = filed(stage)
    clock.at += timedelta(minutes=5)
    until_idle(stage)
    assert row(number).served_at is None
    clock.at = (clock.at + timedelta(days=1)).replace(hour=8, minute=0)
    until_idle(stage)
    assert row(number).served_at is not None
    assert Job.objects.get(kind="notice").attempts == 1


def test_what_a_gateway_puts_off_waits_without_counting_as_a_failure(stage: World, clock: StoryClock):
    class Away(SilentPost):
        def send(self, **_: str) -> Delivery:
            return Delivery.later

    number = filed(stage)
    away = replace(stage, post=Away())
    for _ in range(12):
        turn(away)
        clock.at += outbox.LATER
    assert row(number).served_at is None
    assert not Job.objects.filter(dead_at__isnull=False).exists()
    turn(stage)
    assert row(number).served_at is not None


def test_a_job_that_always_fails_is_set_aside_and_the_log_says_ids_alone(
    stage: World, clock: StoryClock, caplog: pytest.LogCaptureFixture
):
    class Broken(SilentPost):
        def send(self, **_: str) -> Delivery:
            raise RuntimeError("zhang@example.com could not be reached")

    filed(stage)
    broken = replace(stage, post=Broken())
    with caplog.at_level(logging.INFO):
        for _ in range(jobs.ATTEMPTS_MAX + 1):
            turn(broken)
            clock.at += timedelta(days=1)  # by night the messages would wait
    dead = Job.objects.filter(dead_at__isnull=False, kind="notice")
    assert dead.count() == 1 and dead.get().error == "RuntimeError"
    assert "zhang" not in caplog.text and "张三" not in caplog.text


def test_an_unknown_kind_of_job_fails_alone(stage: World, clock: StoryClock):
    jobs.enqueue([jobs.NewJob("teleport", "teleport:1", {}, clock.now())])
    number = filed(stage)
    until_idle(stage)
    assert row(number).served_at is not None
    assert Job.objects.get(kind="teleport").error == "KeyError"


def test_no_deadline_is_acted_upon_while_the_clock_cannot_be_trusted(stage: World, clock: StoryClock):
    number = filed(stage)
    until_idle(stage)
    clock.at += timedelta(hours=49)

    class Jumped(StoryClock):
        def trusted(self) -> bool:
            return False

    turn(replace(stage, clock=Jumped(clock.at)))
    assert row(number).rung == "negotiate"


def test_work_ends_when_told_and_outlives_trouble(monkeypatch: pytest.MonkeyPatch):
    stop, turns = threading.Event(), []

    def stumble() -> bool:
        turns.append(1)
        if len(turns) == 1:
            raise DatabaseError("away")
        if len(turns) == 2:
            raise RuntimeError("a mistake of ours")
        stop.set()
        return True

    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0)
    worker.work([worker.Line("one", stumble)], stop)
    assert len(turns) == 3


def test_one_line_at_work_or_in_trouble_holds_no_other_up(monkeypatch: pytest.MonkeyPatch):
    stop, forever, done = threading.Event(), threading.Event(), []

    def hang() -> bool:
        return forever.wait(60)

    def broken() -> bool:
        raise DatabaseError("away")

    def sound() -> bool:
        done.append(1)
        if len(done) == 3:
            stop.set()
        return True

    monkeypatch.setattr(worker, "GRACE_SECONDS", 0.1)
    worker.work([worker.Line("a", hang), worker.Line("b", broken), worker.Line("c", sound)], stop)
    forever.set()
    assert len(done) == 3


def test_every_kind_that_is_known_has_a_lane():
    assert {kind for lane in LANES for kind in lane.kinds} == set(outbox._STORIES)


def test_who_leaves_gives_back_what_is_not_begun(stage: World, clock: StoryClock):
    jobs.enqueue([jobs.NewJob("teleport", f"teleport:{n}", {}, clock.now()) for n in range(2)])
    told = iter((False, True))
    assert perform(outbox.run_lane(stage, REST, leaving=lambda: next(told))) == 2
    begun, given_back = Job.objects.filter(kind="teleport").order_by("id")
    assert begun.error == "KeyError"
    assert (given_back.attempts, given_back.holder, given_back.ready_at) == (0, "", clock.now())


def test_who_took_long_asks_again_before_the_next_job(
    stage: World, clock: StoryClock, monkeypatch: pytest.MonkeyPatch
):
    """Somebody else took the second one when the lease ended: it is theirs."""
    jobs.enqueue([jobs.NewJob("erase", f"erase:{n}", {}, clock.now()) for n in range(2)])
    begun = []

    def slow(_world: World, _payload: object, key: str):
        begun.append(key)
        clock.at += REST.lease + timedelta(seconds=1)
        assert [job.dedup for job in jobs.take(clock.now(), REST)] == ["erase:0", "erase:1"]
        return True
        yield

    monkeypatch.setitem(outbox._STORIES, "erase", slow)
    perform(outbox.run_lane(stage, REST))
    assert begun == ["erase:0"]


def test_housekeeping_throws_away_what_has_run_out(stage: World, clock: StoryClock):
    from django.contrib.sessions.models import Session

    from recourse.store.models import SignInCode

    ticket = perform(_code(stage))
    Session.objects.create(session_key="old", session_data="", expire_date=clock.at + timedelta(hours=1))
    Session.objects.create(session_key="new", session_data="", expire_date=clock.at + timedelta(days=2))
    clock.at += timedelta(days=1)
    worker.keep_house(stage)
    assert not SignInCode.objects.filter(pk=ticket).exists()
    assert [row.session_key for row in Session.objects.all()] == ["new"]


def _code(stage: World):
    from recourse.actions.ask_for_code import ask_for_code
    from recourse.core.address import Address

    return ask_for_code(stage, address=Address("mail", "zhang@example.com"))


@pytest.mark.sqlite
def test_a_worker_process_leaves_on_sigterm(tmp_path: Path):
    environment = installation(tmp_path)
    process = subprocess.Popen(WORKER, env=environment)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()


@pytest.mark.sqlite
def test_a_worker_that_is_killed_gives_its_work_back(tmp_path: Path):
    environment = installation(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        script = PUT_ON_ITS_WAY.format(url=f"http://127.0.0.1:{server.getsockname()[1]}/")
        subprocess.run([sys.executable, "-c", script], env=environment, check=True)
        killed = subprocess.Popen(WORKER, env=environment)
        try:
            line, _ = server.accept()  # it has the job in hand
        finally:
            killed.kill()
            killed.wait(30)
        line.close()
        with closing(sqlite3.connect(next(tmp_path.glob("*.sqlite3")))) as database:
            open_job = "SELECT attempts, holder <> '', ready_at > datetime('now') FROM store_job WHERE kind = 'webhook' AND done_at IS NULL"
            assert database.execute(open_job).fetchall() == [(1, 1, 1)], "nobody else may have it yet"
            # The lease ends.
            database.execute("UPDATE store_job SET ready_at = '2020-01-01 00:00:00'")
            database.commit()
            again = subprocess.Popen(WORKER, env=environment)
            try:
                line, _ = server.accept()
                with line:
                    line.recv(65536)
                    line.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                ends = time.monotonic() + 30
                while database.execute(open_job).fetchall() and time.monotonic() < ends:
                    time.sleep(0.1)
                assert database.execute(
                    "SELECT attempts FROM store_job WHERE kind = 'webhook'"
                ).fetchall() == [(2,)]
                assert database.execute(open_job).fetchall() == []
                again.send_signal(signal.SIGTERM)
                assert again.wait(30) == 0
            finally:
                again.kill()


WORKER = [sys.executable, "-m", "recourse.processes.worker"]
PUT_ON_ITS_WAY = """
import django
django.setup()
from datetime import UTC, datetime
from recourse.store import webhooks
now = datetime.now(UTC)
endpoint, _ = webhooks.add_endpoint("shop", url="{url}", about="", kinds=[], made_by="o", now=now)
assert webhooks.put_test("shop", endpoint, kind="webhook.test", now=now)
"""


def installation(folder: Path) -> dict[str, str]:
    """The environment of an installation of its own, its database up to date."""
    environment = {
        **os.environ,
        "RECOURSE_DATA": str(folder),
        "RECOURSE_WEBHOOK_PRIVATE": "1",
        "DJANGO_SETTINGS_MODULE": "recourse.config.settings",
    }
    environment.pop("RECOURSE_DATABASE_URL", None)
    subprocess.run([sys.executable, "-m", "recourse.cli.main", "migrate"], env=environment, check=True)
    return environment
