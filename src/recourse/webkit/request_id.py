# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The id of the request at work, for the log and for the error page a person may read out on the phone."""

from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request at work, or an empty string outside one."""
    return _current.get()


def set_request_id(value: str) -> None:
    """Remember the id for the rest of this request."""
    _current.set(value)
