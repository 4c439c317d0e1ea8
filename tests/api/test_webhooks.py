# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Webhooks from end to end: told once what happened, signed, tried again, rotated, logged, sent again."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import perform
from recourse.core.case.broadcast import KINDS
from recourse.core.port import HookAnswer
from recourse.gateways.webhook import WebhookSender
from recourse.store import webhooks
from recourse.store.models import Job, WebhookDelivery, WebhookEndpoint
from tests.api.program import Program, complaint, foreign_program, keys_of, program
from tests.api.receiver import Receiver, receiving
from tests.desk.desk_people import SECRETS, told_case
from tests.portal.person import wire
from tests.store.house import House


@pytest.fixture
def receiver(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver that the house can reach."""
    house.world = replace(house.world, hooks=WebhookSender(private=True))
    wire(house, monkeypatch)
    with receiving() as made:
        yield made


def listen(mine: Program, receiver: Receiver, *types: str) -> tuple[str, str]:
    """(id, secret) of a new endpoint."""
    made = mine.done("webhooks/endpoints", {"url": receiver.url, "types": list(types)})
    return made["endpoint"], made["secret"]


def deliver(house: House) -> None:
    """What the worker does now."""
    while perform(run_jobs(house.world)):
        pass


def kinds_that_came(receiver: Receiver, secret: str) -> list[str]:
    """The kinds of all messages, each verified."""
    return [receiver.verified(secret, at)["type"] for at in range(len(receiver.came))]


def test_what_happened_is_told_signed_and_says_nothing_personal(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    _, secret = listen(owner_program, receiver)
    number = told_case(house)
    deliver(house)
    kinds = kinds_that_came(receiver, secret)
    for kind in ("complaint.filed", "rung.entered", "notice.served", "deadline.started", "exhibit.added"):
        assert kind in kinds, kind
    for at in range(len(receiver.came)):
        told = receiver.verified(secret, at)["data"]
        assert told["number"] == number and told["operator"] == "local" and told["version"] >= 1
    everything = b"".join(body for _, body in receiver.came).decode()
    assert [word for word in SECRETS.values() if word in everything] == []
    assert "茶叶" not in everything and "KS0" not in everything
    ids = [headers["webhook-id"] for headers, _ in receiver.came]
    assert len(set(ids)) == len(ids)


def test_an_endpoint_hears_what_it_asked_for_and_other_operators_hear_nothing(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    listen(owner_program, receiver, "case.closed")
    listen(foreign_program(house), receiver)
    number = house.served()
    owner_program.done(f"cases/{number}/withdraw", {"reason": "好了"}, acts_for="complainant")
    assert [row.type for row in WebhookDelivery.objects.all()] == ["case.closed"]
    deliver(house)
    assert len(receiver.came) == 1


def test_a_remedy_is_told_with_kind_and_sum(house: House, owner_program: Program, receiver: Receiver) -> None:
    _, secret = listen(owner_program, receiver, "remedy.ordered")
    number = house.served()
    terms = {"terms": [{"kind": "refund", "amount": "129.00"}]}
    owner_program.done(f"cases/{number}/offer", terms, acts_for="respondent")
    offer = owner_program.read(f"cases/{number}/file")["offers"][-1]["id"]
    owner_program.done(f"cases/{number}/accept-offer", {"offer": offer}, acts_for="complainant")
    deliver(house)
    told = receiver.verified(secret)["data"]
    assert told["remedy"]["kind"] == "refund" and told["remedy"]["amount"] == "129.00"
    assert told["stage"] == "implementing"


def test_a_receiver_that_is_down_is_tried_again_and_the_message_keeps_its_id(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    _, secret = listen(owner_program, receiver, "complaint.filed")
    receiver.answers[:] = [500, 503]
    owner_program.done("cases", complaint())
    deliver(house)
    assert len(receiver.came) == 1
    waiting = owner_program.read("webhooks/deliveries", state="waiting")["deliveries"]
    assert [item["tries"][0]["status"] for item in waiting] == [500]
    house.clock.ahead(seconds=5)
    deliver(house)
    assert len(receiver.came) == 2, "five seconds later"
    house.clock.ahead(minutes=4)
    deliver(house)
    assert len(receiver.came) == 2, "not before five minutes"
    house.clock.ahead(minutes=1)
    deliver(house)
    assert len({headers["webhook-id"] for headers, _ in receiver.came}) == 1
    assert len({body for _, body in receiver.came}) == 1
    assert len({headers["webhook-signature"] for headers, _ in receiver.came}) == 3, "each try is signed anew"
    log = owner_program.read("webhooks/deliveries")["deliveries"]
    assert [(item["state"], [one["status"] for one in item["tries"]]) for item in log] == [
        ("delivered", [500, 503, 204])
    ]
    assert receiver.verified(secret, 0)["type"] == "complaint.filed"


def test_after_three_days_it_is_given_up_and_can_be_sent_again(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    listen(owner_program, receiver, "complaint.filed")
    receiver.answers[:] = [500] * 10
    owner_program.done("cases", complaint())
    deliver(house)
    for wait in webhooks.WAITS:
        house.clock.at += wait
        deliver(house)
    row = WebhookDelivery.objects.get()
    assert (row.state, row.tries, len(receiver.came)) == ("failed", 10, 10)
    house.clock.ahead(days=9)
    deliver(house)
    assert (
        len(receiver.came) == 10
        and not Job.objects.filter(done_at=None, dead_at=None, kind="webhook").exists()
    )
    assert sum(webhooks.WAITS, timedelta()) > timedelta(days=3)
    owner_program.done(f"webhooks/deliveries/{row.public_id}/resend")
    deliver(house)
    row.refresh_from_db()
    assert (
        row.state == "delivered" and receiver.came[-1][0]["webhook-id"] == receiver.came[0][0]["webhook-id"]
    )


def test_a_receiver_that_says_it_is_gone_is_told_nothing_more(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    endpoint, _ = listen(owner_program, receiver)
    receiver.answers[:] = [410]
    owner_program.done("cases", complaint("KS1"))
    deliver(house)
    shown = owner_program.read("webhooks/endpoints")["endpoints"]
    assert [(item["id"], item["ended_because"]) for item in shown] == [(endpoint, "gone")]
    count = len(receiver.came)
    owner_program.done("cases", complaint("KS2"))
    deliver(house)
    assert len(receiver.came) == count


def test_while_a_secret_is_rotated_both_sign(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    endpoint, old = listen(owner_program, receiver)
    new = owner_program.done(f"webhooks/endpoints/{endpoint}/rotate")["secret"]
    assert new != old and owner_program.read("webhooks/endpoints")["endpoints"][0]["rotating_until"]
    owner_program.done(f"webhooks/endpoints/{endpoint}/test")
    deliver(house)
    assert receiver.verified(old)["type"] == receiver.verified(new)["type"] == "webhook.test"
    house.clock.ahead(hours=24)
    owner_program.done(f"webhooks/endpoints/{endpoint}/test")
    deliver(house)
    headers, _ = receiver.came[-1]
    assert len(headers["webhook-signature"].split(" ")) == 1


def test_every_secret_signs_for_its_day_however_often_it_is_rotated(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    endpoint, first = listen(owner_program, receiver)

    def who_signs() -> list[str]:
        owner_program.done(f"webhooks/endpoints/{endpoint}/test")
        deliver(house)
        headers, body = receiver.came[-1]
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        signed = {one: Webhook(one).sign(headers["webhook-id"], at, body.decode()) for one in made}
        names = {signature: one for one, signature in signed.items()}
        return [names[item] for item in headers["webhook-signature"].split(" ")]

    made = [first]
    for _ in range(2):
        made.insert(0, owner_program.done(f"webhooks/endpoints/{endpoint}/rotate")["secret"])
        assert who_signs() == made
        house.clock.ahead(hours=20)
    assert who_signs() == made[:2], "the first one's day is over, the second one's is not"
    house.clock.ahead(hours=4)
    assert who_signs() == made[:1]
    assert owner_program.read("webhooks/endpoints")["endpoints"][0]["rotating_until"] is None


def test_secrets_are_not_rotated_without_end(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    endpoint, _ = listen(owner_program, receiver)
    rotate = f"webhooks/endpoints/{endpoint}/rotate"
    for _ in range(webhooks.SECRETS_MAX - 1):
        owner_program.done(rotate)
    refused = owner_program.post(rotate)
    assert refused.status_code == 422 and keys_of(refused) == ["rotated_too_often"]
    house.clock.ahead(hours=24)
    owner_program.done(rotate)


def test_who_is_back_hears_everything_and_rests_no_more(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    listen(owner_program, receiver, "complaint.filed")
    receiver.answers[:] = [502, 429]
    for order in ("KS1", "KS2", "KS3"):
        owner_program.done("cases", complaint(order))
    deliver(house)
    assert len(receiver.came) == 1, "it has too much to do: the others are not even tried"
    house.clock.ahead(minutes=1)
    deliver(house)
    assert len(receiver.came) == 2 and WebhookEndpoint.objects.get().failures == 2
    house.clock.ahead(minutes=6)
    deliver(house)
    assert {row.state for row in WebhookDelivery.objects.all()} == {"delivered"}
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.failures, endpoint.resting_until) == (0, None)


def test_who_asks_for_patience_gets_it(house: House, owner_program: Program) -> None:
    tries: list[datetime] = []

    class Busy:
        def takes(self, url: str) -> bool:
            return True

        def send(self, **_: Any) -> HookAnswer:
            tries.append(house.clock.now())
            return HookAnswer(503, 1, retry_after=1800)

    house.world = replace(house.world, hooks=Busy())
    owner_program.done("webhooks/endpoints", {"url": "https://x.cn/hooks"})
    endpoint = WebhookEndpoint.objects.get().public_id
    owner_program.done(f"webhooks/endpoints/{endpoint}/test")
    for _ in range(31):
        deliver(house)
        house.clock.ahead(minutes=1)
    assert [later - tries[0] for later in tries] == [timedelta(), timedelta(minutes=30)]


def test_an_altered_an_old_and_a_strange_message_is_refused_by_the_receiver(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    endpoint, secret = listen(owner_program, receiver)
    owner_program.done(f"webhooks/endpoints/{endpoint}/test")
    deliver(house)
    headers, body = receiver.came[0]
    assert Webhook(secret).verify(body, headers)
    other = owner_program.done("webhooks/endpoints", {"url": receiver.url})["secret"]
    old = headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 600)}
    for given, key, said in ((body + b" ", secret, headers), (body, other, headers), (body, secret, old)):
        with pytest.raises(WebhookVerificationError):
            Webhook(key).verify(given, said)


def test_secrets_are_sealed_and_shown_once_and_a_key_adds_one_endpoint(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    sent = {"url": receiver.url}
    first = owner_program.post("webhooks/endpoints", sent, key="e")
    assert first.status_code == 201
    assert owner_program.post("webhooks/endpoints", sent, key="e").content == first.content
    assert owner_program.post("webhooks/endpoints", {"url": receiver.url + "2"}, key="e").status_code == 409
    row = WebhookEndpoint.objects.get()
    secret = first.json()["secret"]
    assert secret.startswith("whsec_") and secret.encode() not in bytes(row.secret)
    listed = owner_program.get("webhooks/endpoints").content.decode()
    assert secret not in listed


def test_removed_endpoints_are_told_nothing(house: House, owner_program: Program, receiver: Receiver) -> None:
    endpoint, _ = listen(owner_program, receiver)
    owner_program.done("cases", complaint("KS1"))
    owner_program.done(f"webhooks/endpoints/{endpoint}/remove")
    deliver(house)
    assert receiver.came == [] and {row.state for row in WebhookDelivery.objects.all()} == {"failed"}
    again = owner_program.post(f"webhooks/endpoints/{endpoint}/remove")
    assert again.status_code == 404 and keys_of(again) == ["endpoint_not_found"]


def test_endpoints_and_logs_are_walls(house: House, owner_program: Program, receiver: Receiver) -> None:
    endpoint, _ = listen(owner_program, receiver)
    owner_program.done("cases", complaint())
    sent = owner_program.read("webhooks/deliveries", limit=1)
    foreign = foreign_program(house)
    assert foreign.read("webhooks/endpoints")["endpoints"] == []
    assert foreign.read("webhooks/deliveries")["deliveries"] == []
    assert foreign.read("webhooks/deliveries", endpoint=endpoint)["deliveries"] == []
    id_ = sent["deliveries"][0]["id"]
    assert foreign.get(f"webhooks/deliveries/{id_}").status_code == 404
    for path in (
        *(f"webhooks/endpoints/{endpoint}/{deed}" for deed in ("test", "rotate", "remove")),
        f"webhooks/deliveries/{id_}/resend",
    ):
        assert foreign.post(path).status_code == 404, path
    weak = program(house, scopes=("cases:read",))
    assert weak.get("webhooks/endpoints").status_code == 403


def test_the_log_goes_page_by_page(house: House, owner_program: Program, receiver: Receiver) -> None:
    listen(owner_program, receiver)
    house.served()
    seen: list[str] = []
    after = ""
    while True:
        page = owner_program.read("webhooks/deliveries", limit=2, after=after)
        seen += [item["id"] for item in page["deliveries"]]
        if not page["after"]:
            break
        after = page["after"]
    assert len(seen) == len(set(seen)) == WebhookDelivery.objects.count() > 4
    day = "2026-09-18T10:00:00+08:00"
    for place in (
        ("n", day, "1"),
        ("w", "x", "1"),
        ("w", day[:19], "1"),
        ("w", day, "x"),
        ("w", day, "9" * 30),
    ):
        answer = owner_program.get(
            "webhooks/deliveries", after=base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        )
        assert answer.status_code == 422 and keys_of(answer) == ["page_unknown"], place


@pytest.mark.parametrize(
    ("sent", "status", "key"),
    [
        ({"url": "ftp://x.cn/abcdef"}, 400, "not_understood"),
        ({"url": "https://user:pw@x.cn/"}, 422, "url_not_understood"),
        ({"url": "http://x.cn/hooks"}, 422, "url_not_understood"),
        ({"url": "https://x.cn:99999/"}, 422, "url_not_understood"),
        ({"url": "https://x.cn/", "types": ["case.eaten"]}, 400, "not_in_set"),
        ({"url": "https://x.cn/", "hat": 1}, 400, "unknown_field"),
    ],
)
def test_what_is_no_endpoint_is_refused(
    house: House, owner_program: Program, sent: dict[str, Any], status: int, key: str
) -> None:
    answer = owner_program.post("webhooks/endpoints", sent)
    assert answer.status_code == status and key in keys_of(answer)


def test_a_private_address_is_tried_by_nobody_unless_a_setting_allows_it(
    house: House, owner_program: Program, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _ = listen(owner_program, receiver)
    house.world = replace(house.world, hooks=WebhookSender())
    wire(house, monkeypatch)
    owner_program.done(f"webhooks/endpoints/{endpoint}/test")
    deliver(house)
    tries = owner_program.read("webhooks/deliveries")["deliveries"][0]["tries"]
    assert [item["error"] for item in tries] == ["bad_url"] and receiver.came == []


def test_without_a_sender_messages_wait(house: House, owner_program: Program) -> None:
    owner_program.done("webhooks/endpoints", {"url": "https://x.cn/hooks", "types": ["case.closed"]})
    endpoint = WebhookEndpoint.objects.get().public_id
    owner_program.done(f"webhooks/endpoints/{endpoint}/test")
    deliver(house)
    assert WebhookDelivery.objects.get().state == "waiting"


def test_an_address_where_nobody_is_holds_up_no_other_message(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    tried: list[str] = []
    real = house.world.hooks
    assert real is not None

    class Counting:
        def takes(self, url: str) -> bool:
            return True

        def send(self, *, url: str, **sent: Any) -> Any:
            tried.append(url)
            return real.send(url=url, **sent)

    house.world = replace(house.world, hooks=Counting())
    dead = "http://127.0.0.1:9/hooks"
    owner_program.done("webhooks/endpoints", {"url": dead, "types": ["complaint.filed"]})
    listen(owner_program, receiver, "complaint.filed")
    for order in ("KS1", "KS2", "KS3"):
        owner_program.done("cases", complaint(order))
    deliver(house)
    assert tried.count(dead) == 1 and len(receiver.came) == 3
    tries = [house.clock.now()]
    for _ in range(60 * 10):
        house.clock.ahead(minutes=1)
        deliver(house)
        tries += [house.clock.now()] * (tried.count(dead) - len(tries))
    rests = [(later - sooner) / timedelta(minutes=1) for sooner, later in pairwise(tries)]
    assert all(rest >= least for rest, least in zip(rests, [1, 2, 4, 8, 16, 32, *[60] * 9], strict=False))
    assert len(rests) >= 9, rests
    log = owner_program.read("webhooks/deliveries", state="waiting")["deliveries"]
    assert {one["error"] for item in log for one in item["tries"]} == {"unreachable"}


def test_a_message_behind_a_dead_address_looks_again_ever_less_often_and_is_given_up(
    house: House, owner_program: Program, receiver: Receiver
) -> None:
    endpoint, _ = listen(owner_program, receiver)
    waiting = owner_program.done(f"webhooks/endpoints/{endpoint}/test")["delivery"]
    begun, looked = house.clock.now(), 0
    while True:
        # Another message was tried just now, and nobody answered.
        now = house.clock.now()
        WebhookEndpoint.objects.update(resting_until=now + webhooks.REST)
        again = webhooks.sending(waiting, now=now)
        if again is None:
            break
        assert isinstance(again, datetime) and again >= now + webhooks.REST
        house.clock.at, looked = again, looked + 1
    assert WebhookDelivery.objects.get().state == "failed"
    assert timedelta(days=3) < house.clock.now() - begun < timedelta(days=5) and looked < 50
    owner_program.done(f"webhooks/deliveries/{waiting}/resend")
    WebhookEndpoint.objects.update(resting_until=None)
    deliver(house)
    assert WebhookDelivery.objects.get().state == "delivered" and len(receiver.came) == 1


def test_every_kind_is_said_once() -> None:
    assert len(set(KINDS)) == len(KINDS) == 29
