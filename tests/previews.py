# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Exhibits that were looked at, without waiting for an inspector: what it would give is given."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PIL import Image

from recourse.actions.inspect_exhibit import inspect_exhibit
from recourse.actions.story import perform
from recourse.core.inspection import Confinement, Form, Inspection, Picture, Verdict
from recourse.core.screen import Region
from tests.store.house import OPERATOR, House

CONFINED = Confinement(limits=True, no_new_privileges=True, namespaces=True, no_files=True, system_calls=True)


def jpeg(width: int = 30, height: int = 60, colour: str = "teal") -> bytes:
    """A small picture."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(kept, "JPEG")
    return kept.getvalue()


def seen_picture(**findings: Any) -> Inspection:
    """What an inspector gives for a picture."""
    copy = Picture(Form.copy, 0, 30, 60, "image/jpeg", jpeg())
    small = Picture(Form.thumbnail, 0, 15, 30, "image/jpeg", jpeg(15, 30))
    return Inspection(Verdict.ok, pictures=(copy, small), findings=findings)


@dataclass
class FakeInspector:
    """Gives what it was told to give, and remembers what it was asked."""

    gives: Inspection = field(default_factory=seen_picture)
    confinement: Confinement = CONFINED
    asked: list[str] = field(default_factory=list)

    def inspect(self, data: bytes, media_type: str) -> Inspection:
        """The same for every file."""
        self.asked.append(media_type)
        return self.gives

    def mask(self, data: bytes, regions: Sequence[Region]) -> Inspection:
        """Black pictures in place of those that it was told to give."""
        copy = Picture(Form.copy, 0, 30, 60, "image/jpeg", jpeg(colour="black"))
        small = Picture(Form.thumbnail, 0, 15, 30, "image/jpeg", jpeg(15, 30, "black"))
        return Inspection(Verdict.ok, pictures=(copy, small))


def look_at(house: House, number: str, no: int, gives: Inspection | None = None) -> FakeInspector:
    """Have one exhibit inspected; the inspector that did it."""
    inspector = FakeInspector(gives if gives is not None else seen_picture())
    world = replace(house.world, inspector=inspector)
    assert perform(inspect_exhibit(world, number=number, operator=OPERATOR, no=no)) is True
    return inspector
