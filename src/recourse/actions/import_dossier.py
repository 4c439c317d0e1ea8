# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Take in a dossier of another installation: verified first, then kept as a foreign record to read.

Events stay character for character, private fields are sealed under a key of this house, exhibits go into its vault. No
clock runs, nobody is told, no command is taken: the case lives where it came from.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recourse.actions.import_merchants import unknown_operator
from recourse.core.actor import Actor
from recourse.core.dossier import contents
from recourse.core.dossier.container import Bytes
from recourse.core.dossier.contents import ExhibitEntry
from recourse.core.dossier.reading import Dossier
from recourse.core.dossier.together import joined, open_verified, parts_problems
from recourse.core.dossier.verdict import Verdict
from recourse.core.dossier.verify import verify_dossier
from recourse.core.port import World
from recourse.core.problem import Problem, Problems, refuse
from recourse.core.text import Text
from recourse.gateways.signature import verify
from recourse.store import foreign
from recourse.store.access import visible
from recourse.store.foreign import KeptFile, Provenance
from recourse.store.operators import operator_exists

_PAGE = re.compile(r"-page(\d+)\.")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `known` says that the same dossier was here already; `same_number` lists what else, here,
    bears its number: `case`, `record`."""

    id: str
    number: str
    version: int
    origin: str
    seat: str
    known: bool
    same_number: tuple[str, ...]


def import_dossier(world: World, *, actor: Actor, parts: Sequence[Bytes]) -> Imported | Problems:
    """Verify and keep. `parts` are the files of one dossier, all of them, in any order; most have one.

    Refused with the first fault of each file that does not verify, and when parts are missing, twice there or of
    another dossier. Nothing half-written stays.
    """
    if not operator_exists(actor.operator):
        return unknown_operator(actor.operator)
    verdicts = [verify_dossier(data, verify=verify) for data in parts]
    wrong = [
        _faulty(verdict, place=place if len(parts) > 1 else 0)
        for place, verdict in enumerate(verdicts, start=1)
        if not verdict.ok
    ]
    if wrong:
        return Problems(tuple(wrong))
    opened = [open_verified(data) for data in parts]
    apart = parts_problems([dossier for dossier, _ in opened])
    if apart:
        return Problems(apart)
    ordered = sorted(zip(opened, verdicts, parts, strict=True), key=lambda item: item[0][0].cover.part)
    dossier = ordered[0][0][0]
    files = {path: data for (_, found), _, _ in ordered for path, data in found.items()}
    verdict = joined([verdict for _, verdict, _ in ordered])
    about = _provenance(dossier, verdict, digest=_digest([data for _, _, data in ordered]))
    refusal = _refusal(actor, dossier, about)
    if refusal is not None:
        return refusal
    found = _known(actor, about)
    if found is not None:
        return found
    kept = _sealed(world, dossier.exhibits, files)
    if isinstance(kept, Problems):
        return kept
    others = _same_number(actor, about.number)
    id_ = foreign.keep(
        about,
        operator=actor.operator,
        by=actor.id,
        links=dossier.links,
        shown=dossier.shown,
        files=kept,
        rulebook=bytes(files[contents.RULEBOOK]).decode(),
        now=world.clock.now(),
    )
    if id_ is None:
        # The same dossier came in twice at once; the other one stands.
        _forget(world, kept)
        again = _known(actor, about)
        assert again is not None
        return again
    return Imported(id_, about.number, about.version, about.origin, about.seat, False, others)


def _digest(parts: Sequence[Bytes]) -> str:
    """SHA-256 of the file; of several that of their digests, in hex, one after the other in the order of the parts."""
    each = [hashlib.sha256(data).hexdigest() for data in parts]
    return each[0] if len(each) == 1 else hashlib.sha256("".join(each).encode()).hexdigest()


def _provenance(dossier: Dossier, verdict: Verdict, *, digest: str) -> Provenance:
    cover, last = dossier.cover, dossier.links[-1]
    return Provenance(
        case_id=cover.case,
        number=cover.number,
        origin=dossier.policy.origin,
        operator=cover.operator,
        platform=cover.platform,
        seat=cover.seat,
        version=last.version,
        head=last.hash,
        made_at=cover.made_at,
        software=cover.software,
        file_digest=digest,
        verdict=verdict.plain(),
    )


def _known(actor: Actor, about: Provenance) -> Imported | None:
    """The record of the same dossier, where it is here already."""
    for item in foreign.same_case(actor.operator, about.case_id):
        same = item.provenance
        if (same.head, same.seat) == (about.head, about.seat):
            return Imported(item.id, same.number, same.version, same.origin, same.seat, True, ())
    return None


def _refusal(actor: Actor, dossier: Dossier, about: Provenance) -> Problems | None:
    """Why a dossier that verifies is not taken: the case is at home here, or an earlier dossier says otherwise."""
    if visible(actor).filter(id=about.case_id).exists():
        return refuse(
            "case_at_home",
            field="number",
            zh=f"{about.number} 就是这里的案件，不用导入。",
            en=f"{about.number} is a case of this installation; there is nothing to import.",
            do_zh="直接打开它。",
            do_en="Open it as it is.",
        )
    hashes = {link.version: link.hash for link in dossier.links}
    for item in foreign.same_case(actor.operator, about.case_id):
        earlier = foreign.hashes_of(item.id)
        differ = sorted(v for v in hashes.keys() & earlier.keys() if hashes[v] != earlier[v])
        if differ:
            return _forked(differ[0], item.id)
    return None


def _same_number(actor: Actor, number: str) -> tuple[str, ...]:
    """What else bears this number here, so that whoever imports is told."""
    found = ["case"] if visible(actor).filter(number=number).exists() else []
    return (*found, *(["record"] if foreign.of_number(actor, number) else []))


def _sealed(
    world: World, exhibits: Sequence[ExhibitEntry], files: Mapping[str, Bytes]
) -> list[KeptFile] | Problems:
    """Every enclosed file in our own vault; on a refusal what was sealed so far is deleted again."""
    kept: list[KeptFile] = []
    for item in exhibits:
        blob = ""
        if item.file is not None:
            stored = world.blobs.put([bytes(files[f"data/{item.file}"])], name=item.file)
            if isinstance(stored, Problems):
                _forget(world, kept)
                return _placed(stored, item.file)
            blob = stored.blob
        page = _PAGE.search(item.file or "")
        kept.append(
            KeptFile(
                item.no,
                item.form.value,
                int(page[1]) if page else 0,
                item.kind,
                item.media_type,
                item.size,
                blob,
            )
        )
    return kept


def _forget(world: World, kept: Sequence[KeptFile]) -> None:
    for blob in foreign.blobs_of(kept):
        world.blobs.delete(blob)


def _faulty(verdict: Verdict, *, place: int) -> Problem:
    """The first fault is the first bad byte, file, event, exhibit or leaf. `place` says in which of several files."""
    first = verdict.faults[0]
    do = Text(
        "这份材料核验不过，没有导入。请向给你的人要一份没被改过、没被重新打包过的。",
        "The dossier does not verify and was not taken in. Ask for one that was neither altered nor packed again.",
    )
    field = f"{place}: " if place else ""
    return Problem("dossier_faulty", f"{field}{first.code} {first.where}".strip(), first.text, do)


def _forked(version: int, record: str) -> Problems:
    return refuse(
        "record_forked",
        field=str(version),
        zh=f"同一件案件以前导入过（{record}），第{version}条记录和这份的不一样：有一份被改写过。",
        en=f"This case was taken in before ({record}), and event {version} differs: one of the two was rewritten.",
        do_zh="两份都别采信，先问清楚哪一份有日志和见证人的证明。",
        do_en="Trust neither before you know which of them the log and its witnesses prove.",
    )


def _placed(problems: Problems, file: str) -> Problems:
    return Problems(tuple(Problem(item.key, file, item.message, item.do) for item in problems.items))
