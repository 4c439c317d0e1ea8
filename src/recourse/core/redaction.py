# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Redaction 脱敏: what each seat may see of a case. The original stays sealed; a copy loses what is not for its reader.

One function decides for every page, letter and answer: whatever a front shows went through `seen_by`.
"""

from collections.abc import Iterable

from recourse.core.actor import STAFF, Actor, Role
from recourse.core.case.hidden_words import hide_words
from recourse.core.case.state import Case, Hold
from recourse.core.deadline.deadline import of_a_filing
from recourse.core.evidence import Exhibit
from recourse.core.reading import Readings
from recourse.core.region import Proposal
from recourse.core.screen import Region
from recourse.core.values import replace
from recourse.core.vocabulary import Party


def seen_by(case: Case, role: Role) -> Case:
    """The case as this seat may see it.

    The respondent sees claim, story, evidence and dates, but no contact, no full name, no contact log, no outside
    filings with their clocks and no internal note. The complainant sees all but internal notes, how the other side named
    its files, and how often the respondent was complained of elsewhere, which is for the respondent and the operator's
    people alone. Neither party sees how the operator weighed the case, and what its checks on the records found.
    Of what the other side wrote each party reads no phone, address, card or paper number that its writer does not show
    (`hidden_words`). Neither party sees why the case is held. Staff and the engine see all; the auditor sees what both
    parties see together, without contacts.
    """
    if role is Role.complainant:
        case = hide_words(case, Party.complainant)
        shown = tuple(_for_other_side(item, Party.complainant) for item in case.exhibits)
        return replace(
            case, notes=(), repeats=(), exhibits=shown, hold=_bare(case.hold), severity="", checks=None
        )
    if role is Role.respondent:
        case = hide_words(case, Party.respondent)
        return replace(
            case,
            hold=_bare(case.hold),
            complainant=replace(
                case.complainant, name=masked_name(case.complainant.name), contact="", represented_by=""
            ),
            evidence={},
            contacts=(),
            captures=(),
            filings=(),
            deadlines=tuple(item for item in case.deadlines if not of_a_filing(item.scope)),
            notes=(),
            severity="",
            checks=None,
            requests=tuple(item for item in case.requests if item.of is Party.respondent or item.answered_at),
            exhibits=tuple(_for_other_side(item, Party.respondent) for item in case.exhibits),
        )
    if role is Role.auditor:
        return replace(
            case,
            complainant=replace(case.complainant, name=masked_name(case.complainant.name), contact=""),
            notes=(),
            repeats=(),
        )
    assert role in STAFF or role is Role.system
    return case


def _bare(hold: Hold | None) -> Hold | None:
    """That a case is held is no secret; who asked for it and why may be one of an investigation."""
    return None if hold is None else replace(hold, by="", reason="")


def reads_names(role: Role) -> bool:
    """Whether this seat reads complainants' names in full. Who does not may not find a case by one either."""
    return role not in {Role.respondent, Role.auditor}


def masked_name(name: str) -> str:
    """A name for eyes that need only recognise it: 张**; nothing stays of a single character."""
    plain = name.strip()
    return plain[:1] + "*" * min(2, len(plain) - 1) if len(plain) > 1 else "*" * len(plain)


def _for_other_side(exhibit: Exhibit, reader: Party) -> Exhibit:
    """The other side's exhibit loses its file name: people name files after themselves and their children.

    What its owner said that it shows is beside the picture, which the reader has, and may name what is black there.
    """
    return exhibit if exhibit.by is reader else replace(exhibit, name="", reading={})


def eyes_of(actor: Actor, *, as_other: bool = False) -> Role:
    """Whose redaction applies: the reader's own, or that of the side across. Raises KeyError for who is no party."""
    return _ACROSS[actor.role] if as_other else actor.role


_ACROSS = {Role.complainant: Role.respondent, Role.respondent: Role.complainant}


def seen_across(case: Case, role: Role) -> Case:
    """What the side across sees of this party's own things, for the party to look at.

    It goes through the redactions of both, and without the other's exhibits: nobody sees more by another's eyes.
    """
    seen = seen_by(seen_by(case, role), _ACROSS[role])
    return replace(seen, exhibits=tuple(item for item in seen.exhibits if item.by.value == role.value))


def readable(case: Case, actor: Actor, no: int, *, as_other: bool = False) -> Exhibit | None:
    """The exhibit as this reader may see it, if at all; with `as_other` its own as the side across may."""
    seen = seen_across(case, actor.role) if as_other else seen_by(case, actor.role)
    eyes = eyes_of(actor, as_other=as_other)
    return next((item for item in openable(seen, eyes) if item.no == no), None)


def openable(seen: Case, eyes: Role) -> tuple[Exhibit, ...]:
    """The exhibits that this seat may open, of a case that was redacted for it.

    What a side took out is no longer the other side's to fetch: people hand in the wrong picture and take it back.
    """
    return tuple(item for item in seen.exhibits if not item.withdrawn or gives_original(item, eyes))


def gives_original(exhibit: Exhibit, eyes: Role) -> bool:
    """Whether this seat may have the file as it was handed in: its owner, and who is no party."""
    return eyes not in {Role.complainant, Role.respondent} or exhibit.by.value == eyes.value


def hidden_regions(
    exhibit: Exhibit, *, proposed: Iterable[Proposal], reading: Readings
) -> tuple[Region, ...] | None:
    """What is black in the other side's copy: what the owner chose, and before that whatever is proposed.

    None when nobody can say: the picture could not be read, and its owner has not chosen. Then it is not shown.
    """
    if exhibit.regions is not None:
        return exhibit.regions
    if reading is Readings.failed:
        return None
    return tuple(dict.fromkeys(item.region for item in proposed))


def is_recording(exhibit: Exhibit) -> bool:
    """Sound and film: bytes that nobody here decodes."""
    return exhibit.media_type.startswith(("audio/", "video/"))
