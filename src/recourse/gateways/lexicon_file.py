# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads `playbooks/lexicon.yaml`, the words that triage listens for."""

from pathlib import Path

from recourse.core.problem import Problems, gather
from recourse.core.triage.lexicon import Lexicon, read_lexicon
from recourse.gateways.rule_files import PLAYBOOKS
from recourse.gateways.yaml_lines import read_text, read_yaml

LEXICON_PATH = PLAYBOOKS / "lexicon.yaml"


def load_lexicon(path: Path = LEXICON_PATH) -> Lexicon | Problems:
    """The lexicon of a file, or everything that is wrong with it: each Problem's field is `lexicon.yaml:LINE path`."""
    text = read_text(path, file=path.name)
    tree = text if isinstance(text, Problems) else read_yaml(text, file=path.name)
    if isinstance(tree, Problems):
        return tree
    lexicon, problems = read_lexicon(tree.plain)
    refused = gather(tree.place(problem) for problem in problems)
    if refused is not None:
        return refused
    if lexicon is None:
        raise AssertionError("a lexicon without problems is there")
    return lexicon
