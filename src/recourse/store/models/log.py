# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The log: leaves as they were promised, full tiles of the tree, signed checkpoints and what others said of them.

One log for the whole installation. Triggers refuse any change on both engines, but that a leaf gets its position once.
"""

from django.db import models
from django.db.models import Q


class LogLeaf(models.Model):
    """One leaf. `position` is empty until the sequencer has numbered it; `case_id` is empty for leaves about the log."""

    position = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=10)
    case_id = models.CharField(max_length=32, blank=True, default="")
    # Of the event: the last of its commit for a head, its own for an exhibit.
    version = models.PositiveIntegerField(default=0)
    at = models.CharField(max_length=40)
    data = models.TextField()
    salt = models.BinaryField(null=True)
    hash = models.BinaryField()
    promise = models.BinaryField()

    class Meta:
        db_table = "store_log_leaf"
        indexes = [
            models.Index(fields=["id"], name="log_leaf_waiting", condition=Q(position__isnull=True)),
            models.Index(fields=["case_id", "version"], name="log_leaf_of_case"),
        ]


class LogTile(models.Model):
    """A full tile: 256 hashes, and the root over them, which is an entry of the level above."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    # Before the hashes: the edge of a level is read from the roots alone.
    root = models.BinaryField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "store_log_tile"


class LogCheckpoint(models.Model):
    """A checkpoint as the signer signed it."""

    origin = models.CharField(max_length=200)
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "store_log_checkpoint"
        constraints = [models.UniqueConstraint(fields=["origin", "size"], name="log_checkpoint_once")]


class LogCosignature(models.Model):
    """One witness's signature line over a checkpoint."""

    pk = models.CompositePrimaryKey("checkpoint_id", "witness")
    checkpoint_id = models.BigIntegerField()
    witness = models.CharField(max_length=200)
    line = models.TextField()

    class Meta:
        db_table = "store_log_cosignature"


class LogTimestamp(models.Model):
    """What a time stamp authority outside said of a checkpoint (RFC 3161): its answer, and the certificates."""

    pk = models.CompositePrimaryKey("checkpoint_id", "authority")
    checkpoint_id = models.BigIntegerField()
    authority = models.CharField(max_length=200)
    token = models.BinaryField()
    chain = models.TextField()
    stamped_at = models.DateTimeField()

    class Meta:
        db_table = "store_log_timestamp"
