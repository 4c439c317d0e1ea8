# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Handing out a file that a stranger uploaded: as an attachment, in a sandbox, kept by no cache."""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse

# What is smaller is one piece in memory anyway.
_STREAMED = 1024 * 1024


def attachment(
    content: bytes | Iterable[bytes], *, media_type: str, name: str, size: int = 0
) -> HttpResponse | StreamingHttpResponse:
    """The answer that gives the file, whole or in pieces of which `size` is the sum. The browser neither runs nor
    guesses it."""
    answer: HttpResponse | StreamingHttpResponse
    if isinstance(content, bytes):
        answer = HttpResponse(content, content_type=media_type)
    elif size > _STREAMED:
        answer = StreamingHttpResponse(content, content_type=media_type)
        answer["Content-Length"] = str(size)
    else:
        answer = HttpResponse(b"".join(content), content_type=media_type)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) or "file"
    answer["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def shown(content: bytes | Iterable[bytes], *, media_type: str) -> HttpResponse | StreamingHttpResponse:
    """The answer that gives a picture of our own making to a page. Opened alone it still can do nothing."""
    kind = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    answer: HttpResponse | StreamingHttpResponse = kind(content, content_type=media_type)
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
