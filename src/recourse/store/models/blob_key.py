# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The key of each sealed file, and the rounds that look whether the files are whole.

A file is useless without its key, so erasing the key erases every copy."""

from django.db import models


class BlobKey(models.Model):
    """One blob: named by the digest of its ciphertext, with its wrapped key and what the plain bytes were."""

    blob = models.CharField(max_length=64, primary_key=True)
    wrapped = models.BinaryField()
    # Which master key wraps it; `root` is the one derived from the installation's secret.
    master = models.CharField(max_length=16, default="root", db_default="root")
    # Empty until an exhibit names the blob: an upload nobody finished is an orphan. `made` for a picture of ours until then.
    case_id = models.CharField(max_length=32, blank=True, default="")
    stored_at = models.DateTimeField()
    # Since when no copy of the file is whole; empty while one is.
    damaged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_blob_key"
        indexes = [
            models.Index(fields=["stored_at"], name="blob_orphan", condition=models.Q(case_id="")),
            models.Index(fields=["case_id"], name="blob_of_case"),
            models.Index(
                fields=["damaged_at"], name="blob_damaged", condition=models.Q(damaged_at__isnull=False)
            ),
        ]


class VaultRound(models.Model):
    """One night's look at every sealed file: how far it has come and what it found."""

    day = models.DateField(primary_key=True)
    # The last name that was looked at; the next slice begins after it.
    cursor = models.CharField(max_length=64, blank=True, default="")
    checked = models.PositiveIntegerField(default=0)
    mended = models.PositiveIntegerField(default=0)
    damaged = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_vault_round"
