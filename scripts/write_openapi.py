# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Write schemas/openapi.json from the routes; a test holds it current."""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")


def main() -> None:
    """Write it."""
    django.setup()
    from recourse.api.document import document_text

    target = Path(__file__).resolve().parent.parent / "schemas" / "openapi.json"
    target.write_text(document_text(), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
