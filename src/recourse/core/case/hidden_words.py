# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What one side wrote, as the other side reads it: numbers of papers and cards, phones, addresses, card keys are masked.

They stay masked until who wrote the text shows it. Each text has a place: `story`, `message:0`, `exhibit:3`; `file:3` is
what was read in the text file that was handed in as exhibit 3. The order number of a complaint is no such text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recourse.core.case.state import Case
from recourse.core.disclosure import EventFields
from recourse.core.masking import find_masks_after, masked
from recourse.core.values import replace
from recourse.core.vocabulary import Party


@dataclass(frozen=True, slots=True)
class Words:
    """One text, by whom, and where it stands."""

    where: str
    by: Party
    text: str


def masked_text(text: str) -> str:
    """The text with everything hidden that is proposed, line by line."""
    lines = text.splitlines(keepends=True)
    above = ("", *lines)
    return "".join(
        masked(line, find_masks_after(before, line)) for before, line in zip(above, lines, strict=False)
    )


def words_of(case: Case) -> Iterator[Words]:
    """Every text that the other side reads, in the order of the page."""
    yield Words("story", Party.complainant, case.story)
    yield Words("new_ground", Party.complainant, case.new_ground)
    for index, reply in enumerate(case.replies):
        yield Words(f"reply:{index}", Party.respondent, reply.text)
    for offer in case.offers:
        yield Words(f"offer:{offer.id}", offer.by, offer.text)
    for index, message in enumerate(case.messages):
        yield Words(f"message:{index}", message.by, message.text)
    for exhibit in case.exhibits:
        yield Words(f"exhibit:{exhibit.no}", exhibit.by, exhibit.note)
    for request in case.requests:
        yield Words(f"request:{request.id}", request.of, request.answer)
    if case.appeal is not None:
        yield Words("appeal", case.appeal.by, case.appeal.reasons)


def to_choose(case: Case, owner: Party) -> tuple[tuple[str, str], ...]:
    """(place, as masked) of the owner's texts in which something is proposed for masking."""
    own = [(item, masked_text(item.text)) for item in words_of(case) if item.by is owner]
    return tuple((item.where, text) for item, text in own if text != item.text)


def file_place(no: int) -> str:
    """The place of what was read in a text file."""
    return f"file:{no}"


def owner_of(case: Case, where: str) -> Party | None:
    """Whose text stands there; None when there is none."""
    texts = {item.where: item.by for item in words_of(case)}
    files = {file_place(item.no): item.by for item in case.exhibits}
    return (texts | files).get(where)


def hide_words(case: Case, reader: Party) -> Case:
    """The case with the other side's texts as this party may read them."""
    read = {item.where: _as_read(item, case.words_shown, reader) for item in words_of(case)}
    return replace(
        case,
        story=read["story"],
        new_ground=read["new_ground"],
        replies=tuple(replace(item, text=read[f"reply:{index}"]) for index, item in enumerate(case.replies)),
        offers=tuple(replace(item, text=read[f"offer:{item.id}"]) for item in case.offers),
        messages=tuple(
            replace(item, text=read[f"message:{index}"]) for index, item in enumerate(case.messages)
        ),
        exhibits=tuple(replace(item, note=read[f"exhibit:{item.no}"]) for item in case.exhibits),
        requests=tuple(replace(item, answer=read[f"request:{item.id}"]) for item in case.requests),
        appeal=case.appeal and replace(case.appeal, reasons=read["appeal"]),
    )


def _as_read(words: Words, shown: frozenset[str], reader: Party) -> str:
    kept = words.by in {reader, Party.operator} or words.where in shown
    return words.text if kept else masked_text(words.text)


# The texts of the record, by event and field: their place, and whose they are where the event does not say it.
_FIELDS: Mapping[tuple[str, str], tuple[str, Party | None]] = {
    ("ComplaintFiled", "story"): ("story", Party.complainant),
    ("ComplaintFiled", "new_ground"): ("new_ground", Party.complainant),
    ("AnswerRecorded", "text"): ("reply:{index}", Party.respondent),
    ("OfferMade", "text"): ("offer:{id}", None),
    ("MessagePosted", "text"): ("message:{index}", None),
    ("ExhibitAdded", "note"): ("exhibit:{no}", None),
    ("EvidenceAnswered", "answer"): ("request:{id}", None),
    ("AppealLodged", "reasons"): ("appeal", None),
}


def hidden_fields(
    record: Iterable[EventFields], *, shown: frozenset[str], reader: Party
) -> Mapping[tuple[int, str], str]:
    """(version, field) of the record that this party reads masked, and the text as masked.

    A page shows that text; a file keeps the value back, its commitment stays.
    """
    counted: dict[str, int] = {}
    asked: dict[str, str] = {}
    found: dict[tuple[int, str], str] = {}
    for item in record:
        index = counted.get(item.type, 0)
        counted[item.type] = index + 1
        fields = item.fields
        if item.type == "EvidenceAsked":
            asked[str(fields["id"])] = str(fields["of"])
        for name, value in fields.items():
            place, owner = _FIELDS.get((item.type, name), ("", None))
            if not place or not isinstance(value, str):
                continue
            where = place.format(index=index, id=fields.get("id", ""), no=fields.get("no", ""))
            by = owner.value if owner else fields.get("by", asked.get(str(fields.get("id", "")), ""))
            theirs = by not in {reader.value, Party.operator.value}
            if theirs and where not in shown and (text := masked_text(value)) != value:
                found[item.version, name] = text
    return found
