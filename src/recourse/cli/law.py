# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse law show`: what an article says, and whether it was in force on that day."""

from argparse import Namespace

from recourse.cli.rule_cache_folder import rule_cache_folder
from recourse.cli.telling import DONE, refused, show_json
from recourse.core.problem import Problems
from recourse.queries.show_law import in_words, show
from recourse.queries.today import today


def show_law(given: Namespace) -> int:
    """Show the version that governs an act of the day, or say that nobody knows the id."""
    found = show(given.id, given.on or today(), cache=rule_cache_folder())
    if isinstance(found, Problems):
        return refused(found, as_json=given.json)
    if given.json:
        show_json(found)
    else:
        print(in_words(found, language=given.lang))
    return DONE
