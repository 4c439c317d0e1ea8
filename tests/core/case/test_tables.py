# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The table of conditions, accounts side by side, filings with a target, and what is told of other cases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from recourse.core.actor import Actor, Role, Via, system
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.chronicle import chronicle
from recourse.core.case.decide import Decided, decide
from recourse.core.case.effect import effects
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.claim import Claim
from recourse.core.condition import Announced, Condition, Refusal, unproven
from recourse.core.filing import FilingState
from recourse.core.notice import merchant_notice
from recourse.core.problem import Problems
from recourse.core.redaction import seen_by
from recourse.core.repeat import Repeat
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.vocabulary import (
    EvidenceKind,
    EvidenceState,
    Outcome,
    Party,
    RemedyKind,
    RungName,
    Stage,
    SubjectKind,
)
from recourse.gateways.rule_files import load_rulebook
from tests.playbooks.test_lofter_draw_journey import CHINA, Told

MONDAY = datetime(2026, 11, 23, 10, tzinfo=CHINA)
WINNER = Actor("winner", Role.complainant, "house", Via.portal)
ORGANISER = Actor("contact", Role.respondent, "house", Via.portal)
AGENT = Actor("agent", Role.agent, "house", Via.desk)
ENGINE = system("house")
OPERATED = (RungName.negotiate, RungName.operator_support, RungName.platform_decision)
PROVEN = (
    Condition("转发朋友圈", EvidenceState.have, date(2026, 11, 18), "截图，有时间"),
    Condition("加好友", EvidenceState.have, date(2026, 11, 18)),
)
RULE = "s1.th.repeat10"
CHECKS = {"draw_exists": True, "not_delivered": True}


def rules() -> Rulebook:
    loaded = load_rulebook("wechat-lottery", on=date(2026, 11, 20))
    assert isinstance(loaded, Rulebook), loaded
    return loaded


def filing(**change: object) -> c.FileComplaint:
    command = c.FileComplaint(
        id="case",
        number="CJ1",
        complainant_id="winner",
        complainant_name="陆某",
        contact="winner@example.org",
        respondent_name="好运来优选",
        respondent_registered="register",
        accepts_defaults=True,
        subject=Subject(SubjectKind.draw, "CJ20261120", title="转账1314元", amount_fen=131400, proven=True),
        story="抽到转账1314元，他却说作废了。",
        problems=("s1.pt.voided_after_win",),
        confirmed=True,
        claims=(Claim(RemedyKind.pay_prize, 131400),),
        answers_given={"organiser": "official_account"},
        evidence={},
        operated=OPERATED,
        rulebook="digest",
        conditions=PROVEN,
        refusal=Refusal("作废了", date(2026, 11, 21)),
    )
    return replace(command, **change)  # type: ignore[arg-type]


def filed(*, facts: Facts | None = None, **change: object) -> Told:
    told = Told(rules(), facts or Facts(contacts=("organiser@example.org",), checks=CHECKS), MONDAY)
    told.do(filing(**change), actor=WINNER)
    told.do(c.ProveContact("code"), actor=ENGINE)
    return told


def case_of(told: Told) -> Case:
    assert told.case is not None
    return told.case


def hand_in(told: Told, *kinds: EvidenceKind) -> None:
    for kind in kinds:
        told.do(c.AddExhibit(kind, "blob", 1, "image/png", "digest", "a.png"), actor=WINNER)


def served(told: Told) -> Told:
    told.do(c.RecordServed("organiser@example.org"), actor=ENGINE)
    return told


NEEDED = (EvidenceKind.product_or_event_page_snapshot, EvidenceKind.win_or_redeem_screen)


# --- the table of conditions ------------------------------------------------------------------------------------------


def test_the_table_comes_with_the_filing_and_the_respondent_reads_it() -> None:
    case = case_of(filed())
    for role in (Role.complainant, Role.respondent, Role.neutral):
        seen = seen_by(case, role)
        assert seen.conditions == PROVEN
        assert seen.refusal is not None and seen.refusal.words == "作废了"


def test_a_condition_without_proof_blocks_nothing() -> None:
    thin = (Condition("转发朋友圈", EvidenceState.have_not), Condition("加好友"))
    case = case_of(filed(conditions=thin))
    assert case.rung is RungName.negotiate
    assert unproven(case.conditions) == thin


def test_a_condition_named_after_the_win_is_nobodys_to_prove() -> None:
    hidden = Condition("必须先加好友", announced=Announced.after_win)
    other_side = Condition("参与时间", EvidenceState.other_side)
    assert hidden.hidden and unproven((hidden, other_side)) == ()


def test_the_complainant_adds_to_it_later_and_the_record_keeps_what_stood_before() -> None:
    told = filed()
    hand_in(told, EvidenceKind.participation_or_task_proof)
    better = (replace(PROVEN[0], exhibits=(1,)), PROVEN[1])
    version = case_of(told).version
    assert told.do(c.SetConditions(better, case_of(told).refusal)).conditions == better
    assert case_of(told).version == version + 1
    told.do(c.SetConditions(better, case_of(told).refusal))
    assert case_of(told).version == version + 1  # the same table again is no event
    assert told.refused(c.SetConditions(better), actor=ORGANISER) == ("not_allowed",)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    told = filed()
    bad = (Condition(" "), Condition("转发", met_on=date(2030, 1, 1), exhibits=(7,)))
    refused = told.refused(c.SetConditions(bad, Refusal("不发", date(2031, 1, 1))))
    assert sorted(refused) == ["condition_empty", "date_future", "date_future", "exhibit_unknown"]
    assert told.refused(c.SetConditions((PROVEN[0],) * 21)) == ("too_many_conditions",)


def test_a_bad_table_is_refused_with_the_filing() -> None:
    command = filing(conditions=(Condition(""),))
    judged = decide(None, command, actor=WINNER, rules=rules(), facts=Facts(), now=MONDAY)
    assert isinstance(judged, Problems) and judged.items[0].field == "conditions[0].text"


# --- default after served notice --------------------------------------------------------------------------------------


def silent(told: Told) -> Case:
    return told.do(c.RunDeadlines(), actor=ENGINE, later=timedelta(hours=49))


def test_silence_after_service_grants_what_is_proven() -> None:
    told = served(filed())
    hand_in(told, *NEEDED)
    assert told.clock("answer").on_miss == "default"
    case = silent(told)
    assert case.decision is not None and case.decision.by_default
    assert [term.kind for term in case.decision.terms] == [RemedyKind.pay_prize]
    assert case.decision.next_recourse == "host_platform"
    case = told.do(c.RunDeadlines(), actor=ENGINE, later=timedelta(days=8))
    assert case.stage is Stage.implementing and case.remedies[0].amount_fen == 131400


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({}, ()),
        ({}, NEEDED[:1]),
        ({"conditions": (Condition("转发", EvidenceState.have_not),)}, NEEDED),
        ({"subject": Subject(SubjectKind.draw, "CJ20261120", amount_fen=131400)}, NEEDED),
    ],
    ids=["nothing handed in", "no winning screen", "a condition without proof", "no record"],
)
def test_where_something_is_missing_silence_only_moves_the_case_on(
    change: dict[str, object], kinds: tuple[EvidenceKind, ...]
) -> None:
    told = served(filed(**change))
    hand_in(told, *kinds)
    case = silent(told)
    assert case.decision is None and case.rung is RungName.operator_support


def test_whoever_accepted_no_rule_is_told_from_the_start_that_silence_moves_on() -> None:
    told = served(filed(accepts_defaults=False))
    hand_in(told, *NEEDED)
    assert told.clock("answer").on_miss == "escalate"
    assert silent(told).rung is RungName.operator_support


def test_the_notice_says_what_silence_does() -> None:
    said = merchant_notice(case_of(filed()), rules().playbook)[1]
    assert "按贵方事先接受的规则支持投诉人的请求" in said and "under the rule you accepted" in said
    said = merchant_notice(case_of(filed(accepts_defaults=False)), rules().playbook)[1]
    assert "会按平台规则进入下一步" in said and "事先接受" not in said


def test_nothing_is_decided_before_the_notice_is_served() -> None:
    told = filed()
    hand_in(told, *NEEDED)
    assert silent(told).decision is None


# --- accounts side by side --------------------------------------------------------------------------------------------


def test_each_side_adds_rows_and_takes_out_its_own() -> None:
    told = served(filed())
    told.do(c.ShowAccount("对方交的截图", "陆某", ""), actor=WINNER)
    told.do(c.ShowAccount("原聊天", "陆某", "wx_lu"), actor=ORGANISER)
    told.do(c.ShowAccount("电话里报的", "陆某", "wx_lu2"), actor=AGENT)
    rows = case_of(told).accounts
    assert [row.by for row in rows] == [Party.complainant, Party.respondent, Party.complainant]
    assert told.refused(c.TakeOutAccount(rows[1].id)) == ("account_unknown",)
    told.do(c.TakeOutAccount(rows[0].id), actor=WINNER)
    told.do(c.ShowAccount("我的资料页", "陆某", "wx_lu"), actor=WINNER)
    ids = [row.id for row in case_of(told).accounts]
    assert len(set(ids)) == 3 and rows[0].id not in ids


def test_an_empty_row_or_an_unknown_exhibit_is_refused() -> None:
    told = filed()
    assert told.refused(c.ShowAccount("截图", " ")) == ("account_empty",)
    assert told.refused(c.ShowAccount("截图", "陆某", "wx", 4)) == ("exhibit_unknown",)


# --- a filing's target ------------------------------------------------------------------------------------------------


def at_the_host(**change: object) -> Told:
    told = filed(operated=(), respondent_registered="", **change)
    while case_of(told).rung is not RungName.host_platform:
        told.do(c.EscalateCase(), later=timedelta(days=1))
    return told


def test_one_door_holds_two_filings_each_with_number_clock_and_answer() -> None:
    told = at_the_host()
    told.do(c.OpenFiling("s1.ch.wechat", told.now, "A1", target="mini_program"))
    told.do(c.OpenFiling("s1.ch.wechat", told.now, "B2", target="official_account"), later=timedelta(hours=2))
    told.do(c.UpdateFiling("f1", FilingState.answered, answer="已核实"))
    first, second = case_of(told).filings
    assert (first.target, first.receipt_no, first.answer) == ("mini_program", "A1", "已核实")
    assert (second.target, second.receipt_no, second.answer) == ("official_account", "B2", "")
    clocks = {d.scope: d for d in case_of(told).deadlines if d.scope.startswith("filing:")}
    assert set(clocks) == {"filing:f1", "filing:f2"}
    assert clocks["filing:f1"].state != clocks["filing:f2"].state
    assert case_of(told).outcome is not Outcome.settled


def test_a_filing_names_a_target_that_this_case_has() -> None:
    told = at_the_host(answers_given={"organiser": "individual"})
    assert told.refused(c.OpenFiling("s1.ch.wechat", told.now)) == ("target_unknown",)
    assert told.refused(c.OpenFiling("s1.ch.wechat", told.now, target="official_account")) == (
        "target_unknown",
    )
    assert told.refused(c.OpenFiling("s1.ch.court", told.now, target="mini_program")) == ("target_unknown",)


# --- what is told of the respondent's other cases ---------------------------------------------------------------------


def many(heard: int, known: int) -> Facts:
    return Facts(contacts=("organiser@example.org",), checks=CHECKS, repeats={RULE: Repeat(heard, known)})


def test_the_tenth_draw_is_told_to_the_people_concerned_alone() -> None:
    told = filed(facts=many(10, 12))
    case = case_of(told)
    assert [(item.rule, item.repeat) for item in case.repeats] == [(RULE, Repeat(10, 12))]
    for role in (Role.respondent, Role.agent, Role.neutral, Role.owner):
        assert seen_by(case, role).repeats
    for role in (Role.complainant, Role.auditor):
        assert not seen_by(case, role).repeats
    stream = ((1, MONDAY, Role.system, e.RepeatTold(rule=RULE, repeat=Repeat(10, 12), at=MONDAY)),)
    playbook = rules().playbook
    assert not chronicle(stream, playbook=playbook, role=Role.complainant)
    (line,) = chronicle(stream, playbook=playbook, role=Role.neutral)
    assert "10场抽奖被不同的人投诉，平台记录里共12场" in line.title.zh


def test_it_acts_on_nobody() -> None:
    quiet, loud = filed(), filed(facts=many(30, 30))
    one, other = case_of(quiet), case_of(loud)
    assert replace(other, repeats=(), version=one.version) == one


def test_below_the_line_nothing_is_told_and_above_it_once() -> None:
    assert not case_of(filed(facts=many(9, 9))).repeats
    assert not case_of(filed(facts=many(10, 40))).repeats
    told = served(filed(facts=many(10, 10)))
    silent(told)
    assert case_of(told).rung is RungName.operator_support
    assert len(case_of(told).repeats) == 1


def test_the_respondent_is_told_once_served_and_the_complainant_never() -> None:
    told = served(filed())
    before = case_of(told)
    told.facts = many(10, 10)
    told.now += timedelta(hours=49)
    judged = decide(before, c.RunDeadlines(), actor=ENGINE, rules=told.rules, facts=told.facts, now=told.now)
    assert isinstance(judged, Decided)
    news = [item for item in effects(before, judged.case, judged.events, told.now) if item.kind == "tell"]
    topics = {(item.payload["who"], item.payload["topic"]) for item in news}
    assert ("respondent", "RepeatTold") in topics
    assert ("complainant", "RepeatTold") not in topics
