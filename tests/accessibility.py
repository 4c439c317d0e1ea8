# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""axe-core on a page that is open in the browser."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
_SERIOUS = {"serious", "critical"}


def serious_findings(page: Page) -> list[str]:
    """What axe calls serious or critical, one line each with the places; empty when there is nothing.

    The script is evaluated from outside: as a script tag the content policy would rightly block it.
    """
    page.evaluate(_AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['impact']} {violation['id']}: {[node['target'] for node in violation['nodes']]}"
        for violation in found["violations"]
        if violation["impact"] in _SERIOUS
    ]
