# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds that both sides' forms have in common: handing in files, proposing terms."""

from collections.abc import Collection

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.make_offer import make_offer
from recourse.actions.story import perform
from recourse.core.port import Receipt
from recourse.core.problem import Problem, Problems
from recourse.core.vocabulary import EvidenceKind
from recourse.queries.case_file import case_file
from recourse.webkit.sent_form import SentForm, wrong_field


def hand_in(sent: SentForm, *, before: Collection[int], capture: str = "") -> tuple[int, ...] | Problems:
    """Add the form's files as exhibits of the kind it names; their numbers."""
    kind = sent.kind()
    wrong = []
    if kind is None:
        wrong.append(
            wrong_field(
                "kind_missing", "kind", "请选这是哪一类材料。", "Choose what kind of material this is."
            )
        )
    if not sent.uploads:
        wrong.append(wrong_field("file_missing", "file", "还没选文件。", "No file was chosen."))
    if wrong or kind is None:
        return Problems(tuple(wrong))
    return add_all(sent, kind, before=before, capture=capture)


def add_all(
    sent: SentForm, kind: EvidenceKind, *, before: Collection[int], capture: str = ""
) -> tuple[int, ...] | Problems:
    """The exhibit numbers of the form's files that are not among those `before`.

    Every refusal comes at once; what is good stays handed in.
    """
    wrong: list[Problem] = []
    for index, upload in enumerate(sent.uploads):
        outcome = perform(
            add_exhibit(
                sent.world,
                actor=sent.actor,
                number=sent.number,
                kind=kind,
                chunks=upload.chunks(),
                name=(upload.name or "")[:200],
                note=sent.text("note", limit=500),
                capture=capture,
                key=f"{sent.key}:{index}",
            )
        )
        if isinstance(outcome, Problems) and not seen_twice(outcome):
            wrong.extend(outcome.items)
    if wrong:
        return Problems(tuple(wrong))
    after = case_file(sent.world, actor=sent.actor, number=sent.number)
    exhibits = after.case.exhibits if after is not None else ()
    return tuple(item.no for item in exhibits if item.no not in before and item.kind is kind)


def propose(sent: SentForm) -> Receipt | Problems:
    """Make the offer that the form of terms describes; refusals stand beside their controls."""
    terms = sent.terms()
    if isinstance(terms, Problems):
        return terms
    outcome = perform(
        make_offer(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            terms=terms,
            text=sent.text("text"),
            key=sent.key,
        )
    )
    return sent.at_term_fields(outcome) if isinstance(outcome, Problems) else outcome


def seen_twice(problems: Problems) -> bool:
    """Whether the refusal says only that this was sent before: no mistake of the person, it is there already."""
    return problems.keys() == ("idempotency_key_reused",)
