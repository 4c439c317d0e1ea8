# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The pages no journey stops at: what anybody may read, the doors and their codes, what went wrong, staff accounts.

Each is held to the rules of all pages, on a phone and on a desk, in both languages.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from recourse.core.actor import Role
from tests.accessibility import serious_findings
from tests.conftest import visit
from tests.desk.desk_people import account
from tests.journeys import desk_pages
from tests.journeys.seats import DESK, PHONE
from tests.store.house import MERCHANT_MAIL, House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READ = ("safety", "privacy", "how-dates-work", "verify", "law/cpl.24", "file/kuaishou-shop/stop")
# Each with the status it is answered with.
BROKEN = {"no-such-page": 404, "law/a%00b": 400}
ACCOUNT = (
    *("staff/2fa/", "staff/2fa/totp/activate/", "staff/2fa/recovery-codes/generate/", "staff/2fa/webauthn/"),
    *("staff/2fa/webauthn/add/", "staff/password/change/", "staff/logout/"),
)


class Look:
    """Pages as they come by, and what was wrong with them."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.seen: list[str] = []
        self.wrong: list[str] = []

    def at(self, path: str, *, status: int = 200) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(f"/{path}")
        assert answer is not None and answer.status == status, (path, answer and answer.status)
        self.here()

    def here(self) -> None:
        """Look at the page that is open, at every width."""
        where = self.page.url.partition("//")[2].partition("/")[2]
        self.seen.append(where)
        for kind in (PHONE, DESK):
            self.page.set_viewport_size({"width": kind["width"], "height": kind["height"]})
            width = self.page.evaluate("document.documentElement.scrollWidth")
            if width != kind["width"]:
                self.wrong.append(f"{where}: {width} wide on {kind['width']}")
            # Other words can make a page too wide anywhere; the markup of a desk is judged once.
            if kind is PHONE or self.language == "zh":
                self.wrong += [
                    f"{where} on {kind['width']}: {found}" for found in serious_findings(self.page)
                ]


@pytest.fixture(params=["zh", "en"])
def look(request: pytest.FixtureRequest, house: House, chromium: Browser, live_server: Any) -> Iterator[Look]:
    """One visitor in this language."""
    cache.clear()
    going = visit(chromium, base=live_server.url, width=390, height=844)
    page = next(going)
    page.goto(f"/safety?lang={request.param}")
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[request.param]
    yield Look(page, request.param)
    next(going, None)


def test_what_anybody_reads_the_doors_and_what_went_wrong(house: House, look: Look) -> None:
    for path in READ:
        look.at(path)
    for path, status in BROKEN.items():
        look.at(path, status=status)
    look.at("sign-in")
    look.page.locator("#id_contact").fill("xiaoming@example.cn")
    look.page.locator("form:has(#id_contact) button[type=submit]").click()
    look.page.wait_for_url("**/sign-in/code*")
    look.here()
    look.at("r/")
    look.page.locator("#id_given").fill(MERCHANT_MAIL.value)
    look.page.locator("form:has(#id_given) button").first.click()
    look.page.locator("#id_code").wait_for()
    assert "/r/code" in look.page.url
    look.here()
    # Whoever kept a form open too long sends it with a token that is gone.
    look.page.context.clear_cookies(name="csrf")
    look.page.locator("#id_code").fill("000000")
    with look.page.expect_navigation() as sent:
        look.page.locator("form:has(#id_code) button").first.click()
    assert sent.value is not None and sent.value.status == 403
    look.here()
    assert look.wrong == []


def test_the_accounts_of_the_staff(house: House, look: Look) -> None:
    staff = account(Role.agent)
    look.at("staff/login/")
    desk_pages.sign_in(look.page, staff.username)
    # What changes an account asks for the password once more.
    look.at("staff/reauthenticate/")
    look.page.locator("#id_password").fill(desk_pages.PASSWORD)
    look.page.locator("main form button").first.click()
    look.page.wait_for_url("**/desk/")
    for path in ACCOUNT:
        look.at(path)
    assert look.seen[2:] == list(ACCOUNT), "each is the page that was asked for"
    look.page.goto("/staff/2fa/totp/activate/")
    drawn = look.page.locator("#qr svg").bounding_box()
    assert drawn is not None and drawn["width"] > 100, "a camera can read it"
    look.page.context.clear_cookies(name="session")
    TOTP.activate(staff, generate_totp_secret())
    look.page.goto("/staff/login/")
    look.page.locator("#id_login").fill(staff.username)
    look.page.locator("#id_password").fill(desk_pages.PASSWORD)
    look.page.locator("main form button[type='submit'], main form button:not([type])").first.click()
    look.page.wait_for_url("**/staff/2fa/authenticate/")
    look.here()
    assert look.wrong == []
