# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Write into verifier/verify.html which script and style its content policy allows: its own, by digest, and no other.

Run it after every change of the page: `.venv/bin/python scripts/seal_verify_page.py`. A test holds it current.
"""

import base64
import hashlib
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "verifier" / "verify.html"
_POLICY = re.compile(r'(http-equiv="Content-Security-Policy" content=")[^"]*(")')


def policy_of(page: str) -> str:
    """The policy of a page: nothing is loaded, nothing is sent, only the page's own script and style run."""

    def allowed(tag: str) -> str:
        found = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert found is not None
        return f"'sha256-{base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()}'"

    return f"default-src 'none'; script-src {allowed('script')}; style-src {allowed('style')}; base-uri 'none'; form-action 'none'"


def sealed(page: str) -> str:
    """The page with its policy."""
    return _POLICY.sub(lambda found: found[1] + policy_of(page) + found[2], page)


def main() -> None:
    """Rewrite the page's policy."""
    PAGE.write_text(sealed(PAGE.read_text()))


if __name__ == "__main__":
    main()
