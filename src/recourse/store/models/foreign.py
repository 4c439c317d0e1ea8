# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Foreign records: cases of other installations as their dossiers brought them in. To read, and nothing else.

They have tables of their own, so that no sweep, search, count or command can take one for a case of this house.
"""

from django.db import models


class ForeignRecord(models.Model):
    """One dossier that was taken in: whose case it is, where it came from, and what its verification came to."""

    id = models.CharField(max_length=32, primary_key=True)
    operator = models.CharField(max_length=40)  # who took it in and alone may read it
    case_id = models.CharField(max_length=80)
    number = models.CharField(max_length=80)
    origin = models.CharField(max_length=200)  # the log that the other installation keeps
    from_operator = models.CharField(max_length=80)
    platform = models.CharField(max_length=80)
    seat = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    rulebook = models.TextField()  # as it came, whether this version can read it or not
    verdict = models.TextField()  # the JSON that every verifier prints
    file_digest = models.CharField(max_length=64)
    made_at = models.CharField(max_length=40)
    software = models.CharField(max_length=200)
    wrapped = models.BinaryField()  # the key of its private fields, sealed as a case's
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=40)

    class Meta:
        db_table = "store_foreign_record"
        constraints = [
            # The same dossier taken in twice is one; a later state or another seat's is another.
            models.UniqueConstraint(
                fields=["operator", "case_id", "head", "seat"], name="foreign_record_once"
            ),
        ]
        indexes = [models.Index(fields=["operator", "number"], name="foreign_record_number")]


class ForeignEvent(models.Model):
    """One link of a foreign chain, character for character as it came."""

    pk = models.CompositePrimaryKey("record_id", "version")
    record_id = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    type = models.CharField(max_length=80)
    at = models.CharField(max_length=40)
    actor = models.TextField()
    body = models.TextField()
    commitments = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # The private fields that came with it, sealed anew; packed as those of our own events.
    private = models.BinaryField(null=True)

    class Meta:
        db_table = "store_foreign_event"


class ForeignFile(models.Model):
    """One exhibit, or a picture of its page, in our own vault. `blob` is empty for what was withheld."""

    pk = models.CompositePrimaryKey("record_id", "no", "form", "page")
    record_id = models.CharField(max_length=32)
    no = models.PositiveIntegerField()
    form = models.CharField(max_length=10)
    page = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    blob = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "store_foreign_file"
