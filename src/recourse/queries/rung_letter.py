# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The letter for a rung, filled from the case: what a person pastes, sends or prints there."""

from collections.abc import Iterable, Mapping

from recourse.core.case.doors import asked_by, doors_of, targets_of
from recourse.core.case.draft import fits
from recourse.core.case.progress import owner_of, running, silence_of
from recourse.core.case.state import Case
from recourse.core.claim import counted
from recourse.core.deadline.deadline import DeadlineState
from recourse.core.deadline.display import show_day, show_end, show_moment
from recourse.core.law import article_number
from recourse.core.letter import Letter, Rendered, render
from recourse.core.money import format_yuan
from recourse.core.playbook.grounds import grounds_of
from recourse.core.playbook.types import Playbook, RungSpec
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import RungName, StartsWhen
from recourse.queries.letter_tables import accounts_text, conditions_text, refusal_text

_OPEN = frozenset({DeadlineState.waiting, DeadlineState.running})
# Dates near no year are written with theirs.
_NO_YEAR = 0


def letters_for(
    rules: Rulebook, *, case: Case, rung: RungName | None, own: bool = False
) -> tuple[Letter, ...]:
    """The letters of a rung that fit this case: the one that opens it first, then those of its channels, then the rest.

    A letter that would say what the case denies is left out. With `own` only those that a person sends: the notice to the respondent speaks in the operator's name, and names
    what the operator does next.
    """
    spec = next((item for item in rules.playbook.ladder if item.rung is rung), None)
    notice = spec.letter if spec is not None and opens_with_notice(spec) else None
    wanted = dict.fromkeys([spec.letter] if spec is not None and spec.letter else [])
    for channel in rules.playbook.channels:
        if channel.rung is not rung:
            continue
        for key in (channel.format, *(item.format for item in targets_of(channel, case))):
            wanted.update(dict.fromkeys([key] if key else []))
    wanted.update(dict.fromkeys(key for key, letter in sorted(rules.letters.items()) if letter.rung is rung))
    if own and notice is not None:
        wanted.pop(notice, None)
    for key in _unsettled(rules.playbook, case):
        wanted.pop(key, None)
    found = (rules.letters[key] for key in wanted if key in rules.letters)
    return tuple(letter for letter in found if suits(letter, case))


def _unsettled(playbook: Playbook, case: Case) -> frozenset[str]:
    """Letters of doors of which it is not known yet whether they fit: they would say what nobody was asked."""
    ready = {item.format for item in doors_of(playbook, case)}
    waiting = {item.format for item in playbook.channels if asked_by(item, playbook, case)}
    return frozenset(waiting - ready)


def suits(letter: Letter, case: Case) -> bool:
    """Whether a letter speaks of this case, given its answers and its problems; what is open excludes nothing."""
    ids = {ref.id for ref in case.problems}
    spoken_of = not letter.problems or not ids or not ids.isdisjoint(letter.problems)
    one_of = not letter.when_any or any(fits(when, case) for when in letter.when_any)
    return spoken_of and fits(letter.when, case) and one_of


def opens_with_notice(spec: RungSpec) -> bool:
    """Whether the operator tells the respondent at this rung, where it operates it."""
    return any(item.starts_when is StartsWhen.notice_served for item in spec.deadlines)


def fill(letter: Letter, case: Case, rules: Rulebook, *, today: str) -> tuple[Rendered, tuple[str, ...]]:
    """Fill a letter from the case; `today` is an ISO date. What nobody knows yet stays a visible blank, and is named."""
    targets = (item for channel in rules.playbook.channels for item in channel.targets)
    target = next((item.name for item in targets if item.format == letter.key), "")
    return render(letter, {**blanks(case, rules, today=today), "target": target})


def blanks(case: Case, rules: Rulebook, *, today: str) -> Mapping[str, str | Text]:
    """Everything a letter may say of a case."""
    playbook = rules.playbook
    subject = case.subject
    clock = next((item for item in running(case) if not item.soft), None)
    grounds = dict.fromkeys(
        id
        for ref in case.problems
        for item in playbook.problems
        if item.id == ref.id
        for id in grounds_of(item, case.answers_given)
        if id in rules.law
    )
    return {
        "number": case.number,
        "today": _day(today),
        "platform": playbook.name,
        "complainant_name": case.complainant.name,
        "respondent_name": case.respondent.name,
        "record_id": subject.id,
        "record_title": subject.title,
        "record_amount": format_yuan(subject.amount_fen) if subject.amount_fen is not None else "",
        "happened_on": _day(subject.happened_on.isoformat()) if subject.happened_on else "",
        "promised_on": _day(subject.promised_on.isoformat()) if subject.promised_on else "",
        "problem": _join([_problem_name(playbook, ref.id) for ref in case.problems]),
        "story": case.story,
        "demands": _join(
            [counted(_demand(playbook, claim.kind, claim.amount_fen), claim.points) for claim in case.claims]
        ),
        "evidence_list": _lines([_exhibit(playbook, x.no, x.kind) for x in case.exhibits if not x.withdrawn]),
        "contact_log": _lines(
            [_attempt(item.at, item.channel, item.agent_no, item.answer) for item in case.contacts]
        ),
        "conditions": conditions_text(case),
        "refusal": refusal_text(case),
        "accounts": accounts_text(case),
        "deadline": show_end(clock.act_by, near=_NO_YEAR)
        if clock is not None and clock.act_by is not None
        else "",
        "rung": _rung_name(playbook, case.rung),
        "ground_list": _grounds(rules, grounds),
        "platform_result": _result(case),
        "silence": _silence(case, playbook),
    }


def _silence(case: Case, playbook: Playbook) -> Text | str:
    """What follows if the respondent lets its time pass: no notice may leave that open."""
    clock = next((item for item in case.deadlines if item.act == "answer" and item.state in _OPEN), None)
    if clock is None:
        return ""
    return silence_of(clock, owner_of(clock, case, playbook), case=case, playbook=playbook, reader=None) or ""


def _day(iso: str) -> Text:
    """A day with its year: a letter is read years later, by people who do not know when it was written."""
    return show_day(iso, near=_NO_YEAR)


def _grounds(rules: Rulebook, ids: Iterable[str]) -> Text | str:
    """The articles relied on, each instrument named once: 《…法》第二十三条、第二十四条；《…条例》第九条."""
    by_instrument: dict[Text, list[Text]] = {}
    for id in ids:
        article = rules.law[id]
        by_instrument.setdefault(article.instrument, []).append(article_number(article))
    return _join(
        [
            Text(
                f"《{instrument.zh}》{'、'.join(number.zh for number in numbers)}",
                f"{instrument.en}, {', '.join(number.en for number in numbers)}",
            )
            for instrument, numbers in by_instrument.items()
        ]
    )


def _problem_name(playbook: Playbook, id: str) -> Text:
    return next((item.name for item in playbook.problems if item.id == id), Text(id, id))


def _demand(playbook: Playbook, kind: str, fen: int | None) -> Text:
    name = next((item.name for item in playbook.remedies if item.kind == kind), Text(kind, kind))
    if fen is None:
        return name
    return Text(f"{name.zh}{format_yuan(fen)}元", f"{name.en} of {format_yuan(fen)} yuan")


def _exhibit(playbook: Playbook, no: int, kind: str) -> Text:
    name = next((item.name for item in playbook.evidence if item.kind == kind), Text(kind, kind))
    return Text(f"证据{no}：{name.zh}", f"Exhibit {no}: {name.en}")


def _attempt(at: object, channel: str, agent_no: str, answer: str) -> Text:
    when = show_moment(at, near=_NO_YEAR)  # type: ignore[arg-type]
    staff_zh, staff_en = (f"（工号{agent_no}）", f" (agent {agent_no})") if agent_no else ("", "")
    return Text(f"{when.zh} {channel}{staff_zh}：{answer}", f"{when.en} {channel}{staff_en}: {answer}")


def _rung_name(playbook: Playbook, rung: RungName | None) -> Text | str:
    return next((spec.name for spec in playbook.ladder if spec.rung is rung), "")


def _result(case: Case) -> Text | str:
    """What the platform has done so far: outside bodies ask for it."""
    if case.decision is not None:
        return Text("平台已作出决定：{why}", "The platform decided: {why}").format(
            why=case.decision.reasons_said
        )
    answered = [reply for reply in case.replies if reply.kind != "holding"]
    if answered:
        return Text(f"对方答复：{answered[-1].text}", f"The other side answered: {answered[-1].text}")
    if any(notice.served_at for notice in case.notices):
        return Text(
            "通知已发出，没有被退回，到期没有答复", "Notice was accepted for delivery; no answer came in time"
        )
    return ""


def _join(items: list[Text]) -> Text | str:
    return Text("；".join(i.zh for i in items), "; ".join(i.en for i in items)) if items else ""


def _lines(items: list[Text]) -> Text | str:
    return Text("\n".join(i.zh for i in items), "\n".join(i.en for i in items)) if items else ""
