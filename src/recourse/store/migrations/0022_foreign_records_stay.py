# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Foreign records stay as they were taken in: nothing of them is changed, and they are forgotten whole or not at all."""

from typing import Any

from django.db import migrations

from recourse.store.append_only import FOREIGN_INSTALL, FOREIGN_REMOVE


def forwards(_apps: Any, editor: Any) -> None:
    """Make the triggers."""
    for statement in FOREIGN_INSTALL[editor.connection.vendor]:
        editor.execute(statement)


def backwards(_apps: Any, editor: Any) -> None:
    """Take them away."""
    for statement in FOREIGN_REMOVE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers alone."""

    dependencies = [("store", "0021_masks_and_readings")]
    operations = [migrations.RunPython(forwards, backwards)]
