# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds with tables, whichever seat sends them: conditions, accounts side by side, evidence there is, open questions."""

from recourse.actions.answer_questions import answer_questions
from recourse.actions.set_conditions import set_conditions
from recourse.actions.show_account import show_account
from recourse.actions.state_evidence import state_evidence
from recourse.actions.story import perform
from recourse.actions.take_out_account import take_out_account
from recourse.core.calendar import CHINA
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.values import replace
from recourse.core.vocabulary import EvidenceKind, EvidenceState
from recourse.queries.case_file import CaseFile
from recourse.webkit import condition_form
from recourse.webkit.sent_form import SentForm, wrong_field


def list_conditions(sent: SentForm, file: CaseFile) -> Receipt | Problems:
    """Draw up the table of conditions as the form has it."""
    typed = {name: sent.text(name) for name in condition_form.field_names()}
    wrong = tuple(condition_form.problems_of(typed, today=file.now.astimezone(CHINA).date()))
    if wrong:
        return Problems(wrong)
    conditions, refusal = condition_form.read(typed)
    return perform(
        set_conditions(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            conditions=conditions,
            refusal=refusal,
            key=sent.key,
        )
    )


def add_account(sent: SentForm, _: CaseFile) -> Receipt | Problems:
    """Add an account as a picture shows it."""
    given = sent.text("exhibit", limit=10)
    if given and sent.whole("exhibit") < 1:
        zh, en = "证据编号写数字，如 2。", "Write the exhibit number like 2."
        return Problems((wrong_field("exhibit_unknown", "exhibit", zh, en),))
    return perform(
        show_account(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            seen_in=sent.text("seen_in", limit=100),
            display_name=sent.text("display_name", limit=100),
            account_id=sent.text("account_id", limit=100),
            exhibit=sent.whole("exhibit") if given else 0,
            key=sent.key,
        )
    )


def answer_open(sent: SentForm, file: CaseFile) -> Receipt | Problems:
    """Answer what was left open at filing, each question in its field `ask-KEY`."""
    given = {item.key: sent.text(f"ask-{item.key}", limit=200) for item in file.rules.playbook.ask}
    answers = {key: answer for key, answer in given.items() if answer}
    if not answers:
        return Problems((wrong_field("answer_missing", "answers", "请选一个回答。", "Choose an answer."),))
    done = perform(
        answer_questions(sent.world, actor=sent.actor, number=sent.number, answers=answers, key=sent.key)
    )
    if not isinstance(done, Problems):
        return done
    # Refused is `answers.KEY`: it is said beside the question.
    return Problems(
        tuple(replace(item, field=item.field.replace("answers.", "ask-", 1)) for item in done.items)
    )


def take_out(sent: SentForm, _: CaseFile) -> Receipt | Problems:
    """Take one's own row out of the shown accounts."""
    account = sent.text("account", limit=20)
    return perform(
        take_out_account(sent.world, actor=sent.actor, number=sent.number, account=account, key=sent.key)
    )


def state_items(sent: SentForm, _: CaseFile) -> Receipt | Problems:
    """我有 / 没有 / 在平台手里, for as many items as the form has."""
    states = {
        EvidenceKind(name.removeprefix("state-")): EvidenceState(sent.text(name))
        for name in sent.post
        if name.removeprefix("state-") in set(EvidenceKind) and sent.text(name) in set(EvidenceState)
    }
    return perform(
        state_evidence(sent.world, actor=sent.actor, number=sent.number, states=states, key=sent.key)
    )
