# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Mailboxes in a text: which of them are somebody's own, and which are a counter that everybody may write to.

A mailbox counts as somebody's own unless every part of its name is a word for a counter (`service@`, `kefu02@`,
`no-reply@`, `12315@`) and its host is no provider of mailboxes for everybody: kefu@qq.com is whoever took it first.
Addresses look as in RFC 5322 3.4.1 (dot-atom, ASCII), hosts as in RFC 1123 2.1.
"""

import re
from collections.abc import Iterator

# Names of RFC 2142 sections 3 to 5, and what service counters here call themselves, in Latin letters and in pinyin.
_COUNTER = re.compile(
    r"info|marketing|sales|support|abuse|noc|security|hostmaster|postmaster|webmaster|admin|administrator|cases?"
    r"|complain|complaints?|contact|consumer|care|customers?|cs|customerservice|do|donotreply|feedback|help|helpdesk"
    r"|hotline|legal|mailer|daemon|no|noreply|not|notice|notify|notifications?|office|orders?|privacy|refund|reply"
    r"|report|services?|servicedesk|system|team|kefu|fuwu|tousu|jubao|shouhou|youxiang|xinxiang|gongdan|tuikuan"
    r"|12300|12315|12321|12345|12377"
)
# Providers whose mailboxes anybody takes under any name; their subdomains as well (vip.qq.com).
_EVERYBODYS = re.compile(
    r"(?:.+\.)?(?:(?:qq|foxmail|163|126|188|139|sina|sohu|tom|21cn|263|aliyun|eyou|gmail|googlemail|outlook|hotmail|live"
    r"|msn|icloud|me|mac|yahoo|protonmail|zoho|gmx|yandex|naver)\.(?:com|cn|net|com\.cn|com\.hk|co\.jp|de)"
    r"|yeah\.net|189\.cn|wo\.cn|proton\.me|mail\.ru)"
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# A picture of two sizes is called logo@2x.png. What stands before @ in an address on the web is no name: /@somebody.
# The dot of a host that everybody knows is known as well where it was misread.
_MAILBOX = re.compile(
    r"(?P<name>[A-Za-z0-9_%+#$&'*!^~=?-][A-Za-z0-9._%+#$&'*!^~=?-]{0,63})\s?(?:@|\(at\)|\[at\])\s?(?![1-9]x\.)"
    rf"(?P<host>(?:{_LABEL}\.)+[A-Za-z]{{2,24}}"
    r"|(?:qq|foxmail|163|126|139|sina|gmail|outlook|hotmail|icloud)\s?[.,。·]\s?(?:com|cn))",
    re.IGNORECASE,
)


def find_mailboxes(plain: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every mailbox that is somebody's own, in a line of half-width signs."""
    for found in _MAILBOX.finditer(plain):
        if not is_counter(found["name"], found["host"]):
            yield found.span()


def is_counter(name: str, host: str) -> bool:
    """Whether name@host is a counter that everybody may write to, and no one person's."""
    if _EVERYBODYS.fullmatch(host.lower()):
        return False
    parts = [part for part in re.split(r"[._+-]", name.lower()) if part]
    said = [part if _COUNTER.fullmatch(part) else part.rstrip("0123456789") for part in parts]
    return any(said) and all(_COUNTER.fullmatch(part) for part in said if part)
