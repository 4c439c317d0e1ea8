# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Imported records: the operator's own orders, cards, draws and points accounts, never edited, read by checks."""

from django.db import models


class Record(models.Model):
    """One record as the operator pushed it. Days are counted from 1970-01-01, so that checks stay integer."""

    operator = models.CharField(max_length=40)
    platform = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    record_id = models.CharField(max_length=80)
    respondent = models.CharField(max_length=40, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    refunded_fen = models.BigIntegerField(default=0)
    happened_day = models.IntegerField(null=True)
    promised_day = models.IntegerField(null=True)
    delivered_day = models.IntegerField(null=True)
    title = models.CharField(max_length=200, blank=True)
    status = models.JSONField(default=dict)
    imported_at = models.DateTimeField()

    class Meta:
        db_table = "store_record"
        indexes = [models.Index(fields=["operator", "respondent", "kind"], name="record_respondent")]
        constraints = [
            models.UniqueConstraint(fields=["operator", "platform", "kind", "record_id"], name="record_once")
        ]
