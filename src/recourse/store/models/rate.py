# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Counters of a rate limit, in a table so that all processes count together."""

from django.db import models


class RateBucket(models.Model):
    """How often something happened within one window."""

    bucket = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "store_rate_bucket"
        indexes = [models.Index(fields=["ends_at"], name="rate_bucket_expiry")]
