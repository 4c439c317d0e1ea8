# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether exhibits can be looked at on this installation, and what to say where they cannot."""

from recourse.core.port import World
from recourse.core.problem import Problem
from recourse.core.text import Text
from recourse.store.inspections import left_unseen

PREVIEWS_OFF = Problem(
    "previews_off",
    "previews",
    Text(
        "这台服务器关不住打开文件的程序（隔离不全），证据预览已关闭；原件照常封存。",
        "This server cannot confine the program that opens files, so previews are off; originals are sealed as ever.",
    ),
    Text(
        "在Linux上运行，并允许用户命名空间或seccomp（容器里放开这两项）。",
        "Run it on Linux and allow user namespaces or seccomp (in a container, permit them).",
    ),
)


def previews_off() -> Problem | None:
    """The banner of the desk: a worker met exhibits that it must not open. Asks the tables, not this machine."""
    return PREVIEWS_OFF if left_unseen() else None


def check_previews(world: World) -> tuple[Problem, ...]:
    """For the doctor: try to lock an inspector in on this machine."""
    confined = world.inspector is not None and world.inspector.confinement.enough
    return () if confined else (PREVIEWS_OFF,)


def reads_pictures(world: World) -> bool:
    """Whether the extra that reads pictures is here; without it people type what they show."""
    return world.reader is not None
