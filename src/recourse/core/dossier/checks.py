# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether a well-formed dossier is true to itself: its chain, what is opened of it, its rules and its exhibits.

Each check gives the places of its faults, in their order. Sections 5.5 to 5.8 of docs/rules/evidence-chain.md.
"""

import hashlib
from collections.abc import Iterator, Mapping

from recourse.core.canonical import commitment
from recourse.core.dossier.bag import Content, listed
from recourse.core.dossier.container import Bytes
from recourse.core.dossier.contents import RULEBOOK, ExhibitEntry, Form
from recourse.core.dossier.reading import Dossier
from recourse.core.dossier.strict import is_count, same
from recourse.core.evidence import Link, first_broken

FILED, ADDED = "ComplaintFiled", "ExhibitAdded"


def chain_faults(dossier: Dossier) -> Iterator[str]:
    """The first event that does not follow, or the first of all when it is not the filing of this very case."""
    broken = first_broken(dossier.links)
    cover, first = dossier.cover, dossier.links[0]
    if broken is None and (
        first.case != cover.case
        or first.type != FILED
        or any(
            not same(first.body.get(name), getattr(cover, name))
            for name in ("number", "operator", "platform")
        )
    ):
        broken = 1
    if broken is not None:
        yield str(broken)


def commitment_faults(dossier: Dossier) -> Iterator[str]:
    """`VERSION/FIELD` for each private field that is not what the chain committed to."""
    for version, opened in dossier.shown.items():
        known = dossier.links[version - 1].commitments if version <= len(dossier.links) else {}
        for field, (salt, value) in sorted(opened.items()):
            if known.get(field) != commitment(field=field, salt=salt, value=value):
                yield f"{version}/{field}"


def rulebook_faults(dossier: Dossier, files: Mapping[str, Bytes]) -> Iterator[str]:
    """The filing, when the rulebook enclosed is not the one it froze."""
    if dossier.links[0].body.get("rulebook") != hashlib.sha256(files[RULEBOOK]).hexdigest():
        yield "1"


def exhibit_faults(dossier: Dossier, files: Mapping[str, Bytes]) -> Iterator[str]:
    """`@VERSION` for an event that adds no number of its own, then the numbers that do not fit, ascending.

    `files` are those of a bag without faults: what its manifest lists is what they are.
    """
    kept = {path: Content(len(files[path]), digest) for path, digest in listed(files).items()}
    added: dict[int, Link] = {}
    for link in dossier.links:
        if link.type == ADDED:
            no = link.body.get("no")
            if is_count(no, least=1) and no not in added:
                added[no] = link  # type: ignore[index]
            else:
                yield f"@{link.version}"
    wrong = {item.no for item in dossier.exhibits if not _fits(item, added.get(item.no), dossier, kept)}
    wrong |= {
        no
        for no in added
        if sum(item.no == no and item.form is not Form.page for item in dossier.exhibits) != 1
    }
    yield from map(str, sorted(wrong))


def _fits(entry: ExhibitEntry, link: Link | None, dossier: Dossier, kept: Mapping[str, Content]) -> bool:
    """Whether an entry is about its event, and its file is at hand as described."""
    if link is None or link.version != entry.version or not same(link.body.get("kind"), entry.kind):
        return False
    if entry.form is Form.original and not _is_original(entry, link, dossier):
        return False
    if entry.form is Form.withheld:
        return True
    if entry.part != dossier.cover.part:
        return entry.part is not None and entry.part <= dossier.cover.parts
    content = kept.get(f"data/{entry.file}")
    return content is not None and (content.size, content.digest) == (entry.size, entry.digest)


def _is_original(entry: ExhibitEntry, link: Link, dossier: Dossier) -> bool:
    """Whether size, type and digest are those of the event; the digest is a private field, which must be shown."""
    opened = dossier.shown.get(link.version, {}).get("digest")
    return (
        same(link.body.get("size"), entry.size)
        and same(link.body.get("media_type"), entry.media_type)
        and opened is not None
        and opened[1] == entry.digest
    )
