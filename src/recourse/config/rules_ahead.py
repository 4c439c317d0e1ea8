# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a server reads before its first visitor comes."""

from django.db import DatabaseError, connection

from recourse.store.rulebooks import load_rulebook
from recourse.webkit.world import world


def read_rules_ahead() -> None:
    """Read every platform's rules now, so that no visitor waits a second for them.

    A database that is not there yet is the business of whoever starts the server, not of this.
    """
    rules = world().rules
    try:
        for platform in rules.platforms():
            found = rules.current(platform)
            if isinstance(found, tuple):
                load_rulebook(found[0])
    except DatabaseError:
        pass
    finally:
        connection.close()
