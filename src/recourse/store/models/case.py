# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The projection of a case: what lists, searches and the sweep look at. Rebuilding it from events gives the same row."""

from django.db import models
from django.db.models import F, Q


class CaseRow(models.Model):
    """One case as it stands. All but `sweep_lease` follows from the events and the erasures.

    No other index here is unique: case tables can be distributed by case.
    """

    id = models.CharField(max_length=32, primary_key=True)
    number = models.CharField(max_length=24)
    operator = models.CharField(max_length=40)
    platform = models.CharField(max_length=60)
    playbook_version = models.CharField(max_length=40)
    rulebook = models.ForeignKey("store.RulebookRow", on_delete=models.PROTECT, db_column="rulebook")
    problem_key = models.CharField(max_length=60, blank=True)
    problem_id = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=20)
    rung = models.CharField(max_length=40, blank=True)
    rung_outside = models.BooleanField()
    outcome = models.CharField(max_length=20, blank=True)
    severity = models.CharField(max_length=20, blank=True, db_default="")
    version = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    next_due_at = models.DateTimeField(null=True)
    whose_move = models.CharField(max_length=20, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    complainant_id = models.CharField(max_length=40)
    respondent_registered = models.CharField(max_length=40, blank=True)
    served_at = models.DateTimeField(null=True)
    agent = models.CharField(max_length=40, blank=True)
    refiled_from = models.CharField(max_length=24, blank=True, db_default="")
    # A keyed digest of the subject while the complaint counts against the respondent: how often it was complained of.
    complained_of = models.CharField(max_length=64, blank=True, db_default="")
    filed_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    erased = models.BooleanField()
    # Shown in lists; personal, and blank once erased.
    title = models.CharField(max_length=120, blank=True)
    complainant_name = models.CharField(max_length=120, blank=True)
    respondent_name = models.CharField(max_length=120, blank=True)
    # A worker that took the case off the due list holds it until then; not part of the projection.
    sweep_lease = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_case"
        indexes = [
            models.Index(fields=["number"], name="case_number"),
            models.Index(F("next_due_at"), name="case_due", condition=Q(next_due_at__isnull=False)),
            models.Index(fields=["complainant_id", "-filed_at"], name="case_complainant"),
            # Not partial: SQLite cannot tell that a bound value is not empty, and would read every case instead.
            models.Index(fields=["respondent_registered", "next_due_at"], name="case_respondent"),
            # How often a respondent's subjects were complained of.
            models.Index(
                fields=["respondent_registered", "complained_of"],
                name="case_complained_of",
                condition=Q(complained_of__gt=""),
            ),
            # The queue of the desk: open cases of one operator by the clock.
            models.Index(
                fields=["operator", "next_due_at", "id"],
                name="case_queue",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["operator", "-filed_at"], name="case_newest"),
            # The cases of one matter. Its query says `> ''` itself, so that both engines know this index fits.
            models.Index(
                fields=["operator", "refiled_from"], name="case_refiled", condition=Q(refiled_from__gt="")
            ),
            models.Index(
                fields=["operator", "agent", "next_due_at"],
                name="case_agent",
                condition=Q(closed_at__isnull=True),
            ),
        ]


class CaseKey(models.Model):
    """The key of a case's personal fields, wrapped under the installation's field key. Erasure destroys it."""

    case = models.OneToOneField(
        CaseRow, on_delete=models.PROTECT, primary_key=True, related_name="sealed_key", db_column="case_id"
    )
    wrapped = models.BinaryField()

    class Meta:
        db_table = "store_case_key"


class CaseNumber(models.Model):
    """A global table: no two cases share a number, whichever machine holds them."""

    number = models.CharField(max_length=24, primary_key=True)
    case_id = models.CharField(max_length=32)

    class Meta:
        db_table = "store_case_number"
