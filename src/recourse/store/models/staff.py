# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The operator's own people; complainants and respondents have no account and sign in by code."""

import secrets
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from recourse.core.actor import STAFF

ROLES = tuple(sorted(role.value for role in STAFF))


def new_public_id() -> str:
    """A random 128-bit id."""
    return secrets.token_hex(16)


class StaffAccounts(BaseUserManager["Staff"]):
    """Makes staff accounts; the name of the account is unique in the installation."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Staff":
        """A new account with a hashed password, or with none when it is None."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Staff(AbstractBaseUser):
    """One staff member with one role in one operator."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    username = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True, default="")
    operator = models.ForeignKey("store.Operator", on_delete=models.PROTECT)
    role = models.CharField(max_length=20)
    display_name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    # Django asks this of every account before it would let one into its admin, which we do not serve.
    is_staff = False
    is_superuser = False

    objects = StaffAccounts()

    class Meta:
        db_table = "store_staff"
        constraints = [models.CheckConstraint(condition=models.Q(role__in=ROLES), name="staff_role_known")]
