# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Drafts: kept as typed, opened by their token alone."""

from datetime import timedelta

import pytest

from recourse.store import drafts
from recourse.store.models import Draft
from tests.store.house import START

pytestmark = pytest.mark.django_db


def test_a_draft_comes_back_as_it_was_typed() -> None:
    token = drafts.begin(operator="local", now=START)
    data = {"story": "写到一半\ud83d", "record": {"amount": "12o.00"}, "problems": ["s3.pt.quality"]}
    assert drafts.save(token, platform="kuaishou-shop", step="record", data=data, now=START) is True
    kept = drafts.load(token, now=START)
    assert kept is not None and kept.data == data
    assert (kept.platform, kept.step, kept.operator) == ("kuaishou-shop", "record", "local")


def test_the_table_alone_cannot_be_read() -> None:
    token = drafts.begin(operator="local", now=START)
    drafts.save(token, platform="", step="", data={"story": "秘密"}, now=START)
    row = Draft.objects.get()
    assert "秘密".encode() not in bytes(row.sealed) and token.partition(".")[2] not in row.token_hash


@pytest.mark.parametrize("token", ["", ".", "x.y", "0" * 32 + "." + "0" * 64])
def test_another_token_opens_nothing(token: str) -> None:
    drafts.begin(operator="local", now=START)
    assert drafts.load(token, now=START) is None
    assert drafts.save(token, platform="", step="", data={}, now=START) is False


def test_the_right_id_with_another_secret_opens_nothing() -> None:
    token = drafts.begin(operator="local", now=START)
    assert drafts.load(token[:-1] + ("0" if token[-1] != "0" else "1"), now=START) is None


def test_a_dropped_and_an_old_draft_are_gone() -> None:
    first, second = drafts.begin(operator="local", now=START), drafts.begin(operator="local", now=START)
    drafts.drop(first)
    assert drafts.load(first, now=START) is None
    end = START + drafts.LIFE
    assert drafts.load(second, now=end - timedelta(seconds=1)) is not None
    assert drafts.load(second, now=end) is None
    assert drafts.forget_expired(end) == 1


def test_a_draft_has_a_limit_and_keeps_what_it_had() -> None:
    token = drafts.begin(operator="local", now=START)
    drafts.save(token, platform="", step="", data={"story": "短"}, now=START)
    with pytest.raises(drafts.DraftTooBig):
        drafts.save(token, platform="", step="", data={"story": "长" * drafts.BYTES_MAX}, now=START)
    kept = drafts.load(token, now=START)
    assert kept is not None and kept.data == {"story": "短"}
