# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A complaint being written, and what was read off its screenshots: sealed so that only its own token opens them."""

from django.db import models


class Draft(models.Model):
    """One draft. The server keeps a digest of the token; whoever holds the token can open the text."""

    public_id = models.CharField(max_length=32, primary_key=True)
    token_hash = models.CharField(max_length=64)
    # The number of the closed case that is filed again here: its words were copied in, and go when that case is erased.
    refiles = models.CharField(max_length=24, blank=True, db_default="")
    operator = models.CharField(max_length=40)
    platform = models.CharField(max_length=60, blank=True)
    step = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "store_draft"
        indexes = [
            models.Index(fields=["expires_at"], name="draft_expiry"),
            models.Index(fields=["refiles"], name="draft_refiles"),
        ]


class DraftReading(models.Model):
    """One picture of a draft that is being read or was: what it offers for the form. Gone with the draft."""

    pk = models.CompositePrimaryKey("draft", "blob")
    draft = models.CharField(max_length=32)
    blob = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    # The public half of the draft's box: whoever reads the picture puts in what it says, and cannot open it again.
    box = models.BinaryField()
    # Null while it waits to be read; a picture that says nothing, or could not be read, has an empty one.
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "store_draft_reading"
