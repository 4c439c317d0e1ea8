# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A playbook's references and its ladder: whatever it names exists, and somebody is always heard first."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from recourse.core.case.clocks import DEFAULTS
from recourse.core.playbook.parse import parse
from recourse.core.text import Text
from recourse.core.vocabulary import DEED_ACTS

Plain = dict[str, Any]
CHECKS = ("order_exists", "promised_date_passed")
LAW = ("cpl.24", "sc121.15", "sc121.16")


def text(words: str = "词") -> Plain:
    return {"zh": words, "en": "word"}


def small() -> Plain:
    """The smallest playbook that is correct."""
    answer = {
        "act": "answer",
        "who": "respondent",
        "starts_when": "notice_served",
        "length": "48h",
        "basis": {"playbook": "answer"},
        "on_miss": "escalate",
    }
    problem = {
        "id": "s3.pt.quality",
        "key": "delivered_defective_or_invalid",
        "name": text(),
        "says": ["坏了"],
        "evidence": {"needed": ["photo"]},
        "remedies": ["refund"],
        "grounds": ["cpl.24"],
    }
    step = {"act": "refund", "who": "respondent", "text": text(), "length": "7d", "basis": {"law": "cpl.24"}}
    return {
        "platform": "some-shop",
        "version": "1",
        "name": text(),
        "source": "003_x.txt",
        "subject": "order",
        "record": {"id": text()},
        "parties": {"merchant": text(), "court": text()},
        "ask": [
            {"key": "received", "kind": "yes_no", "text": text()},
            {
                "key": "age",
                "kind": "choice",
                "text": text(),
                "options": [{"key": "adult", "text": text()}, {"key": "child", "text": text()}],
            },
        ],
        "problems": [problem],
        "evidence": [{"kind": "photo", "name": text(), "how": text(), "proves": text()}],
        "channels": [{"id": "s3.ch.court", "name": text(), "path": text(), "rung": "court"}],
        "ladder": [
            {
                "rung": "negotiate",
                "who": "merchant",
                "name": text(),
                "text": text(),
                "stage": "negotiating",
                "deadlines": [answer],
            },
            {
                "rung": "court",
                "who": "court",
                "name": text(),
                "text": text(),
                "stage": "outside",
                "outside_only": True,
                "channels": ["s3.ch.court"],
            },
        ],
        "remedies": [{"kind": "refund", "name": text(), "steps": [step]}],
        "safety": {"never_ask": ["密码"], "official_contacts": "in_app_only", "notice": text()},
        "refiling": {"times_max": 1, "text": text()},
        "limits": [{"id": "s3.tl.seven", "text": text()}],
    }


def found(plain: Plain, **given: Any) -> list[tuple[str, str]]:
    playbook, problems = parse(plain, law_ids=LAW, letters=given.get("letters", {}), known_checks=CHECKS)
    assert (playbook is None) == bool(problems)
    return [(item.key, item.field) for item in problems]


def test_the_smallest_playbook_is_correct() -> None:
    assert found(small()) == []


def _set(*path: str | int, to: Any) -> Callable[[Plain], None]:
    def change(plain: Plain) -> None:
        place: Any = plain
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


CASES: dict[str, tuple[Callable[[Plain], object], list[tuple[str, str]]]] = {
    "ground": (_set("problems", 0, "grounds", to=["cpl.25"]), [("unknown_ground", "problems[0].grounds[0]")]),
    "law basis": (
        _set("remedies", 0, "steps", 0, "basis", to={"law": "cpl.99"}),
        [("unknown_ground", "remedies[0].steps[0].basis.law")],
    ),
    "fact": (
        _set("ladder", 0, "deadlines", 0, "basis", to={"source": "s3.tl.eight"}),
        [("unknown_fact", "ladder[0].deadlines[0].basis.source")],
    ),
    "letter": (_set("ladder", 0, "letter", to="notice"), [("unknown_letter", "ladder[0].letter")]),
    "party": (_set("ladder", 0, "who", to="seller"), [("unknown_party", "ladder[0].who")]),
    "channel": (
        _set("ladder", 1, "channels", to=["s3.ch.cort"]),
        [("unknown_channel", "ladder[1].channels[0]"), ("unlisted_channel", "channels[0]")],
    ),
    "channel of another rung": (
        _set("channels", 0, "rung", to="police"),
        [("channel_elsewhere", "ladder[1].channels[0]")],
    ),
    "check": (
        _set("problems", 0, "checks", to=["order_exists", "promise_passed"]),
        [("unknown_check", "problems[0].checks[1]")],
    ),
    "check of the instant claims": (
        _set(
            "instant",
            to={"cap_fen": 1, "problems": ["s3.pt.quality"], "checks_all": ["x"], "consent": "respondent"},
        ),
        [("unknown_check", "instant.checks_all[0]")],
    ),
    "question": (
        _set("problems", 0, "when", to={"recieved": ["yes"]}),
        [("unknown_question", "problems[0].when.recieved")],
    ),
    "door on a question that may be left open": (
        _set("channels", 0, "when", to={"age": ["adult"]}),
        [("door_on_optional_question", "channels[0].when.age")],
    ),
    "answer": (
        _set("problems", 0, "when", to={"age": ["old"]}),
        [("unknown_answer", "problems[0].when.age[0]")],
    ),
    "evidence": (
        _set("problems", 0, "evidence", to={"needed": ["photo", "chat_export"]}),
        [("no_evidence_item", "problems[0].evidence.needed[1]")],
    ),
    "evidence twice": (
        _set("problems", 0, "evidence", to={"needed": ["photo"], "better_with": ["photo"]}),
        [("listed_twice", "problems[0].evidence")],
    ),
    "remedy": (
        _set("problems", 0, "remedies", to=["repair"]),
        [("no_remedy_spec", "problems[0].remedies[0]")],
    ),
    "prefix": (_set("limits", 0, "id", to="s4.tl.seven"), [("bad_id", "limits[0].id")]),
    "length": (
        _set("ladder", 0, "deadlines", 0, "length", to="2 days"),
        [("bad_form", "ladder[0].deadlines[0].length")],
    ),
    "two bases": (
        _set("ladder", 0, "deadlines", 0, "basis", to={"law": "cpl.24", "playbook": "answer"}),
        [("basis_not_one", "ladder[0].deadlines[0].basis")],
    ),
    "no basis": (
        _set("ladder", 0, "deadlines", 0, "basis", to={}),
        [("basis_not_one", "ladder[0].deadlines[0].basis")],
    ),
    "nobody heard": (_set("ladder", 0, "deadlines", to=[]), [("nobody_heard", "ladder[0].deadlines")]),
    "clock before notice": (
        _set("ladder", 0, "deadlines", 0, "starts_when", to="rung_entered"),
        [("nobody_heard", "ladder[0].deadlines")],
    ),
    "outside stage": (_set("ladder", 1, "stage", to="reviewing"), [("rung_unsafe", "ladder[1]")]),
    "one option": (_set("ask", 1, "options", to=[]), [("too_few_options", "ask[1].options")]),
    "stop in silence": (
        _set("ask", 0, "options", to=[{"key": "yes", "text": text(), "stop": True}]),
        [("stop_without_advice", "ask[0].options[0]")],
    ),
    "private number": (
        _set("channels", 0, "path", "zh", to="打13800138000"),
        [("private_contact", "channels[0].path.zh")],
    ),
    "default after a served notice": (
        _set("ladder", 0, "deadlines", 0, "on_miss", to="default"),
        [],
    ),
    "default of a rung where nobody talks": (
        lambda plain: (
            _set("ladder", 0, "deadlines", 0, "on_miss", to="default")(plain),
            _set("ladder", 0, "stage", to="reviewing")(plain),
        ),
        [("unsafe_default", "ladder[0].deadlines[0].on_miss")],
    ),
    "needs of no default": (
        _set("ladder", 0, "deadlines", 0, "needs", to=["photo"]),
        [("needs_without_default", "ladder[0].deadlines[0].needs")],
    ),
    "needs of an unknown kind": (
        lambda plain: (
            _set("ladder", 0, "deadlines", 0, "on_miss", to="default")(plain),
            _set("ladder", 0, "deadlines", 0, "needs", to=["photo", "order_no"])(plain),
        ),
        [("no_evidence_item", "ladder[0].deadlines[0].needs[1]")],
    ),
    "targets alike": (
        _set("channels", 0, "targets", to=[{"key": "app", "name": text(), "path": text()}] * 2),
        [("duplicate_target", "channels[0].targets[1].key")],
    ),
    "hidden problem": (
        _set("conditions", to={"name": text(), "help": text(), "hidden_problem": "s3.pt.hidden"}),
        [("unknown_problem", "conditions.hidden_problem")],
    ),
    "a sign that joins nothing": (
        _set("problems", 0, "says", to=["给/填 ~ 拉黑", "a//b", "~ 坏", "{part}坏", "领 & 才 ~ 知道"]),
        [("phrase_unreadable", f"problems[0].says[{at}]") for at in (1, 2, 3, 4)],
    ),
    "no grounds": (_set("problems", 0, "grounds", to=[]), [("none_listed", "problems[0].grounds")]),
}


@pytest.mark.parametrize("name", CASES)
def test_each_fault_is_found_where_it_stands(name: str) -> None:
    change, expected = CASES[name]
    plain = small()
    change(plain)
    assert found(plain) == expected


def test_repeated_entries_are_found() -> None:
    plain = small()
    for name in ("problems", "evidence", "remedies", "ladder"):
        plain[name] = [*plain[name], deepcopy(plain[name][0])]
    assert [key for key, _ in found(plain)] == [
        "duplicate_id",
        "duplicate_kind",
        "duplicate_kind",
        "duplicate_rung",
    ]


def case_clock(act: str, starts_when: str) -> Plain:
    return small()["ladder"][0]["deadlines"][0] | {"act": act, "starts_when": starts_when}


def test_a_clock_of_the_case_that_nothing_starts_is_refused() -> None:
    plain = small()
    plain["deadlines"] = [
        case_clock("appeal", "decided"),
        case_clock("sue", "discovered"),
        case_clock("perform", "ordered"),
        case_clock("sue", "notice_served"),
    ]
    assert found(plain) == [
        ("never_starts", "deadlines[2].starts_when"),
        ("never_starts", "deadlines[3].starts_when"),
    ]


def test_the_acts_that_a_playbook_may_clock_are_those_that_deeds_start() -> None:
    assert {*DEFAULTS, "confirm"} == DEED_ACTS


def test_public_exposure_needs_its_gate() -> None:
    plain = small()
    rung = plain["ladder"][1] | {"rung": "public_exposure", "channels": [], "optional": True}
    plain["ladder"] = [plain["ladder"][0], rung, plain["ladder"][1]]
    assert found(plain) == [("rung_unsafe", "ladder[1]")]
    rung["gate"] = [text("只写有证据的事实")]
    assert found(plain) == []


def test_a_playbook_without_an_article_takes_its_platform_as_prefix() -> None:
    plain = small() | {"source": "none", "platform": "any-company"}
    assert {key for key, _ in found(plain)} == {"bad_id"}
    _, problems = parse(plain, law_ids=LAW, letters={})
    assert problems[0].do == Text("改成 any.…", "Change it to any.…")


def test_an_unknown_check_is_told_with_the_nearest_name() -> None:
    plain = small()
    plain["problems"][0]["checks"] = ["order_exist"]
    _, problems = parse(plain, known_checks=CHECKS)
    assert [item.do for item in problems] == [Text("是不是想写 order_exists？", "Did you mean order_exists?")]


def test_law_letters_and_checks_are_left_unchecked_when_not_given() -> None:
    plain = small()
    plain["problems"][0]["checks"] = ["promise_passed"]
    plain["problems"][0]["grounds"] = ["cpl.25"]
    plain["ladder"][0]["letter"] = "notice"
    playbook, problems = parse(plain)
    assert playbook is not None and problems == ()


def test_the_types_name_only_closed_sets_of_the_vocabulary() -> None:
    # A playbook's author may copy any word of the reference page: the page is generated from the same sets.
    page = Path(__file__).parents[3] / "docs" / "playbook-reference.md"
    assert "`platform` · `civil` · `civil_procedure` · `samr` · `police`" in page.read_text()
