# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Text of every kind: exported chats, mail files, bills. What comes out is plain text without control characters."""

import codecs
import csv
import email.parser
import email.policy
import hashlib
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

from recourse.core.bill.read import ROWS_MAX, read_bill
from recourse.core.inspection import TEXT_MAX, Note, Reason
from recourse.core.problem import Problems
from recourse.processes.inspector.raw import Findings, NoPreview

_MAIL = re.compile(rb"(?i)\A(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n?")
_MAIL_FIELDS = re.compile(rb"(?im)^(?:from|received|return-path|message-id|mime-version|subject|date):")
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ATTACHMENTS_MAX = 50
_HEADER_MAX = 500
_HEADERS = ("From", "To", "Cc", "Date", "Subject", "Message-ID")
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article"}
)
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "title"})


def decode(data: bytes) -> Iterator[Findings | Note]:
    """A mail, a bill or plain words; raises NoPreview when its encoding is not understood."""
    if _is_mail(data):
        found = _mail(data)
    else:
        text = _text(data)
        found = {"text": _without_marks(text)} if _is_markup(text) else {**_bill(text), "text": _clean(text)}
    if len(found["text"]) > TEXT_MAX:
        found["text"] = found["text"][:TEXT_MAX]
        yield Note.text_cut
    yield Findings(found)


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoPreview(Reason.not_text)


def _clean(text: str) -> str:
    """Without control characters and marks that turn the direction of reading."""
    return _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))


def _is_markup(text: str) -> bool:
    head = text.lstrip("\ufeff \t\r\n")[:1000].lower()
    return head.startswith(
        ("<!doctype html", "<html", "<head", "<body", "<div", "<?xml", "<meta", "<table", "<p")
    )


class _Words(HTMLParser):
    """The words of a page as they would be read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; what a browser does not show is passed over."""
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"img", "video", "audio"}:
            self.parts.append("［图片］" if tag == "img" else "［音视频］")

    def handle_endtag(self, tag: str) -> None:
        """What was hidden ends."""
        if tag in _HIDDEN and self.hidden:
            self.hidden -= 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.hidden:
            self.parts.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _without_marks(text: str) -> str:
    words = _Words()
    words.feed(text)
    words.close()
    lines = (line.strip() for line in "".join(words.parts).split("\n"))
    return _clean("\n".join(line for line in lines if line))


def _is_mail(data: bytes) -> bool:
    head = data[:8192]
    return bool(_MAIL.match(head)) and len(set(_MAIL_FIELDS.findall(head))) >= 2


def _mail(data: bytes) -> dict[str, Any]:
    """Headers, words and the attachments by name and digest; none of the attachments is opened."""
    message = email.parser.BytesParser(policy=email.policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    headers = {name: _header(message, name) for name in _HEADERS}
    attached = [
        _attachment(part)
        for part, _ in zip(message.iter_attachments(), range(_ATTACHMENTS_MAX), strict=False)
    ]
    body = message.get_body(preferencelist=("plain", "html"))
    words = ""
    if body is not None:
        given = body.get_payload(decode=True) or b""
        words = _text(given) if isinstance(given, bytes) else ""
        if body.get_content_type() == "text/html":
            words = _without_marks(words)
    return {"text": _clean(words), "mail": {k: v for k, v in headers.items() if v}, "attached": attached}


def _header(message: EmailMessage, name: str) -> str:
    """One field of the head. A long list of people ends with a whole one: half an address is not known for one."""
    try:
        value = _clean(str(message.get(name, "")))
    except Exception:
        # A header against all rules is shown as none.
        return ""
    if len(value) <= _HEADER_MAX:
        return value
    end = max(value.rfind(",", 0, _HEADER_MAX), value.rfind(" ", 0, _HEADER_MAX))
    return value[: end if end > 0 else _HEADER_MAX].rstrip(", ")


def _attachment(part: Any) -> dict[str, Any]:
    given = part.get_payload(decode=True) or b""
    try:
        name = _clean(part.get_filename() or "")[:200]
    except Exception:
        name = ""
    return {"name": name, "size": len(given), "digest": hashlib.sha256(given).hexdigest()}


def _bill(text: str) -> dict[str, Any]:
    """The rows of a bill, if it is one of the layouts that we know."""
    if text.count(",") < 5:
        return {}
    try:
        lines = list(csv.reader(io.StringIO(text)))
    except csv.Error:
        return {}
    bill = read_bill(lines)
    if bill is None:
        return {}
    if isinstance(bill, Problems):
        return {
            "bill_refused": [
                [item.message.zh + item.do.zh, item.message.en + " " + item.do.en] for item in bill.items
            ]
        }
    rows = [row.as_plain() for row in bill.rows[:ROWS_MAX]]
    return {"bill": {"layout": bill.layout, "rows": rows}}
