# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What every template may use without asking: the language and whether this is the demo. Never a database read."""

from django.conf import settings
from django.http import HttpRequest

from recourse.core.problem import Problems
from recourse.webkit.language import spoken
from recourse.webkit.request_id import current_request_id


def page_context(request: HttpRequest) -> dict[str, object]:
    """`lang` ("zh" or "en"), `demo`, `request_id`, and `read_only`: why nothing may be written, or nothing."""
    shut: Problems | None = getattr(request, "read_only", None)
    return {
        "lang": spoken(),
        "demo": settings.RECOURSE_DEMO,
        "request_id": current_request_id(),
        "read_only": shut.items[0] if shut else None,
    }
