# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Complaint as a person hands it in, before it is a case: the document that page, file and program all fill in.

Fields: `platform, story, complainant {name, email|phone}, respondent {name}, record {id, title, line, amount,
happened_on, promised_on, received_on}, demands [{kind, amount, points}], problem, problems, answers {}, evidence {},
conditions [{text, state, met_on, proof, announced}], refusal {words, said_on}`.
Without a problem the first triage proposal is taken, unconfirmed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recourse.core.address import Address, parse_address
from recourse.core.claim import Claim
from recourse.core.condition import Announced, Condition, Refusal
from recourse.core.day import parse_day
from recourse.core.money import parse_yuan
from recourse.core.problem import Problem, Problems, gather
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceKind, EvidenceState, RemedyKind

FIELDS = (
    "platform",
    "story",
    "complainant",
    "respondent",
    "record",
    "demands",
    "problem",
    "problems",
    "answers",
    "evidence",
    "conditions",
    "refusal",
)
# More digits than any balance of points has.
DIGITS_MAX = 12
RECORD_FIELDS = ("id", "title", "line", "amount", "happened_on", "promised_on", "received_on")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint, parsed. Dates and sums are values; whether they make sense is judged when it is filed."""

    platform: str
    story: str
    complainant_name: str
    contact: Address
    respondent_name: str
    record_id: str
    record_title: str
    record_line: str
    amount_fen: int | None
    happened_on: date | None
    promised_on: date | None
    received_on: date | None
    demands: tuple[Claim, ...]
    problems: tuple[str, ...]
    answers: Mapping[str, str]
    evidence: Mapping[EvidenceKind, EvidenceState]
    conditions: tuple[Condition, ...] = ()
    refusal: Refusal | None = None


def parse_complaint(given: Any) -> Complaint | Problems:
    """Read a complaint from plain data; every problem at once, each with its place."""
    if not isinstance(given, Mapping):
        return Problems((_bad("", "投诉要写成一组字段。", "A complaint is a set of fields."),))
    found: list[Problem] = list(_unknown(given, FIELDS, ""))
    complainant = _mapping(given, "complainant", found)
    respondent = _mapping(given, "respondent", found)
    record = _mapping(given, "record", found)
    found.extend(_unknown(complainant, ("name", "email", "phone"), "complainant."))
    found.extend(_unknown(respondent, ("name",), "respondent."))
    found.extend(_unknown(record, RECORD_FIELDS, "record."))
    contact = _contact(complainant, found)
    complaint = Complaint(
        platform=_text(given, "platform", "", found, needed=True),
        story=_text(given, "story", "", found, needed=True),
        complainant_name=_text(complainant, "name", "complainant.", found),
        contact=contact,
        respondent_name=_text(respondent, "name", "respondent.", found, needed=True),
        record_id=_text(record, "id", "record.", found),
        record_title=_text(record, "title", "record.", found),
        record_line=_text(record, "line", "record.", found),
        amount_fen=_sum(record.get("amount"), "record.amount", found),
        happened_on=_day(record.get("happened_on"), "record.happened_on", found),
        promised_on=_day(record.get("promised_on"), "record.promised_on", found),
        received_on=_day(record.get("received_on"), "record.received_on", found),
        demands=tuple(_demands(given.get("demands"), found)),
        problems=tuple(_problems(given, found)),
        answers=dict(_answers(given.get("answers"), found)),
        evidence=dict(_evidence(given.get("evidence"), found)),
        conditions=tuple(_conditions(given.get("conditions"), found)),
        refusal=_refusal(given.get("refusal"), found),
    )
    return gather(found) or complaint


def _bad(
    field: str,
    zh: str,
    en: str,
    do_zh: str = "改好这一处再提交。",
    do_en: str = "Correct this and send again.",
) -> Problem:
    return Problem("not_understood", field, Text(zh, en), Text(do_zh, do_en))


def _unknown(given: Mapping[Any, Any], known: tuple[str, ...], where: str) -> Iterator[Problem]:
    for key in given:
        if key not in known:
            yield Problem(
                "unknown_field",
                f"{where}{key}",
                Text(f"没有“{where}{key}”这个字段。", f"There is no field {where}{key}."),
                Text(f"可用字段：{'、'.join(known)}。", f"Known fields: {', '.join(known)}."),
            )


def _mapping(given: Mapping[str, Any], key: str, found: list[Problem]) -> Mapping[str, Any]:
    value = given.get(key)
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    found.append(_bad(key, f"“{key}”要写成一组字段。", f"{key} is a set of fields."))
    return {}


def _text(
    given: Mapping[str, Any], key: str, where: str, found: list[Problem], *, needed: bool = False
) -> str:
    value = given.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # an order number written without quotes is still an order number
    if isinstance(value, date):
        value = value.isoformat()
    if value is None:
        value = ""
    if not isinstance(value, str):
        found.append(_bad(where + key, f"“{where}{key}”要写文字。", f"{where}{key} is text."))
        return ""
    if needed and not value.strip():
        found.append(
            Problem(
                "missing",
                where + key,
                Text(f"缺“{where}{key}”。", f"{where}{key} is missing."),
                Text("请补上。", "Please add it."),
            )
        )
    return value.strip()


def _contact(complainant: Mapping[str, Any], found: list[Problem]) -> Address:
    given = complainant.get("email") or complainant.get("phone")
    field = "complainant.email" if complainant.get("email") else "complainant.phone"
    address = parse_address(str(given) if isinstance(given, int) else given, field=field)
    if isinstance(address, Problems):
        found.extend(address.items)
        return Address("mail", "")
    return address


def _sum(given: Any, field: str, found: list[Problem]) -> int | None:
    if given is None or given == "":
        return None
    fen = parse_yuan(str(given)) if isinstance(given, str | int) and not isinstance(given, bool) else None
    if fen is None:
        found.append(
            _bad(
                field,
                f"看不懂金额：{given}",
                f"This sum is not understood: {given}",
                '请写成 "1314.00"（元）。',
                'Write it as "1314.00" (yuan).',
            )
        )
    return fen


def _count(given: Any, field: str, found: list[Problem]) -> int | None:
    if given is None or given == "":
        return None
    digits = str(given).strip()
    if isinstance(given, bool) or not (digits.isascii() and digits.isdigit() and len(digits) <= DIGITS_MAX):
        found.append(
            _bad(
                field,
                f"看不懂积分数：{given}",
                f"This number of points is not understood: {given}",
                "请写整数，如 500。",
                "Write a whole number, such as 500.",
            )
        )
        return None
    return int(digits)


def _day(given: Any, field: str, found: list[Problem]) -> date | None:
    if given is None or given == "":
        return None
    day = parse_day(given)
    if day is None:
        found.append(
            _bad(
                field,
                f"看不懂日期：{given}",
                f"This date is not understood: {given}",
                "请写成 2026-09-18，年份在1990到2199之间。",
                "Write it as 2026-09-18, with a year from 1990 to 2199.",
            )
        )
    return day


def _demands(given: Any, found: list[Problem]) -> Iterator[Claim]:
    if given is None:
        return
    if not isinstance(given, list | tuple):
        found.append(_bad("demands", "“demands”要写成一列。", "demands is a list."))
        return
    for index, item in enumerate(given):
        where = f"demands[{index}]"
        if not isinstance(item, Mapping):
            found.append(
                _bad(
                    where,
                    "每项诉求写 kind，需要时写 amount。",
                    "Each demand has a kind, and an amount if it is money.",
                )
            )
            continue
        found.extend(_unknown(item, ("kind", "amount", "points"), f"{where}."))
        kind = str(item.get("kind", ""))
        if kind not in set(RemedyKind):
            found.append(
                _bad(
                    f"{where}.kind",
                    f"没有“{kind}”这种诉求。",
                    f"There is no demand {kind!r}.",
                    f"可选：{'、'.join(RemedyKind)}。",
                    f"Choose from: {', '.join(RemedyKind)}.",
                )
            )
            continue
        yield Claim(
            RemedyKind(kind),
            _sum(item.get("amount"), f"{where}.amount", found),
            _count(item.get("points"), f"{where}.points", found),
        )


def _problems(given: Mapping[str, Any], found: list[Problem]) -> Iterator[str]:
    named = given.get("problems")
    if named is None:
        named = [given["problem"]] if given.get("problem") else []
    if not isinstance(named, list | tuple) or not all(isinstance(item, str) for item in named):
        found.append(_bad("problems", "“problems”要写问题编号。", "problems is a list of problem ids."))
        return
    yield from dict.fromkeys(named)


def _answers(given: Any, found: list[Problem]) -> Iterator[tuple[str, str]]:
    if given is None:
        return
    if not isinstance(given, Mapping):
        found.append(_bad("answers", "“answers”要写成一组字段。", "answers is a set of fields."))
        return
    for key, value in given.items():
        if isinstance(value, bool):
            yield str(key), "yes" if value else "no"
        elif isinstance(value, str | int | date):
            yield str(key), str(value)
        else:
            found.append(_bad(f"answers.{key}", "这个回答看不懂。", "This answer is not understood."))


def _evidence(given: Any, found: list[Problem]) -> Iterator[tuple[EvidenceKind, EvidenceState]]:
    if given is None:
        return
    if not isinstance(given, Mapping):
        found.append(_bad("evidence", "“evidence”要写成一组字段。", "evidence is a set of fields."))
        return
    for key, value in given.items():
        if key in set(EvidenceKind) and value in set(EvidenceState):
            yield EvidenceKind(key), EvidenceState(value)
        else:
            found.append(
                _bad(
                    f"evidence.{key}",
                    f"看不懂证据项：{key}: {value}",
                    f"This evidence item is not understood: {key}: {value}",
                    "状态写 have（我有）、have_not（没有）或 other_side（在平台手里）。",
                    "The state is have, have_not or other_side.",
                )
            )


_CONDITION_FIELDS = ("text", "state", "met_on", "proof", "announced")


def _conditions(given: Any, found: list[Problem]) -> Iterator[Condition]:
    if given is None:
        return
    if not isinstance(given, list | tuple) or not all(isinstance(item, Mapping) for item in given):
        found.append(
            _bad(
                "conditions",
                "“conditions”要写成一列，每条写 text。",
                "conditions is a list of rows with text.",
            )
        )
        return
    for index, item in enumerate(given):
        where = f"conditions[{index}]."
        found.extend(_unknown(item, _CONDITION_FIELDS, where))
        state, announced = item.get("state") or None, item.get("announced") or Announced.before
        if state is not None and state not in set(EvidenceState):
            found.append(
                _bad(
                    f"{where}state", f"看不懂：{state}", f"This is not understood: {state}", *_STATES_OF_PROOF
                )
            )
            continue
        if announced not in set(Announced):
            found.append(
                _bad(
                    f"{where}announced",
                    f"看不懂：{announced}",
                    f"This is not understood: {announced}",
                    "写 before（开奖前公布）或 after_win（中奖后才说）。",
                    "Write before or after_win.",
                )
            )
            continue
        yield Condition(
            text=_text(item, "text", where, found, needed=True),
            state=EvidenceState(state) if state is not None else None,
            met_on=_day(item.get("met_on"), f"{where}met_on", found),
            proof=_text(item, "proof", where, found),
            announced=Announced(announced),
        )


_STATES_OF_PROOF = (
    "写 have（我有证明）、have_not（没有）或 other_side（在对方手里）。",
    "Write have, have_not or other_side.",
)


def _refusal(given: Any, found: list[Problem]) -> Refusal | None:
    if given is None:
        return None
    if not isinstance(given, Mapping):
        found.append(_bad("refusal", "“refusal”要写成一组字段。", "refusal is a set of fields."))
        return None
    found.extend(_unknown(given, ("words", "said_on"), "refusal."))
    words = _text(given, "words", "refusal.", found)
    said_on = _day(given.get("said_on"), "refusal.said_on", found)
    return Refusal(words, said_on) if words else None
