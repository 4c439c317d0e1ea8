# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The record: every event of every case, and beside it the sealed personal fields."""

from django.db import models


class EventRow(models.Model):
    """One link of a case's chain, exactly as it was hashed. A trigger refuses any change on both engines."""

    pk = models.CompositePrimaryKey("case_id", "version")
    case_id = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    at = models.CharField(max_length=40)
    actor = models.TextField()
    body = models.TextField()
    commitments = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "store_event"


class PrivateRow(models.Model):
    """The personal fields of one event: a packed list of (field, salt, ciphertext)."""

    pk = models.CompositePrimaryKey("case_id", "version")
    case_id = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    fields = models.BinaryField()

    class Meta:
        db_table = "store_private"
