# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Webhooks: where an operator's programs want to hear of events, what was sent there, and every try."""

from django.db import models
from django.db.models import Q


class WebhookEndpoint(models.Model):
    """One address with its event types (none means all) and the sealed secret that signs; older ones are beside it."""

    public_id = models.CharField(max_length=32, unique=True)
    operator = models.CharField(max_length=40)
    url = models.CharField(max_length=500)
    about = models.CharField(max_length=120, blank=True)
    types = models.JSONField()
    secret = models.BinaryField()  # sealed
    made_by = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    # Nobody was there, so often one after the other: until then it is not tried, and then by one message alone.
    failures = models.PositiveIntegerField(db_default=0)
    resting_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, blank=True)  # removed | gone

    class Meta:
        db_table = "store_webhook_endpoint"
        indexes = [
            models.Index(
                fields=["operator"], name="webhook_endpoint_open", condition=Q(ended_at__isnull=True)
            )
        ]


class WebhookOldSecret(models.Model):
    """A secret that was replaced: it signs too until then, so that no message is lost while receivers change."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="old_secrets")
    secret = models.BinaryField()  # sealed
    until = models.DateTimeField()

    class Meta:
        db_table = "store_webhook_old_secret"


class WebhookDelivery(models.Model):
    """One message to one endpoint. The body holds ids and public facts alone; personal data is fetched by who may."""

    public_id = models.CharField(max_length=40, unique=True)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.PROTECT, related_name="deliveries")
    operator = models.CharField(max_length=40)
    type = models.CharField(max_length=40)
    number = models.CharField(max_length=24, blank=True)
    body = models.TextField()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=12)  # waiting | delivered | failed
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_webhook_delivery"
        indexes = [models.Index(fields=["operator", "-created_at", "id"], name="webhook_delivery_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "delivered", "failed"]), name="webhook_state_known"
            )
        ]


class WebhookTry(models.Model):
    """One try of a delivery: when, what the receiver answered, how long it took, what went wrong."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    error = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "store_webhook_try"
