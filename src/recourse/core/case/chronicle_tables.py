# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The chronicle's lines for tables that a side draws up, stills, outside doors, and a respondent's other cases."""

from collections.abc import Callable
from typing import Any

from recourse.core.actor import Role
from recourse.core.case import events as e
from recourse.core.condition import unproven
from recourse.core.evidence import time_code
from recourse.core.filing import FilingState
from recourse.core.text import Text

_ALL = frozenset(Role)
_NOT_RESPONDENT = _ALL - {Role.respondent}
# A pattern over other cases is for the operator's people and the person concerned, never for the other side.
_CONCERNED = frozenset({Role.respondent, Role.agent, Role.neutral, Role.owner, Role.system})


def _conditions(event: e.ConditionsSet, _names: Any) -> Text:
    count, open_ = len(event.conditions), len(unproven(event.conditions))
    zh = f"中奖条件核对表：{count}条" + (f"，{open_}条还没有证明" if open_ else "")
    en = f"conditions of the win: {count}" + (f", {open_} without proof yet" if open_ else "")
    return Text(zh, en)


def _filed_at(event: e.FilingOpened, names: Any) -> Text | None:
    if event.at is None:
        return None
    name, target = names.channel(event.channel), names.target(event.channel, event.target)
    against = Text(f"，投诉对象：{target.zh}", f", against {target.en}") if target else Text("", "")
    return Text(f"已向{name.zh}提交{against.zh}", f"filed with {name.en}{against.en}")


def _filing_said(event: e.FilingUpdated, names: Any) -> Text | None:
    if event.state is None:
        return None
    who = names.taker(event.id)
    if event.state is FilingState.filed and event.answer:
        return Text("{who}只说在办，不算答复", "{who} only held off: no answer").format(who=who)
    return Text("{who}有回复", "{who} answered").format(who=who)


def _repeat(event: e.RepeatTold, names: Any) -> Text | None:
    if event.repeat is None:
        return None
    rule = next((item for item in names.playbook.repeats if item.id == event.rule), None)
    if rule is None:
        return Text("多次被投诉", "complained of repeatedly")
    count = rule.count.format(heard=event.repeat.heard, known=event.repeat.known)
    return Text(f"{rule.name.zh}：{count.zh}", f"{rule.name.en}: {count.en}")


def _answered(event: e.QuestionsAnswered, _names: Any) -> Text:
    count = len(event.answers)
    return Text(f"补答了{count}个问题", f"open questions answered: {count}")


def _still(event: e.StillPlaced, _names: Any) -> Text:
    at = time_code(event.second)
    return Text(
        f"证据{event.no}是证据{event.of}录像{at}处的画面",
        f"exhibit {event.no} is a still of the video in exhibit {event.of} at {at}",
    )


def _masked(event: e.ExhibitMasked, _names: Any) -> Text:
    count = len(event.regions)
    if not count:
        return Text(f"证据{event.no}全部给对方看", f"exhibit {event.no}: nothing masked for the other side")
    return Text(
        f"证据{event.no}给对方看时遮住{count}处", f"exhibit {event.no}: {count} masked for the other side"
    )


def _words(event: e.WordsShown, _names: Any) -> Text:
    if event.shown:
        return Text("把写的一段话完整给对方看", "a text shown to the other side in full")
    return Text("写的一段话里号码重新遮住", "numbers in a text masked again")


LINES: dict[type, tuple[frozenset[Role], Callable[[Any, Any], Text | None], str]] = {
    e.QuestionsAnswered: (_ALL, _answered, "plain"),
    e.ExhibitMasked: (_ALL, _masked, "plain"),
    e.WordsShown: (_ALL, _words, "plain"),
    e.ReadingConfirmed: (
        _ALL,
        lambda ev, _n: Text(f"核对了证据{ev.no}上的内容", f"what exhibit {ev.no} says was confirmed"),
        "plain",
    ),
    e.ConditionsSet: (_ALL, _conditions, "plain"),
    e.AccountShown: (
        _ALL,
        lambda _e, _n: Text("列出一个账号供对照", "an account shown for comparison"),
        "plain",
    ),
    e.AccountTakenOut: (
        _ALL,
        lambda _e, _n: Text("撤下一行账号", "a row of the accounts taken out"),
        "plain",
    ),
    e.StillPlaced: (_ALL, _still, "plain"),
    e.RepeatTold: (_CONCERNED, _repeat, "plain"),
    e.FilingOpened: (_NOT_RESPONDENT, _filed_at, "plain"),
    e.FilingUpdated: (_NOT_RESPONDENT, _filing_said, "plain"),
}
