# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads the retention schedule: the shipped one, or the file that RECOURSE_RETENTION names."""

from pathlib import Path

from recourse.core.problem import Problems
from recourse.core.retention import RetentionSchedule, read_retention
from recourse.gateways.yaml_lines import read_file

SHIPPED = Path(__file__).parents[3] / "retention" / "schedule.yaml"


def load_retention(path: Path = SHIPPED) -> RetentionSchedule | Problems:
    """The schedule of a file, or everything that is wrong with it, with its lines."""
    return read_file(path, read_retention)
