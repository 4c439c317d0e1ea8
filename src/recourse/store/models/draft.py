# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A complaint being written: sealed under its own token, so that the table alone cannot be read."""

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
