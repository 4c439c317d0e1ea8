# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One table is outbox and lease queue: a job is written in the transaction whose consequence it is."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One thing to do outside, at least once; its effect happens once by `dedup`. The payload holds ids alone."""

    kind = models.CharField(max_length=40)
    # Which line it waits in (`core/lane.py`); what an older version queued during an upgrade waits in the last one.
    lane = models.CharField(max_length=20, db_default="slow")
    dedup = models.CharField(max_length=160, unique=True)
    payload = models.JSONField()
    run_at = models.DateTimeField()
    # While open, the next moment at which somebody may take it: run_at, the end of a lease, or the next try.
    ready_at = models.DateTimeField()
    holder = models.CharField(max_length=32, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_job"
        indexes = [
            models.Index(
                fields=["lane", "ready_at", "id"],
                name="job_lane_ready",
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
            )
        ]
