# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads `playbooks/holding.yaml`, the words that only hold somebody off."""

from functools import cache
from pathlib import Path

from recourse.core.holding import HoldingWords, read_holding
from recourse.core.problem import Problems, gather
from recourse.gateways.rule_files import PLAYBOOKS
from recourse.gateways.yaml_lines import read_text, read_yaml

HOLDING_PATH = PLAYBOOKS / "holding.yaml"


def load_holding(path: Path = HOLDING_PATH) -> HoldingWords | Problems:
    """The words of a file, or everything that is wrong with it: each Problem's field is `holding.yaml:LINE path`."""
    text = read_text(path, file=path.name)
    tree = text if isinstance(text, Problems) else read_yaml(text, file=path.name)
    if isinstance(tree, Problems):
        return tree
    words, problems = read_holding(tree.plain)
    refused = gather(tree.place(problem) for problem in problems)
    if refused is not None:
        return refused
    assert words is not None, "a file without problems is there"
    return words


@cache
def current_holding() -> HoldingWords:
    """The shipped words, read once a process: they change only with the program. Raises RuntimeError when unreadable."""
    found = load_holding()
    if isinstance(found, Problems):
        first = found.items[0]
        raise RuntimeError(f"{first.field}: {first.message.en}")
    return found
