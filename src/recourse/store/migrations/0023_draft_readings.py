# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What is read off the screenshots of a complaint that is still being written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("store", "0022_foreign_records_stay")]
    operations = [
        migrations.CreateModel(
            name="DraftReading",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "draft", "blob", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("draft", models.CharField(max_length=32)),
                ("blob", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("box", models.BinaryField()),
                ("sealed", models.BinaryField(null=True)),
            ],
            options={"db_table": "store_draft_reading"},
        )
    ]
