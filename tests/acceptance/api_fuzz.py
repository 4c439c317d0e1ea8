# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The API under a deeper fuzz: every operation, many examples, no failure and nothing that the document does not say."""

import os
import subprocess
import sys

EXAMPLES = "60"


def main() -> int:
    """Run the test of the document with more examples; its exit code."""
    settings = {**os.environ, "RECOURSE_TEST_EXAMPLES": EXAMPLES}
    fuzz = [sys.executable, "-m", "pytest", "-q", "tests/api/test_document.py"]
    return subprocess.run(fuzz, env=settings, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
