# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Lanes of the outbox: which kind of job waits in which line, so that what is slow holds up nothing that is not.

This table is the one place where a kind is given its lane. A lane is worked by threads of its own in every worker.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of jobs: `batch` are taken at a time, each is its taker's for `lease`, `threads` of a worker take.

    The lease is longer than any one of its jobs may last: a job whose worker died comes back after it, and one that
    outlasts it is done twice. It is renewed before each further job of a batch. `in_turn` is for long jobs of which one
    case may bring hundreds: cases take turns, and the lease is renewed between the steps of a job.
    """

    name: str
    kinds: frozenset[str]
    batch: int
    lease: timedelta
    threads: int = 1
    in_turn: bool = False


LANES = (
    # Somebody waits for it at the page.
    Lane("codes", frozenset({"code"}), batch=5, lease=timedelta(minutes=2)),
    Lane("post", frozenset({"notice", "tell", "remind", "capture"}), batch=20, lease=timedelta(minutes=5)),
    # Other people's programs: each may keep a thread for half a minute.
    Lane("hooks", frozenset({"webhook"}), batch=2, lease=timedelta(minutes=2), threads=4),
    # A preview is waited for, too, but a stranger's file may keep its opener for a minute.
    # One at a time, so that nobody's waits behind a long one that is somebody else's while another worker is idle.
    Lane(
        "previews",
        frozenset({"inspect", "mask"}),
        batch=1,
        lease=timedelta(minutes=5),
        threads=2,
        in_turn=True,
    ),
    # Screenshots of complaints that are still being written: one thread, so that strangers' uploads, however many, keep
    # neither a deadline nor a preview from theirs. A batch is the next picture of each of four drafts.
    Lane("readings", frozenset({"read_draft"}), batch=4, lease=timedelta(minutes=10), in_turn=True),
    # Whatever takes long, and every kind that this table does not know: it fails there, and is set aside in the end.
    Lane(
        "slow",
        frozenset({"erase", "calendar", "revise", "copy_blob", "vault_round", "retention"}),
        batch=2,
        lease=timedelta(minutes=10),
    ),
)
REST = LANES[-1]
_OF_KIND = {kind: lane for lane in LANES for kind in lane.kinds}


def lane_of(kind: str) -> Lane:
    """The lane of a kind of job."""
    return _OF_KIND.get(kind, REST)
