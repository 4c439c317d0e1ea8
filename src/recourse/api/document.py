# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document: written from the routes, checked in as schemas/openapi.json, held current by a test."""

import json
from functools import cache
from typing import Any

from recourse.api.service import service

PLACE = "/api/v1/"


@cache
def document() -> dict[str, Any]:
    """The document as plain values."""
    made = service.get_openapi_schema(path_prefix=PLACE)
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


def document_text() -> str:
    """As it is checked in: two spaces, one line feed at the end."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"
