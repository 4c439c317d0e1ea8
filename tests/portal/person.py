# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A person at the portal, played with Django's client: the same forms a phone sends."""

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from recourse.actions.ask_for_code import deliver_code
from recourse.actions.serve_notice import serve_notice
from recourse.actions.story import perform
from recourse.core.lane import LANES
from recourse.store import jobs, operators
from recourse.webkit import world as door
from tests.store.house import OPERATOR, PLATFORM, House

MAIL = "xiaoming@example.cn"
STORY = "11月8日在直播间买了明前龙井，付了129元，收到是碎末，和宣传的不一样，客服一直说正在处理。"
# What a careful person types into each screen.
SCREENS: dict[str, dict[str, Any]] = {
    "check": {"ask-money_just_paid": "no"},
    "story": {"story": STORY},
    "problems": {"problem": ["s3.pt.quality"]},
    "record": {
        "respondent": "山间茶铺",
        "record-id": "KS0000000001",
        "record-title": "明前龙井250克",
        "record-amount": "129.00",
        "record-received_on": "2026-09-19",
        "ask-goods_received": "yes",
        "ask-own_use": "yes",
        "ask-handled_elsewhere": "no",
    },
    "evidence": {"state-order_no": "have", "state-chat_export": "other_side", "then": "next"},
    "demands": {"demand": ["refund"], "amount-refund": "129"},
    "review": {"contact": MAIL, "name": "王小明"},
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f0005"
    "0001ff5ea7c2980000000049454e44ae426082"
)


def wire(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every front work over this house, until the test is over."""
    monkeypatch.setattr("recourse.config.wiring.world", lambda: house.world)
    door.world.cache_clear()


def run_jobs(house: House) -> None:
    """Do what the worker would do now: send codes and serve notices."""
    lanes = [replace(lane, batch=50) for lane in LANES]
    for job in [job for lane in lanes for job in jobs.take(house.clock.now(), lane)]:
        if job.kind == "code":
            perform(deliver_code(house.world, ticket=job.payload["ticket"], key=job.dedup))
        elif job.kind == "notice":
            perform(
                serve_notice(
                    house.world,
                    number=job.payload["number"],
                    operator=OPERATOR,
                    contact=job.payload["contact"],
                    key=job.dedup,
                )
            )
        jobs.finish(job, now=house.clock.now())


def last_code(house: House, address: str = MAIL) -> str:
    """The newest code that was sent to this address."""
    run_jobs(house)
    letters = [item for item in house.post.sent if item["address"] == address and "code" in item["subject"]]
    found = re.search(r"\b(\d{6})\b", letters[-1]["body"])
    assert found is not None
    return found[1]


@dataclass
class Person:
    """Somebody who complains."""

    house: House
    client: Client

    def get(self, path: str, **options: Any) -> HttpResponse:
        """Open a page."""
        return self.client.get(path, **options)

    def post(self, path: str, data: Any = None, **options: Any) -> HttpResponse:
        """Send a form."""
        return self.client.post(path, data or {}, **options)

    def fill(self, screen: str, *, platform: str = PLATFORM, **changes: Any) -> HttpResponse:
        """Send one filing screen."""
        return self.post(f"/file/{platform}/{screen}", SCREENS[screen] | changes)

    def file(self, **changes: dict[str, Any]) -> str:
        """File a complaint through all seven screens; the number on the receipt."""
        answer: Any = None
        for screen in SCREENS:
            answer = self.fill(screen, **changes.get(screen, {}))
            assert answer.status_code == 302, answer.content.decode()
        place = answer["Location"]
        assert place.startswith("/filed/"), place
        return place.removeprefix("/filed/")

    def prove(self, number: str, address: str = MAIL) -> HttpResponse:
        """Enter the code of the receipt page."""
        return self.post(f"/filed/{number}", {"code": last_code(self.house, address)})

    def filed(self, **changes: dict[str, Any]) -> str:
        """A filed case whose contact is proven and whose merchant was served."""
        number = self.file(**changes)
        assert self.prove(number)["Location"] == f"/c/{number}"
        run_jobs(self.house)
        return number

    def alone(self) -> None:
        """Let there be an operator that operates nothing: the public mode."""
        now = self.house.clock.now()
        operators.ensure_operator("none", name_zh="自己办", name_en="On my own", kind="nobody", now=now)

    def sign_in(self, address: str = MAIL) -> HttpResponse:
        """Sign in with a code."""
        assert self.post("/sign-in", {"contact": address})["Location"].startswith("/sign-in/code")
        return self.post("/sign-in/code", {"code": last_code(self.house, address)})
