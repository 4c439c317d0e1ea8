# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How often a thing is tried: often enough to notice in every run, as often as was promised in the long form."""

import os

LONG = os.environ.get("RECOURSE_TEST_LONG") == "1"


def times(short: int, long: int) -> int:
    """The number for this run."""
    return long if LONG else short
