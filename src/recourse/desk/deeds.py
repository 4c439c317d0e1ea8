# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Everything the operator's people do to a case: one function a deed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from recourse.actions.add_note import add_note
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.assign_case import assign_case
from recourse.actions.confirm_problems import confirm_problems
from recourse.actions.decide_case import decide_case
from recourse.actions.erase_case import erase_case
from recourse.actions.escalate_case import escalate_case
from recourse.actions.extend_deadline import extend_deadline
from recourse.actions.hold_case import hold_case
from recourse.actions.log_contact import log_contact
from recourse.actions.post_message import post_message
from recourse.actions.prove_contact import prove_contact
from recourse.actions.release_hold import release_hold
from recourse.actions.reopen_case import reopen_case
from recourse.actions.set_points import set_points
from recourse.actions.story import perform
from recourse.core.actor import Role
from recourse.core.case.ruling import unwritten
from recourse.core.case.state import Point
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import AttemptResult, Party
from recourse.queries.case_file import CaseFile
from recourse.queries.colleagues import colleagues
from recourse.webkit.sent_deeds import hand_in, report_step, suspend_clock
from recourse.webkit.sent_filings import record_answer, record_filing
from recourse.webkit.sent_form import SentForm, wrong_field
from recourse.webkit.sent_tables import add_account, answer_open, list_conditions, state_items

_ROWS_MAX = 60
_LENGTHS = ("24h", "3d", "7d", "3wd", "7wd")


def _base(sent: SentForm) -> dict[str, Any]:
    return {"actor": sent.actor, "number": sent.number, "key": sent.key}


def _assign(sent: SentForm, _: CaseFile) -> object:
    agent = sent.text("agent", limit=40)
    # The command takes any id; only people who work here may be given a case, and an auditor only looks.
    found = colleagues(sent.actor).get(agent)
    if found is None or found.role is Role.auditor:
        return Problems((wrong_field("agent_unknown", "agent", "请选一位同事。", "Choose a colleague."),))
    return perform(assign_case(sent.world, agent=agent, **_base(sent)))


def _vouch(sent: SentForm, _: CaseFile) -> object:
    if sent.text("vouched") != "yes":
        return Problems(
            (wrong_field("not_vouched", "vouched", "请先勾选已核对。", "Tick that you checked it."),)
        )
    return perform(prove_contact(sent.world, method="vouched", **_base(sent)))


def _confirm(sent: SentForm, _: CaseFile) -> object:
    return perform(confirm_problems(sent.world, problems=tuple(sent.post.getlist("problem")), **_base(sent)))


def _ask(sent: SentForm, _: CaseFile) -> object:
    kind, of = sent.kind(), sent.text("of", limit=20)
    wrong = []
    if kind is None:
        wrong.append(wrong_field("kind_missing", "kind", "请选要什么材料。", "Choose what is asked for."))
    if of not in {Party.complainant.value, Party.respondent.value}:
        wrong.append(wrong_field("party_unknown", "of", "请选向哪一方要。", "Choose which side to ask."))
    if wrong or kind is None:
        return Problems(tuple(wrong))
    return perform(
        ask_for_evidence(sent.world, of=Party(of), kind=kind, text=sent.text("text"), **_base(sent))
    )


def _message(sent: SentForm, _: CaseFile) -> object:
    return perform(post_message(sent.world, text=sent.text("text"), **_base(sent)))


def _note(sent: SentForm, _: CaseFile) -> object:
    return perform(add_note(sent.world, text=sent.text("text"), **_base(sent)))


def _contact(sent: SentForm, _: CaseFile) -> object:
    at, result = sent.moment("at"), sent.text("result", limit=20)
    wrong = []
    if at is None:
        wrong.append(
            wrong_field("moment_not_understood", "at", "看不懂联系时间。", "This moment is not understood.")
        )
    if result not in set(AttemptResult):
        wrong.append(wrong_field("result_missing", "result", "请选结果怎样。", "Choose what came of it."))
    if not sent.text("channel"):
        wrong.append(
            wrong_field("channel_missing", "channel", "请写通过什么渠道联系。", "Say through which channel.")
        )
    if wrong or at is None:
        return Problems(tuple(wrong))
    return perform(
        log_contact(
            sent.world,
            at=at,
            channel=sent.text("channel", limit=100),
            result=AttemptResult(result),
            agent_no=sent.text("agent_no", limit=50),
            answer=sent.text("answer"),
            more=sent.text("more", limit=1000),
            **_base(sent),
        )
    )


def _points(sent: SentForm, file: CaseFile) -> object:
    """The whole table as typed; a row without its point is dropped when all of it is empty."""
    points: list[Point] = []
    wrong = []
    for index in range(_ROWS_MAX):
        about, a, b = (sent.text(f"{name}-{index}") for name in ("about", "a", "b"))
        given = sent.text(f"exhibits-{index}", limit=200)
        if not (about or a or b or given):
            continue
        numbers = given.replace("，", " ").replace(",", " ").replace("、", " ").split()
        known = {item.no for item in file.case.exhibits}
        if not all(item.isascii() and item.isdigit() and int(item[:9]) in known for item in numbers):
            wrong.append(
                wrong_field(
                    "exhibit_unknown",
                    f"exhibits-{index}",
                    "有的证据编号不对。",
                    "An exhibit number is wrong.",
                )
            )
            numbers = []
        if not about:
            wrong.append(
                wrong_field("point_empty", f"about-{index}", "请写争议的是什么。", "Say what is in dispute.")
            )
        agreed = sent.text(f"agreed-{index}", limit=5) == "yes"
        exhibits = tuple(int(item) for item in dict.fromkeys(numbers))
        points.append(Point(f"p{len(points) + 1}", about, a, b, exhibits, agreed))
    if wrong:
        return Problems(tuple(wrong))
    return perform(set_points(sent.world, points=tuple(points), **_base(sent)))


def _extend(sent: SentForm, _: CaseFile) -> object:
    length = sent.text("length", limit=10)
    if length not in _LENGTHS:
        return Problems((wrong_field("length_unknown", "length", "请选延长多久。", "Choose for how long."),))
    return perform(
        extend_deadline(
            sent.world,
            deadline=sent.text("deadline", limit=20),
            length=length,
            reason=sent.text("reason"),
            **_base(sent),
        )
    )


def _suspend(sent: SentForm, _: CaseFile) -> object:
    return suspend_clock(sent)


def _escalate(sent: SentForm, _: CaseFile) -> object:
    why = sent.text("why")
    if not why:
        return Problems((wrong_field("reason_missing", "why", "请写原因。", "Give the reason."),))
    return perform(escalate_case(sent.world, rung=None, gate_confirmed=False, why=why, **_base(sent)))


def _exhibit(sent: SentForm, file: CaseFile) -> object:
    return hand_in(sent, before=frozenset(item.no for item in file.case.exhibits))


def _step(sent: SentForm, file: CaseFile) -> object:
    return report_step(sent, file, own=True)


def _decide(sent: SentForm, file: CaseFile) -> object:
    after, facts, reasons = sent.text("next", limit=40), sent.text("facts"), sent.text("reasons")
    terms = sent.terms()
    wrong = list(terms.items) if isinstance(terms, Problems) else []
    if after not in {spec.rung.value for spec in file.rules.playbook.ladder}:
        wrong.append(wrong_field("next_missing", "next", "请选不服之后去哪里。", "Choose the next door."))
    if wrong or isinstance(terms, Problems):
        return Problems((*unwritten(facts, reasons), *wrong))
    outcome = perform(
        decide_case(
            sent.world,
            facts=facts,
            reasons=reasons,
            terms=terms,
            grounds=tuple(dict.fromkeys(item[:40] for item in sent.post.getlist("ground"))),
            next_recourse=after,
            **_base(sent),
        )
    )
    return sent.at_term_fields(outcome) if isinstance(outcome, Problems) else outcome


def _reopen(sent: SentForm, _: CaseFile) -> object:
    reason = sent.text("reason")
    if not reason:
        return Problems((wrong_field("reason_missing", "reopen_reason", "请写原因。", "Give the reason."),))
    return perform(reopen_case(sent.world, reason=reason, **_base(sent)))


def _hold(sent: SentForm, _: CaseFile) -> object:
    return _placed(perform(hold_case(sent.world, reason=sent.text("reason"), **_base(sent))), "hold_reason")


def _release(sent: SentForm, _: CaseFile) -> object:
    return _placed(
        perform(release_hold(sent.world, reason=sent.text("reason"), **_base(sent))), "hold_reason"
    )


def _placed(outcome: object, field: str) -> object:
    if not isinstance(outcome, Problems):
        return outcome
    return Problems(tuple(Problem(p.key, field, p.message, p.do) for p in outcome.items))


def _erase(sent: SentForm, _: CaseFile) -> object:
    if sent.text("again", limit=40) != sent.number:
        zh, en = "请输入编号确认。删除后无法恢复。", "Type the number to confirm. This cannot be undone."
        return Problems((wrong_field("not_confirmed", "again", zh, en),))
    return perform(erase_case(sent.world, actor=sent.actor, number=sent.number))


@dataclass(frozen=True, slots=True)
class Deed:
    """What runs, what the page says afterwards, and where on the page one lands."""

    do: Callable[[SentForm, CaseFile], object]
    done: Text
    anchor: str = ""


DEEDS: dict[str, Deed] = {
    "assign": Deed(_assign, Text("已分派。", "Assigned.")),
    "vouch": Deed(
        _vouch, Text("已确认联系方式，投诉开始处理。", "Contact vouched for; the case is under way.")
    ),
    "confirm": Deed(_confirm, Text("问题已确认。", "The problem is confirmed.")),
    "ask": Deed(_ask, Text("已发出，开始计时。", "Asked; the clock is running."), "#requests"),
    "exhibit": Deed(_exhibit, Text("已替投诉人收下材料。", "Taken in for the complainant."), "#evidence"),
    "message": Deed(_message, Text("双方都能看到。", "Both sides can read it."), "#talk"),
    "note": Deed(_note, Text("备注已记下，只有我们看得到。", "Noted; only we can read it."), "#notes"),
    "contact": Deed(_contact, Text("这次联系已记下。", "The attempt is noted."), "#contacts"),
    "state-evidence": Deed(state_items, Text("已替投诉人记下。", "Noted for the complainant."), "#evidence"),
    "answer-questions": Deed(answer_open, Text("已替投诉人记下。", "Noted for the complainant."), "#claim"),
    "conditions": Deed(list_conditions, Text("核对表已保存。", "The table is saved."), "#conditions"),
    "account": Deed(add_account, Text("已加进对照。", "Added."), "#accounts"),
    "open-filing": Deed(
        record_filing, Text("已记下，开始计时。", "Noted; the clock is running."), "#filings"
    ),
    "update-filing": Deed(record_answer, Text("已记下对方的答复。", "Their answer is noted."), "#filings"),
    "points": Deed(_points, Text("争议焦点已保存。", "The points are saved."), "#points"),
    "extend": Deed(_extend, Text("已延长，双方看得到理由。", "Extended; both sides see why.")),
    "suspend": Deed(_suspend, Text("已暂停，到时自动恢复。", "Suspended; it goes on by itself.")),
    "escalate": Deed(_escalate, Text("已进入下一步。", "On to the next step.")),
    "step": Deed(
        _step, Text("已记下这一步，双方都看得到。", "This step is noted; both sides see it."), "#remedies"
    ),
    "decide": Deed(_decide, Text("决定已发出。", "The decision is issued."), "#decision"),
    "reopen": Deed(_reopen, Text("已重新打开。", "Reopened.")),
    "hold": Deed(_hold, Text("已保全，删除暂停。", "Held; nothing is erased for now.")),
    "release-hold": Deed(_release, Text("保全已解除。", "The hold is released.")),
    "erase": Deed(_erase, Text("个人信息已删除。", "Personal data is erased.")),
}
