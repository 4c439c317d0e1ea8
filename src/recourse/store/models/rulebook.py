# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Rulebooks by digest: what was in force on the day a case was filed, kept for as long as a case refers to it."""

from django.db import models


class RulebookRow(models.Model):
    """Canonical bytes of one rulebook; the digest is their SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    platform = models.CharField(max_length=60)
    playbook_version = models.CharField(max_length=40)
    body = models.TextField()
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "store_rulebook"
