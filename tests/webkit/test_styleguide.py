# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The style guide in a real browser: every component at once, seen by axe, by a narrow phone and without script."""

import pytest

from tests.accessibility import serious_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/styleguide", "/styleguide?lang=en", "/no-such-page", "/staff/login/"])
def test_axe_finds_nothing_serious(phone, screen, scheme, path):
    phone.emulate_media(color_scheme=scheme)
    phone.goto(path)
    screen(phone, "phone")
    assert serious_findings(phone) == []
    # Nothing sticks out of a phone.
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_desk(desktop, screen):
    desktop.goto("/styleguide")
    screen(desktop, "desk")
    assert serious_findings(desktop) == []


def test_without_script_everything_is_there(no_script_phone):
    no_script_phone.goto("/styleguide")
    assert no_script_phone.get_by_text("还剩1天6小时").is_visible()
    no_script_phone.get_by_text("为什么是这天？").first.click()
    assert no_script_phone.get_by_text("48小时连续计算，周末也算").first.is_visible()


def test_everything_to_tap_is_large_enough(phone):
    phone.goto("/styleguide")
    small = phone.evaluate(
        "[...document.querySelectorAll('button, [role=button], select, summary, .choice, .three__row label, .tabs a')]"
        ".map(e => [e.className || e.tagName, e.getBoundingClientRect().height]).filter(([, h]) => h && h < 43.5)"
    )
    assert small == []


def test_chosen_files_are_counted(phone):
    phone.goto("/styleguide")
    phone.set_input_files("#id_files", [{"name": "a.png", "mimeType": "image/png", "buffer": b"x"}] * 2)
    assert phone.locator(".upload__count").inner_text() == "已选2件"


def test_a_form_saves_itself_without_its_files_and_says_so(phone):
    sent = []

    def keep(route):
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.request.post_data)
        # The first attempt meets a dead network, the second one arrives.
        return route.abort() if len(sent) == 1 else route.fulfill(status=204)

    phone.route("**/styleguide", keep)
    phone.goto("/styleguide")
    phone.set_input_files("#id_files", {"name": "secret.png", "mimeType": "image/png", "buffer": b"pixels"})
    phone.fill("#id_story", "开封即有霉味")
    phone.get_by_text("还没保存上，稍后再试").wait_for()
    phone.locator(".saved", has_text="已保存").wait_for(timeout=15_000)
    assert len(sent) >= 2
    assert all("开封即有霉味" in body and "pixels" not in body for body in sent)
