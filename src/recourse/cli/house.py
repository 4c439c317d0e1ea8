# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse migrate`, `doctor`, `user add`, `operator set`, `merchant import`: what keeps a house in order."""

import sys
from argparse import Namespace
from datetime import time
from typing import Any

from recourse.cli.opening import LOCAL_OWNER, open_installation, open_to_write
from recourse.cli.telling import DONE, refused, show_json
from recourse.core.actor import Role
from recourse.core.deadline.service import ServiceHours
from recourse.core.problem import Problems, refuse


def run(given: Namespace) -> int:
    """Run the command of this module that was asked for."""
    deeds: dict[str, Any] = {
        "migrate": migrate,
        "doctor": doctor,
        "user": add_user,
        "operator": set_operator,
        "merchant": import_merchants,
    }
    code: int = deeds[given.command](given)
    return code


def migrate(given: Namespace) -> int:
    """Bring the database up to date; opening the installation has done it."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=False)
    print("数据库是最新的。The database is up to date.")
    return DONE


def doctor(given: Namespace) -> int:
    """Check that what a running installation needs is there; refused when something is not."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.queries.check_installation import check_installation
    from recourse.queries.previews import reads_pictures

    checked = check_installation(world)
    wrong = [item for _name, found in checked for item in found]
    if wrong and given.json:
        return refused(wrong, as_json=True)
    if given.json:
        show_json({"checked": [name for name, _found in checked]})
        return DONE
    for name, found in checked:
        print(f"{'✗' if found else '✓'} {name}", flush=True)
    print("✓ ocr" if reads_pictures(world) else "– ocr: pip install 'recourse[ocr]'")
    return refused(wrong, as_json=False) if wrong else DONE


def add_user(given: Namespace) -> int:
    """Give a staff member an account and print its password when one was made up."""
    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.actions.add_staff import add_staff

    typed = sys.stdin.readline().rstrip("\n") if given.password_stdin else ""
    made = add_staff(
        given.name,
        operator=given.operator,
        role=Role(given.role),
        display_name=given.display_name,
        email=given.email,
        password=typed,
    )
    if isinstance(made, Problems):
        return refused(made, as_json=given.json)
    shown = {"name": made.name, "role": given.role, "operator": given.operator}
    if not typed:
        shown["password"] = made.password
    if given.json:
        show_json(shown)
    else:
        print(f"账号 {made.name} 已建立。Account {made.name} was made.")
        if not typed:
            print(f"密码（只显示这一次） password (shown once): {made.password}")
    return DONE


def set_operator(given: Namespace) -> int:
    """Make an operator or change it; its rungs and hours hold from now on, earlier cases keep theirs."""
    operates = _operates(given.operates)
    hours = _hours(given.hours)
    wrong = [item for part in (operates, hours) if isinstance(part, Problems) for item in part.items]
    if wrong:
        return refused(wrong, as_json=given.json)
    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.actions import set_operator as action

    change = action.OperatorChange(
        slug=given.slug,
        name_zh=given.name_zh,
        name_en=given.name_en,
        kind=given.kind,
        operates=operates if isinstance(operates, dict) else None,
        hours=hours if isinstance(hours, ServiceHours) else None,
        round_the_clock=given.hours == "always",
    )
    problems = action.set_operator(world, change, by=LOCAL_OWNER.id)
    if problems is not None:
        return refused(problems, as_json=given.json)
    if given.json:
        show_json({"operator": given.slug, "operates": operates})
    else:
        print(f"运营方 {given.slug} 已设置。Operator {given.slug} is set.")
    return DONE


def import_merchants(given: Namespace) -> int:
    """Register the respondents of a file."""
    from recourse.queries.read_merchants import read_merchants

    listed = read_merchants(given.file)
    if isinstance(listed, Problems):
        return refused(listed, as_json=given.json)
    world = open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    from recourse.actions import import_merchants as action

    known = action.import_merchants(world, operator=given.operator, listed=listed)
    if isinstance(known, Problems):
        return refused(known, as_json=given.json)
    if given.json:
        show_json({"merchants": [{"name": name, "id": id} for name, id in known.items()]})
    else:
        print(f"登记了 {len(known)} 家。Registered {len(known)}.")
    return DONE


def _operates(given: list[str]) -> dict[str, list[str]] | Problems:
    found: dict[str, list[str]] = {}
    for item in given:
        platform, mark, rungs = item.partition("=")
        if not mark or not platform:
            return refuse(
                "operates_not_understood",
                field="operates",
                zh=f"看不懂：{item}",
                en=f"Not understood: {item}",
                do_zh="写成 kuaishou-shop=negotiate,platform_decision",
                do_en="Write kuaishou-shop=negotiate,platform_decision",
            )
        found[platform] = [rung.strip() for rung in rungs.split(",") if rung.strip()]
    return found


def _hours(given: str) -> ServiceHours | Problems | None:
    if not given or given == "always":
        return None
    try:
        opens, _mark, closes = given.partition("-")
        return ServiceHours(time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))
    except ValueError:
        return refuse(
            "hours_not_understood",
            field="hours",
            zh=f"看不懂服务时间：{given}",
            en=f"These hours are not understood: {given}",
            do_zh="写成 09:00-18:00，或 always。",
            do_en="Write 09:00-18:00, or always.",
        )
