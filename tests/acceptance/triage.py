# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Runs triage on real complaints, work orders, hostile strings and date and money vectors, and prints the tables.

The sets stay outside the repository; only our own labels by row id are kept here.
Run: python -m tests.acceptance.triage DATA
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problems
from recourse.core.triage.amounts import find_amounts
from recourse.core.triage.dates import find_dates
from recourse.core.triage.folding import fold
from recourse.core.triage.lexicon import Lexicon
from recourse.core.triage.propose import Triage, as_plain, propose
from recourse.gateways.lexicon_file import load_lexicon
from recourse.gateways.rule_files import PLAYBOOKS, load_playbook
from tests.acceptance import triage_labels as labels
from tests.core.triage.table import Judged, confusion, counts, recall

_Reviews = Mapping[int, tuple[str, ...]]
_Named = Mapping[str, tuple[str, ...]]
CHINA = timezone(timedelta(hours=8))
# The set is of October 2020; dates without a year are read from then.
READ_ON = date(2020, 10, 20)


def shipped(platform: str) -> Playbook:
    """The playbook that people meet, or the end of the run."""
    playbook = load_playbook(PLAYBOOKS / platform)
    if isinstance(playbook, Problems):
        raise SystemExit("\n".join(f"{item.field}: {item.message.zh}" for item in playbook.items))
    return playbook


def main(data: Path) -> int:
    """Print every table; 1 when a text crashed triage or a phrase was not the person's own words."""
    lexicon = load_lexicon()
    if isinstance(lexicon, Problems):
        raise SystemExit("\n".join(f"{item.field}: {item.message.zh}" for item in lexicon.items))
    faults = list(_hostile(data, lexicon))
    _complaints("complaints-heimao", list(_heimao(data, labels.HEIMAO)), lexicon)
    _complaints("triage-12315-zh", list(_work_orders(data, labels.WORK_ORDERS)), lexicon)
    _complaints("complaints-heimao", list(_heimao(data, labels.HEIMAO_ANY)), lexicon, "any-company")
    _complaints("triage-12315-zh", list(_work_orders(data, labels.WORK_ORDERS_ANY)), lexicon, "any-company")
    _complaints("reviews-zh, seen", list(_reviews(data, labels.REVIEWS_SEEN)), lexicon)
    _complaints("reviews-zh, unseen", list(_reviews(data, labels.REVIEWS_UNSEEN)), lexicon)
    _complaints("aftersale-dialogues-zh, seen", list(_dialogues(data, labels.DIALOGUES_SEEN)), lexicon)
    _complaints("aftersale-dialogues-zh, unseen", list(_dialogues(data, labels.DIALOGUES_UNSEEN)), lexicon)
    halves: tuple[tuple[str, _Reviews, _Reviews, _Named, _Named], ...] = (
        (
            "development",
            labels.REVIEWS_DEVELOPMENT,
            labels.TAKEAWAYS_DEVELOPMENT,
            labels.DIALOGUES_DEVELOPMENT,
            labels.MESSAGES_DEVELOPMENT,
        ),
        (
            "held out",
            labels.REVIEWS_HELD_OUT,
            labels.TAKEAWAYS_HELD_OUT,
            labels.DIALOGUES_HELD_OUT,
            labels.MESSAGES_HELD_OUT,
        ),
    )
    for half, reviews, takeaways, dialogues, messages in halves:
        _complaints(f"reviews-zh, {half}", list(_reviews(data, reviews)), lexicon)
        _complaints(
            f"reviews-zh, takeaway, {half}", list(_reviews(data, takeaways, "waimai_10k.csv")), lexicon
        )
        _complaints(f"aftersale-dialogues-zh, {half}", list(_dialogues(data, dialogues)), lexicon)
        _complaints(f"gov-messages-zh, {half}", list(_messages(data, messages)), lexicon)
    _complaints("reviews-zh, fresh", list(_reviews(data, labels.REVIEWS_FRESH)), lexicon)
    _complaints("aftersale-dialogues-zh, fresh", list(_dialogues(data, labels.DIALOGUES_FRESH)), lexicon)
    _dates(data)
    _money(data)
    print(f"\nfaults: {len(faults)}", *faults, sep="\n")
    return 1 if faults else 0


def _complaints(
    name: str,
    rows: list[tuple[str, str, tuple[str, ...]]],
    lexicon: Lexicon,
    platform: str = "kuaishou-shop",
) -> None:
    shop = shipped(platform)
    judged: list[Judged] = []
    print(f"\n## {name}, {platform}\n| row | expected | proposed | right |\n|---|---|---|---|")
    tally: Counter[str] = Counter()
    for row, text, expected in rows:
        proposals = propose(text, {}, playbook=shop, lexicon=lexicon, today=READ_ON).proposals
        first = proposals[0].id if proposals else ""
        judged.append(Judged(expected, tuple(item.id for item in proposals)))
        right = first in expected if expected else not first
        kind = "fits" if expected else "none fits"
        tally[f"{kind}: rows"] += 1
        tally[f"{kind}: right"] += right
        if expected:
            tally["fits: among the first three"] += bool({item.id for item in proposals[:3]} & set(expected))
            tally["fits: nothing proposed"] += not proposals
        said = " ".join(f"{item.id} {item.score}" for item in proposals[:3]) or "none"
        print(f"| {row} | {' or '.join(expected) or 'none'} | {said} | {'yes' if right else 'NO'} |")
    print(dict(sorted(tally.items())))
    problems = [problem.id for problem in shop.problems]
    print(
        "\n| rows that fit | first | three | nothing | silent |\n|---|---|---|---|---|\n| "
        + counts(judged)
        + " |"
    )
    print("", recall(judged, problems), "", confusion(judged, problems), sep="\n")


def _heimao(data: Path, wanted: _Named) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for line in (data / "complaints-heimao" / "complaints.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], f"{row['title']}\n{row['detail']}", wanted.get(row["id"], ())


def _work_orders(data: Path, wanted: _Reviews) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    path = data / "triage-12315-zh" / "complaint_samples.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            yield f"line {number}", row["text"], wanted.get(number, ())


def _reviews(
    data: Path, wanted: _Reviews, name: str = "online_shopping_10_cats.csv"
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    path = data / "reviews-zh" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number in wanted:
                yield f"row {number}", row["review"], wanted[number]


def _dialogues(data: Path, wanted: _Named) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    path = data / "aftersale-dialogues-zh" / "csds_test_refs.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in wanted:
            said = [
                words.removeprefix("用户:") for words in row["key_utterances"] if words.startswith("用户:")
            ]
            yield row["id"], " ".join(said), wanted[row["id"]]


def _messages(data: Path, wanted: _Named) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    path = data / "gov-messages-zh" / "labelled.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in wanted:
            yield row["id"], row["text"], wanted[row["id"]]


def _hostile(data: Path, lexicon: Lexicon) -> Iterator[str]:
    strings = json.loads((data / "hostile-strings" / "blns.json").read_text(encoding="utf-8"))
    for path in sorted((data / "hostile-strings" / "fuzzdb").glob("*.txt")):
        strings += path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    playbooks = (shipped("kuaishou-shop"), shipped("lofter-draw"))
    proposed = 0
    for text in strings:
        for playbook in playbooks:
            triage = propose(
                text, {"goods_received": text}, playbook=playbook, lexicon=lexicon, today=READ_ON
            )
            proposed += bool(triage.proposals)
            yield from _foreign_words(text, triage)
    print(f"## hostile-strings\n{len(strings)} strings x 2 playbooks, {proposed} with a proposal")


def _foreign_words(text: str, triage: Triage) -> Iterator[str]:
    json.dumps(as_plain(triage))
    spans = [span for item in triage.proposals for span in item.phrases]
    spans += [item.span for item in triage.amounts] + [item.span for item in triage.dates]
    for span in spans:
        if text[span.start : span.end] != span.text:
            yield f"not the person's words: {span!r}"


def _dates(data: Path) -> None:
    tally: Counter[str] = Counter()
    path = data / "zh-time-money-vectors" / "jionlp_time_parser.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = find_dates(fold(row["text"], variants={}), today=_base(row["time_base"]))
        kind = row["expect"]["type"]
        if kind in ("time_delta", "time_period"):
            tally["a length or a recurring time: " + ("left alone" if not found else "taken for a date")] += 1
            continue
        if not found:
            tally["a date: not understood"] += 1
            continue
        got = (str(found[0].first), str(found[-1].last))
        right = got == tuple(moment[:10] for moment in row["expect"]["time"])
        tally["a date: as expected" if right else "a date: read otherwise"] += 1
        if not right:
            print(f"date read otherwise: {row['text']} -> {got}, expected {row['expect']['time']}")
    print("\n## zh-time-money-vectors, dates (213 rows)", dict(sorted(tally.items())), sep="\n")


def _base(given: object) -> date:
    """The day the vectors are read on; a base that is source text (datetime.datetime(...)) is not evaluated."""
    if isinstance(given, list):
        return date(*(*given, 1, 1)[:3])
    if isinstance(given, dict):
        return date(given["year"], given.get("month", 1), given.get("day", 1))
    try:
        return datetime.fromtimestamp(int(str(given).partition(".")[0]), CHINA).date()
    except ValueError:
        return date(2021, 6, 14)


def _money(data: Path) -> None:
    tally: Counter[str] = Counter()
    path = data / "zh-time-money-vectors" / "jionlp_cases.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] != "money_parser":
            continue
        text, expected = row["case"]
        found = find_amounts(fold(text, variants={"萬": "万"}))
        if expected["case"] != "元":
            tally["another currency: " + ("left alone" if not found else "taken for yuan")] += 1
            continue
        numbers = expected["num"] if isinstance(expected["num"], list) else [expected["num"]] * 2
        wanted = tuple(int(number.replace(".", "")) for number in numbers)
        got = (found[0].fen_low, found[0].fen_high) if len(found) == 1 else None
        outcome = "not understood" if not found else "as expected" if got == wanted else "read otherwise"
        tally[f"yuan: {outcome}"] += 1
        if outcome == "read otherwise":
            print(f"sum read otherwise: {text} -> {got}, expected {wanted}")
    print("\n## zh-time-money-vectors, sums", dict(sorted(tally.items())), sep="\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
