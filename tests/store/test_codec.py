# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every event there is survives being stored, with its personal fields and without them."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recourse.core.actor import Actor, Role, Via
from recourse.core.canonical import NotCanonical, canonical
from recourse.core.case.event import EVENT_TYPES, personal_fields
from recourse.core.case.events import MessagePosted
from recourse.core.evidence import GENESIS, first_broken
from recourse.core.rulebook import Rulebook
from recourse.core.vocabulary import Party
from recourse.gateways.rule_files import load_rulebook, platforms
from recourse.store.codec import CaseStopped, open_event, rulebook_text, rulebook_value, seal_event, split
from tests.event_samples import AT, sample

KEY = bytes(range(32))
ACTOR = Actor("a" * 32, Role.complainant, "local", Via.portal)


def seal(event: Any, *, version: int = 1) -> Any:
    """One event sealed as the first of a case."""
    return seal_event(event, case="c" * 32, version=version, at=AT, actor=ACTOR, previous=GENESIS, key=KEY)


def reopen(sealed: Any, *, cipher: AESGCM | None = None, private: bool = True) -> Any:
    """The event back from what is stored."""
    return open_event(
        case=sealed.case,
        version=sealed.version,
        type=sealed.type,
        body=sealed.body,
        private=sealed.private if private else None,
        cipher=cipher,
    )


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_every_event_comes_back_equal(name: str) -> None:
    event = sample(EVENT_TYPES[name])
    assert reopen(seal(event), cipher=AESGCM(KEY)) == event


@pytest.mark.parametrize(
    "name", sorted(name for name, kind in EVENT_TYPES.items() if personal_fields(sample(kind)))
)
def test_an_erased_event_keeps_its_public_fields_and_nothing_personal(name: str) -> None:
    event = sample(EVENT_TYPES[name])
    erased = reopen(seal(event), private=False)
    body, personal = split(erased)
    assert body == split(event)[0]
    # What stands there once erased is the same for everybody.
    other = reopen(seal(sample(EVENT_TYPES[name]), version=2), private=False)
    assert split(other)[1] == personal != split(event)[1]


def test_every_personal_field_is_committed_to_and_none_is_in_the_body() -> None:
    for cls in EVENT_TYPES.values():
        link = seal(sample(cls)).link()
        assert set(link.commitments) == set(personal_fields(sample(cls)))
        assert not set(link.body) & set(link.commitments)


@pytest.mark.parametrize("name", ["DeadlineListed", "DeadlineStarted", "DeadlineMoved"])
def test_the_clock_of_an_outside_filing_is_committed_to_and_that_of_a_rung_is_public(name: str) -> None:
    event = sample(EVENT_TYPES[name])
    outside = dataclasses.replace(event, deadline=dataclasses.replace(event.deadline, scope="filing:f1"))
    assert "deadline" in seal(event).link().body
    sealed = seal(outside)
    assert "deadline" in sealed.link().commitments and "deadline" not in sealed.link().body
    assert reopen(sealed, cipher=AESGCM(KEY)) == outside
    assert reopen(sealed, private=False).deadline is None


def test_the_hash_is_that_of_the_core_for_every_event() -> None:
    for cls in EVENT_TYPES.values():
        sealed = seal(sample(cls))
        link = sealed.link()
        assert first_broken([link]) is None
        assert (sealed.body, sealed.actor) == (canonical(link.body).decode(), canonical(link.actor).decode())


def test_equal_values_have_different_commitments() -> None:
    event = MessagePosted(by=Party.complainant, text="同一句话", at=AT)
    assert seal(event).link().commitments != seal(event).link().commitments


def test_an_unknown_event_names_itself() -> None:
    with pytest.raises(CaseStopped, match="SomethingNew"):
        open_event(case="c", version=3, type="SomethingNew", body="{}", private=None, cipher=None)


def test_a_body_that_does_not_fit_its_type_names_case_and_version() -> None:
    with pytest.raises(CaseStopped, match="case c, event 3"):
        open_event(case="c", version=3, type="CaseAssigned", body='{"agent": 5}', private=None, cipher=None)


def test_a_text_that_cannot_be_written_is_refused_before_anything_is_stored() -> None:
    with pytest.raises(NotCanonical):
        seal(MessagePosted(by=Party.complainant, text="\ud800", at=AT))


@pytest.mark.parametrize("platform", platforms())
def test_a_rulebook_comes_back_equal_from_its_text(platform: str) -> None:
    rulebook = load_rulebook(platform, on=date(2026, 9, 21))
    assert isinstance(rulebook, Rulebook)
    digest, text = rulebook_text(rulebook)
    again = rulebook_value(text)
    assert again == rulebook
    assert rulebook_text(again) == (digest, text)


def test_a_field_that_was_public_in_an_earlier_version_is_still_read() -> None:
    event = sample(EVENT_TYPES["ComplaintFiled"])
    body, _ = split(event)
    old = canonical({**body, "new_ground": "当时写在链上的"}).decode()
    read = open_event(case="c", version=1, type="ComplaintFiled", body=old, private=None, cipher=None)
    assert read.new_ground == "当时写在链上的" and read.story == ""


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_an_event_whose_fields_were_all_public_is_still_read(name: str) -> None:
    event = sample(EVENT_TYPES[name])
    body, personal = split(event)
    old = canonical({**body, **personal}).decode()
    assert open_event(case="c", version=1, type=name, body=old, private=None, cipher=None) == event
