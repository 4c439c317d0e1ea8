# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What complaint does this file hold? Every problem is told with the line it stands on."""

from pathlib import Path

from recourse.core.complaint import Complaint, parse_complaint
from recourse.core.problem import Problems
from recourse.gateways.yaml_lines import Tree, read_text, read_yaml


def read_complaint(path: Path) -> tuple[Complaint, Tree] | Problems:
    """The complaint of a YAML file, with the lines of its fields for refusals that come later."""
    text = read_text(path, file=path.name)
    tree = text if isinstance(text, Problems) else read_yaml(text, file=path.name)
    if isinstance(tree, Problems):
        return tree
    complaint = parse_complaint(tree.plain)
    if isinstance(complaint, Problems):
        return Problems(tuple(tree.place(item) for item in complaint.items))
    return complaint, tree
