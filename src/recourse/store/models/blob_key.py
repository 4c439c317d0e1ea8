# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The key of each sealed file. The file is useless without it, so erasing it erases every copy."""

from django.db import models


class BlobKey(models.Model):
    """One blob: named by the digest of its ciphertext, with its wrapped key and what the plain bytes were."""

    blob = models.CharField(max_length=64, primary_key=True)
    wrapped = models.BinaryField()
    # Empty until an exhibit names the blob: an upload nobody finished is an orphan.
    case_id = models.CharField(max_length=32, blank=True, default="")
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "store_blob_key"
        indexes = [
            models.Index(fields=["stored_at"], name="blob_orphan", condition=models.Q(case_id="")),
            models.Index(fields=["case_id"], name="blob_of_case"),
        ]
