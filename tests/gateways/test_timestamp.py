# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Time stamps: the published answers, a local authority, and everything that is no stamp over this message."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509 import load_pem_x509_certificates

from recourse.gateways.timestamp import NotStamped, Tsa, checked, imprint_of, stamped_at, vouched

VECTORS = Path(__file__).parent.parent / "data" / "vectors-timestamps"
MESSAGE = b"recourse.log/test\n3\nAAAA\n\n\xe2\x80\x94 a b\n"
_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
{more}
"""


def test_the_published_answers_verify_and_altered_ones_do_not() -> None:
    roots = load_pem_x509_certificates((VECTORS / "ts_chain.pem").read_bytes())
    answer = (VECTORS / "response.tsr").read_bytes()
    assert checked(answer, message=b"hello", roots=roots)
    assert stamped_at(answer).year == 2024 and len(imprint_of(answer)) == 64
    for wrong in (b"hellp", b""):
        with pytest.raises(NotStamped):
            checked(answer, message=wrong, roots=roots)
    with pytest.raises(NotStamped):
        checked(answer, message=b"hello", roots=[])
    # The same message stamped by an authority that this chain does not lead to.
    with pytest.raises(NotStamped):
        checked((VECTORS / "other_response.tsr").read_bytes(), message=b"hello", roots=roots)
    for position in range(0, len(answer), 7):
        flipped = bytearray(answer)
        flipped[position] ^= 1
        try:
            checked(bytes(flipped), message=b"hello", roots=roots)
        except NotStamped:
            continue
        # What is not under the signature (a certificate that was not needed) may change; what is said may not.
        assert stamped_at(bytes(flipped)) == stamped_at(answer)
    with pytest.raises(NotStamped):
        checked(answer[:-1], message=b"hello", roots=roots)


def test_certificates_that_somebody_put_in_give_no_trust() -> None:
    """The same token with two strangers' certificates added: it stands or falls by our own roots alone."""
    roots = load_pem_x509_certificates((VECTORS / "ts_chain.pem").read_bytes())
    answer = (VECTORS / "response-injected-certs.tsr").read_bytes()
    strangers = [item for item in _embedded(answer) if item not in roots]
    assert strangers
    with pytest.raises(NotStamped):
        checked(answer, message=b"hello", roots=strangers)


def test_neither_a_certificate_nor_a_root_that_was_put_in_lends_its_name() -> None:
    """A verdict names who really signed, and the root that really led there, in whatever order they lie."""
    chain = load_pem_x509_certificates((VECTORS / "ts_chain.pem").read_bytes())
    answer = (VECTORS / "response-injected-certs.tsr").read_bytes()
    (right,) = (item for item in chain if item.subject == item.issuer)
    strangers = [item for item in _embedded(answer) if item.subject == item.issuer]
    assert strangers
    for order in ((*chain, *strangers), (*strangers, *chain)):
        signer, root = vouched(answer, message=b"hello", chain=order)
        assert root == right and "Spoofed" not in signer.subject.rfc4514_string()
        assert signer.issuer != signer.subject, "the stranger signed itself"
    with pytest.raises(NotStamped):
        vouched(answer, message=b"hello", chain=strangers)
    with pytest.raises(NotStamped):
        vouched(answer, message=b"hellp", chain=chain)


def _embedded(answer: bytes) -> list[Any]:
    from cryptography.x509 import load_der_x509_certificate
    from rfc3161_client import decode_timestamp_response

    found = decode_timestamp_response(answer).signed_data.certificates
    return [load_der_x509_certificate(item) for item in found]


def openssl(*arguments: str) -> None:
    subprocess.run([shutil.which("openssl") or "openssl", *arguments], check=True, capture_output=True)


@pytest.fixture(params=["plain", "with a chain that is not sorted"])
def authority(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tsa]:
    """A local authority by openssl, at a port of this machine."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    name = str(tmp_path)
    extension = tmp_path / "extension"
    extension.write_text("extendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n")
    for who in ("root", "tsa"):
        openssl(
            "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}/{who}.key"
        )
    openssl(
        "req",
        "-x509",
        "-key",
        f"{name}/root.key",
        "-days",
        "30",
        "-subj",
        "/CN=Test Root",
        "-out",
        f"{name}/root.pem",
    )
    openssl("req", "-new", "-key", f"{name}/tsa.key", "-subj", "/CN=A TSA", "-out", f"{name}/tsa.csr")
    openssl(
        *("x509", "-req", "-in", f"{name}/tsa.csr", "-CA", f"{name}/root.pem", "-CAkey", f"{name}/root.key"),
        *("-CAcreateserial", "-days", "30", "-extfile", str(extension), "-out", f"{name}/tsa.pem"),
    )
    more = f"certs = {name}/root.pem" if request.param != "plain" else ""
    (tmp_path / "tsa.cnf").write_text(_CONFIG.format(folder=name, more=more))
    (tmp_path / "serial").write_text("01")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            (tmp_path / "query").write_bytes(body)
            openssl(
                "ts",
                "-reply",
                "-config",
                f"{name}/tsa.cnf",
                "-queryfile",
                f"{name}/query",
                "-out",
                f"{name}/reply",
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write((tmp_path / "reply").read_bytes())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Tsa(f"http://127.0.0.1:{server.server_address[1]}/tsa", roots=f"{name}/root.pem")
    server.shutdown()
    server.server_close()


def test_an_authority_stamps_a_checkpoint(authority: Tsa) -> None:
    found = authority.stamp(MESSAGE)
    assert found is not None
    answer, chain = found
    roots = load_pem_x509_certificates(chain.encode())
    checked(answer, message=MESSAGE, roots=roots)
    with pytest.raises(NotStamped):
        checked(answer, message=MESSAGE + b"x", roots=roots)


def test_an_authority_that_is_down_or_a_stranger_gives_no_stamp(authority: Tsa, tmp_path: Path) -> None:
    assert Tsa("http://127.0.0.1:9/", roots=str(tmp_path / "root.pem")).stamp(MESSAGE) is None
    stranger = Tsa(authority._url, roots=str(VECTORS / "ts_chain.pem"))
    assert stranger.stamp(MESSAGE) is None
    assert Tsa(authority._url, roots="").stamp(MESSAGE) is None
