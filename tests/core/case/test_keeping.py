# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A hold stops every erasure, and another person releases it; a day is announced once and taken back."""

from datetime import timedelta

from recourse.core.actor import Role
from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.case.proof import BYTES_MAX
from recourse.core.redaction import seen_by
from recourse.core.vocabulary import EvidenceKind
from tests.core.case.scenes import confirmed, negotiating
from tests.core.case.story import AGENT, NEUTRAL, OWNER, SYSTEM, A, B


def test_what_is_held_is_not_erased_by_anybody() -> None:
    story = confirmed()
    assert story.do(AGENT, kc.HoldCase("法院调查令（2026）沪01号")) == ("CaseHeld",)
    assert story.do(OWNER, kc.HoldCase("再设一次")) == ()
    for actor in (OWNER, SYSTEM):
        assert story.refused(actor, kc.ErasePersonalData()) == ("held",)
    later = story.now + timedelta(days=40)
    assert story.refused(SYSTEM, kc.AnnounceErasure(later, "closed_case", "1")) == ("held",)


def test_a_hold_is_released_by_another_person_with_a_reason() -> None:
    story = confirmed()
    assert story.refused(AGENT, kc.HoldCase(" ")) == ("reason_missing",)
    story.do(AGENT, kc.HoldCase("法院调查令"))
    assert story.refused(AGENT, kc.ReleaseHold("不用了")) == ("same_person",)
    assert story.refused(OWNER, kc.ReleaseHold("")) == ("reason_missing",)
    assert story.refused(A, kc.ReleaseHold("不用了")) == ("not_allowed",)
    assert story.do(NEUTRAL, kc.ReleaseHold("案件已结")) == ("HoldReleased",)
    assert story.do(NEUTRAL, kc.ReleaseHold("案件已结")) == ()
    assert story.do(OWNER, kc.ErasePersonalData())[-1] == "PersonalDataErased"


def test_why_a_case_is_held_is_for_the_house_alone() -> None:
    story = confirmed()
    story.do(AGENT, kc.HoldCase("公安机关调取"))
    for role in (Role.complainant, Role.respondent):
        hold = seen_by(story.case, role).hold
        assert hold is not None and (hold.by, hold.reason) == ("", "")
    hold = seen_by(story.case, Role.owner).hold
    assert hold is not None and hold.reason == "公安机关调取"


def test_an_announced_day_is_said_once_and_taken_back_by_a_hold_or_a_reopening() -> None:
    story = confirmed()
    day = story.now + timedelta(days=40)
    assert story.refused(OWNER, kc.AnnounceErasure(day, "closed_case", "1")) == ("not_allowed",)
    assert story.do(SYSTEM, kc.AnnounceErasure(day, "closed_case", "1")) == ("ErasureAnnounced",)
    assert story.do(SYSTEM, kc.AnnounceErasure(day + timedelta(days=1), "closed_case", "1")) == ()
    assert story.case.erase_at == day
    story.do(AGENT, kc.HoldCase("法院调查令"))
    assert story.case.erase_at is None
    story.do(OWNER, kc.ReleaseHold("撤销"))
    story.do(SYSTEM, kc.AnnounceErasure(day, "closed_case", "1"))
    story.do(AGENT, c.ReopenCase("新证据"))
    assert story.case.erase_at is None


def test_what_was_reopened_meanwhile_is_not_erased_by_the_schedule() -> None:
    """The worker looked while it was closed; somebody reopened it before the worker came to erase."""
    story = confirmed()
    day = story.now + timedelta(days=40)
    story.do(SYSTEM, kc.AnnounceErasure(day, "closed_case", "1"))
    story.do(AGENT, c.ReopenCase("新证据"))
    assert story.do(SYSTEM, kc.ErasePersonalData(day)) == ()
    assert not story.case.erased and not story.case.closed
    story = confirmed()
    story.do(SYSTEM, kc.AnnounceErasure(day, "closed_case", "1"))
    assert story.do(SYSTEM, kc.ErasePersonalData(day - timedelta(days=1))) == (), (
        "that day was never announced"
    )
    assert story.do(SYSTEM, kc.ErasePersonalData(day))[-1] == "PersonalDataErased"


def test_one_side_cannot_fill_the_house() -> None:
    story = negotiating()
    film = c.AddExhibit(EvidenceKind.photo, "blob", 200 * 1024**2, "video/mp4", "digest", "a.mp4")
    for _ in range(BYTES_MAX // film.size):
        story.do(A, film)
    assert story.refused(A, film) == ("too_many_bytes",)
    assert story.do(B, film), "the other side has its own room"
