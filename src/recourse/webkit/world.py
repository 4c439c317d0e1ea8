# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The door from the fronts to the world: the ports that actions and queries work over.

Fronts may not import the wiring above them, so the settings name it and it is looked up once.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def world() -> Any:
    """The world of this process, built once by the function that `RECOURSE_WORLD` names."""
    return import_string(settings.RECOURSE_WORLD)()
