# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What must hold between the parts of a playbook: everything it names exists, and its ladder can be climbed."""

import re
from collections.abc import Collection, Iterator, Mapping

from recourse.core.playbook.check_classes import check_classes
from recourse.core.playbook.check_ladder import check_case_clocks, check_ladder, check_targets
from recourse.core.playbook.check_silence import check_defaults
from recourse.core.playbook.conditions import unasked, unasked_doors
from recourse.core.playbook.ids import (
    ChannelId,
    CheckName,
    FactId,
    Id,
    LawId,
    LetterKey,
    PartyName,
    ProblemId,
    SourceId,
)
from recourse.core.playbook.refusals import none_listed, refusal, unknown
from recourse.core.playbook.types import Basis, Playbook
from recourse.core.playbook.walk import Place, walk
from recourse.core.problem import Problem
from recourse.core.shape import nearest

# A private mobile number has no business in a file that everybody reads.
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def prefix_of(playbook: Playbook) -> str:
    """What every id of this playbook begins with: `s3.` for the source 003_….txt, else the platform's first word."""
    number = re.match(r"(\d{3})_", playbook.source)
    return f"s{int(number[1])}." if number else playbook.platform.partition("-")[0] + "."


def check(
    playbook: Playbook,
    *,
    law_ids: Collection[str] | None,
    letters: Mapping[str, object] | None,
    known_checks: Collection[str] | None,
) -> Iterator[Problem]:
    """Every broken reference and every impossible ladder, in the order of the file's types."""
    places = tuple(walk(playbook))
    yield from _references(playbook, places, law_ids=law_ids, letters=letters, known_checks=known_checks)
    yield from _ids(playbook, places)
    yield from unasked(playbook, places)
    yield from unasked_doors(playbook)
    yield from _needs(playbook)
    yield from _questions(playbook)
    yield from check_ladder(playbook)
    yield from check_case_clocks(playbook)
    yield from check_classes(playbook)
    yield from check_defaults(playbook)
    yield from check_targets(playbook)
    for place in places:
        if isinstance(place.value, Basis):
            yield from _basis(place)
        if isinstance(place.value, str) and _MOBILE.search(place.value):
            yield refusal(
                "private_contact",
                place.path,
                ("这里有个人手机号", "There is a private mobile number here"),
                (
                    "删掉号码，只写平台内的入口",
                    "Remove it and name the door inside the platform instead",
                ),
            )


def _references(
    playbook: Playbook,
    places: tuple[Place, ...],
    *,
    law_ids: Collection[str] | None,
    letters: Mapping[str, object] | None,
    known_checks: Collection[str] | None,
) -> Iterator[Problem]:
    facts = {place.value for place in places if place.hint == Id}
    known: tuple[tuple[object, str, str, str, Collection[str] | None], ...] = (
        (LawId, "unknown_ground", "法条", "article of law", law_ids),
        (FactId, "unknown_fact", "事实编号", "fact", facts),
        (
            ChannelId,
            "unknown_channel",
            "渠道",
            "channel",
            {item.id for item in playbook.channels},
        ),
        (
            ProblemId,
            "unknown_problem",
            "问题编号",
            "problem",
            {item.id for item in playbook.problems},
        ),
        (LetterKey, "unknown_letter", "信函", "letter", letters),
        (CheckName, "unknown_check", "检查", "check on imported records", known_checks),
        (PartyName, "unknown_party", "角色名", "party", playbook.parties.keys()),
    )
    for place in places:
        for hint, key, zh, en, names in known:
            if place.hint == hint and place.value and names is not None and place.value not in names:
                near = nearest(place.value, tuple(names))
                yield refusal(
                    key,
                    place.path,
                    (f"没有这个{zh}：{place.value}", f"There is no {en} {place.value}"),
                    (
                        f"是不是想写 {near}？" if near else f"先写好这个{zh}，或改成已有的",
                        f"Did you mean {near}?"
                        if near
                        else f"Write that {en} first, or name one that exists",
                    ),
                )


def _ids(playbook: Playbook, places: tuple[Place, ...]) -> Iterator[Problem]:
    prefix = prefix_of(playbook)
    seen: dict[str, str] = {}
    for place in places:
        if place.hint not in (Id, SourceId) or not place.value:
            continue
        if not place.value.startswith(prefix):
            yield refusal(
                "bad_id",
                place.path,
                (
                    f"编号 {place.value} 应以 {prefix} 开头",
                    f"The id {place.value} should begin with {prefix}",
                ),
                (f"改成 {prefix}…", f"Change it to {prefix}…"),
            )
        if place.hint == Id:
            if place.value in seen:
                yield refusal(
                    "duplicate_id",
                    place.path,
                    (
                        f"编号 {place.value} 已在 {seen[place.value]} 用过",
                        f"{place.value} is taken by {seen[place.value]}",
                    ),
                    ("换一个编号", "Choose another id"),
                )
            seen.setdefault(place.value, place.path)


def _needs(playbook: Playbook) -> Iterator[Problem]:
    kinds = [item.kind for item in playbook.evidence]
    plain = [item.kind for item in playbook.remedies if not item.when]
    once: tuple[tuple[str, list[str]], ...] = (("evidence", [*kinds]), ("remedies", [*plain]))
    for name, listed in once:
        for kind in sorted({item for item in listed if listed.count(item) > 1}):
            yield refusal(
                "duplicate_kind",
                name,
                (f"{kind} 写了不止一次", f"{kind} is written more than once"),
                ("合成一条", "Make it one entry"),
            )
    for index, problem in enumerate(playbook.problems):
        where = f"problems[{index}]"
        for name, items in (
            ("says", problem.says),
            ("remedies", problem.remedies),
            ("grounds", problem.grounds),
        ):
            if not items:
                yield none_listed(f"{where}.{name}")
        yield from _torn_phrases(where, problem.says)
        if not problem.evidence.needed:
            yield none_listed(f"{where}.evidence.needed")
        for field, wanted in (
            ("needed", problem.evidence.needed),
            ("better_with", problem.evidence.better_with),
        ):
            for at, kind in enumerate(wanted):
                if kind not in kinds:
                    yield unknown(
                        "no_evidence_item",
                        f"{where}.evidence.{field}[{at}]",
                        "证据说明",
                        "evidence item",
                        kind,
                    )
        for kind in sorted(set(problem.evidence.needed) & set(problem.evidence.better_with)):
            yield refusal(
                "listed_twice",
                f"{where}.evidence",
                (
                    f"{kind} 同时列在两处",
                    f"{kind} is listed both as needed and as better",
                ),
                ("只留一处", "Keep it in one place"),
            )
        for at, remedy in enumerate(problem.remedies):
            if all(spec.kind is not remedy for spec in playbook.remedies):
                yield unknown(
                    "no_remedy_spec",
                    f"{where}.remedies[{at}]",
                    "救济的做法",
                    "remedy with steps",
                    remedy,
                )


def _questions(playbook: Playbook) -> Iterator[Problem]:
    for index, question in enumerate(playbook.ask):
        where = f"ask[{index}].options"
        keys = [option.key for option in question.options]
        if question.kind == "choice" and len(set(keys)) < 2:
            yield refusal(
                "too_few_options",
                where,
                (
                    "选择题至少要两个不同的选项",
                    "A choice needs at least two different options",
                ),
                ("补上选项", "Add options"),
            )
        if question.kind == "yes_no" and not set(keys) <= {"yes", "no"}:
            yield refusal(
                "too_many_options",
                where,
                (
                    "是非题的选项只能是 yes 和 no",
                    "A yes_no question has only the options yes and no",
                ),
                (
                    "改成 choice，或删掉多余选项",
                    "Make it a choice, or remove the others",
                ),
            )
        for at, option in enumerate(question.options):
            if option.stop and option.advice is None:
                yield refusal(
                    "stop_without_advice",
                    f"{where}[{at}]",
                    (
                        "会停下表格的选项必须说明该怎么办",
                        "An option that stops the form must say what to do",
                    ),
                    ("写上 advice", "Write its advice"),
                )


def _basis(place: Place) -> Iterator[Problem]:
    said = [name for name in ("law", "source", "playbook") if getattr(place.value, name)]
    if len(said) != 1:
        yield refusal(
            "basis_not_one",
            place.path,
            (
                "依据要写且只写一个：law、source 或 playbook",
                "Exactly one of law, source and playbook is the basis",
            ),
            ("只留一个", "Keep one"),
        )


def _torn_phrases(where: str, says: tuple[str, ...]) -> Iterator[Problem]:
    """Signs join words, so a word stands on both sides of each; the lists of the lexicon are not at hand here."""
    for at, phrase in enumerate(says):
        is_torn = not all(word.strip() for word in re.split(r"[/+~&]", phrase))
        if is_torn or "{" in phrase or ("&" in phrase and re.search(r"[+~]", phrase)):
            yield refusal(
                "phrase_unreadable",
                f"{where}.says[{at}]",
                (
                    f"这条短语有空的部分，用了词表，或者把 & 和 + ~ 混用了：{phrase}",
                    f"This phrase has an empty part, names a list, or mixes & with + or ~: {phrase}",
                ),
                (
                    "在 / + ~ & 的两边都写上词；& 单独用；这里不用 {} 词表",
                    "Write a word on both sides of / + ~ &, and & without + or ~; the lists in {} are not for playbooks",
                ),
            )
