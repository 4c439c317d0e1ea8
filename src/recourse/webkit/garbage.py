# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Garbage collection for programs that hold a large heap for ever and make many short-lived values."""

import gc


def collect_rarely() -> None:
    """Call once everything is loaded. Memory is still freed by counting; only cycles wait a little longer.

    Playbooks, templates and models never become garbage, and a page makes tens of thousands of values: looking for
    cycles as often as Python does by default took a fifth of every page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
