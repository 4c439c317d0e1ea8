# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads `playbooks/holding.yaml`, the words that only hold somebody off."""

from functools import cache
from pathlib import Path

from recourse.core.holding import HoldingWords, read_holding
from recourse.core.problem import Problems
from recourse.gateways.rule_files import PLAYBOOKS
from recourse.gateways.yaml_lines import read_file, shipped

HOLDING_PATH = PLAYBOOKS / "holding.yaml"


def load_holding(path: Path = HOLDING_PATH) -> HoldingWords | Problems:
    """The words of a file, or everything that is wrong with it: each Problem's field is `holding.yaml:LINE path`."""
    return read_file(path, read_holding)


@cache
def current_holding() -> HoldingWords:
    """The shipped words, read once a process: they change only with the program. Raises RuntimeError when unreadable."""
    return shipped(load_holding())
