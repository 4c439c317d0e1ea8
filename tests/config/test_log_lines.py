# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A log entry is one line, whatever somebody typed."""

import logging

from recourse.config.log_lines import OneLine
from recourse.webkit.request_id import set_request_id


def test_a_line_break_in_a_name_cannot_forge_an_entry():
    set_request_id("abcdef12")
    record = logging.LogRecord(
        "odr", logging.WARNING, "", 1, "filed by %s", ("张三\n2026 ERROR forged\x1b[2J",), None
    )
    line = OneLine().format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    assert "abcdef12 filed by 张三\\n2026 ERROR forged" in line


def test_a_hand_over_link_stands_in_no_log():
    record = logging.LogRecord("django", logging.WARNING, "", 1, "Bad: %s", ("/r/l/aB3-_x9/?a=1",), None)
    assert OneLine().format(record).endswith("Bad: /r/l/…/?a=1")
