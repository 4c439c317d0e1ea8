# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Opens the installation for a command: settings, database brought up to date, the world and the one who acts."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from recourse.core.actor import Actor, Role, Via
from recourse.core.port import World
from recourse.core.problem import Problems, refuse

# The one who types commands on the machine owns the installation; there is no account behind it.
LOCAL_OWNER = Actor(id="local-owner", role=Role.owner, operator="local", via=Via.cli)


def open_to_write() -> World | Problems:
    """The world of this installation for a command that writes. Refused while nothing may be written."""
    found = open_installation()
    if isinstance(found, Problems):
        return found
    from recourse.queries.guard import closed

    return closed(found) or found


def open_installation() -> World | Problems:
    """The world of this installation, its database made or brought up to date. Refused when settings are wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")
    import django
    from django.db import DatabaseError

    try:
        django.setup()
        bring_up_to_date()
    except (ValueError, OSError) as error:
        return _refused("setting_unusable", "这个安装的设置不能用", "The settings cannot be used", error)
    except DatabaseError as error:
        return _refused("database_unusable", "数据库用不了", "The database cannot be used", error)
    from recourse.actions.set_operator import found_local_operator
    from recourse.webkit.world import world

    found: World = world()
    found_local_operator(found)
    return found


def bring_up_to_date() -> int:
    """Apply the migrations that are missing; how many. Two commands at once wait for each other."""
    from django.core.management import call_command

    missing = _missing()
    if missing:
        with _alone():
            missing = _missing()
            if missing:
                call_command("migrate", verbosity=0, interactive=False)
    return missing


def _missing() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone() -> Iterator[None]:
    from django.conf import settings

    with (Path(settings.RECOURSE_DATA) / "migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _refused(key: str, zh: str, en: str, error: Any) -> Problems:
    said = str(error).strip().partition("\n")[0]
    return refuse(
        key,
        zh=f"{zh}：{said}",
        en=f"{en}: {said}",
        do_zh="见 docs/operations.md 的设置表。",
        do_en="See the table of settings in docs/operations.md.",
    )
