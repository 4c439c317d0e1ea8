# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Give somebody of the operator's own people an account."""

import re
import secrets
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from recourse.actions.import_merchants import unknown_operator
from recourse.core.actor import Role
from recourse.core.problem import Problem, Problems, gather
from recourse.core.text import Text
from recourse.store.operators import add_staff as write_account
from recourse.store.operators import operator_exists

_NAME = re.compile(r"[A-Za-z0-9@.+_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Account:
    """What was made; the password is shown once and kept nowhere."""

    name: str
    password: str


def add_staff(
    name: str, *, operator: str, role: Role, display_name: str = "", email: str = "", password: str = ""
) -> Account | Problems:
    """Make an account; without a password one is made up."""
    if not operator_exists(operator):
        return unknown_operator(operator)
    made = password or secrets.token_urlsafe(12)
    refused = gather(_problems(name, made))
    if refused is not None:
        return refused
    try:
        with transaction.atomic():
            write_account(
                name,
                operator=operator,
                role=role,
                display_name=display_name or name,
                password=made,
                email=email,
            )
    except IntegrityError:
        return Problems(
            (
                _problem(
                    "name_taken",
                    "name",
                    f"账号“{name}”已经有人用了。",
                    f"The account name {name} is taken.",
                    "换一个名字。",
                    "Choose another name.",
                ),
            )
        )
    return Account(name, made)


def _problems(name: str, password: str) -> list[Problem]:
    found = []
    if not _NAME.fullmatch(name):
        found.append(
            _problem(
                "name_not_understood",
                "name",
                "账号只用字母、数字和 @ . + - _，最多80个字符。",
                "An account name has letters, digits and @ . + - _, at most 80.",
                "例如 li.na。",
                "For example li.na.",
            )
        )
    try:
        validate_password(password)
    except ValidationError as error:
        found.append(
            _problem(
                "password_too_weak",
                "password",
                "密码太弱：" + "".join(error.messages),
                "The password is too weak.",
                "至少10个字符，不要用常见的密码。",
                "At least 10 characters, and not a common one.",
            )
        )
    return found


def _problem(key: str, field: str, zh: str, en: str, do_zh: str, do_en: str) -> Problem:
    return Problem(key, field, Text(zh, en), Text(do_zh, do_en))
