# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Named places at which a test may kill the process, so that every commit point is proven all or nothing."""

from collections.abc import Callable

_hook: Callable[[str], None] | None = None

# Every name that is used, in the order a commit passes them. A test walks this list.
NAMES = (
    "commit.begun",
    "commit.projected",
    "commit.events",
    "commit.private",
    "commit.leaves",
    "commit.entitlements",
    "commit.jobs",
    "commit.search",
    "commit.key",
    "commit.committed",
    "job.claimed",
    "job.done",
    "blob.key_stored",
)
# Those of the sequencer, in the order that keeping the log passes them.
LOG_NAMES = ("log.numbered", "log.tiled", "log.sequenced", "log.signed", "log.checkpointed", "log.cosigned")
# Those within the vault, in the order an upload passes them; the last of its points is `blob.key_stored` above.
VAULT_NAMES = ("blob.drafted", "blob.renamed", "blob.synced", "blob.placed")
# Between pictures that are kept and those before them that are thrown away.
INSPECTED = "inspection.kept"
# Between two batches of a change of the master key.
REWRAPPED = "blob.rewrapped"


def fault_point(name: str) -> None:
    """Do nothing, unless a test installed a hook."""
    if _hook is not None:
        _hook(name)


def install(hook: Callable[[str], None] | None) -> None:
    """Set the hook that every fault point calls, or take it away with None. For tests alone."""
    global _hook
    _hook = hook
