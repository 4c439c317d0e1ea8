# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Keeping and letting go: a hold that stops every erasure, and the announcement that the retention schedule owes.

Erasing by schedule follows the duty to keep personal data no longer than needed (个人信息保护法 第十九条, 第四十七条); a hold is
the case in which it is still needed.
"""

from recourse.core.case import events as e
from recourse.core.case import keeping_commands as kc
from recourse.core.case.draft import Draft
from recourse.core.problem import Problems, refuse


def hold_case(draft: Draft, command: kc.HoldCase) -> Problems | None:
    """Hold the case. Holding what is held already changes nothing, so that the first who held it stays the one."""
    if draft.case.hold is not None:
        return None
    if not command.reason.strip():
        return _why()
    draft.add(e.CaseHeld(reason=command.reason, at=draft.now, by=draft.actor.id))
    return None


def release_hold(draft: Draft, command: kc.ReleaseHold) -> Problems | None:
    """Let go. Nobody releases what they held themselves: one person alone must not be able to undo it in silence."""
    hold = draft.case.hold
    if hold is None:
        return None
    if hold.by == draft.actor.id:
        return refuse(
            "same_person",
            zh="保全是你自己设的，要由另一位同事解除。",
            en="You set this hold yourself; another person has to release it.",
            do_zh="请另一位同事核对后解除。",
            do_en="Ask a colleague to look and release it.",
        )
    if not command.reason.strip():
        return _why()
    draft.add(e.HoldReleased(reason=command.reason, at=draft.now, by=draft.actor.id))
    return None


def announce_erasure(draft: Draft, command: kc.AnnounceErasure) -> Problems | None:
    """Announce the day, once. A held case is not announced, and neither is one that was announced already."""
    case = draft.case
    if case.hold is not None:
        return held()
    if case.erased or case.erase_at is not None:
        return None
    draft.add(
        e.ErasureAnnounced(due_at=command.due_at, rule=command.rule, version=command.version, at=draft.now)
    )
    return None


def held() -> Problems:
    """Why nothing may be erased now."""
    return refuse(
        "held",
        zh="这件投诉依法保全，现在不能删除任何内容。",
        en="This case is kept by law: nothing of it may be erased now.",
        do_zh="保全解除后再删除；由设保全以外的另一位同事解除。",
        do_en="Erase it once the hold is released, by another person than the one who set it.",
    )


def _why() -> Problems:
    return refuse(
        "reason_missing",
        field="reason",
        zh="请写原因。",
        en="Give the reason.",
        do_zh="写明谁要求、依据什么，例如法院调查令文号。",
        do_en="Say who asks for it and on what ground, such as the number of a court's order.",
    )
