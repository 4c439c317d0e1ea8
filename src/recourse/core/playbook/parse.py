# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""From a plain mapping to a Playbook, or every problem of it at once."""

from collections.abc import Collection, Mapping

from recourse.core.playbook.check import check
from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problem
from recourse.core.shape import read


def parse(
    plain: object,
    *,
    law_ids: Collection[str] | None = None,
    letters: Mapping[str, object] | None = None,
    known_checks: Collection[str] | None = None,
) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Read a playbook and check everything that it refers to.

    `law_ids` are the ids of the articles that exist, `letters` the letters by key and `known_checks` the names of the
    checks on imported records; None leaves that reference unchecked. References are checked once the shape is right, so a file is corrected in two rounds at most.
    """
    playbook, problems = read(Playbook, plain)
    if playbook is None:
        return None, problems
    problems = tuple(check(playbook, law_ids=law_ids, letters=letters, known_checks=known_checks))
    return (None if problems else playbook), problems
