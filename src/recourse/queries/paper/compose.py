# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The whole document as plain values, as `dossier.typ` takes it. Nothing here depends on when it is written."""

from io import BytesIO
from typing import Any

import segno

from recourse.core.actor import Role
from recourse.core.calendar import CHINA
from recourse.core.dossier.words import UNPROVEN
from recourse.core.text import Text
from recourse.queries.paper.edition import Edition, in_pieces
from recourse.queries.paper.first_page import first_page, standing
from recourse.queries.paper.outcome import outcome, proof
from recourse.queries.paper.record import record

_TITLE = Text("消费纠纷材料", "Consumer dispute dossier")
_SEATS = {
    Role.complainant: Text("投诉人版", "for the complainant"),
    Role.respondent: Text("被投诉人版", "for the respondent"),
    Role.auditor: Text("监督版", "for the auditor"),
}
_HOUSE = Text("经办版（内部）", "for the operator's staff")


def compose(edition: Edition) -> dict[str, Any]:
    """Everything the pages show but the pictures."""
    file = edition.file
    last = edition.as_of.astimezone(CHINA).date()
    return {
        "lang": edition.lang,
        "number": file.case.number,
        "title": edition.say(_TITLE),
        "header": edition.of("说法 · ", "Recourse · ") + edition.say(edition.operator),
        "operator": edition.say(edition.operator),
        "edition": edition.say(_SEATS.get(Role(file.role), _HOUSE)),
        "headline": _headline(edition),
        "filed_at": edition.at(file.case.filed_at),
        "standing": standing(edition),
        "as_of": edition.at(edition.as_of),
        "date": [last.year, last.month, last.day],
        "chain": {"version": file.case.version, "head": in_pieces(file.head)},
        "verify": {
            "url": f"{edition.public_url}/verify",
            "qr": qr(f"{edition.public_url}/verify#{file.head}"),
            "said": edition.say(UNPROVEN["split"]),
        },
        "first": first_page(edition),
        **record(edition),
        "outcome": outcome(edition),
        "proof": proof(edition),
    }


def qr(address: str) -> str:
    """A QR code as SVG text; error correction M, so that a print and a phone get on."""
    code = segno.make(address, error="m", micro=False)
    out = BytesIO()
    code.save(out, kind="svg", border=0, omitsize=True, xmldecl=False, nl=False)
    return out.getvalue().decode()


def _headline(edition: Edition) -> str:
    case, playbook = edition.file.case, edition.file.rules.playbook
    leading = next((ref.id for ref in case.problems), "")
    problem = next((item.name for item in playbook.problems if item.id == leading), None)
    goods = case.subject.title
    if problem is None:
        return goods or edition.of("投诉", "Complaint")
    name = edition.say(problem)
    return f"{goods}{edition.of('：', ': ')}{name}" if goods else name
