# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""No decoder in the web process: what opens a stranger's file is the inspector, locked in, and nothing else."""

import sys
from typing import Any

DECODERS = ("PIL", "pillow_heif", "pypdfium2")


def shut_out_decoders() -> None:
    """From now on this process cannot load one. A library that would like to (QR codes of the second step) does without."""
    modules: dict[str, Any] = sys.modules  # type: ignore[assignment]
    for name in DECODERS:
        modules[name] = None
