# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What all tests share: the two databases, the browser, and the rule that a strict run skips nothing."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from tests.chromium import FLAGS, chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.append_only", "tests.refused_pages", "tests.unfinished"]
# Speed lives in bench/: a busy machine must not fail a property.
hypothesis_settings.register_profile("recourse", deadline=None)
hypothesis_settings.load_profile("recourse")
STRICT = os.environ.get("RECOURSE_TEST_STRICT") == "1"
SCREENS = Path(__file__).parent / "_screens"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other database. They are not skipped: `make test` runs them on theirs."""
    other = "sqlite" if "postgresql" in settings.DATABASES["default"]["ENGINE"] else "postgres"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[None]:
    """With RECOURSE_TEST_STRICT=1 a skipped test has failed: somebody meant it to run here."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in a strict run: {report.longrepr}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """The same for a whole file that skips itself."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if STRICT and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped in a strict run: {report.longrepr}"


@pytest.fixture(autouse=True)
def worlds_end() -> Iterator[None]:
    """A test that puts a world of its own behind the fronts takes it along: the next one must not live in its year.

    Neither may it write to a log whose name was declared in a database that is gone.
    """
    from recourse.webkit.dossier_builds import ASIDE

    ASIDE.on_the_spot = True
    yield
    from recourse.queries.guard import look_again
    from recourse.store.log_leaves import forget_origin
    from recourse.webkit.world import world

    ASIDE.clear()

    world.cache_clear()
    look_again()
    forget_origin()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """One Chromium for all journeys; skips, saying so, where the machine has none."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine: install chromium or set RECOURSE_CHROMIUM")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: "Browser", live_server: Any) -> "Iterator[Page]":
    """A page on a phone, 390 points wide."""
    yield from visit(chromium, base=live_server.url, width=390, height=844)


@pytest.fixture
def no_script_phone(chromium: "Browser", live_server: Any) -> "Iterator[Page]":
    """The same phone with JavaScript off."""
    yield from visit(chromium, base=live_server.url, width=390, height=844, java_script_enabled=False)


@pytest.fixture
def desktop(chromium: "Browser", live_server: Any) -> "Iterator[Page]":
    """A page on a desk, 1280 points wide."""
    yield from visit(chromium, base=live_server.url, width=1280, height=900)


def visit(browser: "Browser", *, base: str, width: int, height: int, **options: Any) -> "Iterator[Page]":
    """A fresh visitor. At the end the visit fails if a page broke the content policy, threw, or asked a third party."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": height},
        locale=options.pop("locale", "zh-CN"),
        timezone_id="Asia/Shanghai",
        **options,
    )
    context.set_default_timeout(10_000)
    wrong: list[str] = []
    home = urlsplit(base).netloc
    context.on(
        "request", lambda r: None if urlsplit(r.url).netloc in {home, ""} else wrong.append(f"asked {r.url}")
    )
    # A page may answer a form with a refusal, and a test may cut the network by aborting a request (ERR_FAILED);
    # whatever else the console calls an error is one.
    expected = ("status of 4", "net::ERR_FAILED")
    context.on(
        "console",
        lambda m: (
            wrong.append(m.text) if m.type == "error" and not any(e in m.text for e in expected) else None
        ),
    )
    context.on(
        "response",
        lambda r: (
            wrong.append(f"{r.status} {r.url}")
            if r.status >= 400 and r.request.resource_type not in {"document", "fetch", "xhr"}
            else None
        ),
    )
    context.on("weberror", lambda e: wrong.append(f"script failed: {e.error}"))
    page = context.new_page()
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> Any:
    """Keep a picture of a page to look at: `screen(page, "filed")` writes tests/_screens/<test>-filed.png."""

    def keep(page: "Page", name: str) -> Path:
        SCREENS.mkdir(exist_ok=True)
        path = SCREENS / (re.sub(r"[^\w-]+", "_", f"{request.node.name}-{name}") + ".png")
        page.screenshot(path=path, full_page=True)
        return path

    return keep
