# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tokens of programs, and the answers that a repeated request gets again."""

from django.db import models


class ApiToken(models.Model):
    """A word by which a program of the operator comes in. Only its keyed digest is stored; it is shown once.

    `seat` is the role it acts in by itself (agent, owner, auditor), or empty: then it acts for others alone.
    """

    public_id = models.CharField(max_length=32, unique=True)
    operator = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    shown = models.CharField(max_length=12)  # how it begins, so that a person recognises it
    seat = models.CharField(max_length=20, blank=True)
    scopes = models.JSONField()
    made_by = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_api_token"
        indexes = [models.Index(fields=["operator", "-created_at"], name="api_token_newest")]


class ApiAnswer(models.Model):
    """What a request that is about no single case was answered, sealed; the same key gets the same bytes again."""

    operator = models.CharField(max_length=40)
    token = models.CharField(max_length=32)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()  # sealed
    at = models.DateTimeField()

    class Meta:
        db_table = "store_api_answer"
        constraints = [
            models.UniqueConstraint(fields=["operator", "token", "key"], name="api_answer_once"),
        ]
