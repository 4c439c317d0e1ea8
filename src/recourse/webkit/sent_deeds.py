# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds that the forms of several seats have in common: handing in files, reporting a step, proposing terms,
giving time, stopping a clock."""

from collections.abc import Collection

from recourse.actions.extend_deadline import extend_deadline
from recourse.actions.hand_in_file import hand_in_file
from recourse.actions.make_offer import make_offer
from recourse.actions.order_screens import order_screens
from recourse.actions.perform_step import perform_step
from recourse.actions.pick_bill_row import pick_bill_row
from recourse.actions.story import perform
from recourse.actions.suspend_deadline import suspend_deadline
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.evidence import parse_time_code
from recourse.core.port import Receipt
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceKind, Party
from recourse.queries.case_file import CaseFile, case_file
from recourse.webkit.sent_form import SentForm, wrong_field

MORE_TIME = "3d"
# More at once would keep one of a few workers for half a minute.
UPLOADS_MAX = 60
# It is stored as it stands and read in both languages, whoever wrote no reason of their own.
_NO_REASON = "再给3天 / 3 more days"


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
    sent: SentForm, kind: EvidenceKind, *, before: Collection[int], capture: str = "", own: bool = False
) -> tuple[int, ...] | Problems:
    """The exhibit numbers of the form's files that are not among those `before`.

    `own` marks what the operator hands in for itself. Every refusal comes at once and names its file; what is good
    stays handed in.
    """
    still_of = sent.whole("still_of") if sent.text("still_of") else 0
    second = parse_time_code(sent.text("second", limit=12) or "0")
    if second is None:
        return Problems((_no_time_code(),))
    wrong: list[Problem] = []
    for index, upload in enumerate(sent.uploads[:UPLOADS_MAX]):
        name = (upload.name or "")[:200]
        outcome = perform(
            hand_in_file(
                sent.world,
                actor=sent.actor,
                number=sent.number,
                kind=kind,
                chunks=upload.chunks(),
                name=name,
                note=sent.text("note", limit=500),
                capture=capture,
                own=own,
                still_of=still_of,
                second=second,
                key=f"{sent.key}:{index}",
            )
        )
        if isinstance(outcome, Problems) and not seen_twice(outcome):
            wrong.extend(_of_file(item, name) for item in outcome.items)
            if outcome.keys() == ("too_many_files_today",):
                break
    wrong.extend(_beyond(sent))
    if wrong:
        return Problems(tuple(wrong))
    after = case_file(sent.world, actor=sent.actor, number=sent.number)
    exhibits = after.case.exhibits if after is not None else ()
    return tuple(item.no for item in exhibits if item.no not in before and item.kind is kind)


def as_it_stands(sent: SentForm, file: CaseFile) -> CaseFile:
    """The case to show beside a refusal: read again when files came along, for the good ones of them were taken."""
    if not sent.uploads:
        return file
    return case_file(sent.world, actor=sent.actor, number=sent.number) or file


def _of_file(item: Problem, name: str) -> Problem:
    """A refusal with the name of its file before it: of twenty files nobody knows which one it was."""
    said = Text(f"“{name}”：{item.message.zh}", f"{name}: {item.message.en}")
    return Problem(item.key, item.field, said, item.do)


def _beyond(sent: SentForm) -> tuple[Problem, ...]:
    """What stands behind the last file that is taken at once is said to be left out, not left out in silence."""
    left = sent.uploads[UPLOADS_MAX:]
    if not left:
        return ()
    first = (left[0].name or "")[:200]
    said = Text(
        f"一次最多交{UPLOADS_MAX}个文件，从“{first}”起的{len(left)}个没有收下。",
        f"At most {UPLOADS_MAX} files at once: {len(left)}, beginning with {first}, were not taken.",
    )
    do = Text("请把这些再选一次，接着交。", "Choose these again and go on.")
    return (Problem("too_many_at_once", "file", said, do),)


def _no_time_code() -> Problem:
    return wrong_field(
        "second_not_understood",
        "second",
        "看不懂这个时间点，写成 01:12 这样。",
        "This moment of the video is not understood; write 01:12.",
    )


def report_step(sent: SentForm, file: CaseFile, *, own: bool = False) -> Receipt | Problems:
    """Report the next step of a remedy done, with a number, a word or a file as proof."""
    remedy, index = sent.text("remedy", limit=20), sent.whole("index")
    exhibits: tuple[int, ...] | Problems = ()
    if sent.uploads:
        kind = sent.kind() or _proof_of(file, remedy=remedy, index=index)
        before = frozenset(item.no for item in file.case.exhibits)
        exhibits = add_all(sent, kind, before=before, own=own)
        if isinstance(exhibits, Problems):
            return exhibits
    return perform(
        perform_step(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            remedy=remedy,
            index=index,
            note=sent.text("note"),
            exhibits=exhibits,
            key=sent.key,
        )
    )


def _proof_of(file: CaseFile, *, remedy: str, index: int) -> EvidenceKind:
    """What proves a step, as the playbook says it; a step that nobody knows is refused later anyway."""
    kind = next((item.kind for item in file.case.remedies if item.id == remedy), None)
    spec = next((item for item in file.rules.playbook.remedies if item.kind is kind), None)
    known = spec.steps[index].proof if spec is not None and 0 <= index < len(spec.steps) else ()
    return known[0] if known else EvidenceKind.payment_record


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


def give_time(sent: SentForm) -> Receipt | Problems:
    """Give the other side three days more, once; the reason may stay empty."""
    return perform(
        extend_deadline(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            deadline=sent.text("deadline", limit=20),
            length=MORE_TIME,
            reason=sent.text("reason") or _NO_REASON,
            key=sent.key,
        )
    )


def suspend_clock(sent: SentForm) -> Receipt | Problems:
    """Leave a span out of a clock's count, until a stated day."""
    until, cause = sent.moment("until"), sent.text("cause", limit=20)
    wrong = []
    if cause not in set(SuspensionCause):
        wrong.append(wrong_field("cause_missing", "cause", "请选为什么暂停。", "Choose why the clock stops."))
    if until is None:
        wrong.append(wrong_field("date_missing", "until", "请写停到哪天。", "Say until when."))
    if wrong or until is None:
        return Problems(tuple(wrong))
    return perform(
        suspend_deadline(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            deadline=sent.text("deadline", limit=20),
            until=until,
            reason=sent.text("reason"),
            cause=SuspensionCause(cause),
            key=sent.key,
        )
    )


def order(sent: SentForm) -> Receipt | Problems:
    """Keep the order in which one's own screenshots read; nothing written restores what was worked out."""
    side = sent.text("by", limit=20)
    words = sent.text("order").replace(",", " ").replace("，", " ").replace("、", " ").split()
    if side not in set(Party) or not all(
        word.isascii() and word.isdigit() and len(word) < 7 for word in words
    ):
        zh, en = "看不懂这个顺序，写成 3 1 2 这样。", "This order is not understood; write it like 3 1 2."
        return Problems((wrong_field("order_not_understood", "order", zh, en),))
    numbers = tuple(int(word) for word in words)
    return perform(
        order_screens(sent.world, actor=sent.actor, number=sent.number, by=Party(side), numbers=numbers)
    )


def pick_row(sent: SentForm) -> Receipt | Problems:
    """Note which payment of a bill is meant; no row takes it back."""
    row = sent.whole("row") if sent.text("row", limit=6) else None
    return perform(
        pick_bill_row(sent.world, actor=sent.actor, number=sent.number, no=sent.whole("no"), row=row)
    )


def seen_twice(problems: Problems) -> bool:
    """Whether the refusal says only that this was sent before: no mistake of the person, it is there already."""
    return problems.keys() == ("idempotency_key_reused",)
