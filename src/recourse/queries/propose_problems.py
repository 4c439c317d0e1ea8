# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which problem is it? Reads a person's story with the shared lexicon and ranks the playbook's problems."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problems
from recourse.core.triage.lexicon import Lexicon
from recourse.core.triage.propose import Triage, propose
from recourse.core.vocabulary import EvidenceKind
from recourse.gateways.lexicon_file import load_lexicon


def propose_problems(
    text: str,
    *,
    facts: Mapping[str, object],
    playbook: Playbook,
    today: date,
    have: Collection[EvidenceKind] = (),
) -> Triage | Problems:
    """The proposals for a story, or what is wrong with the lexicon file. `today` is China's date at the door."""
    lexicon = shared_lexicon()
    if isinstance(lexicon, Problems):
        return lexicon
    return propose(text, facts, playbook=playbook, lexicon=lexicon, today=today, have=have)


@cache
def shared_lexicon() -> Lexicon | Problems:
    """The shipped lexicon, read once a process: it changes only with the program."""
    return load_lexicon()
