# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case in words, for a terminal: where it stands, whose move it is, what is missing, which clocks run."""

from collections.abc import Iterator

from recourse.core.claim import counted
from recourse.core.deadline.display import show_end, show_left
from recourse.core.money import format_yuan
from recourse.core.text import Text
from recourse.queries.case_file import CaseFile
from recourse.queries.case_json import missing_evidence


def case_words(found: CaseFile, *, lang: str) -> str:
    """The case file as lines of text in `zh` or `en`."""
    return "\n".join(getattr(line, lang) for line in _lines(found))


def _lines(found: CaseFile) -> Iterator[Text]:
    case, playbook, step = found.case, found.rules.playbook, found.next_step
    yield Text(f"编号 {case.number}　{playbook.name.zh}", f"{case.number}  {playbook.name.en}")
    names = {item.id: item.name for item in playbook.problems}
    for ref in case.problems:
        name = names[ref.id]
        mark = Text("" if ref.confirmed else "（待确认）", "" if ref.confirmed else " (to be confirmed)")
        yield Text(f"问题　{name.zh}{mark.zh}　{ref.id}", f"problem: {name.en}{mark.en}  {ref.id}")
    remedies = {item.kind: item.name for item in playbook.remedies}
    for claim in case.claims:
        name = counted(remedies.get(claim.kind, Text(claim.kind, claim.kind)), claim.points)
        amount = f" {format_yuan(claim.amount_fen)}" if claim.amount_fen is not None else ""
        yield Text(f"诉求　{name.zh}{amount}", f"demand: {name.en}{amount}")
    at = found.progress
    yield Text(f"进度　第{at.at}步，共{at.of}步：{at.name.zh}", f"step {at.at} of {at.of}: {at.name.en}")
    yield Text(f"现在　{step.text.zh}", f"now: {step.text.en}")
    if step.silence is not None:
        yield Text(f"　　　{step.silence.zh}", f"     {step.silence.en}")
    for clock in found.running:
        if clock.act_by is None:
            continue
        end, left = show_end(clock.act_by, near=found.now.year), show_left(clock.act_by, now=found.now)
        yield Text(f"期限　{clock.act}：{end.zh}（{left.zh}）", f"clock {clock.act}: {end.en} ({left.en})")
    items = {item.kind: item.name for item in playbook.evidence}
    for kind, _state in missing_evidence(case, playbook):
        name = items.get(kind, Text(kind, kind))
        yield Text(f"还缺　{name.zh}", f"missing: {name.en}")
    for exhibit in case.exhibits:
        yield Text(
            f"证据{exhibit.no}　{exhibit.kind.value}　{exhibit.digest}",
            f"exhibit {exhibit.no}: {exhibit.kind.value}  {exhibit.digest}",
        )
