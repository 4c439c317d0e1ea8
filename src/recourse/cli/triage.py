# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse triage`: which of a platform's problems does this story tell?"""

import sys
from argparse import Namespace
from pathlib import Path

from recourse.cli.rule_cache_folder import rule_cache_folder
from recourse.cli.telling import DONE, refused, say, show_json, unreadable
from recourse.core.problem import Problems
from recourse.core.triage.propose import as_plain
from recourse.queries.triage_story import triage_story


def triage(given: Namespace) -> int:
    """Propose problems for a text. That none fits is an answer, not a refusal."""
    text = _text(given.text)
    if isinstance(text, Problems):
        return refused(text, as_json=given.json)
    found = triage_story(text, platform=given.platform, cache=rule_cache_folder())
    if isinstance(found, Problems):
        return refused(found, as_json=given.json)
    plain = as_plain(found.triage)
    if given.json:
        show_json(plain)
        return DONE
    lang = given.lang
    if not found.triage.proposals:
        say("没有合适的问题类型，请自己从规程里选。", "None fits; choose from the playbook.", lang=lang)
    for item in found.triage.proposals:
        name = found.names[item.id]
        words = "、".join(span.text for span in item.phrases)
        say(
            f"{item.score:>4}　{name.zh}　{item.id}　依据：{words}",
            f"{item.score:>4}  {name.en}  {item.id}  by: {words}",
            lang=lang,
        )
    if plain["amount"]:
        say(f"金额 {plain['amount']}", f"amount {plain['amount']}", lang=lang)
    for day in found.dates:
        say(f"日期 {day}", f"date {day}", lang=lang)
    return DONE


def _text(given: str) -> str | Problems:
    """The text itself, or what a file of this name holds."""
    try:
        if given == "-":
            return sys.stdin.read()
        path = Path(given)
        # A whole story can be longer than a file name may be.
        if len(given.encode()) < 255 and path.is_file():
            return path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        return unreadable(
            error, field="text", do_zh="请用UTF-8编码的文本文件。", do_en="Use a text file in UTF-8."
        )
    return given
