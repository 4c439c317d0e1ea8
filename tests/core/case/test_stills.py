# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Stills: a picture that says from which video and where; the video itself is never opened."""

import pytest

from recourse.core.actor import Actor
from recourse.core.case.commands import AddExhibit
from recourse.core.evidence import parse_time_code, time_code
from recourse.core.vocabulary import EvidenceKind
from tests.core.case import scenes
from tests.core.case.story import A, B


def picture(media_type: str = "image/png", **more: int) -> AddExhibit:
    return AddExhibit(EvidenceKind.photo, "b" * 64, 3, media_type, "d" * 64, "x", **more)


def test_a_still_names_its_video_and_moment() -> None:
    story = scenes.negotiating()
    story.do(A, picture("video/mp4"))
    story.do(A, picture(still_of=1, second=72))
    still = story.case.exhibits[-1]
    assert (still.no, still.still_of, still.second) == (2, 1, 72)
    assert story.case.exhibits[0].still_of == 0


@pytest.mark.parametrize(
    ("side", "command", "key"),
    [
        (A, picture(still_of=9), "no_such_recording"),
        (A, picture(still_of=2), "no_such_recording"),  # a picture
        (B, picture(still_of=1), "no_such_recording"),  # the other side's
        (A, picture("video/mp4", still_of=1), "still_no_picture"),
        (A, picture(still_of=1, second=24 * 3600), "second_outside"),
        (A, picture(still_of=1, second=-1), "second_outside"),
    ],
)
def test_what_is_no_still_is_refused(side: Actor, command: AddExhibit, key: str) -> None:
    story = scenes.negotiating()
    story.do(A, picture("video/mp4"))
    story.do(A, picture())
    before = len(story.case.exhibits)
    assert story.refused(side, command) == (key,)
    assert len(story.case.exhibits) == before


@pytest.mark.parametrize(
    ("text", "second", "shown"), [("72", 72, "01:12"), ("01:12", 72, "01:12"), ("1:02:03", 3723, "1:02:03"), ("１:2", None, ""), ("1:75", None, ""), ("", None, ""), ("a", None, "")]
)  # fmt: skip
def test_a_time_code_is_read_and_written(text: str, second: int | None, shown: str) -> None:
    assert parse_time_code(text) == second
    assert second is None or time_code(second) == shown
