# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Where Chromium is, and how it is started: by us only, with no traffic of its own."""

import os
import shutil
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# No updates, no variations, no safe-browsing lists: a journey makes the requests it shows and no others.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-client-side-phishing-detection",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-pings",
    # Root, as in a container, has no sandbox of its own to give.
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def chromium_path() -> str | None:
    """RECOURSE_CHROMIUM, a Chromium of the system, or the one Playwright downloaded; None when there is none."""
    given = os.environ.get("RECOURSE_CHROMIUM")
    if given:
        return given
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    downloaded = sorted(home.glob("chromium-*/chrome-linux*/chrome"))
    return str(downloaded[-1]) if downloaded else None
