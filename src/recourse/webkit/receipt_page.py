# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What both parties' receipt pages are made of: words, digests in groups, and a QR that needs no download."""

from typing import Any

import segno
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.safestring import mark_safe

from recourse.queries.proof_receipt import ProofReceipt
from recourse.queries.receipt_words import proves, proves_not, receipt_text, state_of
from recourse.webkit.download import attachment

# So that a phone reads it off a printed page too.
_SCALE = 4


def receipt_context(receipt: ProofReceipt, *, base: str) -> dict[str, Any]:
    """The values of the template; `base` is where the case stands."""
    return {
        "receipt": receipt,
        "state": state_of(receipt),
        "proves": proves(receipt),
        "proves_not": proves_not(receipt),
        "qr": qr_of(receipt.code()),
        "code": receipt.code(),
        "text_url": f"{base}/receipt.txt",
    }


def qr_of(text: str) -> str:
    """A QR as SVG within the page: no script, no style, no request."""
    drawn: str = segno.make(text, error="m", micro=False).svg_inline(
        scale=_SCALE, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    # Made of numbers by segno alone: the text is in the modules, not in the markup.
    return mark_safe(drawn)


def receipt_file(receipt: ProofReceipt) -> HttpResponse | StreamingHttpResponse:
    """The receipt as a text file."""
    written = receipt_text(receipt).encode()
    return attachment(
        [written],
        size=len(written),
        media_type="text/plain; charset=utf-8",
        name=f"receipt-{receipt.number}.txt",
    )
