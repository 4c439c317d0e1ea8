# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Time stamps of others: `python -m tests.acceptance.timestamps DIR`. RFC 3161 verified whole, .ots followed offline."""

import hashlib
import sys
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificates

from recourse.gateways.timestamp import NotStamped, checked
from tests.acceptance.ots import BadProof, read_proof


def main(data: Path) -> int:
    """Each file in a line; 1 when one is not what it should be."""
    wrong = 0
    tsa = data / "vectors-timestamps" / "rfc3161" / "test_tsa"
    roots = load_pem_x509_certificates((tsa / "ts_chain.pem").read_bytes())
    for path in sorted(tsa.glob("*.tsr")):
        try:
            checked(path.read_bytes(), message=b"hello", roots=roots)
            told = "verifies"
        except NotStamped as error:
            told = f"refused: {error}"[:90]
        # The other authority's answer does not lead to these roots.
        good = told == "verifies" or path.name != "response.tsr"
        wrong += not good
        print(f"{'✓' if good else '✗'} {path.name}: {told}")
    for path in sorted((data / "vectors-timestamps" / "ots").glob("*.ots")):
        try:
            proof = read_proof(path.read_bytes())
        except BadProof as error:
            wrong += 1
            print(f"✗ {path.name}: {error}")
            continue
        stamped = path.with_suffix("")
        fits = not stamped.exists() or hashlib.new(proof.hash, stamped.read_bytes()).digest() == proof.digest
        wrong += not fits
        ends = ", ".join(f"{item.kind} {item.said}" for item in proof.attestations)
        print(f"{'✓' if fits else '✗'} {path.name}: {proof.hash}, ends at {ends}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
