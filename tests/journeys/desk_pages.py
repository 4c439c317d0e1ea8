# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The desk's pages as the operator's people use them: one function a thing to do, by the words on the screen."""

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import Page, expect

PASSWORD = "correct horse battery"


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in at the staff door; ends on the queue."""
    page.goto("/staff/login/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(password)
    page.locator("main form button[type='submit'], main form button:not([type])").first.click()
    expect(page).to_have_url(re.compile("/desk/$"))


def search(page: Page, words: str) -> None:
    """Search the house."""
    page.goto("/desk/")
    page.locator("#id_q").fill(words)
    page.locator("#search").click()


def open_case(page: Page, number: str) -> None:
    """Open a case."""
    page.goto(f"/desk/c/{number}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def take(page: Page) -> None:
    """Assign the open case to oneself: the first of the list."""
    page.locator("#id_agent").select_option(index=0)
    page.locator("#assign").click()


def ask_for_evidence(page: Page, *, of: str, kind: str, text: str) -> None:
    """Ask one side (complainant or respondent) for one kind of evidence."""
    page.locator("#do-ask summary").click()
    page.locator("#id_of").select_option(of)
    page.locator("#id_kind").select_option(kind)
    page.locator("#id_ask_text").fill(text)
    page.get_by_role("button", name="发出", exact=True).click()


def set_point(
    page: Page, *, row: int, about: str, a: str, b: str, exhibits: str = "", agreed: bool = False
) -> None:
    """Fill one row of 争议焦点 and save the table."""
    page.locator("#edit-points summary").click()
    page.locator(f"[name='about-{row}']").fill(about)
    page.locator(f"[name='a-{row}']").fill(a)
    page.locator(f"[name='b-{row}']").fill(b)
    page.locator(f"[name='exhibits-{row}']").fill(exhibits)
    page.locator(f"[name='agreed-{row}']").set_checked(agreed)
    page.get_by_role("button", name="保存争议焦点").click()


def note(page: Page, text: str) -> None:
    """Write an internal note."""
    page.locator("#id_note_text").fill(text)
    page.locator("#notes").get_by_role("button", name="记下").click()


def write(page: Page, text: str) -> None:
    """Write to both sides."""
    page.locator("#id_message").fill(text)
    page.get_by_role("button", name="发给双方").click()


def decide(
    page: Page, *, facts: str, reasons: str, terms: Mapping[str, str], grounds: Sequence[str] = ()
) -> None:
    """Issue a decision; `terms` maps a remedy's kind to its sum, empty where it has none."""
    page.locator("#id_facts").fill(facts)
    page.locator("#id_reasons").fill(reasons)
    page.locator("#id_next").select_option("official_complaint")
    for kind, amount in terms.items():
        page.locator(f"#decide input[name='term'][value='{kind}']").check()
        if amount:
            page.locator(f"#decide [name='amount-{kind}']").fill(amount)
    for ground in grounds:
        page.locator(f"#decide input[name='ground'][value='{ground}']").check()
    page.locator("#issue").click()


def take_call(
    page: Page, platform: str, *, given: Mapping[str, str], problem: str, demand: str, vouched: bool
) -> str:
    """Take a complaint down by phone; its number. `given` maps field names to what is typed."""
    page.goto(f"/desk/phone/{platform}")
    for name, value in given.items():
        control = page.locator(f"[name='{name}']")
        if name.startswith("answers."):
            control.select_option(value)
        else:
            control.fill(value)
    page.locator(f"input[name='problem'][value='{problem}']").check()
    page.locator(f"input[name='demand'][value='{demand}']").check()
    page.locator("[name='vouched']").set_checked(vouched)
    page.locator("#file").click()
    expect(page).to_have_url(re.compile(r"/desk/c/[\d-]+$"))
    return page.url.rpartition("/")[2]
