# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A picture of ours once more, black where its owner wants it. Apart, because few files need what this imports."""

import json
from collections.abc import Callable, Iterator

from PIL import Image

from recourse.core.inspection import Form
from recourse.core.region import black
from recourse.core.screen import Region
from recourse.processes.inspector.pictures import open_picture, pixels, thumbnail, turn_upright
from recourse.processes.inspector.raw import Pixels


def masking(masks: str) -> Callable[[bytes], Iterator[Pixels]]:
    """What draws a JPEG of ours again with `masks` (a JSON list of regions) black, and the small picture from that."""
    regions = [Region(0, *place) for place in json.loads(masks)]

    def decode(data: bytes) -> Iterator[Pixels]:
        image = turn_upright(open_picture(data, ("JPEG",)))
        rgb = bytearray(image.tobytes())
        black(rgb, width=image.width, height=image.height, regions=regions)
        covered = Image.frombytes("RGB", image.size, bytes(rgb))
        yield pixels(covered, form=Form.copy)
        yield thumbnail(covered)

    return decode
