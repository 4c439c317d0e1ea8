# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The staff sign-in form, without the offer to reset a password by mail: an owner sets a new one."""

from typing import Any

from allauth.account.forms import LoginForm


class StaffLogin(LoginForm):  # type: ignore[misc]
    """allauth's form with labels alone: no hint that repeats the label, no link to a door that is shut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
