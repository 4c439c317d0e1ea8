# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse playbook check|test|schema`: is a playbook correct, and does it do what its examples say?"""

import sys
from argparse import Namespace

from recourse.cli.telling import DONE, refused, show_json
from recourse.core.problem import Problem, Problems
from recourse.queries.check_playbook import check_playbook, folders_at

# What one playbook came to: its platform, how many rows were looked at, what is wrong.
Looked = tuple[str, int, tuple[Problem, ...]]


def look_at_playbooks(given: Namespace) -> int:
    """Check or test the playbooks at a path, or all shipped ones; or print the schema."""
    if given.deed == "schema":
        from recourse.queries.playbook_schema import playbook_schema_text

        print(playbook_schema_text(), end="")
        return DONE
    looked = _checked(given) if given.deed == "check" else _tested(given)
    if isinstance(looked, Problems):
        return refused(looked, as_json=given.json)
    wrong = tuple(item for _platform, _rows, found in looked for item in found)
    if given.json:
        if wrong:
            return refused(wrong, as_json=True)
        show_json({"playbooks": [{"platform": name, "rows": rows} for name, rows, _found in looked]})
        return DONE
    for platform, rows, found in looked:
        count = f"（{rows} 行 rows）" if given.deed == "test" else ""
        print(f"{'✗' if found else '✓'} {platform}{count}", flush=True)
        if found:
            refused(found, as_json=False)
    sys.stderr.flush()
    return 1 if wrong else DONE


def _checked(given: Namespace) -> list[Looked] | Problems:
    checked = check_playbook(given.path)
    if isinstance(checked, Problems):
        return checked
    return [(platform, 0, found) for platform, found in checked.platforms]


def _tested(given: Namespace) -> list[Looked] | Problems:
    folders = folders_at(given.path)
    if isinstance(folders, Problems):
        return folders
    from recourse.queries.run_examples import run_examples

    looked: list[Looked] = []
    for folder in folders:
        ran = run_examples(folder)
        if isinstance(ran, Problems):
            looked.append((folder.name, 0, ran.items))
        else:
            looked.append((folder.name, len(ran), tuple(item for row in ran for item in row.problems)))
    return looked
