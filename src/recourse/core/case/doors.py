# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Outside doors: what a person filed elsewhere, with receipt number, clock and answer; several at once.

Two official bodies bar each other: once one has the matter in hand, 12315 does not admit it
(市场监督管理投诉举报处理办法 第十六条第二项). We warn first; the person decides.
"""

from recourse.core.case import clocks, ladder
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft, fits, open_questions, settled
from recourse.core.case.state import Case
from recourse.core.filing import IN_HAND, SPOKEN, TOLD, FilingState
from recourse.core.playbook.types import Channel, Playbook, Question, Target
from recourse.core.problem import Problem, Problems, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import Outcome, StartsWhen


def open_filing(draft: Draft, command: c.OpenFiling) -> Problems | None:
    """Record a filing at an outside door; its clocks start at the moment it was filed."""
    channel = _channel(draft, command.channel)
    if channel is None:
        return _no_channel()
    unknown = open_questions(channel.when, draft.case.answers_given)
    if unknown:
        return _unsettled(draft, channel, unknown)
    if command.filed_at > draft.now:
        return Problems(
            (
                Problem(
                    "moment_future",
                    "filed_at",
                    Text("提交时间不能在将来。", "The filing cannot lie in the future."),
                    Text("改成实际提交的时间。", "Give the moment you filed."),
                ),
            )
        )
    refused = _target_problem(draft, channel, command.target)
    if refused is not None:
        return refused
    barred_by = [f for f in draft.case.filings if f.official and f.state in IN_HAND]
    if channel.official and barred_by and not command.warned:
        return _barred(draft, barred_by[0].channel)
    filing_id = f"f{len(draft.case.filings) + 1}"
    draft.add(
        e.FilingOpened(
            id=filing_id,
            channel=channel.id,
            official=channel.official,
            receipt_no=command.receipt_no,
            at=command.filed_at,
            target=command.target,
        )
    )
    scope = f"filing:{filing_id}"
    clocks.list_all(draft, channel.deadlines, scope=scope, outside=True)
    clocks.signal(draft, StartsWhen.filing_recorded, command.filed_at, scope=scope)
    rung = _rung_scope(draft, channel.id)
    if rung is not None:
        # Outside, the person's own filing is what tells the respondent: the rung's clocks start with it.
        clocks.signal(draft, StartsWhen.filing_recorded, command.filed_at, scope=rung)
        clocks.signal(draft, StartsWhen.notice_served, command.filed_at, scope=rung)
    return None


def doors_of(playbook: Playbook, case: Case) -> tuple[Channel, ...]:
    """The doors that are known to fit this case: two that bar each other are not offered on a guess."""
    return tuple(item for item in playbook.channels if settled(item.when, case.answers_given))


def asked_by(channel: Channel, playbook: Playbook, case: Case) -> tuple[Question, ...]:
    """The open questions on which it turns whether this door fits; none where that is known, or where it does not."""
    if not fits(channel.when, case):
        return ()
    wanted = open_questions(channel.when, case.answers_given)
    return tuple(item for item in playbook.ask if item.key in wanted)


def targets_of(channel: Channel, case: Case) -> tuple[Target, ...]:
    """What filings at this door may be aimed at in this case; empty where the door takes one kind only."""
    return tuple(item for item in channel.targets if fits(item.when, case))


def _target_problem(draft: Draft, channel: Channel, given: str) -> Problems | None:
    targets = targets_of(channel, draft.case)
    if (given == "" and not targets) or given in {item.key for item in targets}:
        return None
    names = Text("、".join(i.name.zh for i in targets), ", ".join(i.name.en for i in targets))
    return refuse(
        "target_unknown",
        zh="请选这次投诉的是哪一个。" if targets else "这个渠道不分投诉对象。",
        en="Say what this filing is aimed at." if targets else "This door has no separate targets.",
        do_zh=f"可选：{names.zh}" if targets else "不用选投诉对象，直接提交。",
        do_en=f"Choose from: {names.en}" if targets else "Send it without a target.",
        field="target",
    )


def _rung_scope(draft: Draft, channel_id: str) -> str | None:
    """The scope of the rung's own clocks, when this door belongs to the outside rung the case stands on."""
    channel = _channel(draft, channel_id)
    here = draft.case.rung_outside and channel is not None and channel.rung is draft.case.rung
    return f"rung:{draft.case.rung}" if here else None


def _channel(draft: Draft, id: str) -> Channel | None:
    return next(
        (item for item in draft.rules.playbook.channels if item.id == id and fits(item.when, draft.case)),
        None,
    )


def _unsettled(draft: Draft, channel: Channel, wanted: tuple[str, ...]) -> Problems:
    asked = [item.text for item in asked_by(channel, draft.rules.playbook, draft.case)]
    zh, en = "".join(f"“{item.zh}”" for item in asked), " ".join(f"“{item.en}”" for item in asked)
    return refuse(
        "door_unsettled",
        zh=f"还不知道{channel.name.zh}收不收这件事。",
        en=f"It is not known yet whether {channel.name.en} takes this matter.",
        do_zh=f"请先回答：{zh}",
        do_en=f"Answer first: {en}",
        field=f"answers.{wanted[0]}",
    )


def _no_channel() -> Problems:
    return refuse(
        "channel_unknown",
        zh="没有这个渠道。",
        en="There is no such channel.",
        do_zh="请从页面列出的渠道里选。",
        do_en="Choose from the channels on the page.",
        field="channel",
    )


def _barred(draft: Draft, by: str) -> Problems:
    other = _channel(draft, by)
    name = other.name if other is not None else Text(by, by)
    return refuse(
        "official_bodies_bar_each_other",
        zh=f"你已经向{name.zh}投诉。消协、法院或其他机关已经受理的，12315不再收这件投诉（举报另算）。",
        en=f"You already filed with {name.en}. Once an official body has the matter, 12315 does not admit it "
        "(a report of a breach is another matter).",
        do_zh="建议先等它的结果；确实要再提交，请勾选“我已知道”。",
        do_en="Better wait for its answer; to go on all the same, tick “I know”.",
        field="warned",
    )


def update_filing(draft: Draft, command: c.UpdateFiling) -> Problems | None:
    """Record what the body said: its clocks move with it."""
    filing = next((item for item in draft.case.filings if item.id == command.filing), None)
    if filing is None:
        return _no_channel()
    draft.add(
        e.FilingUpdated(
            id=filing.id,
            # A receipt number that arrives later takes nothing back of what the body said since.
            state=filing.state if command.state is FilingState.filed else command.state,
            receipt_no=command.receipt_no,
            answer=command.answer,
            at=draft.now,
        )
    )
    scopes = [f"filing:{filing.id}"]
    rung = _rung_scope(draft, filing.channel)
    if rung is not None:
        scopes.append(rung)
    for scope in scopes:
        if command.state in TOLD:
            clocks.finish(draft, act="accept", who=None, scope=scope)
        if command.state is FilingState.admitted:
            clocks.signal(draft, StartsWhen.filing_accepted, draft.now, scope=scope)
        if command.state in SPOKEN:
            clocks.close_scope(draft, scope, met=True)
    if command.state is FilingState.solved and not draft.case.closed and not draft.case.open_remedies:
        # The person says that the matter is solved: nothing is left to do here.
        ladder.close(draft, Outcome.settled, because="solved_outside")
    return None
