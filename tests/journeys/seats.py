# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Several people at one case, each with a browser of their own, on one server with a clock that the test moves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from recourse.actions.story import perform
from recourse.actions.take_turn import take_turn
from recourse.core.actor import Role
from recourse.processes.worker import SWEEP_BATCH
from tests.accessibility import serious_findings
from tests.conftest import visit
from tests.desk.desk_people import account
from tests.journeys import desk_pages, pages, respondent_pages
from tests.store.house import MERCHANT_MAIL, House

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
NO_SCRIPT = {**PHONE, "java_script_enabled": False}


@dataclass
class Seats:
    """The house, and one browser for each person; all of the same size, so that a journey is seen at both."""

    house: House
    chromium: Browser
    base: str
    kind: dict[str, Any]
    keep: Callable[[Page, str], Path]
    visits: dict[str, Iterator[Page]] = field(default_factory=dict)
    open: dict[str, Page] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        """This person's browser, opened when first asked for."""
        if who not in self.open:
            self.visits[who] = visit(self.chromium, base=self.base, **self.kind)
            self.open[who] = next(self.visits[who])
            # Several browsers share the machine with the server.
            self.open[who].context.set_default_timeout(30_000)
        return self.open[who]

    @property
    def complainant(self) -> Page:
        """Whoever complains."""
        return self.page("complainant")

    def merchant(self, given: str, *, address: str = MERCHANT_MAIL.value) -> Page:
        """Whoever is complained of, let in by the code that goes to the registered contact."""
        if "merchant" in self.open:
            return self.page("merchant")
        respondent_pages.enter(self.page("merchant"), self.house, given, address=address)
        return self.page("merchant")

    def staff(self, role: Role, *, name: str = "", at: str = "") -> Page:
        """One of the operator's people, signed in at the staff door."""
        who = at or name or role.value
        if who not in self.open:
            desk_pages.sign_in(self.page(who), account(role, name=name).username)
        return self.page(who)

    def work(self) -> None:
        """Turns, as the worker makes them, until there is nothing left to do."""
        while perform(take_turn(self.house.world, limit=SWEEP_BATCH)):
            pass

    def later(self, **length: int) -> None:
        """Let time pass, and the worker do what has come due."""
        self.house.clock.ahead(**length)
        self.work()

    def sign_in(self, contact: str = "xiaoming@example.cn") -> Page:
        """The complainant comes in with a code."""
        pages.ask_for_code(self.complainant, contact)
        pages.enter_code(self.complainant, respondent_pages.last_code(self.house, contact))
        expect(self.complainant.get_by_role("heading", level=1)).to_be_visible()
        return self.complainant

    def letters(self, address: str) -> list[str]:
        """Subject and body of everything that was sent to an address."""
        return [
            f"{item['subject']}\n{item['body']}"
            for item in self.house.post.sent
            if item["address"] == address
        ]

    def look(self, page: Page, name: str) -> None:
        """Keep a picture of the page and hold it to the rules that every page keeps."""
        page.wait_for_load_state()
        self.keep(page, name)
        # axe waits for timers, which a page without script has not; its markup is judged in the runs with script.
        if self.kind.get("java_script_enabled", True):
            assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == self.kind["width"]

    def leave(self) -> None:
        """Everybody goes; a visit fails here if a page broke the policy, threw, or asked a third party."""
        broken = []
        for who, going in self.visits.items():
            try:
                next(going, None)
            except AssertionError as error:
                broken.append(f"{who}: {error}")
        assert broken == []
