# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A time stamp authority over HTTP (RFC 3161): asks for a token over a digest, and takes none that does not verify.

The answer is kept as it came. The parser is strict DER; an authority that does not sort its certificates (openssl with
`certs =` does not) is checked with `openssl ts -verify` where that program is there, and refused where it is not.
"""

import hashlib
import http.client
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from recourse.gateways.outgoing import ask

log = logging.getLogger("recourse.timestamp")

_TIMEOUT_SECONDS = 15.0
_ANSWER_MAX = 256 * 1024


class NotStamped(ValueError):
    """The answer is no time stamp over this message by an authority that is trusted; the message says why."""


class Tsa:
    """`TimestampAuthority` at an address, with the roots of its certificates (a PEM file)."""

    def __init__(self, url: str, *, roots: str) -> None:
        self.name = urlsplit(url).netloc
        self._url = url
        self._roots = roots

    def stamp(self, message: bytes) -> tuple[bytes, str] | None:
        """The answer and the chain; None, with a line in the log, when it cannot be had or does not verify."""
        request = (
            TimestampRequestBuilder()
            .data(message)
            .hash_algorithm(HashAlgorithm.SHA256)
            .nonce(nonce=True)
            .build()
        )
        try:
            answer = _ask(self._url, request.as_bytes())
            roots = load_pem_x509_certificates(Path(self._roots).read_bytes())
            chain = checked(answer, message=message, roots=roots, request=request)
        except (OSError, http.client.HTTPException, ValueError) as error:
            log.error("no time stamp from %s: %s", self.name, error)
            return None
        return answer, "".join(item.public_bytes(Encoding.PEM).decode() for item in (*chain, *roots))


def checked(
    answer: bytes, *, message: bytes, roots: Sequence[Certificate], request: TimeStampRequest | None = None
) -> tuple[Certificate, ...]:
    """The certificates within an answer that is a time stamp over this message. Raises NotStamped.

    Of `roots` those that signed themselves are trusted, the others may stand between.
    """
    try:
        found = decode_timestamp_response(answer)
    except ValueError as error:
        if "InvalidSetOrdering" not in str(error):
            raise NotStamped(f"this is no time stamp: {error}") from None
        _checked_by_openssl(answer, message=message, roots=roots)
        return ()
    certificates = tuple(load_der_x509_certificate(item) for item in sorted(found.signed_data.certificates))
    builder = VerifierBuilder(
        roots=[item for item in roots if item.subject == item.issuer],
        intermediates=[item for item in roots if item.subject != item.issuer],
        nonce=request.nonce if request is not None else None,
    )
    try:
        builder.build().verify_message(found, message)
    except (VerificationError, ValueError) as error:
        raise NotStamped(str(error)) from None
    return certificates


def vouched(
    answer: bytes, *, message: bytes, chain: Sequence[Certificate]
) -> tuple[Certificate, Certificate]:
    """Whose answer this is, and the root that proves it, of certificates that came along. Raises NotStamped.

    Each root is tried alone: a well-known one that somebody put beside their own must not lend it its name.
    """
    between = [item for item in chain if item.subject != item.issuer]
    for root in chain:
        if root.subject != root.issuer:
            continue
        try:
            found = checked(answer, message=message, roots=[root, *between])
        except NotStamped:
            continue
        return _signer(answer, (*found, *chain)) if found else root, root
    raise NotStamped("no root that came along leads to it")


def _signer(answer: bytes, certificates: Sequence[Certificate]) -> Certificate:
    """The certificate that the answer says it is signed with; anybody can put others in. Raises NotStamped."""
    named = {
        (item.issuer, item.serial_number)
        for item in decode_timestamp_response(answer).signed_data.signer_infos
    }
    found = {item for item in certificates if (item.issuer, item.serial_number) in named}
    if len(found) != 1:
        raise NotStamped("it is not clear who signed it")
    return found.pop()


def stamped_at(answer: bytes) -> datetime:
    """The moment an answer states. Raises ValueError."""
    return decode_timestamp_response(answer).tst_info.gen_time


def imprint_of(answer: bytes) -> bytes:
    """The digest an answer is over. Raises ValueError."""
    return decode_timestamp_response(answer).tst_info.message_imprint.message


def _checked_by_openssl(answer: bytes, *, message: bytes, roots: Sequence[Certificate]) -> None:
    program = shutil.which("openssl")
    if program is None:
        raise NotStamped("its certificates are not sorted, and there is no openssl to check it")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "answer.tsr").write_bytes(answer)
        (place / "roots.pem").write_bytes(b"".join(item.public_bytes(Encoding.PEM) for item in roots))
        files = ("-in", str(place / "answer.tsr"), "-CAfile", str(place / "roots.pem"))
        try:
            done = subprocess.run(
                [program, "ts", "-verify", "-digest", hashlib.sha256(message).hexdigest(), *files],
                capture_output=True,
                timeout=_TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotStamped("openssl does not come to an end with it") from None
    if done.returncode != 0:
        raise NotStamped("openssl does not verify it")


def _ask(url: str, body: bytes) -> bytes:
    told = {"Content-Type": "application/timestamp-query"}
    status, answer = ask("POST", url, body, headers=told, seconds=_TIMEOUT_SECONDS, limit=_ANSWER_MAX)
    if status != 200:
        raise NotStamped(f"the authority answered {status}")
    return answer
