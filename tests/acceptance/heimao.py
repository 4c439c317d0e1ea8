# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Files every real complaint of `complaints-heimao` through the command line, under the playbook that triage finds.

Nothing of a complaint's text leaves the temporary folder: the set has no licence and is not ours to print.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recourse.cli.main import main as command
from recourse.queries.today import today

REPORT = Path(__file__).parents[2] / "docs" / "acceptance.md"


@dataclass(frozen=True)
class Row:
    """What became of one complaint. `crash` is the last line of a traceback."""

    id: str
    topic: str
    platform: str = ""
    problem: str = ""
    score: int = 0
    stage: str = ""
    missing: int = 0
    refused: str = ""
    crash: str = ""


def main(data: Path) -> int:
    """File all, write the table; 1 when anything crashed or was refused without a reason a person can act on."""
    source = data / "complaints-heimao" / "complaints.jsonl"
    with tempfile.TemporaryDirectory(prefix="recourse-acceptance-") as folder:
        home = Path(folder)
        # Rules are read and the lexicon is built once, not by 294 interpreters: minutes instead of an hour.
        os.environ |= {"RECOURSE_DATA": str(home / "data"), "RECOURSE_DATABASE_URL": ""}
        lines = source.read_text(encoding="utf-8").splitlines()
        rows = [_file(json.loads(line), home) for line in lines]
    REPORT.write_text(_report(rows), encoding="utf-8")
    print(_report(rows))
    return 1 if any(row.crash or row.refused for row in rows) else 0


def _file(given: dict[str, Any], home: Path) -> Row:
    story = f"{given['title']}\n{given['detail']}"
    row = {"id": given["id"], "topic": given["gold"]["topic"]}
    path = home / "story.txt"
    path.write_text(story, encoding="utf-8")
    best: tuple[int, str, str] = (0, "", "")
    for platform in _platforms():
        found, crash = _run("triage", str(path), "--platform", platform, "--json")
        if crash or "proposals" not in found:
            refused = ", ".join(item["key"] for item in found.get("problems", []))
            return Row(**row, platform=platform, refused=refused, crash=crash)
        for item in found["proposals"][:1]:
            best = max(best, (item["score"], platform, item["id"]))
    score, platform, problem = best
    if not platform:
        return Row(**row)
    case = home / "case.yaml"
    # JSON is YAML, and writes any text without a question of quoting.
    document = {
        "platform": platform,
        "story": story,
        "complainant": {"name": "投诉人", "email": "acceptance@example.org"},
        "respondent": {"name": given["company"] or "未写明"},
    }
    case.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    filed, crash = _run("file", str(case), "--json")
    named = {"platform": platform, "problem": problem, "score": score}
    if crash or "number" not in filed:
        refused = ", ".join(item["key"] for item in filed.get("problems", []))
        return Row(**row, **named, refused=refused, crash=crash)
    return Row(**row, **named, stage=filed["stage"], missing=len(filed["missing_evidence"]))


def _run(*arguments: str) -> tuple[dict[str, Any], str]:
    """One command as a person gives it, in this process: its JSON, or the last line of what it died of."""
    out, err = io.StringIO(), io.StringIO()
    crash = ""
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            command(arguments)
        except SystemExit as left:
            crash = f"left with {left.code}"
        except Exception as error:
            crash = f"{type(error).__name__}: {error}"
    try:
        return ({}, crash) if crash else (json.loads(out.getvalue()), "")
    except ValueError:
        return {}, (err.getvalue().strip().splitlines() or ["no output"])[-1]


def _platforms() -> list[str]:
    root = Path(__file__).parents[2] / "playbooks"
    return sorted(path.parent.name for path in root.glob("*/playbook.yaml"))


def _report(rows: list[Row]) -> str:
    filed = [row for row in rows if row.stage]
    tally = Counter(row.platform for row in filed)
    lines = [
        "# Acceptance: real complaints through the command line",
        "",
        f"Written by `make acceptance DATA=DIR` on {today().isoformat()}. The set `complaints-heimao` holds real complaints of",
        "a public board against companies of every trade; it has no licence, so only its row ids and our findings are kept here.",
        "Each row was put to `recourse triage` under every playbook; the best proposal named the playbook, under which",
        "`recourse file` filed it. How often triage is right is measured in [triage.md](triage.md).",
        "",
        f"**{len(rows)} complaints: {len(filed)} filed ({', '.join(f'{n} under {p}' for p, n in sorted(tally.items())) or 'none'}), "
        f"{sum(not row.platform for row in rows)} with no fitting playbook, {sum(bool(row.refused) for row in rows)} refused, "
        f"{sum(bool(row.crash) for row in rows)} crashed.**",
        "",
        "| row | topic as labelled | playbook | problem | score | stage | evidence missing | remark |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        remark = row.crash or row.refused or ("" if row.platform else "none fits")
        cells = (
            row.id,
            row.topic,
            row.platform,
            row.problem,
            row.score or "",
            row.stage,
            row.missing or "",
            remark,
        )
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join((*lines, ""))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
