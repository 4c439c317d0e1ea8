# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Everything that must hold, in its long form: `python -m tests.must_hold`, an hour or more.

Each module here that can be run by itself is a campaign; the tests beside them are run as often as was promised.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def campaigns() -> list[str]:
    """The modules that are programs."""
    found = (path for path in sorted(HERE.glob("*.py")) if path.name not in {"__main__.py", "__init__.py"})
    return [f"tests.must_hold.{path.stem}" for path in found if '"__main__"' in path.read_text("utf-8")]


def main() -> int:
    """Run each and say which failed; 1 when one did."""
    commands = [["-m", module] for module in campaigns()]
    commands.append(["-m", "pytest", "-q", str(HERE)])
    failed = []
    for command in commands:
        print(f"\n# {' '.join(command)}", flush=True)
        environment = os.environ | {"RECOURSE_TEST_LONG": "1"}
        if subprocess.run([sys.executable, *command], env=environment, check=False).returncode:
            failed.append(" ".join(command))
    for command in failed:
        print(f"✗ {command}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
