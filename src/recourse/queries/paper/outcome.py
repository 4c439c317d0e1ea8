# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The end on paper: settlement, decisions, performance; and how to verify all of it."""

from typing import Any

from recourse.core.case import words
from recourse.core.case.state import Decision
from recourse.core.dossier.words import UNPROVEN
from recourse.core.offer import OfferState
from recourse.core.remedy import Remedy
from recourse.core.text import Text
from recourse.core.vocabulary import Outcome, Party
from recourse.queries.paper.edition import Edition

_BECAUSE_OUTCOME = {
    Outcome.settled: Text("双方和解。", "The sides settled."),
    Outcome.decided: Text("按决定结束。", "Closed by decision."),
    Outcome.withdrawn: Text("投诉人撤回了投诉。", "The complainant withdrew."),
    Outcome.refused: Text("没有受理。", "Not admitted."),
    Outcome.expired: Text("到期结束，问题没有解决。", "Closed when time ran out, without a solution."),
}


def outcome(edition: Edition) -> dict[str, Any]:
    """Settlement, decisions and what became of them."""
    case = edition.file.case
    lines = []
    if not case.closed:
        lines.append(edition.of("这件投诉还没有结束。", "This complaint is still open."))
    elif case.outcome is not None:
        lines.append(edition.say(_BECAUSE_OUTCOME[case.outcome]))
    if case.closed:
        lines.append(
            edition.of("投诉人已确认全部做到。", "The complainant confirmed that everything was done.")
            if case.resolved
            else edition.of(
                "没有投诉人的确认，不算“已解决”。",
                "Without the complainant's confirmation it does not count as resolved.",
            )
        )
    return {
        "lines": lines,
        "agreement": _agreement(edition),
        "decisions": [_decision(edition, item) for item in case.decisions],
        "remedies": [_remedy(edition, item) for item in case.remedies],
    }


def _agreement(edition: Edition) -> list[str] | None:
    """和解协议 in sentences: who, about what, which terms, by when; None when nothing was settled."""
    case = edition.file.case
    if case.settled_at is None:
        return None
    accepted = next((item for item in reversed(case.offers) if item.state is OfferState.accepted), None)
    owed = [item for item in case.remedies if item.basis == "settlement"]
    terms = (
        [edition.term(term) + _within(edition, term.within) for term in accepted.terms]
        if accepted is not None
        else [_named(edition, item) for item in owed]
    )
    a, b = edition.party(Party.complainant), edition.party(Party.respondent)
    opening = edition.of(
        f"{a}{case.complainant.name}与{b}{case.respondent.name}就{case.subject.id or case.number}的争议，"
        f"于{edition.at(case.settled_at)}达成一致：",
        f"On {edition.at(case.settled_at)} {a} {case.complainant.name} and {b} {case.respondent.name} agreed on their "
        f"dispute about {case.subject.id or case.number}:",
    )
    body = [f"{at}. {term}" for at, term in enumerate(terms, start=1)]
    if accepted is not None and accepted.text:
        body.append(edition.of("方案原文：", "As the offer put it: ") + accepted.text)
    return [opening, *body]


def _within(edition: Edition, length: str) -> str:
    return edition.of(f"（期限 {length}）", f" (within {length})") if length else ""


def _named(edition: Edition, item: Remedy) -> str:
    name = edition.say(edition.file.names.remedy(item.kind))
    return name if item.amount_fen is None else f"{name} {edition.sum(item.amount_fen)}"


def _decision(edition: Edition, item: Decision) -> dict[str, Any]:
    rules = edition.file.rules
    name = (
        edition.of("按规则作出的决定（对方到期没答复）", "Decision by rule (no answer in time)")
        if item.by_default
        else edition.of("决定", "Decision")
    )
    state = (
        edition.of("已生效", "final")
        if item.final
        else edition.of("已被后续程序取代", "overtaken by a later step")
        if item.overtaken
        else edition.of("可以申诉", "open to appeal")
    )
    following = next((spec.name for spec in rules.playbook.ladder if spec.rung == item.next_recourse), None)
    return {
        "name": name,
        "when": f"{edition.at(item.at)}{edition.of('，', ', ')}{state}",
        "facts": item.facts,
        "reasons": item.reasons,
        "terms": edition.terms(item.terms) or edition.of("不支持请求", "nothing"),
        "grounds": [edition.ground(rules.law[id]) for id in item.grounds if id in rules.law],
        "next": edition.of("不服还可以走：", "Further recourse: ")
        + (edition.say(following) if following is not None else item.next_recourse)
        if item.next_recourse
        else "",
    }


def _remedy(edition: Edition, item: Remedy) -> tuple[str, list[str], str]:
    state, _tone = words.REMEDY_STATES[item.state]
    who = edition.file.names.party(Party.complainant)
    steps = [
        f"{at}. {edition.say(step.text)}"
        + (
            edition.of(f"（{edition.at(step.done_at)}完成）", f" (done {edition.at(step.done_at)})")
            if step.done_at is not None
            else ""
        )
        for at, step in enumerate(item.steps, start=1)
    ]
    return _named(edition, item), steps, edition.say(state.format(complainant=who))


def proof(edition: Edition) -> dict[str, list[str]]:
    """What the file proves, what it does not, and how anybody finds out without us."""
    version = edition.file.case.version
    return {
        "steps": [
            edition.of(
                f"1. 用浏览器打开 {edition.public_url}/verify ，选这个压缩包；文件只在你的设备里检查，不会上传。",
                f"1. Open {edition.public_url}/verify and choose the zip; it is checked on your device and not uploaded.",
            ),
            edition.of(
                "2. 或者断网使用 verifier/verify.html，或运行 recourse verify 文件、python verifier/verify.py 文件。",
                "2. Or, without a network, use verifier/verify.html, `recourse verify FILE` or `python verifier/verify.py FILE`.",
            ),
            edition.of(
                "3. 核验的对象是整个压缩包（含本PDF）；单独一份PDF或打印件只供阅读。",
                "3. What is verified is the whole zip with this PDF in it; a PDF or a print alone is for reading.",
            ),
        ],
        "proven": [
            edition.of(
                f"第1到第{version}条记录是当时写下的内容，顺序没有变，中间没有少。",
                f"Events 1 to {version} are what was written then, in this order, with none missing between.",
            ),
            edition.of(
                "每件证据原件的字节，就是上面所列时间收到的那些，此后没有改动；副本另列自己的指纹。",
                "The bytes of each original are those received at the time given, unchanged since; a copy has a digest of its own.",
            ),
            edition.of(
                "压缩包里 proofs 文件夹写明日志证明到了哪一步、谁见证过；是不是真的，用你另外拿到的政策文件核验才算数。",
                "The folder proofs says how far the log's proof has come and who witnessed it; that counts once it is checked by a policy file that you got elsewhere.",
            ),
        ],
        "unproven": [
            edition.of(
                "材料内容是真是假、是谁做的、交上来之前什么时候做的。",
                "Whether a document is true, who made it, or when it was made before it was handed in.",
            ),
            edition.of("运营方有没有扣下这之后的记录。", "That the operator holds back no later event."),
            edition.say(UNPROVEN["split"]),
        ],
    }
