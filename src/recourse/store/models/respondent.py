# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The operator's register of respondents: whom a notice may be served on, and who answers for which shop."""

from django.db import models
from django.db.models import Q


class Respondent(models.Model):
    """One merchant or organiser. `accepts_defaults_at` is when it accepted the rule that silence can decide."""

    public_id = models.CharField(max_length=32, unique=True)
    operator = models.CharField(max_length=40)
    platform = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    accepts_defaults_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "store_respondent"
        constraints = [
            models.UniqueConstraint(fields=["operator", "platform", "name"], name="respondent_name_once")
        ]


class RespondentAlias(models.Model):
    """Another way to find a respondent: a shop name, or the prefix of its order numbers."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE)
    operator = models.CharField(max_length=40)
    platform = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)  # name | prefix
    value = models.CharField(max_length=120)  # normalised

    class Meta:
        db_table = "store_respondent_alias"
        constraints = [
            models.UniqueConstraint(fields=["operator", "platform", "kind", "value"], name="alias_once"),
            models.CheckConstraint(condition=Q(kind__in=["name", "prefix"]), name="alias_kind_known"),
        ]


class RegisterContact(models.Model):
    """A contact the operator registered: notices and sign-in codes go here and nowhere else."""

    public_id = models.CharField(max_length=32, unique=True)
    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="register_contacts")
    operator = models.CharField(max_length=40)
    channel = models.CharField(max_length=8)  # mail | sms
    address_mac = models.CharField(max_length=64)
    address = models.BinaryField()  # sealed
    rank = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_register_contact"
        constraints = [
            models.UniqueConstraint(fields=["respondent", "address_mac"], name="register_contact_once")
        ]
        indexes = [models.Index(fields=["operator", "address_mac"], name="register_contact_mac")]


class HandOver(models.Model):
    """A link by which a colleague of the respondent works on its behalf: revocable, and every use is logged."""

    public_id = models.CharField(max_length=32, unique=True)
    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE)
    operator = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=40)
    number = models.CharField(max_length=24, blank=True)  # one case, or all of the respondent's when empty
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_hand_over"


class HandOverUse(models.Model):
    """One use of a hand-over link."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="uses")
    at = models.DateTimeField()
    what = models.CharField(max_length=80)

    class Meta:
        db_table = "store_hand_over_use"
