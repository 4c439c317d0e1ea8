# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Foreign records as the desk reads them: where they came from, what they prove, what happened, what was enclosed."""

from dataclasses import dataclass
from datetime import datetime

from recourse.core.actor import Actor, Role
from recourse.core.case.chronicle import Entry, Names, chronicle
from recourse.core.case.state import Case
from recourse.core.evidence import first_broken
from recourse.core.port import World
from recourse.core.rulebook import Rulebook
from recourse.store import foreign
from recourse.store.access import fold_case
from recourse.store.codec import CaseStopped, rebuilt_event, rulebook_value
from recourse.store.foreign import Foreign, KeptFile, Listed


@dataclass(frozen=True, slots=True)
class Reading:
    """The case as this version understands it: what was not opened stands as if it were erased."""

    case: Case
    names: Names
    chronicle: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A record for the desk. `reading` is None where this version does not understand it; `broken` names the first event
    that no longer follows, were the tables altered after the import."""

    record: Foreign
    reading: Reading | None
    broken: int | None


@dataclass(frozen=True, slots=True)
class ForeignExhibit:
    """The bytes of one enclosed file."""

    name: str
    media_type: str
    data: bytes


def foreign_records(actor: Actor) -> list[Listed]:
    """What the operator took in, newest first; nothing for anybody but its staff."""
    return foreign.listed(actor)


def foreign_of_number(actor: Actor, number: str) -> str:
    """The id of the newest record of this number that this actor may read, or nothing."""
    return next(iter(foreign.of_number(actor, number)), "")


def foreign_record(actor: Actor, id: str) -> ForeignFile | None:
    """One record, or None when it is absent or another operator's."""
    record = foreign.read(actor, id)
    if record is None:
        return None
    return ForeignFile(record, _reading(record), first_broken(record.links))


def foreign_exhibit(
    world: World, *, actor: Actor, id: str, no: int, form: str, page: int
) -> ForeignExhibit | None:
    """One enclosed file, or None when there is none for this reader."""
    record = foreign.read(actor, id)
    wanted = (no, form, page)
    found = next((f for f in record.files if (f.no, f.form, f.page) == wanted), None) if record else None
    data = world.blobs.get(found.blob) if found is not None and found.blob else None
    if found is None or data is None:
        return None
    return ForeignExhibit(_name(found), found.media_type, data)


def _name(item: KeptFile) -> str:
    return f"exhibit-{item.no}-{item.form}{f'-{item.page}' if item.page else ''}"


def _reading(record: Foreign) -> Reading | None:
    try:
        rules: Rulebook = rulebook_value(record.rulebook)
        events = [
            rebuilt_event(
                link, {name: value for name, (_salt, value) in record.shown.get(link.version, {}).items()}
            )
            for link in record.links
        ]
        case = fold_case(record.provenance.case_id, events)
        history = tuple(
            (link.version, datetime.fromisoformat(link.at), Role(link.actor["role"]), event)
            for link, event in zip(record.links, events, strict=True)
        )
    except (CaseStopped, ValueError, KeyError):
        return None
    # The operator's seat: what the dossier's reader did not get is not here to be shown.
    lines = chronicle(history, playbook=rules.playbook, role=Role.agent)
    return Reading(case, Names(rules.playbook), lines)
