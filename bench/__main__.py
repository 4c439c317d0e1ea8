# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`python -m bench`: measure SQLite and PostgreSQL and write docs/benchmarks.md. `--quick` is small and only prints."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.report import REPORT, write_report
from tests.postgres import NoPostgres, postgres_url

SIZES = "1000,100000"
_QUICK = ("--sizes", "300", "--rounds", "1", "--seconds", "0.5", "--due", "50")


def main(arguments: list[str]) -> int:
    """Measure each engine in a process of its own, because settings are read once."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="a small run that writes no report")
    parser.add_argument("--sizes", default=SIZES, help="numbers of open cases, growing")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one load")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument(
        "--keep", type=Path, help="keep the raw results in this folder, and use those already there"
    )
    given = parser.parse_args(arguments)
    options = (
        _QUICK
        if given.quick
        else ("--sizes", given.sizes, "--rounds", str(given.rounds), "--seconds", str(given.seconds))
    )
    found = [
        result
        for engine in ("sqlite", "postgresql")
        if given.engine in {None, engine} and (result := _measured(engine, options, given.keep)) is not None
    ]
    text = write_report(found)
    print(text)
    if not given.quick and given.engine is None:
        REPORT.write_text(text, encoding="utf-8")
    return 0 if found else 1


def _measured(engine: str, options: tuple[str, ...], keep: Path | None) -> dict[str, Any] | None:
    kept = keep / f"{engine}.json" if keep else None
    if kept is not None and kept.exists():
        return json.loads(kept.read_text("utf-8"))  # type: ignore[no-any-return]
    try:
        with tempfile.TemporaryDirectory(prefix="recourse-bench-") as folder, _database(engine) as url:
            out = Path(folder) / "result.json"
            environment = {
                name: value for name, value in os.environ.items() if not name.startswith("RECOURSE_")
            }
            environment |= {"RECOURSE_DATA": str(Path(folder) / "data"), "RECOURSE_DATABASE_URL": url}
            command = [sys.executable, "-m", "bench.measure", *options, "--out", str(out)]
            subprocess.run(command, env=environment, check=True)
            text = out.read_text("utf-8")
    except NoPostgres as reason:
        print(f"NOT MEASURED ON POSTGRESQL: {reason}", file=sys.stderr)
        return None
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text, "utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        yield ""
        return
    with postgres_url() as url:
        yield url


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
