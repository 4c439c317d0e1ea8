# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every event there is survives being stored, with its personal fields and without them."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recourse.core.actor import Actor, Role, Via
from recourse.core.calendar import CHINA
from recourse.core.canonical import NotCanonical, canonical
from recourse.core.case.event import EVENT_TYPES, PERSONAL
from recourse.core.case.events import MessagePosted
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Suspension, SuspensionCause
from recourse.core.evidence import GENESIS, first_broken
from recourse.core.rulebook import Rulebook
from recourse.core.vocabulary import Party
from recourse.gateways.rule_files import load_rulebook, platforms
from recourse.store.codec import CaseStopped, open_event, rulebook_text, rulebook_value, seal_event, split

KEY = bytes(range(32))
AT = datetime(2026, 9, 21, 10, 0, 0, 123456, tzinfo=CHINA)
ACTOR = Actor("a" * 32, Role.complainant, "local", Via.portal)

# Values with an inner rule that a sample made field by field would break.
BOUND = {
    ServiceHours: ServiceHours(time(9), time(18)),
    Suspension: Suspension(AT, AT + timedelta(days=2), next(iter(SuspensionCause))),
}


def sample(kind: Any, depth: int = 0) -> Any:
    """Some value of a type, with every optional part present as long as that comes to an end."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        return sample(next(item for item in inner if item is not type(None)), depth)
    if origin is typing.Annotated:
        return sample(inner[0], depth)
    if origin is typing.Literal:
        return inner[0]
    if origin is tuple:
        return (sample(inner[0], depth + 1),) if depth < 4 else ()
    if origin is frozenset:
        return frozenset({sample(inner[0], depth + 1)})
    if origin is not None and issubclass(origin, Mapping):
        key = "key" if inner[0] is str else sample(inner[0])
        return {key: sample(inner[1], depth + 1)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if kind in BOUND:
        return BOUND[kind]
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind, include_extras=True)
        return kind(**{item.name: sample(hints[item.name], depth + 1) for item in dataclasses.fields(kind)})
    plain: dict[Any, Any] = {
        str: "文字 text",
        int: 12900,
        bool: True,
        datetime: AT,
        date: date(2026, 9, 19),
        object: "x",
        Any: "x",
    }
    if kind in plain:
        return plain[kind]
    return kind(*_arguments(kind))


def _arguments(kind: Any) -> list[Any]:
    hints = typing.get_type_hints(kind.__init__)
    hints.pop("return", None)
    return [sample(hint) for hint in hints.values()]


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


@pytest.mark.parametrize("name", sorted(name for name, personal in PERSONAL.items() if personal))
def test_an_erased_event_keeps_its_public_fields_and_nothing_personal(name: str) -> None:
    event = sample(EVENT_TYPES[name])
    erased = reopen(seal(event), private=False)
    body, personal = split(erased)
    assert body == split(event)[0]
    # What stands there once erased is the same for everybody.
    other = reopen(seal(sample(EVENT_TYPES[name]), version=2), private=False)
    assert split(other)[1] == personal != split(event)[1]


def test_every_personal_field_is_committed_to_and_none_is_in_the_body() -> None:
    for name, cls in EVENT_TYPES.items():
        link = seal(sample(cls)).link()
        assert set(link.commitments) == set(PERSONAL[name])
        assert not set(link.body) & set(PERSONAL[name])


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
