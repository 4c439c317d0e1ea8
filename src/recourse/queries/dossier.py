# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The dossier of a case for one seat: what it may see, as pages to read and as one zip that verifies without us.

docs/rules/evidence-chain.md says what lies in the zip. Asked twice of an unchanged case it gives the same bytes but for
the moment it says it was made, and what hangs on that: the seal, and proofs that came in between.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from urllib.parse import urlsplit

from recourse.core.actor import Actor
from recourse.core.calendar import CHINA
from recourse.core.canonical import Plain
from recourse.core.case.draft import SIDES
from recourse.core.case.hidden_words import hidden_fields
from recourse.core.case.screens import sides_with_thread
from recourse.core.case.state import Case
from recourse.core.disclosure import fields_of, readable_fields
from recourse.core.dossier import contents
from recourse.core.dossier.contents import Cover
from recourse.core.evidence import Exhibit, Link
from recourse.core.port import World
from recourse.core.screen import FIELD_NAMES, ScreenField
from recourse.gateways.pdf import Paper, page_image
from recourse.queries.case_file import CaseFile, case_file
from recourse.queries.chat_thread import chat_thread
from recourse.queries.dossier_exhibits import Enclosed, enclosed
from recourse.queries.dossier_guide import guide
from recourse.queries.dossier_parts import Part, parts_of
from recourse.queries.dossier_proofs import proofs_of
from recourse.queries.paper.compose import compose
from recourse.queries.paper.edition import Edition, ExhibitSheet
from recourse.queries.paper.shelf import Plate, paper_of
from recourse.store.chain import read_case_id, read_head, read_links, read_private
from recourse.store.inspections import blobs_of
from recourse.store.operators import operator_name
from recourse.store.register import legal_identity
from recourse.store.rulebooks import rulebook_bytes

# Somebody may write to the case between two of its reads; then it is read again.
_TRIES = 4
_SAID_MAX = 160  # characters under a picture
# Pixels: wide enough to read 9 point type when a phone zooms in.
_PICTURE_WIDTH = 1240
SOFTWARE = f"recourse {version('recourse')}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier ready to be handed out: nearly always one file, and several when it is big."""

    number: str
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.parts)

    def part(self, no: int) -> Part | None:
        """The part of this number, from 1; None when there is none."""
        return self.parts[no - 1] if 1 <= no <= len(self.parts) else None


@dataclass(frozen=True, slots=True)
class _Read:
    """A case as one reader may see it, all of one version."""

    file: CaseFile
    links: tuple[Link, ...]
    enclosed: tuple[Enclosed, ...]
    edition: Edition
    order: tuple[int, ...]


def dossier(world: World, *, actor: Actor, number: str, public_url: str, lang: str = "zh") -> Dossier | None:
    """The dossier, or None when the case is absent or not for this reader. `lang` is that of its pages."""
    read = _read(world, actor=actor, number=number, public_url=public_url, lang=lang, packing=True)
    if read is None:
        return None
    shown = _shown(read_private(actor, number) or {}, read.links, actor, read.file.case)
    made_at = world.clock.now().astimezone(CHINA).isoformat(timespec="seconds")
    case = read.file.case
    cover = Cover(
        case=case.id,
        number=case.number,
        operator=case.operator,
        platform=case.platform,
        seat=actor.role.value,
        host=_host(world, public_url),
        made_at=made_at,
        software=SOFTWARE,
    )
    proofs = proofs_of(world, case.id, read.links)
    common: dict[str, bytes] = {
        contents.EVENTS: contents.events_jsonl(read.links),
        contents.PRIVATE: contents.private_jsonl(shown),
        contents.RULEBOOK: rulebook_bytes(case.rulebook),
        contents.GUIDE: guide(public_url),
        **proofs.files,
    }
    pdf = _pdf_files(_paper(read))
    parts = parts_of(cover, common=common, pdf=pdf, exhibits=read.enclosed, origin=proofs.origin)
    return Dossier(case.number, parts)


def _host(world: World, public_url: str) -> str:
    """Who runs the installation, as the policy names whoever runs a witness."""
    return world.notary.operator if world.notary is not None else urlsplit(public_url).netloc


def paper(world: World, *, actor: Actor, number: str, public_url: str, lang: str = "zh") -> Paper | None:
    """The pages alone, as PDF parts; None when the case is absent or not for this reader."""
    read = _read(world, actor=actor, number=number, public_url=public_url, lang=lang)
    return _paper(read) if read is not None else None


def head_of(actor: Actor, number: str) -> str | None:
    """What names a case's state, its head and the pictures made of its exhibits; None when absent or forbidden.

    Pictures are drawn again without any event, when more was read on them; the old ones are gone then.
    """
    head, case_id = read_head(actor, number), read_case_id(actor, number)
    if head is None or case_id is None:
        return None
    pictures = hashlib.sha256("".join(sorted(blobs_of(case_id))).encode()).hexdigest()
    return f"{head}/{pictures}"


def picture_of(found: Paper, page: int) -> bytes | None:
    """A page (from 1) of a paper as JPEG, for browsers that show no PDF; None when there is none. Raises Untypeset."""
    place = found.place(page)
    if place is None:
        return None
    return page_image(found.parts[place[0]], page=place[1], width=_PICTURE_WIDTH)


def _read(
    world: World, *, actor: Actor, number: str, public_url: str, lang: str, packing: bool = False
) -> _Read | None:
    for _ in range(_TRIES):
        file = case_file(world, actor=actor, number=number)
        links = read_links(actor, number)
        if file is None or links is None:
            return None
        if links[-1].version == file.case.version:
            break
    else:
        return None
    found = enclosed(world, actor=actor, case=file.case, links=links, packing=packing)
    edition = Edition(
        file=file,
        lang=lang,
        as_of=datetime.fromisoformat(links[-1].at),
        operator=operator_name(file.case.operator),
        identity=legal_identity(file.case.operator, file.case.respondent.registered),
        exhibits=tuple(_sheet(item) for item in found),
        public_url=public_url,
    )
    return _Read(file, links, found, edition, _order(actor, file.case))


def _sheet(item: Enclosed) -> ExhibitSheet:
    return ExhibitSheet(
        no=item.exhibit.no,
        form=item.entry.form.value,
        file=item.entry.file or "",
        digest=item.exhibit.digest,
        pictured=bool(item.pictures),
        text=item.text,
        reason=item.reason,
    )


def _paper(read: _Read) -> Paper:
    items = {item.exhibit.no: item for item in read.enclosed}
    plates = [plate for no in read.order for plate in _plates(read.edition, items[no])]
    return paper_of(compose(read.edition), plates)


def _order(actor: Actor, case: Case) -> tuple[int, ...]:
    """The exhibits in the order of their pictures: by number, but the screens of one chat together, as they read."""
    found: list[int] = []
    threads = [
        chat
        for by in sides_with_thread(case.exhibits)
        if (chat := chat_thread(actor=actor, number=case.number, by=by)) is not None
    ]
    for item in case.exhibits:
        if item.no in found:
            continue
        thread = next((chat.thread for chat in threads if item.no in chat.exhibits), None)
        read = [shown.no for shown in thread.shown] if thread is not None else []
        again = [no for no, _shown in thread.duplicates] if thread is not None else []
        found += [no for no in dict.fromkeys((*read, *again, item.no)) if no not in found]
    return tuple(found)


def _plates(edition: Edition, item: Enclosed) -> Iterator[Plate]:
    """The pictures of an exhibit, each with its number, what it is, whose it is and when it came.

    Under the first stands, marked, what its owner confirmed that it shows.
    """
    no = item.exhibit.no
    name = edition.of(f"证{no}", f"Exhibit {no}")
    by = edition.party(item.exhibit.by)
    told = (
        edition.say(edition.file.names.evidence(item.exhibit.kind)) + edition.still(item.exhibit),
        edition.of(f"{by}提交", f"handed in by {by}"),
        edition.at(item.exhibit.received_at),
    )
    lines = _confirmed(edition, item.exhibit)
    for shown in item.pictures:
        several = shown.pages > 1
        label = (
            edition.of(f"（{shown.page}/{shown.pages}）", f" ({shown.page}/{shown.pages})") if several else ""
        )
        yield Plate(f"e{no}p{shown.page}", no, (name + label, *told), shown.blob, shown.read, lines)
        lines = ()


def _confirmed(edition: Edition, exhibit: Exhibit) -> tuple[tuple[str, str, bool], ...]:
    """What the owner said that it shows; a reader to whom it is not disclosed has an exhibit without it."""
    fields = [name for name in ScreenField if name in exhibit.reading]
    said = edition.of("，", ", ").join(
        f"{edition.say(FIELD_NAMES[name])} {exhibit.reading[name]}" for name in fields
    )
    by = edition.party(exhibit.by)
    who = edition.of(f"图上写的（{by}核对过）", f"what it says, confirmed by {by}")
    # A picture and its lines have one page.
    return ((who, said if len(said) <= _SAID_MAX else said[:_SAID_MAX] + "…", True),) if said else ()


def _shown(
    private: Mapping[int, Mapping[str, tuple[bytes, Plain]]], links: Sequence[Link], actor: Actor, case: Case
) -> dict[int, dict[str, tuple[bytes, Plain]]]:
    """The private fields that this seat may read, with their salts; a text that it reads masked is kept back."""
    record = fields_of(links, _values(private))
    readable = readable_fields(record, role=actor.role)
    side = SIDES.get(actor.role)
    masked = hidden_fields(record, shown=case.words_shown, reader=side) if side else {}
    return {
        version: {
            name: opened
            for name, opened in fields.items()
            if name in readable[version] and (version, name) not in masked
        }
        for version, fields in private.items()
        if version in readable
    }


def _values(
    private: Mapping[int, Mapping[str, tuple[bytes, Plain]]],
) -> Mapping[int, Mapping[str, Plain]]:
    return {
        version: {name: value for name, (_, value) in fields.items()} for version, fields in private.items()
    }


def _pdf_files(paper: Paper) -> dict[str, bytes]:
    """`dossier.pdf`, and `dossier-2.pdf` … where it is long."""
    return {
        f"data/dossier{f'-{number}' if number > 1 else ''}.pdf": part
        for number, part in enumerate(paper.parts, start=1)
    }
