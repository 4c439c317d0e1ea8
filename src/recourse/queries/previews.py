# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether exhibits can be looked at on this installation, and what to say where they cannot."""

from recourse.core.inspection import Confinement
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

# What can be missing of a cage, in the order in which it is put up.
_MISSING = {
    "limits": Text("没有内存、时间上限", "no limits on memory and time"),
    "no_new_privileges": Text(
        "没能放弃提权（no_new_privs）", "privileges can still be gained (no_new_privs)"
    ),
    "network": Text(
        "没隔断网络（命名空间和seccomp都不可用）",
        "the network is within reach (neither namespaces nor seccomp)",
    ),
    "files": Text(
        "没隔断文件（空根目录和seccomp都不可用）",
        "files are within reach (neither an empty root nor seccomp)",
    ),
}


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


def sight_at_start(world: World) -> Text:
    """One line for the log of whoever starts a worker: previews on or off, and why; pictures read or not."""
    missing = [_MISSING[part] for part in _missing(world.inspector.confinement)] if world.inspector else []
    if world.inspector is not None and not missing:
        previews = Text("证据预览：开", "previews: on")
    else:
        why_zh = "，".join(item.zh for item in missing) or "没有打开文件的程序"
        why_en = ", ".join(item.en for item in missing) or "there is no inspector"
        previews = Text(
            f"证据预览：关（{why_zh}。{PREVIEWS_OFF.do.zh}）",
            f"previews: off ({why_en}. {PREVIEWS_OFF.do.en})",
        )
    reads = (
        Text("读图（OCR）：已安装", "reading of pictures (OCR): installed")
        if reads_pictures(world)
        else Text(
            "读图（OCR）：没安装（pip install 'recourse[ocr]'）",
            "reading of pictures (OCR): not installed (pip install 'recourse[ocr]')",
        )
    )
    return Text(f"{previews.zh}；{reads.zh}", f"{previews.en}; {reads.en}")


def _missing(held: Confinement) -> list[str]:
    """What keeps a cage from being enough; empty exactly when it is (`Confinement.enough`)."""
    found = {
        "limits": held.limits,
        "no_new_privileges": held.no_new_privileges,
        "network": held.namespaces or held.system_calls,
        "files": held.no_files or held.system_calls,
    }
    return [part for part, holds in found.items() if not holds]
