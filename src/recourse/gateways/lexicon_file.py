# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads `playbooks/lexicon.yaml`, the words that triage listens for."""

from pathlib import Path

from recourse.core.problem import Problems
from recourse.core.triage.lexicon import Lexicon, read_lexicon
from recourse.gateways.rule_files import PLAYBOOKS
from recourse.gateways.yaml_lines import read_file

LEXICON_PATH = PLAYBOOKS / "lexicon.yaml"


def load_lexicon(path: Path = LEXICON_PATH) -> Lexicon | Problems:
    """The lexicon of a file, or everything that is wrong with it: each Problem's field is `lexicon.yaml:LINE path`."""
    return read_file(path, read_lexicon)
