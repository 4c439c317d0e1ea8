# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Markup and text: bombs of entities, pictures that are programs, and the harmless virus of the testers."""

import base64
from collections.abc import Iterator

from tests.hostile.file import HostileFile, refused, taken

# The test string of EICAR is spelt backwards, so that no scanner stops at this file.
_EICAR = r"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"[::-1].encode()
_SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
_SVGS = {
    "script": ">{}<script>alert(1)</script>",
    "onload": " onload='alert(1)'>{}",
    "foreign": ">{}<foreignObject><iframe src='javascript:alert(1)'/></foreignObject>",
    "entity": ">{}<text>&x;</text>",
    "use": ">{}<use href='http://127.0.0.1/x.svg#a'/>",
    "use-data": ">{}<use xlink:href='data:image/svg+xml;base64,PHN2Zy8+#a'/>",
    "image": ">{}<image href='file:///etc/passwd'/>",
    "style": ">{}<style>@import 'http://127.0.0.1/x.css';</style>",
    "animate": ">{}<animate attributeName='href' values='javascript:alert(1)'/>",
    "set": ">{}<set attributeName='onmouseover' to='alert(1)'/>",
    "link": ">{}<a xlink:href='javascript:alert(1)'><text>x</text></a>",
    "filter": ">{}<filter><feImage href='http://127.0.0.1/x'/></filter>",
}


def files() -> Iterator[HostileFile]:
    """All of this module."""
    for name, body in _SVGS.items():
        picture = _SVG + body.format("") + "</svg>"
        yield refused("svg", f"{name}.svg", picture.encode())
        yield refused("svg", f"{name}-headed.svg", f"<?xml version='1.0'?>\n{picture}".encode())
        yield refused("svg", f"{name}-as.png", f"\ufeff \n<!-- {name} -->{picture}".encode())
    yield from _xml_bombs()
    yield from _eicar()


def _xml_bombs() -> Iterator[HostileFile]:
    levels = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    laughs = f"<!DOCTYPE x [<!ENTITY a0 'lol'>{levels}]><x>&a11;</x>"
    bodies = {
        "laughs": laughs,
        "quadratic": f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]><x>{'&a;' * 10_000}</x>",
        "external": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
        "remote": "<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'><x/>",
        "parameter": "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://127.0.0.1/'> %a;]><x/>",
        "deep": "<x>" * 40_000,
        "attributes": "<x " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>",
        "include": "<x xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd'/></x>",
        "style": "<?xml-stylesheet href='http://127.0.0.1/x.xsl'?><x/>",
    }
    for name, body in bodies.items():
        yield refused("xml bomb", f"{name}.xml", f"<?xml version='1.0'?>{body}".encode())
        yield refused("xml bomb", f"{name}-bare.xml", body.encode())
    for name in ("laughs", "external"):
        # A page is taken as bytes; nobody here expands what it says.
        page = f"<!DOCTYPE html [{bodies[name].partition('[')[2].partition(']')[0]}]><html>&a;</html>"
        yield taken("xml bomb", f"{name}.html", page.encode(), "text/html")


def _eicar() -> Iterator[HostileFile]:
    """Bytes like any other where no scanner is asked; a scanner that is asked must find them."""
    yield taken("eicar", "eicar.txt", _EICAR, "text/plain")
    yield taken("eicar", "eicar.com", _EICAR + b"\r\n", "text/plain")
    yield taken("eicar", "eicar-in-chat.txt", "客服：文件在这里\n".encode() + _EICAR, "text/plain")
    yield taken("eicar", "eicar-64.txt", base64.b64encode(_EICAR), "text/plain")
    page = b"<!DOCTYPE html><html><body><pre>" + _EICAR + b"</pre></body></html>"
    yield taken("eicar", "eicar.html", page, "text/html")
    mail = (
        b"From: a@example.cn\r\nDate: Thu, 1 Oct 2026 10:00:00 +0800\r\nSubject: x\r\n\r\n"
        + base64.b64encode(_EICAR)
    )
    yield taken("eicar", "eicar.eml", mail, "message/rfc822")
    yield taken("eicar", "eicar.pdf", b"%PDF-1.7\n" + _EICAR, "application/pdf")
    yield refused("eicar", "eicar.zip", b"PK\x03\x04" + bytes(26) + _EICAR)
