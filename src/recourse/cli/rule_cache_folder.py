# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Where rules that were read once are kept, so that a command answers at once."""

import os
from contextlib import suppress
from pathlib import Path


def rule_cache_folder() -> Path:
    """The folder `rules` in RECOURSE_DATA. Where nothing can be written, rules are read anew each time."""
    data = Path(os.environ.get("RECOURSE_DATA", ".recourse")).expanduser().absolute()
    with suppress(OSError):
        # Only its owner looks into the data folder, whichever command makes it.
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return data / "rules"
