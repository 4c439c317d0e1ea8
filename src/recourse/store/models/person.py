# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""People who complain: known by a random id; how to reach them is sealed and found by a keyed digest."""

from django.db import models
from django.db.models import Q


class Person(models.Model):
    """One person. Every filing makes a newcomer; a code merges the newcomers of its contact into one person."""

    public_id = models.CharField(max_length=32, primary_key=True)
    merged_into = models.CharField(max_length=32, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "store_person"
        # Not partial: SQLite cannot tell that a bound value is not empty, and would read every person instead.
        indexes = [models.Index(fields=["merged_into"], name="person_merged")]


class PersonContact(models.Model):
    """One way to reach a person. Proven, it belongs to one person alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=8)  # mail | sms
    address_mac = models.CharField(max_length=64)
    address = models.BinaryField()  # sealed
    proven_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_person_contact"
        constraints = [
            models.UniqueConstraint(
                fields=["address_mac"],
                condition=Q(proven_at__isnull=False),
                name="person_contact_proven_once",
            ),
        ]
        indexes = [models.Index(fields=["address_mac"], name="person_contact_mac")]


class SignInCode(models.Model):
    """A code on its way to a contact. It is stored as a keyed digest; five tries, ten minutes.

    `sealed` holds address and code until the message is sent, because a job's payload may not.
    """

    ticket = models.CharField(max_length=32, primary_key=True)
    purpose = models.CharField(max_length=20)
    channel = models.CharField(max_length=8)
    address_mac = models.CharField(max_length=64)
    code_mac = models.CharField(max_length=64)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_sign_in_code"
        indexes = [models.Index(fields=["expires_at"], name="sign_in_code_expiry")]
