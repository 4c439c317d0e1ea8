# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Requests about what the other side sees of one's own things."""

from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.screen import Region, ScreenField


@dataclass(frozen=True, slots=True)
class MaskExhibit:
    """Choose what is black in one's own exhibit for the other side; without regions nothing is."""

    no: int
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class ShowWords:
    """Let the other side read one's own text in full, or mask it again. `where` is its place, such as `message:0`."""

    where: str
    shown: bool


@dataclass(frozen=True, slots=True)
class ConfirmReading:
    """Say what one's own exhibit shows: order number, sum, time, status, account; empty fields say nothing."""

    no: int
    values: Mapping[ScreenField, str]
