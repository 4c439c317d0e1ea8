# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The closed set of invariants: what each says, and under which count of the report a breach of it falls."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """One invariant broken: which, on what case or request, and what was seen."""

    invariant: str
    number: str
    seen: str


# The counts of the report, each with the invariants that fall under it and what they say.
INVARIANTS: dict[str, dict[str, str]] = {
    "lost_commands": {
        "acknowledged_is_kept": "what was acknowledged stands in the stream, under the hash that the receipt names",
        "evidence_is_kept": "bytes that were handed over and acknowledged are there, unchanged, until they are erased",
        "effects_are_done": "every effect that an event asked for is in the outbox and was carried out",
        "held_is_kept": "nothing of a held case is erased, and nobody releases what they held themselves",
        "old_copy_shows": "after an old copy was put back, each receipt that was lost fails to prove: the loss is seen",
    },
    "double_remedies": {
        "one_value_once": "one value is held by one remedy at a time, and really paid once",
        "one_request_one_effect": "one key has one effect and one answer, however often it is sent",
    },
    "missed_deadlines": {
        "silence_is_carried_out": "a clock that ran out is carried out",
        "late_act_is_refused": "after the latest reading of a date nobody's act under it is taken any more",
    },
    "early_deadlines": {
        "never_early": "no clock ends as missed before its announced last moment, in true time",
        "rest_days_count": "working days are those of the true calendar, published or not",
        "clock_waits_for_notice": "a respondent's clock starts only after a notice really arrived at a registered contact",
        "announced_stands": "a date once announced never moves earlier",
        "in_time_is_heard": "whoever acts before the end of the time is not refused for being late",
    },
    "illegal_transitions": {
        "stream_is_sound": "versions have no gap, events lead to the case they claim, and the row follows from the stream",
        "legal_edge": "every event leads from a stage to a stage that the written procedure knows",
        "right_seat": "every event comes from a seat that may bring it about",
        "silence_is_no_yes": "only the complainant confirms a remedy; silence never counts as resolved",
        "holding_stops_nothing": "a holding reply ends no clock and starts none",
        "another_person": "an appeal is never decided by whoever decided before",
        "default_has_ground": "silence decides only against who accepted that rule, was served, and where the records agree",
        "nobody_unheard": "nothing is granted before the respondent was served and spoke, was silent, or had two days",
        "walls": "nobody reads or acts in another house, in somebody else's case, or from a contact nobody registered",
        "own_to_show": "only whose text or exhibit it is chooses what of it the other side sees",
        "messages_as_asked": "a message goes out once, and only where an event asked for it",
        "nights_are_quiet": "no message about a case goes out between 22:00 and 8:00",
        "time_runs_forward": "within a case no event is earlier than the one before",
        "refused_leaves_nothing": "what was refused left no event",
        "no_surprise": "no story ends in an error that nobody foresaw",
    },
    "stuck_cases": {
        "comes_to_rest": "with everybody silent the clocks alone bring a case to its end, or to a step that is a person's",
        "outbox_empties": "in the end no job is left, and none was given up",
    },
}

COUNT_OF = {name: count for count, names in INVARIANTS.items() for name in names}
