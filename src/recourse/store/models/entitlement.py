# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The remedy lock: one entitlement is never paid twice, by constraint and not by care."""

from django.db import models
from django.db.models import F, Q


class Entitlement(models.Model):
    """One holding on a subject. A global table: it looks across cases, so it cannot live with one of them.

    `part` is the running number of the holding on this subject and group, released ones counted. Whoever takes the
    next number has seen all earlier ones, because the number is unique; so `total_fen`, the sum held including this
    row, is true, and the check on it holds the sum of part-refunds to what was paid. A `whole` holding is alone.
    """

    operator = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=10)
    subject_mac = models.CharField(max_length=64)  # a keyed digest: the order number itself is personal
    line = models.CharField(max_length=80, blank=True)  # a keyed digest, for the same reason
    group = models.CharField(max_length=30)
    part = models.PositiveIntegerField()
    whole = models.BooleanField()
    amount_fen = models.BigIntegerField(null=True)
    total_fen = models.BigIntegerField(null=True)
    paid_fen = models.BigIntegerField(null=True)
    case_id = models.CharField(max_length=32)
    number = models.CharField(max_length=24)
    remedy = models.CharField(max_length=20)
    taken_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_entitlement"
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "subject_kind", "subject_mac", "line", "group", "part"],
                name="entitlement_part_once",
            ),
            models.UniqueConstraint(
                fields=["operator", "subject_kind", "subject_mac", "line", "group"],
                condition=Q(released_at__isnull=True, whole=True),
                name="entitlement_whole_once",
            ),
            models.CheckConstraint(
                condition=Q(total_fen__isnull=True)
                | Q(paid_fen__isnull=True)
                | Q(total_fen__lte=F("paid_fen")),
                name="entitlement_within_paid",
            ),
        ]
        indexes = [models.Index(fields=["case_id", "remedy"], name="entitlement_of_case")]
