# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was made of the exhibits of a case: previews, findings, the picked row of a bill, the order of screenshots.

None of it is part of the record's chain; it can be made again from the original, and goes with the case's erasure.
"""

from django.db import models


class InspectionRow(models.Model):
    """One inspected exhibit. The findings (text, hashes, rows of a bill) are sealed with the case's key."""

    pk = models.CompositePrimaryKey("case_id", "no")
    case_id = models.CharField(max_length=32)
    no = models.PositiveIntegerField()
    verdict = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    notes = models.JSONField(default=list)
    made_by = models.PositiveIntegerField()
    at = models.DateTimeField()
    findings = models.BinaryField()
    # The row of a bill that its owner says is this matter's; counted from 0.
    picked = models.PositiveIntegerField(null=True)
    # Whether its pictures were read, the lines that were read (sealed), and what is proposed to be masked: places alone.
    reading = models.CharField(max_length=10, default="none")
    lines = models.BinaryField(null=True)
    proposed = models.JSONField(default=list)
    # The regions that are black in the masked pictures; null while they wait to be drawn.
    drawn = models.JSONField(default=list, null=True)

    class Meta:
        db_table = "store_inspection"
        indexes = [
            models.Index(fields=["case_id"], name="inspection_unread", condition=models.Q(reading="none")),
            models.Index(fields=["made_by"], name="inspection_made_by"),
            models.Index(fields=["case_id"], name="inspection_off", condition=models.Q(reason="off")),
        ]


class PictureRow(models.Model):
    """One picture made of an exhibit, sealed in the vault. The blob's name is the digest of its ciphertext."""

    pk = models.CompositePrimaryKey("case_id", "no", "form", "page")
    case_id = models.CharField(max_length=32)
    no = models.PositiveIntegerField()
    form = models.CharField(max_length=20)
    page = models.PositiveIntegerField()
    blob = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    media_type = models.CharField(max_length=40)
    made_by = models.PositiveIntegerField()

    class Meta:
        abstract = True


class RenditionRow(PictureRow):
    """A picture as its owner and the operator's people see it."""

    class Meta:
        db_table = "store_rendition"


class MaskedRow(PictureRow):
    """The same picture with black regions: what the other side sees in its place."""

    class Meta:
        db_table = "store_masked_rendition"


class ReadingOrder(models.Model):
    """The order in which a side wants its screenshots read; numbers of exhibits alone."""

    pk = models.CompositePrimaryKey("case_id", "by")
    case_id = models.CharField(max_length=32)
    by = models.CharField(max_length=20)
    numbers = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "store_reading_order"


class ThreadRow(models.Model):
    """A side's screenshots as they read one after another, worked out once for these screens."""

    pk = models.CompositePrimaryKey("case_id", "by")
    case_id = models.CharField(max_length=32)
    by = models.CharField(max_length=20)
    screens = models.JSONField()
    thread = models.JSONField()

    class Meta:
        db_table = "store_thread"
