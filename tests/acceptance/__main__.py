# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Everything that is measured on the large test sets: `python -m tests.acceptance DIR`.

A part whose set is not in DIR is left out, and that is said.
"""

import subprocess
import sys
from pathlib import Path

# Each part is a program of its own with the set it needs.
PARTS = (
    ("tests.acceptance.law_quotes", "law-texts-zh"),
    ("tests.acceptance.triage", "complaints-heimao"),
    ("tests.acceptance.heimao", "complaints-heimao"),
    ("tests.acceptance.hostile_uploads", "hostile-uploads"),
    ("tests.acceptance.timestamps", "vectors-timestamps"),
    ("tests.acceptance.ocr", "ocr-zh"),
    ("tests.acceptance.api_fuzz", "."),  # needs no set
)


def main(data: Path) -> int:
    """Run each part; 1 when one of them failed or none could be run."""
    codes = []
    for module, needed in PARTS:
        print(f"\n# {module}", flush=True)
        if not (data / needed).is_dir():
            print(f"left out: {data / needed} is not there", flush=True)
            continue
        codes.append(subprocess.run([sys.executable, "-m", module, str(data)], check=False).returncode)
    return 1 if any(codes) or not codes else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
