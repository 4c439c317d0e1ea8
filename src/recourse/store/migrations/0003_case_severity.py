# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How grave a case was assessed, as a column that the desk filters by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0002_append_only_and_search")]

    operations = [
        migrations.AddField(
            model_name="caserow",
            name="severity",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
    ]
