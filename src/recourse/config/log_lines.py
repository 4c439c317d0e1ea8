# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One record, one line: a name or a story with a line break in it must not be able to forge a log entry."""

import logging
import re

from recourse.webkit.request_id import current_request_id

# A hand-over link opens a seat to whoever reads it, so no log may hold one.
_LINK = re.compile(r"/r/l/[\w-]+")


class OneLine(logging.Formatter):
    """Time, level, logger, request id and message, with every control character written out."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line; a traceback follows the message with its breaks written as \\n."""
        record.request_id = current_request_id() or "-"
        text = _LINK.sub("/r/l/…", super().format(record))
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
