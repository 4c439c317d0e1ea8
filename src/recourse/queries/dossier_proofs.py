# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The proofs of a dossier: whose word counts, what the log holds of the case, and what was promised and stamped.

A leaf that the log has not numbered yet, or that the newest checkpoint does not reach, is enclosed with its promise alone:
the verifier then says that the proof is pending.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from recourse.core.checkpoint.note import encode, sign_note
from recourse.core.checkpoint.policy import Policy
from recourse.core.dossier import contents
from recourse.core.dossier.contents import LeafEntry, PromiseEntry
from recourse.core.evidence import Link
from recourse.core.log import LoggedLeaf, StoredCheckpoint
from recourse.core.port import World
from recourse.store.log import LogTables
from recourse.store.log_leaves import current_origin, receipt_key, receipt_keys, sign_receipt


@dataclass(frozen=True, slots=True)
class Proofs:
    """The files below `data/proofs/` by path, and the name of the log they speak of."""

    origin: str
    files: dict[str, bytes]


def proofs_of(world: World, case: str, links: Sequence[Link]) -> Proofs:
    """Everything that others vouch for, as far as it has come."""
    origin = current_origin()
    policy = world.notary.policy(origin) if world.notary is not None else None
    log = LogTables()
    leaves = [leaf for leaf in log.leaves_of(case) if leaf.version <= len(links)]
    reached = max((leaf.position for leaf in leaves if leaf.position is not None), default=-1)
    checkpoint, stamp = _checkpoint(log, reached=reached) if policy is not None else (None, None)
    size = checkpoint.head.size if checkpoint is not None else 0
    numbers = {link.version: link.body["no"] for link in links if link.type == "ExhibitAdded"}
    rows = sorted(
        ((leaf, _entry(log, leaf, size=size, numbers=numbers)) for leaf in leaves),
        key=lambda row: (row[1].version, row[1].no or 0),
    )
    files = {
        contents.POLICY: (policy or own_policy(origin)).write(),
        contents.LEAVES: contents.leaves_jsonl(entry for _leaf, entry in rows),
        contents.PROMISES: contents.promises_jsonl(
            PromiseEntry(leaf=leaf.hash.hex(), origin=leaf.origin, at=leaf.at, signature=encode(leaf.promise))
            for leaf, _entry in rows
        ),
    }
    if checkpoint is not None:
        files[contents.CHECKPOINT] = checkpoint.note.write().encode()
    if stamp is not None:
        files[contents.TIMESTAMP], files[contents.TIMESTAMP_CHAIN] = stamp
    return Proofs(origin, files)


def own_policy(origin: str) -> Policy:
    """Before the signer's first start only the receipt key is known; it stands for the log until then."""
    return Policy(origin=origin, log=(receipt_key(),), receipt=receipt_keys(), witnesses=(), quorum=0)


def seal_line(text: str) -> str:
    """The signature line, without its line feed, by which the installation's receipt key seals a bag."""
    return sign_note(text, key=receipt_key(), sign=sign_receipt).line().rstrip("\n")


def _checkpoint(
    log: LogTables, *, reached: int
) -> tuple[StoredCheckpoint | None, tuple[bytes, bytes] | None]:
    """The newest checkpoint that somebody stamped, if it holds all of the case; else the newest there is."""
    stamped = log.timestamp()
    if stamped is None or stamped.checkpoint.origin != log.origin():
        return log.latest(), None
    if stamped.checkpoint.head.size > reached >= 0:
        return stamped.checkpoint, (stamped.token, stamped.chain.encode())
    return log.latest(), None


def _entry(log: LogTables, leaf: LoggedLeaf, *, size: int, numbers: dict[int, object]) -> LeafEntry:
    included = leaf.position is not None and leaf.position < size
    number = numbers.get(leaf.version) if leaf.kind == "exhibit" else None
    return LeafEntry(
        version=leaf.version,
        no=number if isinstance(number, int) else None,
        data=json.loads(leaf.data),
        salt=leaf.salt.hex() if leaf.salt is not None else None,
        index=leaf.position if included else None,
        path=tuple(encode(step) for step in log.inclusion(leaf.position, size)) if included else (),  # type: ignore[arg-type]
    )
