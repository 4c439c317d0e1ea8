# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Django's sessions in the database, read by one plain statement and written without waiting for the disk."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from recourse.store.durability import change_lightly, may_be_lost
from recourse.store.rows import select

_LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
_SAVE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


class SessionStore(db.SessionStore):
    """Every page reads a session, most visits of a filing write one."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, under no name, when it has expired or never was."""
        key = self.session_key or ""
        # PostgreSQL refuses to look for a NUL; no name has one.
        found = [] if "\x00" in key else select(_LOAD, [key, timezone.now()])
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])

    def save(self, must_create: bool = False) -> None:
        """Keep it. Raises CreateError and UpdateError as Django's does."""
        if must_create or self.session_key is None:
            with may_be_lost():
                super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())
        if change_lightly(_SAVE, [row.session_data, row.expire_date, row.session_key]) != 1:
            raise UpdateError
