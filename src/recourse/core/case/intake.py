# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Intake: a complaint is filed, its contact proven, its problem confirmed; then it is acknowledged and assessed."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from recourse.core.actor import Role
from recourse.core.calendar import CHINA
from recourse.core.case import clocks, ladder, tables
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft, fits_answers
from recourse.core.case.state import ProblemRef
from recourse.core.case.terms import PAID_BACK, above_paid, amount_problems, points_problems
from recourse.core.playbook.classes import classes_mixed
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.subject import Subject, masked
from recourse.core.text import Text
from recourse.core.vocabulary import RECORD_MARKERS, Stage, StartsWhen

# Above this sum a matter is assessed as heavy: the queue shows it and a neutral looks first (seed s2, 5,000 yuan).
HEAVY_FEN = 5_000_00


def file_complaint(draft: Draft, command: c.FileComplaint) -> Problems | None:
    """Hand a complaint in. Missing evidence never blocks; what is unreadable does."""
    refused = gather(_problems(draft, command))
    if refused is not None:
        return refused
    playbook = draft.rules.playbook
    known = {item.id: item for item in playbook.problems}
    draft.add(
        e.ComplaintFiled(
            id=command.id,
            number=command.number,
            operator=draft.actor.operator,
            platform=playbook.platform,
            rulebook=command.rulebook,
            playbook_version=playbook.version,
            filed_at=draft.now,
            complainant_id=command.complainant_id,
            complainant_name=command.complainant_name,
            contact=command.contact,
            respondent_name=command.respondent_name,
            respondent_registered=command.respondent_registered,
            accepts_defaults=command.accepts_defaults,
            subject=masked(command.subject, playbook.masked),
            story=command.story,
            problems=tuple(ProblemRef(id, known[id].key, command.confirmed) for id in command.problems),
            claims=command.claims,
            answers_given=command.answers_given,
            evidence=command.evidence,
            operated=command.operated,
            service=command.service,
            refiled_from=command.refiled_from,
            refilings=command.refilings,
            new_ground=command.new_ground,
        )
    )
    if command.conditions or command.refusal is not None:
        draft.add(e.ConditionsSet(conditions=command.conditions, refusal=command.refusal))
    if command.by_phone and draft.actor.role is not Role.complainant:
        draft.add(e.ComplaintTakenByPhone(agent=draft.actor.id))
    clocks.list_all(draft, playbook.deadlines, scope="case", markers=RECORD_MARKERS)
    clocks.signal(draft, StartsWhen.filed, draft.now)
    subject = command.subject
    for marker, day in (
        (StartsWhen.promised, subject.promised_on),
        (StartsWhen.received_goods, subject.received_on),
        (StartsWhen.discovered, _discovered_on(subject, draft.now)),
    ):
        if day is not None:
            clocks.signal(draft, marker, datetime.combine(day, time(), CHINA))
    return None


def _discovered_on(subject: Subject, now: datetime) -> date:
    """The earliest day on which one could know of the wrong: dates lean to the safe side, and never past today."""
    today = now.astimezone(CHINA).date()
    known = subject.received_on or subject.promised_on or subject.happened_on or today
    return min(known, today)


def _problems(draft: Draft, command: c.FileComplaint) -> Iterator[Problem]:
    playbook = draft.rules.playbook
    if not command.story.strip():
        yield _problem(
            "story_missing",
            "story",
            "请写一句发生了什么。",
            "Say in a sentence what happened.",
        )
    if not command.respondent_name.strip():
        yield _problem(
            "respondent_missing",
            "respondent.name",
            "请写要投诉谁（店名或公司名）。",
            "Name whom you complain about.",
        )
    if not command.contact.strip():
        yield _problem(
            "contact_missing",
            "complainant.contact",
            "请留一个手机号或邮箱。",
            "Leave a phone number or an e-mail.",
        )
    known = {item.id for item in playbook.problems}
    if len(set(command.problems)) < len(command.problems):
        yield _twice()
    for index, id in enumerate(command.problems):
        if id not in known:
            yield _problem(
                "problem_unknown",
                f"problems[{index}]",
                f"没有“{id}”这种问题。",
                f"There is no problem {id!r} here.",
                f"可选：{'、'.join(sorted(known))}",
                f"Choose from: {', '.join(sorted(known))}",
            )
    mixed = classes_mixed(playbook, command.problems)
    if mixed is not None:
        yield mixed
    yield from _answer_problems(draft, command.answers_given)
    yield from _claim_problems(draft, command)
    yield from tables.condition_problems(draft, command.conditions, command.refusal, exhibits=frozenset())
    if command.refiled_from:
        yield from _refiling_problems(draft, command)


def answer_questions(draft: Draft, command: c.AnswerQuestions) -> Problems | None:
    """Answer what was left open. An answer once given stands: doors, remedies and grounds were chosen by it."""
    given = {key: answer for key, answer in command.answers.items() if answer}
    found = list(_answer_problems(draft, given))
    known = draft.case.answers_given
    for key, answer in given.items():
        if known.get(key, answer) != answer:
            found.append(
                _problem(
                    "answered_already",
                    f"answers.{key}",
                    "这个问题已经答过，不能改。",
                    "This question was answered before and stands.",
                    "答错了，请在留言里说明。",
                    "If it was wrong, say so in a message.",
                )
            )
    refused = gather(found)
    fresh = {key: answer for key, answer in given.items() if key not in known}
    if refused is None and fresh:
        draft.add(e.QuestionsAnswered(answers=fresh))
    return refused


def _answer_problems(draft: Draft, given: Mapping[str, str]) -> Iterator[Problem]:
    asked = {question.key: question for question in draft.rules.playbook.ask}
    for index, (key, answer) in enumerate(given.items()):
        question = asked.get(key)
        if question is None:
            yield _problem(
                "question_unknown",
                f"answers[{index}]",
                f"这里没有“{key}”这个问题。",
                f"There is no question {key!r} here.",
                f"可选：{'、'.join(sorted(asked))}",
                f"Choose from: {', '.join(sorted(asked))}",
            )
            continue
        options = {"yes", "no"} if question.kind == "yes_no" else {option.key for option in question.options}
        if question.kind in {"yes_no", "choice"} and answer not in options:
            yield _problem(
                "answer_unknown",
                f"answers.{key}",
                f"“{answer}”不在可选的回答里。",
                f"{answer!r} is not one of the answers.",
                f"可选：{'、'.join(sorted(options))}",
                f"Choose from: {', '.join(sorted(options))}",
            )


def _claim_problems(draft: Draft, command: c.FileComplaint) -> Iterator[Problem]:
    if not command.claims:
        yield _problem(
            "demand_missing",
            "demands",
            "请选至少一项诉求。",
            "Choose at least one demand.",
        )
    remedies = draft.rules.playbook.remedies
    offered = {spec.kind for spec in remedies if fits_answers(spec.when, command.answers_given)}
    for index, claim in enumerate(command.claims):
        if claim.kind not in offered:
            yield _problem(
                "remedy_not_offered",
                f"demands[{index}].kind",
                f"这里不能要求“{claim.kind}”。",
                f"{claim.kind} cannot be demanded here.",
                f"可选：{'、'.join(sorted(offered))}",
                f"Choose from: {', '.join(sorted(offered))}",
            )
        where = f"demands[{index}].amount"
        yield from amount_problems(claim.kind, claim.amount_fen, where, needed=False)
        yield from points_problems(claim.kind, claim.points, f"demands[{index}].points")
        if claim.kind in PAID_BACK and _above(claim.amount_fen, command.subject.amount_fen):
            yield above_paid(where)


def _above(asked: int | None, paid: int | None) -> bool:
    return asked is not None and paid is not None and asked > paid


def _refiling_problems(draft: Draft, command: c.FileComplaint) -> Iterator[Problem]:
    limit = draft.rules.playbook.refiling.times_max
    if command.refilings > limit:
        yield refiled_too_often(limit)
    if not command.new_evidence and not command.new_ground.strip():
        yield _problem(
            "nothing_new",
            "new_ground",
            "再次投诉需要新的证据或新的理由。",
            "Filing again needs new evidence or a new ground.",
        )


def refiled_too_often(limit: int) -> Problem:
    """The matter was filed as often as the playbook lets it."""
    return _problem(
        "refiled_too_often",
        "",
        f"同一件事最多再投诉{limit}次。",
        f"The same matter can be filed again {limit} times at most.",
        "可以走12315或法院，材料已备好。",
        "12315 and the courts stay open; the papers are ready.",
    )


def _twice() -> Problem:
    return _problem(
        "problem_twice",
        "problems",
        "同一种问题选了两次。",
        "The same problem was chosen twice.",
    )


def _problem(
    key: str,
    field: str,
    zh: str,
    en: str,
    do_zh: str = "改好这一项再提交，其他内容都还在。",
    do_en: str = "Correct this and send again; everything else is kept.",
) -> Problem:
    return Problem(key, field, Text(zh, en), Text(do_zh, do_en))


def prove_contact(draft: Draft, command: c.ProveContact) -> Problems | None:
    """The contact is proven: acknowledge, assess, and step onto the first rung."""
    if command.method == "vouched" and draft.actor.role is Role.complainant:
        return refuse(
            "not_allowed",
            zh="要用验证码证明这个联系方式是你的。",
            en="Prove with the code that this contact is yours.",
            do_zh="输入收到的6位验证码。",
            do_en="Enter the six-digit code you received.",
            field="code",
        )
    draft.add(
        e.ContactProven(at=draft.now, method=command.method),
        e.ComplaintAcknowledged(at=draft.now),
    )
    if (
        draft.case.problems and all(item.confirmed for item in draft.case.problems)
    ) or draft.actor.role is not Role.complainant:
        assess(draft)
    return None


def confirm_problems(draft: Draft, command: c.ConfirmProblems) -> Problems | None:
    """The person says what it is about. The first confirmation lets the case move."""
    known = {item.id: item for item in draft.rules.playbook.problems}
    if not command.problems or not set(command.problems) <= set(known):
        return refuse(
            "problem_unknown",
            zh="请从列出的问题里选至少一个。",
            en="Choose at least one of the listed problems.",
            do_zh="勾选最接近的一项；拿不准就选最主要的。",
            do_en="Tick the closest one; when in doubt, the main one.",
            field="problems",
        )
    if len(set(command.problems)) < len(command.problems):
        return Problems((_twice(),))
    mixed = classes_mixed(draft.rules.playbook, command.problems)
    if mixed is not None:
        return Problems((mixed,))
    refs = tuple(ProblemRef(id, known[id].key, confirmed=True) for id in command.problems)
    if refs != draft.case.problems:
        draft.add(e.ProblemsConfirmed(problems=refs))
    if draft.case.stage is Stage.acknowledged:
        assess(draft)
    return None


def assess(draft: Draft) -> None:
    """Initial assessment (ISO 10002), then the first rung of the ladder."""
    case = draft.case
    total = max((claim.amount_fen or 0 for claim in case.claims), default=0)
    severity = "heavy" if max(total, case.subject.amount_fen or 0) > HEAVY_FEN else "ordinary"
    route = "operated" if case.operated else "outside"
    draft.add(e.CaseAssessed(checks=dict(draft.facts.checks), severity=severity, route=route))
    ladder.go_on(draft, why="filed")
