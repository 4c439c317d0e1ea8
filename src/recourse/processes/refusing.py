# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How signer and witness refuse a checkpoint (C2SP tlog-witness, add-checkpoint)."""

from recourse.core.checkpoint.extension import Growth, Refusal, judge
from recourse.core.checkpoint.head import Head
from recourse.processes.listening import Answer

_SIZE_TYPE = "text/x.tlog.size"


def conflict(last: Head) -> Answer:
    """409 with the size that is kept, so that whoever asks can build on it."""
    return Answer(Refusal.conflict, f"{last.size}\n", _SIZE_TYPE)


def no_growth(last: Head, asked: Growth, *, what: str) -> Answer | None:
    """Why a checkpoint does not follow on the last one that was `what` (signed, seen), or None when it does."""
    refused = judge(last, asked)
    if refused is Refusal.conflict:
        return conflict(last)
    return None if refused is None else Answer(refused, f"this is no growth of what was {what}\n")
