# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A webhook's signature, as the Standard Webhooks specification has it: id, moment and body under the secret."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime


def signed_headers(*, id: str, at: datetime, body: str, secrets: Sequence[bytes]) -> dict[str, str]:
    """The headers of one try; one signature for each secret, the newest first."""
    moment = str(int(at.timestamp()))
    content = f"{id}.{moment}.{body}".encode()
    digests = [hmac.digest(secret, content, hashlib.sha256) for secret in secrets]
    return {
        "webhook-id": id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(item).decode()}" for item in digests),
        "content-type": "application/json",
        "user-agent": "Recourse-Webhooks/1",
    }


def shown_secret(secret: bytes) -> str:
    """The secret as receivers' libraries take it."""
    return f"whsec_{base64.b64encode(secret).decode()}"
