# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse vault status|check|new-key|rewrap|drop-key`: the sealed files and the keys that wrap theirs."""

from argparse import Namespace
from typing import Any

from recourse.cli.opening import open_installation, open_to_write
from recourse.cli.telling import DONE, refused, show_json
from recourse.core.calendar import CHINA
from recourse.core.port import World
from recourse.core.problem import Problems

# These look, and mend from the replica at most.
_LOOKS = frozenset({"status", "check"})


def run(given: Namespace) -> int:
    """Run the deed that was asked for."""
    # Behind an old backup nobody can tell which master key the newest files need.
    world = open_installation() if given.deed in _LOOKS else open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    deeds: dict[str, Any] = {
        "status": _status,
        "check": _check,
        "new-key": _new_key,
        "rewrap": _rewrap,
        "drop-key": _drop_key,
    }
    code: int = deeds[given.deed](world, given)
    return code


def _status(_world: World, given: Namespace) -> int:
    from recourse.queries.vault_state import vault_state

    state = vault_state()
    damaged = [
        {"case": number, "blob": blob, "since": at.astimezone(CHINA).isoformat()}
        for number, blob, at in state.damaged
    ]
    if given.json:
        last = state.last
        show_json(
            {
                "current": state.current,
                "masters": {master: state.wrapped.get(master, 0) for master in state.masters},
                "damaged": damaged,
                "last_round": None
                if last is None
                else {"day": last.day.isoformat(), "checked": last.checked, "mended": last.mended},
            }
        )
        return DONE
    for master in state.masters:
        mark = "  现用 current" if master == state.current else ""
        print(f"{master}  {state.wrapped.get(master, 0)} 个文件 files{mark}")
    for item in damaged:
        print(f"✗ {item['blob'][:12]}  {item['case']}  自 since {item['since']}")
    if state.last is not None:
        print(f"上次检查 last round: {state.last.day}，{state.last.checked} 个文件 files")
    return DONE


def _check(world: World, given: Namespace) -> int:
    from recourse.actions.story import perform
    from recourse.actions.tend_vault import look_at_all
    from recourse.queries.vault_state import vault_problems

    counts = perform(look_at_all(world))
    wrong = vault_problems(world)
    if wrong:
        return refused(list(wrong), as_json=given.json)
    if given.json:
        show_json({"checked": counts})
    else:
        print(f"检查了 {sum(counts.values())} 个文件，修复 {counts['mended']} 个。All files looked at.")
    return DONE


def _new_key(_world: World, given: Namespace) -> int:
    from recourse.actions.change_master_key import make_master_key

    master = make_master_key()
    if given.json:
        show_json({"master": master})
    else:
        print(f"新主密钥 {master} 已启用；接着运行 recourse vault rewrap。")
        print(f"Master key {master} is in use; now run recourse vault rewrap.")
    return DONE


def _rewrap(world: World, given: Namespace) -> int:
    from recourse.actions.change_master_key import rewrap_keys

    done = rewrap_keys(world)
    if given.json:
        show_json({"rewrapped": done})
    else:
        print(f"{done} 个文件的密钥换到了新主密钥。{done} keys are wrapped anew.")
    return DONE


def _drop_key(_world: World, given: Namespace) -> int:
    from recourse.actions.change_master_key import drop_master_key

    problems = drop_master_key(given.master)
    if problems is not None:
        return refused(problems, as_json=given.json)
    if given.json:
        show_json({"dropped": given.master})
    else:
        print(f"主密钥 {given.master} 已删除。Master key {given.master} is gone.")
    return DONE
