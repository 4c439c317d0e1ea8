# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Idempotency keys: asking again with the same key tells what became of the first request."""

from django.db import models


class IdempotencyKey(models.Model):
    """A client's word for one request and the receipt it led to. A global table; kept as long as the case."""

    operator = models.CharField(max_length=40)
    actor = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    case_id = models.CharField(max_length=32)
    number = models.CharField(max_length=24)
    version = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "store_idempotency_key"
        constraints = [
            models.UniqueConstraint(fields=["operator", "actor", "key"], name="idempotency_key_once")
        ]
