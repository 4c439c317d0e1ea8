# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A player asks for spans of a recording (RFC 9110, section 14); whatever it asks, the headers of a stranger's file stay."""

from typing import Any

import pytest

from recourse.webkit.download import piece

FILM = bytes(range(10))


def asked(wanted: str, data: bytes = FILM) -> Any:
    # In chunks of three, as a vault gives them.
    chunks = [data[at : at + 3] for at in range(0, len(data), 3)]
    return piece(iter(chunks), media_type="video/mp4", name="a.mp4", size=len(data), wanted=wanted)


@pytest.mark.parametrize(
    ("wanted", "said", "given"),
    [
        ("bytes=0-", "bytes 0-9/10", FILM),
        ("bytes=0-1", "bytes 0-1/10", FILM[:2]),
        ("bytes=2-6", "bytes 2-6/10", FILM[2:7]),
        ("bytes=3-5", "bytes 3-5/10", FILM[3:6]),
        ("bytes=9-9", "bytes 9-9/10", FILM[9:]),
        ("bytes=7-99", "bytes 7-9/10", FILM[7:]),
        ("bytes=-4", "bytes 6-9/10", FILM[6:]),
        ("bytes=-99", "bytes 0-9/10", FILM),
    ],
)
def test_one_span_is_given(wanted: str, said: str, given: bytes) -> None:
    answer = asked(wanted)
    assert (answer.status_code, answer["Content-Range"], answer.content) == (206, said, given)
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    "wanted", ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "bytes=٣-", "words=0-1"]
)
def test_what_is_not_one_span_gets_the_whole(wanted: str) -> None:
    answer = asked(wanted)
    assert (answer.status_code, answer.content) == (200, FILM)
    assert answer["Accept-Ranges"] == "bytes" and "Content-Range" not in answer


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_of_what_is_not_there_nothing_is_given(wanted: str) -> None:
    answer = asked(wanted)
    assert (answer.status_code, answer["Content-Range"], answer.content) == (416, "bytes */10", b"")


@pytest.mark.parametrize("wanted", ["", "bytes=2-", "bytes=10-"])
def test_it_stays_a_strangers_file(wanted: str) -> None:
    answer = asked(wanted)
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]


def test_a_long_span_is_streamed_and_says_its_length() -> None:
    data = bytes(3 * 1024 * 1024)
    answer = asked("bytes=5-2097156", data)
    assert answer.streaming and answer["Content-Length"] == str(2097152)
    assert sum(map(len, answer.streaming_content)) == 2097152
