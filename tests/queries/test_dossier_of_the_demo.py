# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every story of the demonstration goes out as a dossier that verifies, in Chinese and in English, for both sides."""

from datetime import datetime

import pytest

from recourse.actions.demo.timeline import StoryClock, told_by
from recourse.actions.seed_demo import seed_demo
from recourse.core.actor import Actor, Role, Via
from recourse.core.calendar import CHINA
from recourse.core.problem import Problems
from recourse.queries.dossier import dossier
from recourse.store.models import CaseRow, RegisterContact
from recourse.webkit.world import world
from tests.dossiers.read_zip import URL, pages, verified

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = {"zh": ("消费纠纷材料", "请求", "此前找过谁", "是否生活消费"), "en": ("Consumerdisputedossier", "Demand", "Whowasasked", "Boughtforliving?")}  # fmt: skip


def test_every_story_goes_out_in_both_languages() -> None:
    stage = told_by(world(), StoryClock(datetime(2026, 11, 24, 12, 0, tzinfo=CHINA)))
    assert not isinstance(seed_demo(stage), Problems)
    rows = list(CaseRow.objects.order_by("filed_at"))
    assert len(rows) >= 12
    for row in rows:
        for lang in ("zh", "en"):
            for actor in seats(row):
                made = dossier(stage, actor=actor, number=row.number, public_url=URL, lang=lang)
                assert made is not None
                data = b"".join(made.parts[0].pieces())
                verdict = verified(data)
                assert verdict.ok, (row.title, lang, verdict.faults)
                said = pages(data)
                assert all(words in said[0] for words in FIRST[lang]), (row.title, lang)
                assert len(said) >= 3


def seats(row: CaseRow) -> list[Actor]:
    """The complainant, and where the notice reached one the respondent."""
    found = [Actor(row.complainant_id, Role.complainant, row.operator, Via.portal)]
    contact = RegisterContact.objects.filter(
        respondent__public_id=row.respondent_registered, verified_at__isnull=False
    ).first()
    if row.served_at is not None and contact is not None:
        found.append(Actor(contact.public_id, Role.respondent, row.operator, Via.portal))
    return found
