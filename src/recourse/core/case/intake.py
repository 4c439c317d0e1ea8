# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Intake: a complaint is filed, its contact proven, its problem confirmed; then it is acknowledged and assessed."""

from collections.abc import Iterator

from recourse.core.actor import Role
from recourse.core.case import clocks, ladder
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.case.state import ProblemRef
from recourse.core.claim import carries_money
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import RemedyKind, StartsWhen

STORY_CHARS_MAX = 20_000
# Above this sum a matter is assessed as heavy: the queue shows it and a neutral looks first (seed s2, 5,000 yuan).
HEAVY_FEN = 5_000_00
# These give back what was paid, and no more.
PAID_BACK = frozenset({RemedyKind.refund, RemedyKind.return_refund})


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
            subject=command.subject,
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
    if command.by_phone:
        draft.add(e.ComplaintTakenByPhone(agent=draft.actor.id))
    clocks.list_all(
        draft,
        playbook.deadlines,
        scope="case",
        markers={StartsWhen.filed, StartsWhen.discovered},
    )
    clocks.signal(draft, StartsWhen.filed, draft.now)
    return None


def _problems(draft: Draft, command: c.FileComplaint) -> Iterator[Problem]:
    playbook = draft.rules.playbook
    if not command.story.strip():
        yield _problem(
            "story_missing",
            "story",
            "请写一句发生了什么。",
            "Say in a sentence what happened.",
        )
    if len(command.story) > STORY_CHARS_MAX:
        yield _problem(
            "story_too_long",
            "story",
            f"经过写得太长了，最多{STORY_CHARS_MAX}字；细节可以放进证据。",
            f"The story is too long: at most {STORY_CHARS_MAX} characters. Put details into exhibits.",
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
    yield from _claim_problems(draft, command)
    if command.refiled_from:
        yield from _refiling_problems(draft, command)


def _claim_problems(draft: Draft, command: c.FileComplaint) -> Iterator[Problem]:
    if not command.claims:
        yield _problem(
            "demand_missing",
            "demands",
            "请选至少一项诉求。",
            "Choose at least one demand.",
        )
    offered = {spec.kind for spec in draft.rules.playbook.remedies}
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
        if claim.amount_fen is not None and claim.amount_fen <= 0:
            yield _problem(
                "amount_not_positive",
                f"demands[{index}].amount",
                "金额要大于0。",
                "The sum must be above 0.",
            )
        if claim.amount_fen is not None and not carries_money(claim.kind):
            yield _problem(
                "amount_unwanted",
                f"demands[{index}].amount",
                "这项诉求不填金额。",
                "This demand carries no sum.",
            )
        if claim.kind in PAID_BACK and _above(claim.amount_fen, command.subject.amount_fen):
            yield _problem(
                "refund_above_paid",
                f"demands[{index}].amount",
                "退款不能超过实付金额；其余损失请用“赔偿”提出。",
                "A refund cannot exceed what was paid; claim further loss as compensation.",
            )


def _above(asked: int | None, paid: int | None) -> bool:
    return asked is not None and paid is not None and asked > paid


def _refiling_problems(draft: Draft, command: c.FileComplaint) -> Iterator[Problem]:
    limit = draft.rules.playbook.refiling.times_max
    if command.refilings > limit:
        yield _problem(
            "refiled_too_often",
            "",
            f"同一件事最多再投诉{limit}次。",
            f"The same matter can be filed again {limit} times at most.",
            "可以走12315或法院，材料已备好。",
            "12315 and the courts stay open; the papers are ready.",
        )
    if not command.new_evidence and not command.new_ground.strip():
        yield _problem(
            "nothing_new",
            "new_ground",
            "再次投诉需要新的证据或新的理由。",
            "Filing again needs new evidence or a new ground.",
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
    refs = tuple(ProblemRef(id, known[id].key, confirmed=True) for id in command.problems)
    draft.add(e.ProblemsConfirmed(problems=refs))
    if draft.case.stage == "acknowledged":
        assess(draft)
    return None


def assess(draft: Draft) -> None:
    """Initial assessment (ISO 10002), then the first rung of the ladder."""
    case = draft.case
    total = max((claim.amount_fen or 0 for claim in case.claims), default=0)
    severity = "heavy" if max(total, case.subject.amount_fen or 0) > HEAVY_FEN else "ordinary"
    route = "operated" if case.operated else "outside"
    draft.add(e.CaseAssessed(checks=dict(draft.facts.checks), severity=severity, route=route))
    ladder.climb(draft, why="filed")
