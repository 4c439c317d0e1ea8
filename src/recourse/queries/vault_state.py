# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How the vault is: which master keys wrap how many files, what is damaged, what the last round found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from recourse.core.port import World
from recourse.core.problem import Problem
from recourse.core.text import Text
from recourse.gateways.master_keys import installed_masters
from recourse.store import blob_keys, vault_rounds
from recourse.store.access import numbers_of
from recourse.store.vault_rounds import Round

# A round a night: when none came to its end for so long, nobody knows how the files are.
_LATE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class VaultState:
    """`wrapped` counts files by master key; `damaged` is (case number or empty, blob, since when)."""

    current: str
    masters: Sequence[str]
    wrapped: Mapping[str, int]
    damaged: Sequence[tuple[str, str, datetime]]
    last: Round | None


def vault_state() -> VaultState:
    """Everything an operator wants to know of the vault."""
    keys = installed_masters()
    damaged = blob_keys.damaged()
    numbers = numbers_of([case for case, _, _ in damaged if case])
    return VaultState(
        current=keys.current(),
        masters=keys.ids(),
        wrapped=blob_keys.by_master(),
        damaged=[(numbers.get(case, ""), blob, at) for case, blob, at in damaged],
        last=vault_rounds.last_finished(),
    )


def vault_problems(world: World) -> tuple[Problem, ...]:
    """What is wrong with the vault; nothing when it is in order."""
    state = vault_state()
    found = [_damaged(number, blob, at) for number, blob, at in state.damaged]
    missing = sorted(set(state.wrapped) - set(state.masters))
    found += [_missing(master, state.wrapped[master]) for master in missing]
    if not world.blobs.reachable():
        found.append(_away())
    oldest, now = vault_rounds.oldest_file(), world.clock.now()
    since = state.last.finished_at if state.last is not None else oldest
    if oldest is not None and since is not None and now - since > _LATE:
        found.append(_unseen(since))
    return tuple(found)


def _damaged(number: str, blob: str, at: datetime) -> Problem:
    return Problem(
        "blob_damaged",
        number or "vault",
        Text(
            f"文件 {blob[:12]} 自 {at:%Y-%m-%d %H:%M} 起损坏，不再提供{f'（投诉 {number}）' if number else ''}。",
            f"File {blob[:12]} has been damaged since {at:%Y-%m-%d %H:%M} and is not served"
            + (f" (case {number})." if number else "."),
        ),
        Text(
            "把备份或副本里的同名文件放回原处，再运行 recourse vault check；设置了副本会自动修复。",
            "Put the file of the same name back from a backup, then run recourse vault check; with a replica it mends itself.",
        ),
    )


def _missing(master: str, files: int) -> Problem:
    return Problem(
        "master_key_missing",
        "RECOURSE_MASTER_KEYS",
        Text(
            f"主密钥 {master} 不见了，{files}个文件打不开。",
            f"Master key {master} is missing: {files} files do not open.",
        ),
        Text("把它放回主密钥目录。", "Put it back into the folder of master keys."),
    )


def _away() -> Problem:
    return Problem(
        "vault_unreachable",
        "RECOURSE_VAULT_URL",
        Text("存放证据的地方连不上。", "The store of the evidence cannot be reached."),
        Text("核对地址、密钥和网络；副本也算。", "Check address, keys and network, of the replica too."),
    )


def _unseen(since: datetime) -> Problem:
    return Problem(
        "vault_not_looked_at",
        "vault",
        Text(
            f"自 {since:%Y-%m-%d} 起没有完整检查过证据文件。",
            f"No round has looked at every file since {since:%Y-%m-%d}.",
        ),
        Text(
            "确认后台进程在运行；或运行 recourse vault check。",
            "See that a worker runs, or run recourse vault check.",
        ),
    )
