# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Is this installation fit to run? Rules readable, data folder writable, clock sane, nothing stuck."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from recourse.core.port import World
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.queries.check_records import check_records
from recourse.queries.guard import closed
from recourse.queries.previews import check_previews
from recourse.queries.vault_state import vault_problems
from recourse.store.models import Job

Checked = tuple[tuple[str, tuple[Problem, ...]], ...]


def check_installation(world: World) -> Checked:
    """Each check by name with what it found; nothing found means in order. The database was opened to get here."""
    checks: tuple[tuple[str, Callable[[], tuple[Problem, ...]]], ...] = (
        ("规则文件 rules", lambda: _rules(world)),
        ("数据目录 data folder", _data),
        ("邮件 mail", _mail),
        ("待办任务 jobs", _jobs),
        ("存证日志 log", lambda: _log(world)),
        ("预览 previews", lambda: check_previews(world)),
        ("证据库 vault", lambda: vault_problems(world)),
        ("记录链 records", lambda: tuple(check_records())),
    )
    return tuple((name, check()) for name, check in checks)


def _rules(world: World) -> tuple[Problem, ...]:
    loaded = [world.rules.read(platform) for platform in world.rules.platforms()]
    return tuple(item for part in loaded if isinstance(part, Problems) for item in part.items)


def _data() -> tuple[Problem, ...]:
    folder = Path(settings.RECOURSE_DATA)
    found = []
    if folder.stat().st_mode & 0o077:
        found.append(
            _problem(
                "data_readable_by_others",
                str(folder),
                "数据目录别人也能读。",
                "Others can read the data folder.",
                f"运行 chmod 700 {folder}",
                f"Run chmod 700 {folder}",
            )
        )
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            os.fsync(file.fileno())
    except OSError as error:
        found.append(
            _problem(
                "data_not_writable",
                str(folder),
                f"数据目录写不进去（{type(error).__name__}）。",
                f"The data folder cannot be written ({type(error).__name__}).",
                "检查权限和剩余空间。",
                "Check its permissions and the space left.",
            )
        )
    return tuple(found)


def _log(world: World) -> tuple[Problem, ...]:
    shut = closed(world)
    return shut.items if shut else ()


def _mail() -> tuple[Problem, ...]:
    if settings.RECOURSE_MAIL_URL or settings.RECOURSE_DEMO:
        return ()
    return (
        _problem(
            "mail_not_configured",
            "RECOURSE_MAIL_URL",
            "没有设置邮件服务器，通知和验证码发不出去。",
            "No mail server is set: notices and codes wait.",
            "设置 RECOURSE_MAIL_URL。",
            "Set RECOURSE_MAIL_URL.",
        ),
    )


def _jobs() -> tuple[Problem, ...]:
    dead = Job.objects.filter(dead_at__isnull=False).count()
    if not dead:
        return ()
    return (
        _problem(
            "jobs_set_aside",
            "jobs",
            f"有{dead}个任务多次失败，已搁置。",
            f"{dead} jobs failed too often and were set aside.",
            "看日志里的原因，修好后重新启用。",
            "Look at the log for why, then revive them.",
        ),
    )


def _problem(key: str, field: str, zh: str, en: str, do_zh: str, do_en: str) -> Problem:
    return Problem(key, field, Text(zh, en), Text(do_zh, do_en))
