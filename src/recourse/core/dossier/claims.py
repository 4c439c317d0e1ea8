# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What follows from a dossier without a fault, and what a reader could believe of it and must not."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from recourse.core.checkpoint.note import NoteKey
from recourse.core.checkpoint.policy import Policy
from recourse.core.dossier.contents import Form, LeafEntry
from recourse.core.dossier.log_checks import Cosigned
from recourse.core.dossier.reading import Dossier
from recourse.core.dossier.timestamp import Stamp
from recourse.core.dossier.verdict import Finding, proven, unproven


def held(
    dossier: Dossier,
    policy: Policy,
    seal_key: NoteKey,
    print_of_seal: str,
    cosigned: Sequence[Cosigned],
    *,
    own_keys: bool,
) -> Iterator[Finding]:
    """What is proven, in the order of docs/rules/evidence-chain.md, section 6.

    With `own_keys` nothing but the dossier says whose they are, so that no cosignature counts for anything.
    """
    yield proven("sealed", seal_key.name, origin=policy.origin, fingerprint=print_of_seal)
    if not own_keys:
        yield proven("keys", policy.origin)
    links = dossier.links
    yield proven("chain", len(links), first=links[0].at, last=links[-1].at)
    shown = _shown_count(dossier)
    if shown:
        yield proven("commitment", shown)
    yield proven("rulebook", 1)
    for entry in dossier.exhibits:
        if entry.form is Form.original and entry.part == dossier.cover.part:
            yield proven("exhibit", entry.no, at=links[entry.version - 1].at)
    if dossier.promises:
        yield proven("promise", len(dossier.promises))
    newest = _newest_head(dossier)
    if newest is not None and dossier.checkpoint is not None:
        yield proven(
            "log",
            newest.index,
            version=newest.version,
            origin=policy.origin,
            size=dossier.checkpoint.head.size,
        )
    if own_keys:
        return
    for item in cosigned:
        yield proven("witness", item.witness.key.name, **_said_of(item))
    others = _run_by_others(dossier, cosigned)
    if others:
        yield proven("split", others, host=dossier.cover.host)


def not_held(
    dossier: Dossier,
    policy: Policy,
    cosigned: Sequence[Cosigned],
    stamp: Stamp | None,
    *,
    own_fingerprint: str | None,
) -> Iterator[Finding]:
    """What is not proven; `own_fingerprint` when nothing but the dossier says whose key sealed it."""
    yield unproven("truth", "")
    yield unproven("later", "")
    yield unproven("clock", "")
    if own_fingerprint is not None:
        yield unproven("keys", own_fingerprint)
        for item in cosigned:
            yield unproven("witness", item.witness.key.name, **_said_of(item))
    newest = _newest_head(dossier)
    logged = newest.version if newest is not None else 0
    if logged < len(dossier.links):
        yield unproven("log", logged)
    if len(cosigned) < policy.quorum:
        yield unproven("quorum", f"{len(cosigned)}/{policy.quorum}")
    if own_fingerprint is not None or not _run_by_others(dossier, cosigned):
        yield unproven("split", "")
    hidden = sum(len(link.commitments) for link in dossier.links) - _shown_count(dossier)
    if hidden:
        yield unproven("hidden", hidden)
    yield from _exhibits_not_proven(dossier)
    yield unproven("timestamp", stamp.time) if stamp is not None else unproven("no_timestamp", "")


def _said_of(item: Cosigned) -> dict[str, str]:
    return {"operator": item.witness.operator, "at": moment_of(item.time)}


def _run_by_others(dossier: Dossier, cosigned: Sequence[Cosigned]) -> int:
    """How many of those that cosigned somebody else runs than who runs the installation."""
    return sum(item.witness.operator != dossier.cover.host for item in cosigned)


def moment_of(time: int) -> str:
    """POSIX seconds as a moment in UTC; the bare number beyond the year 9999."""
    if time >= 253_402_300_800:
        return str(time)
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=time)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _exhibits_not_proven(dossier: Dossier) -> Iterator[Finding]:
    """Once for each exhibit and reason."""
    said = set()
    for entry in dossier.exhibits:
        if entry.form is not Form.withheld and entry.part != dossier.cover.part:
            code = "elsewhere"
        elif entry.form is not Form.original:
            code = entry.form.value
        else:
            continue
        if (code, entry.no) not in said:
            said.add((code, entry.no))
            yield unproven(code, entry.no)


def _newest_head(dossier: Dossier) -> LeafEntry | None:
    """The leaf of the highest version whose place in the log is proven."""
    heads = [item for item in dossier.leaves if item.no is None and item.index is not None]
    return heads[-1] if heads else None


def _shown_count(dossier: Dossier) -> int:
    return sum(len(fields) for fields in dossier.shown.values())
