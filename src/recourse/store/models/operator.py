# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""An operator runs part of a ladder in this installation; operators are walls."""

from django.db import models


class Operator(models.Model):
    """One organisation. Its slug stands in every row that belongs to it and in every Actor."""

    slug = models.SlugField(primary_key=True, max_length=40)
    public_id = models.CharField(max_length=32, unique=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    # platform | association | nobody: who stands behind the rungs that are operated here.
    kind = models.CharField(max_length=20)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "store_operator"


class OperatorSetting(models.Model):
    """A setting with its history: the row with the newest `valid_from` that has come is in force."""

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT)
    key = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=40)

    class Meta:
        db_table = "store_operator_setting"
        constraints = [
            models.UniqueConstraint(fields=["operator", "key", "valid_from"], name="setting_once_per_instant")
        ]
