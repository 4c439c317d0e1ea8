# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Handing out a file that a stranger uploaded: as an attachment, in a sandbox, kept by no cache."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse

# What is smaller is one piece in memory anyway.
_STREAMED = 1024 * 1024
# One span of bytes (RFC 9110, section 14.1.2). Several at once no player needs: then the whole is given.
_SPAN = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


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


def piece(
    content: Iterable[bytes], *, media_type: str, name: str, size: int, wanted: str
) -> HttpResponse | StreamingHttpResponse:
    """An attachment of which a player may ask for a span: `wanted` is its `Range`, empty for all of it.

    206 with the span, 416 where none of it is there. What cannot be read as one span is answered with the whole.
    """
    span = _span(wanted, size)
    if span is None:
        whole = attachment(content, media_type=media_type, name=name, size=size)
        whole["Accept-Ranges"] = "bytes"
        return whole
    first, last = span
    if first > last:
        answer = attachment(b"", media_type=media_type, name=name)
        answer.status_code = 416
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    some = _between(content, first, last + 1)
    answer = attachment(some, media_type=media_type, name=name, size=last + 1 - first)
    answer.status_code = 206
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """First and last byte, the first behind the last when nothing of it is there; None for the whole."""
    found = _SPAN.fullmatch(wanted.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        # The last so many bytes; of an empty file, or none of them, there is nothing to give.
        return max(0, size - int(found[2])), size - 1
    first, last = int(found[1]), int(found[2] or size - 1)
    if found[2] and last < first:
        return None
    return first, max(min(last, size - 1), -1)


def _between(content: Iterable[bytes], begin: int, end: int) -> Iterator[bytes]:
    """The bytes from `begin` up to but not including `end`."""
    at = 0
    for chunk in content:
        low, high = max(begin - at, 0), min(end - at, len(chunk))
        if low < high:
            yield chunk[low:high]
        at += len(chunk)
        if at >= end:
            return


def shown(content: bytes | Iterable[bytes], *, media_type: str) -> HttpResponse | StreamingHttpResponse:
    """The answer that gives a picture of our own making to a page. Opened alone it still can do nothing."""
    kind = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    answer: HttpResponse | StreamingHttpResponse = kind(content, content_type=media_type)
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
