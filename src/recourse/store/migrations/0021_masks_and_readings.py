# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was read in the pictures of an exhibit, what is proposed to be masked, and the masked copies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0020_foreign_records")]

    operations = [
        migrations.AddField("inspectionrow", "reading", models.CharField(default="none", max_length=10)),
        migrations.AddField("inspectionrow", "lines", models.BinaryField(null=True)),
        migrations.AddField("inspectionrow", "proposed", models.JSONField(default=list)),
        migrations.AddField("inspectionrow", "drawn", models.JSONField(default=list, null=True)),
        migrations.AddIndex(
            "inspectionrow",
            models.Index(fields=["case_id"], name="inspection_unread", condition=models.Q(reading="none")),
        ),
        migrations.CreateModel(
            name="MaskedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id",
                        "no",
                        "form",
                        "page",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("case_id", models.CharField(max_length=32)),
                ("no", models.PositiveIntegerField()),
                ("form", models.CharField(max_length=20)),
                ("page", models.PositiveIntegerField()),
                ("blob", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("media_type", models.CharField(max_length=40)),
                ("made_by", models.PositiveIntegerField()),
            ],
            options={"db_table": "store_masked_rendition"},
        ),
    ]
