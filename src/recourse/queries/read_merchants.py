# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which respondents does this file list? Every problem is told with the line it stands on."""

from pathlib import Path

from recourse.core.merchant_list import MerchantList, addresses
from recourse.core.problem import Problems
from recourse.core.shape import read
from recourse.gateways.yaml_lines import read_text, read_yaml


def read_merchants(path: Path) -> MerchantList | Problems:
    """The list of a YAML file, its contacts checked."""
    text = read_text(path, file=path.name)
    tree = text if isinstance(text, Problems) else read_yaml(text, file=path.name)
    if isinstance(tree, Problems):
        return tree
    listed, problems = read(MerchantList, tree.plain)
    if listed is None:
        return Problems(tuple(tree.place(item) for item in problems))
    reached = addresses(listed)
    if isinstance(reached, Problems):
        return Problems(tuple(tree.place(item) for item in reached.items))
    return listed
