# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A real worker with all its threads: receivers that never answer hold up no code, no message and no deadline."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from recourse.actions.ask_for_code import ask_for_code
from recourse.actions.story import perform
from recourse.core.address import Address
from recourse.gateways import webhook
from recourse.gateways.webhook import WebhookSender
from recourse.processes import worker
from recourse.store import webhooks
from recourse.store.models import CaseRow, Job, WebhookDelivery
from tests.api.receiver import receiving
from tests.store.house import OPERATOR, House

pytestmark = pytest.mark.postgres


@dataclass
class Silent:
    """Six addresses where somebody takes the call and never says a word, until all hang up."""

    lines: ExitStack
    urls: list[str]


@pytest.fixture
def silent() -> Iterator[Silent]:
    with ExitStack() as lines:
        servers = [lines.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(6)]
        yield Silent(lines, [f"http://127.0.0.1:{server.getsockname()[1]}/" for server in servers])


def until(true: Callable[[], bool], *, seconds: float = 30) -> bool:
    """Whether something comes true; how fast is not asked."""
    ends = time.monotonic() + seconds
    while not true() and time.monotonic() < ends:
        time.sleep(0.05)
    return true()


def listener(house: House, url: str) -> None:
    """An endpoint that hears of everything."""
    webhooks.add_endpoint(OPERATOR, url=url, about="", kinds=[], made_by="o", now=house.clock.now())


def test_who_never_answers_delays_no_code_no_deadline_and_no_other_receiver(
    house: House, silent: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever hangs does so for the whole test: nothing that is asserted below can have waited for its end.
    monkeypatch.setattr(webhook, "TIMEOUT", 300)
    house.world = replace(house.world, hooks=WebhookSender(private=True))
    for url in silent.urls:
        listener(house, url)
    number = house.served()
    house.clock.at += timedelta(hours=49)
    ticket = perform(ask_for_code(house.world, address=Address("mail", "zhang@example.com")))
    assert isinstance(ticket, str)
    stop = threading.Event()
    monkeypatch.setattr(worker, "keep_house", lambda _: None)
    working = threading.Thread(target=worker.work, args=(worker.lines(house.world, stop), stop))
    working.start()
    try:
        assert until(lambda: Job.objects.filter(kind="webhook", attempts__gt=0).count() >= 3)
        assert until(lambda: any("code" in item["subject"] for item in house.post.sent))
        assert until(lambda: CaseRow.objects.get(number=number).rung == "operator_support")
        assert until(lambda: Job.objects.filter(kind="tell", done_at__isnull=False).exists())
        assert not WebhookDelivery.objects.exclude(state="waiting").exists(), "they hang all the while"
    finally:
        stop.set()
        silent.lines.close()
        working.join(30)
    assert not working.is_alive()


def test_those_who_rest_hold_up_no_other_receiver(
    house: House, silent: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT", 0.3)
    monkeypatch.setattr(worker, "keep_house", lambda _: None)
    house.world = replace(house.world, hooks=WebhookSender(private=True))
    stop = threading.Event()
    with receiving() as receiver:
        for url in (*silent.urls, receiver.url):
            listener(house, url)
        house.served()
        told = WebhookDelivery.objects.filter(endpoint__url=receiver.url)
        working = threading.Thread(target=worker.work, args=(worker.lines(house.world, stop), stop))
        working.start()
        try:
            assert until(lambda: not told.exclude(state="delivered").exists())
            dead = WebhookDelivery.objects.exclude(endpoint__url=receiver.url)
            assert until(lambda: all(one.failures for one in {row.endpoint for row in dead}))
        finally:
            stop.set()
            working.join(30)
    assert not working.is_alive() and len(receiver.came) == told.count() > 4


def test_two_workers_do_each_job_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "keep_house", lambda _: None)
    for n in range(30):
        perform(ask_for_code(house.world, address=Address("mail", f"p{n}@example.com")))
    stop = threading.Event()
    workers = [
        threading.Thread(target=worker.work, args=(worker.lines(house.world, stop), stop)) for _ in range(2)
    ]
    for each in workers:
        each.start()
    try:
        assert until(lambda: not Job.objects.filter(done_at__isnull=True).exists())
    finally:
        stop.set()
        for each in workers:
            each.join(30)
    sent = [item["key"] for item in house.post.sent]
    assert len(sent) == len(set(sent)) == 30
    assert {row.attempts for row in Job.objects.all()} == {1}
