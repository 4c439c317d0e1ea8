# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The two verifiers that stand alone (verifier/), as they are handed out."""

import re
from pathlib import Path

VERIFIER_FOLDER = Path(__file__).resolve().parents[3] / "verifier"
_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]*)"')


def verifier_page() -> tuple[bytes, str]:
    """verify.html, and the content policy it states for itself: its own script and style, and nothing else."""
    page = (VERIFIER_FOLDER / "verify.html").read_bytes()
    found = _POLICY.search(page)
    if found is None:
        raise ValueError("verify.html states no content policy: run scripts/seal_verify_page.py")
    return page, found[1].decode()


def verifier_script() -> bytes:
    """verify.py."""
    return (VERIFIER_FOLDER / "verify.py").read_bytes()
