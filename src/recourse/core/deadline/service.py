# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Service hours: when the desk that must act, or that takes the act, is open."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """Opening and closing time in China, on working days only or on every day."""

    opens: time
    closes: time
    every_day: bool = False

    def __post_init__(self) -> None:
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise ValueError("service hours are China times without a zone")
        if not self.opens < self.closes:
            raise ValueError("service must open before it closes on the same day")
