# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse deadline`: when does a period end? One count, or one a line from a JSON Lines file."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recourse.cli.telling import DONE, REFUSED, refused, say, show_json, unreadable
from recourse.core.deadline.compute import Computed
from recourse.core.deadline.display import show_end
from recourse.core.deadline.json_shape import computed_to_json
from recourse.core.problem import Problem, Problems, plain_problem
from recourse.core.text import Text
from recourse.queries.count_deadline import count_deadline


def count(given: Namespace) -> int:
    """Count one period or a batch; a batch answers every line and is refused when one line was.

    Leaves with 2, as for any wrong call, where neither a batch nor the whole of one period was given.
    """
    if given.batch is not None:
        return _batch(given.batch, as_json=given.json)
    needed = (("--from", given.start), ("--length", given.length), ("--regime", given.regime))
    missing = [name for name, value in needed if value is None]
    if missing:
        given.wrong_call(f"the following arguments are required without --batch: {', '.join(missing)}")
    found = count_deadline(start=given.start, length=given.length, regime=given.regime)
    if isinstance(found, Problems):
        return refused(found, as_json=given.json)
    if given.json:
        show_json(computed_to_json(found))
    else:
        _tell(found, lang=given.lang)
    return DONE


def _tell(found: Computed, *, lang: str) -> None:
    year = found.start.year
    rows = (
        (Text("最晚行动", "act by"), found.act_by),
        (Text("算作沉默", "silence counts from"), found.due_at),
        (Text("名义终点", "nominal end"), found.nominal_end),
    )
    for name, moment in rows:
        end = show_end(moment, near=year)
        say(f"{name.zh}　{end.zh}", f"{name.en}: {end.en}", lang=lang)
    if found.provisional:
        say("暂定：相关年份的放假安排还没有公布", "provisional: a holiday notice is not out yet", lang=lang)
    for step in found.steps:
        say(f"· {step.zh}", f"- {step.en}", lang=lang)


def _batch(path: Path, *, as_json: bool) -> int:
    try:
        lines = (sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        unread = unreadable(
            error,
            field=str(path),
            do_zh="确认文件在，并且是UTF-8编码。",
            do_en="Make sure that it is there and in UTF-8.",
        )
        return refused(unread, as_json=as_json)
    code = DONE
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        answer, wrong = _line(line, number)
        code = REFUSED if wrong else code
        # JSON Lines in, JSON Lines out, whether --json was said or not.
        print(json.dumps(answer, ensure_ascii=False))
    return code


def _line(line: str, number: int) -> tuple[dict[str, Any], bool]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, Mapping):
        problem = Problem(
            "line_not_understood",
            f"line {number}",
            Text(f"第{number}行不是一个 JSON 对象。", f"Line {number} is not a JSON object."),
            Text(
                '每行写 {"from": …, "length": …, "regime": …}。',
                'Each line is {"from": …, "length": …, "regime": …}.',
            ),
        )
        return {"line": number, "problems": [plain_problem(problem)]}, True
    length = {"length": row["length"], "unit": row["unit"]} if "unit" in row else row.get("length")
    found = count_deadline(start=row.get("from"), length=length, regime=row.get("regime"))
    named = {"id": row["id"]} if "id" in row else {}
    if isinstance(found, Problems):
        return {**named, "line": number, "problems": [plain_problem(item) for item in found.items]}, True
    return {**named, **computed_to_json(found)}, False
