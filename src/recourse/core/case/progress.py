# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Where a case stands, in the reader's words: step x of y, whose move it is, until when, and what happens in silence."""

from dataclasses import dataclass
from datetime import datetime

from recourse.core.case.draft import on_the_way
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline
from recourse.core.playbook.types import Playbook, RungSpec
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind, OnMiss, Outcome, Party, RungName, Stage


@dataclass(frozen=True, slots=True)
class Progress:
    """`at` of `of` steps (1-based; 0 before the first), the name of this step and of the next one."""

    at: int
    of: int
    name: Text
    next: Text | None
    steps: tuple[RungSpec, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """Who must do what by when; `name` is what they are called, `silence` says what follows if they do not."""

    who: Party
    name: Text
    text: Text
    by: datetime | None
    deadline: str
    silence: Text | None


WHO = {
    Party.complainant: Text("你", "you"),
    Party.respondent: Text("对方", "the other side"),
    Party.operator: Text("平台", "the platform"),
    Party.outside: Text("受理机构", "the outside body"),
}


def main_steps(case: Case, playbook: Playbook) -> tuple[RungSpec, ...]:
    """The steps of the progress bar: rungs that the case climbs by itself, and optional ones it was taken to."""
    taken = {case.rung, *case.rungs_passed}
    return tuple(
        spec
        for spec in playbook.ladder
        if spec.rung is not RungName.self_check
        and on_the_way(spec, case)
        and (not spec.optional or spec.rung in taken)
    )


def progress(case: Case, playbook: Playbook) -> Progress:
    """The step the case is on. A closed or performing case keeps the step it got to."""
    steps = main_steps(case, playbook)
    names = [spec.rung for spec in steps]
    at = names.index(case.rung) + 1 if case.rung in names else 0
    name = steps[at - 1].name if at else Text("提交投诉", "Filing")
    following = steps[at].name if at < len(steps) else None
    return Progress(at, len(steps), name, following, steps)


def next_rung(case: Case, playbook: Playbook) -> RungSpec | None:
    """The step to which silence moves the case; optional ones are chosen by name, and after one it goes on where it left."""
    steps = main_steps(case, playbook)
    names = [spec.rung for spec in steps]
    here = names.index(case.rung) if case.rung in names else -1
    if here >= 0 and steps[here].optional:
        here = max([here, *(names.index(name) for name in case.rungs_passed if name in names)])
    return next((spec for spec in steps[here + 1 :] if not spec.optional), None)


def running(case: Case) -> tuple[Deadline, ...]:
    """The clocks that run, most urgent first; soft ones, which are advice, come last."""
    found = [item for item in case.deadlines if item.state == "running" and item.due_at is not None]
    return tuple(sorted(found, key=lambda item: (item.soft, item.act_by or item.due_at, item.id)))


# What a clock waits for, in the reader's words.
AWAITED: dict[str, Text] = {
    "serve_notice": Text("等{who}把通知送到对方", "{who} must deliver the notice"),
    "answer": Text("等{who}答复", "{who} must answer"),
    "review": Text("等{who}审核", "{who} reviews the case"),
    "coordinate": Text("等{who}协调", "{who} talks to the other side"),
    "decide": Text("等{who}作出决定", "{who} must decide"),
    "decide_appeal": Text("等{who}换人复核", "{who} decides the appeal"),
    "respond_offer": Text("回应{offerer}的方案", "answer {offerers} offer"),
    "choose_next": Text("选下一步：继续投诉、再谈或撤回", "choose: go on, talk again or withdraw"),
    "give_evidence": Text("补交材料", "hand in the material asked for"),
    "appeal": Text("不服可以申诉", "an appeal is possible"),
    "confirm": Text("确认收到没有", "confirm whether it arrived"),
    "keep_promise": Text("等{who}兑现承诺", "{who} must keep the promise"),
    "accept": Text("等{who}说收不收", "{who} must say whether it admits the complaint"),
    "mediate": Text("等{who}调解", "{who} mediates"),
}


# What the respondent did, when it answered.
ANSWERED: dict[AnswerKind, Text] = {
    AnswerKind.admission: Text("同意请求", "agreed to the claims"),
    AnswerKind.refusal: Text("不同意，并写明理由", "refused, with reasons"),
    AnswerKind.promise: Text("承诺完成时间", "promised a date"),
    AnswerKind.offer: Text("提了方案", "made an offer"),
    AnswerKind.holding: Text(
        "回复“正在处理”，不算答复，时间照算", "a holding reply: not an answer, the clock runs on"
    ),
}
# What is said of a clock that ran out.
MISSED: dict[str, Text] = {
    "serve_notice": Text("通知到期没有送到", "the notice was not delivered in time"),
    "answer": Text("{who}到期没有答复", "{who} did not answer in time"),
    "review": Text("{who}到期没有审完", "{who} did not finish the review in time"),
    "coordinate": Text("到期没有谈成", "nothing was agreed in time"),
    "decide": Text("{who}到期没有作出决定", "{who} did not decide in time"),
    "decide_appeal": Text("{who}到期没有答复申诉", "{who} did not decide the appeal in time"),
    "respond_offer": Text("{who}到期没有回应方案", "{who} did not answer the offer in time"),
    "choose_next": Text("{who}到期没有选下一步", "{who} did not choose the next step in time"),
    "give_evidence": Text("{who}到期没有补交材料", "{who} did not hand in the material in time"),
    "appeal": Text("{who}到期没有申诉", "{who} did not appeal in time"),
    "confirm": Text("{who}到期没有确认", "{who} did not confirm in time"),
    "keep_promise": Text("{who}到期没有兑现承诺", "{who} did not keep the promise in time"),
    "accept": Text("{who}到期没有说收不收", "{who} did not say in time whether it admits the complaint"),
    "mediate": Text("{who}到期没有调解出结果", "{who} brought about no agreement in time"),
}


def next_step(case: Case, playbook: Playbook, *, reader: Party | None = Party.complainant) -> NextStep:
    """The one sentence of 「现在轮到谁」, for one of the parties or, with None, for the operator's people."""
    if case.closed:
        return _wait(Party.complainant, _closed(case), playbook)
    if case.stage is Stage.received:
        return _wait(Party.complainant, _PROVE, playbook)
    if case.stage is Stage.acknowledged:
        return _wait(Party.complainant, _CONFIRM, playbook)
    clock = _pressing(case, playbook)
    if clock is not None:
        return _from_clock(clock, case, playbook, reader=reader)
    if case.rung_outside:
        return _outside(case, playbook)
    if any(notice.rung is case.rung and notice.on_its_way for notice in case.notices):
        return _wait(Party.operator, _DELIVERING, playbook)
    return _wait(Party.operator, _HANDLING, playbook)


def mover(case: Case, playbook: Playbook) -> Party:
    """Who must act next: the `who` of `next_step`, without its words."""
    if case.closed or case.stage in {Stage.received, Stage.acknowledged}:
        return Party.complainant
    clock = _pressing(case, playbook)
    if clock is not None:
        return clock.who
    return Party.complainant if case.rung_outside else Party.operator


def _pressing(case: Case, playbook: Playbook) -> Deadline | None:
    """The clock that says whose move it is, or None when none does.

    Clocks of the case itself (time to sue, reminders) ask nobody to move now, nor does an outside body that was asked
    at another step; the time to appeal only where nothing else runs.
    """
    hard = [item for item in running(case) if not item.soft]
    doors = _doors(case, playbook) if case.filings else frozenset()
    idle = {"case", *(f"filing:{filing.id}" for filing in case.filings if filing.channel not in doors)}
    pressing = next((item for item in hard if item.scope not in idle and item.act != "appeal"), None)
    return pressing or next((item for item in hard if item.act == "appeal"), None)


def _wait(who: Party, text: Text, playbook: Playbook) -> NextStep:
    """A step without a date."""
    name = playbook.parties.get(who.value, WHO[who])
    return NextStep(who, name, text.format(who=name).capitalised(), None, "", None)


_PROVE = Text(
    "输入验证码，确认联系方式；确认后才通知对方。",
    "Enter the code to confirm your contact; only then is the other side told.",
)
_CONFIRM = Text("确认这是哪一类问题", "Confirm what the complaint is about.")
_DELIVERING = Text(
    "通知正在发出；发出而没有被退回，才算送达、开始计时。",
    "The notice is being sent; the clock starts once it is accepted for delivery and not returned.",
)
_HANDLING = Text("{who}在处理。", "{who} is handling it.")


def _doors(case: Case, playbook: Playbook) -> frozenset[str]:
    """The outside doors of the step the case is on."""
    return frozenset(item.id for item in playbook.channels if item.rung is case.rung)


def _outside(case: Case, playbook: Playbook) -> NextStep:
    """Outside it is the person's move: file, or weigh what came of it."""
    names = {item.rung: item.name for item in playbook.ladder}
    doors = _doors(case, playbook)
    here = (
        names.get(case.rung, Text("下一步", "the next step"))
        if case.rung
        else Text("下一步", "the next step")
    )
    if not any(filing.channel in doors for filing in case.filings):
        text = Text(
            "这一步要你自己去办：{name}。材料已备好，办完把编号记到这里。",
            "This step is yours to take: {name}. The papers are ready; record the number here afterwards.",
        )
        return _wait(Party.complainant, text.format(name=here), playbook)
    following = progress(case, playbook).next
    if following is None:
        text = Text(
            "看看{name}的结果：解决了就结束，有新情况记到这里。",
            "See what came of {name}: close if it is solved, record here what is new.",
        )
        return _wait(Party.complainant, text.format(name=here), playbook)
    text = Text(
        "看看{name}的结果：解决了就结束，没解决就走下一步：{next}。",
        "See what came of {name}: close if it is solved, else go on to {next}.",
    )
    return _wait(Party.complainant, text.format(name=here, next=following), playbook)


def owner_of(clock: Deadline, case: Case, playbook: Playbook) -> Text:
    """What whoever must act is called; outside, the body at whose door the person filed."""
    door = next((item.channel for item in case.filings if clock.scope == f"filing:{item.id}"), "")
    if clock.who is Party.outside and door:
        return taker_of(door, playbook)
    return playbook.parties.get(clock.who.value, WHO[clock.who])


def taker_of(door: str, playbook: Playbook) -> Text:
    """Who takes what is filed at this door: whom the channel names, else whoever stands at its rung."""
    channel = next((item for item in playbook.channels if item.id == door), None)
    rung = next((spec.who for spec in playbook.ladder if channel and spec.rung is channel.rung), "")
    return playbook.parties.get((channel.who if channel else "") or rung, WHO[Party.outside])


def _from_clock(clock: Deadline, case: Case, playbook: Playbook, *, reader: Party | None) -> NextStep:
    name = owner_of(clock, case, playbook)
    who = WHO[clock.who] if clock.who is Party.complainant else name
    words = AWAITED.get(clock.act) or clock.text or Text("等{who}做这一步", "{who} must act")
    by, whose = _offerer(clock, playbook, reader=reader)
    text = words.format(who=who, offerer=by, offerers=whose).capitalised()
    silence = silence_of(clock, who, case=case, playbook=playbook, reader=Party.complainant)
    return NextStep(clock.who, name, text, clock.act_by, clock.id, silence)


def _offerer(clock: Deadline, playbook: Playbook, *, reader: Party | None) -> tuple[Text, Text]:
    """Whose offer waits, as this reader calls them, and the same in the possessive."""
    by = Party.respondent if clock.who is Party.complainant else Party.complainant
    if reader is by:
        return WHO[Party.complainant], Text("你", "your")
    if reader is clock.who:
        return WHO[Party.respondent], Text("对方", "the other side's")
    name = playbook.parties.get(by.value, WHO[by])
    return name, Text(name.zh, f"{name.en}'s")


def silence_of(
    clock: Deadline, who: Text, *, case: Case, playbook: Playbook, reader: Party | None
) -> Text | None:
    """What the engine does if this clock runs out, said from its first moment. The complainant alone is comforted."""
    if clock.on_miss is OnMiss.escalate:
        return _moves_on(clock, who, case=case, playbook=playbook, reader=reader)
    if clock.on_miss is OnMiss.default:
        return _decides(clock, who, case=case, playbook=playbook, reader=reader)
    if clock.on_miss is OnMiss.lapse and clock.scope.startswith("remedy:") and clock.act != "confirm":
        return _STOPS
    sentence = _SILENCE.get((clock.act, clock.on_miss)) or _SILENCE.get(("", clock.on_miss))
    return sentence.format(who=who) if sentence is not None else None


def _decides(clock: Deadline, who: Text, *, case: Case, playbook: Playbook, reader: Party | None) -> Text:
    """Silence decides under the accepted rule if the records agree with the claim, and else moves the case on."""
    mine = reader is Party.complainant
    claimant = playbook.parties.get(Party.complainant, WHO[Party.complainant])
    whose = Text("你的", "your") if mine else Text(f"{claimant.zh}的", f"{claimant.en}'s")
    spec = next_rung(case, playbook)
    else_zh, else_en = ("不符的，走下一步", "else the case moves on")
    if spec is not None:
        else_zh, else_en = f"不符的，转{spec.name.zh}", f"else the case moves on to {spec.name.en}"
    return Text(
        "{who}到期没答复，而平台的记录与投诉相符的，按{who}事先接受的规则支持{whose}请求；" + else_zh + "。"
        "迟到的答复写明原因的，可以重新审。",
        "If {who} does not answer and the platform's records agree with the complaint, {whose} claim is granted under the "
        "rule accepted beforehand; " + else_en + ". A late answer that names its cause reopens it.",
    ).format(who=who, whose=whose)


def _moves_on(clock: Deadline, who: Text, *, case: Case, playbook: Playbook, reader: Party | None) -> Text:
    """Whose silence moves the case, and to which step; outside, somebody has to file there."""
    undone = _UNDONE.get(clock.act, _NOT_DONE).format(who=who)
    spec = next_rung(case, playbook)
    if spec is None:
        tail = Text(
            "这里的步骤就走完了；法院照样可以去。", "the steps here are at an end; the courts stay open."
        )
    elif spec.outside_only or spec.rung not in case.operated:
        tail = (
            Text(
                "转{next}，要你自己去提交，材料已备好。",
                "{next} is next: you file there yourself, with the papers ready.",
            )
            if reader is Party.complainant
            else Text("转{next}，由{filer}自己提交。", "{next} is next, where {filer} must file.")
        ).format(next=spec.name, filer=playbook.parties.get(Party.complainant, WHO[Party.complainant]))
    else:
        calm = reader is Party.complainant and clock.who is not Party.complainant
        tail = Text(
            "自动转{next}" + ("，你不用操作。" if calm else "。"),
            "the case moves on to {next} by itself" + ("; you need do nothing." if calm else "."),
        ).format(next=spec.name)
    return Text(f"{undone.zh}，{tail.zh}", f"{undone.en}, {tail.en}").capitalised()


# What was not done when a clock ran out that moves the case.
_UNDONE: dict[str, Text] = {
    "answer": Text("{who}到期没答复", "if {who} does not answer in time"),
    "keep_promise": Text("{who}到期没兑现承诺", "if {who} does not keep the promise"),
    "review": Text("{who}到期没审完", "if {who} has not finished its review by then"),
    "coordinate": Text("到期没谈成", "if nothing is agreed by then"),
    "decide": Text("{who}到期没作出决定", "if {who} has not decided by then"),
    "decide_appeal": Text("{who}到期没答复申诉", "if {who} has not decided the appeal by then"),
    "choose_next": Text("到期没选", "if nothing is chosen by then"),
}
_NOT_DONE = Text("{who}到期没做到", "if {who} has not done it by then")
_STOPS = Text(
    "到期没做，这一项停在这里，不算已解决。",
    "If it is not done this ends here and does not count as resolved.",
)
_SILENCE: dict[tuple[str, OnMiss], Text] = {
    ("", OnMiss.propose_next): Text(
        "到期没回音，要你自己走下一步，材料已备好。",
        "With no answer you take the next step yourself; the papers are ready.",
    ),
    ("serve_notice", OnMiss.propose_next): Text(
        "到期没送到，换一个联系方式；都送不到，就由你自己走外部渠道，材料已备好。",
        "Undelivered, another contact is tried; with none left you go outside yourself, with the papers ready.",
    ),
    ("", OnMiss.remind): Text("到期会提醒。", "A reminder follows."),
    ("sue", OnMiss.lapse): Text(
        "过了这天，对方可以拿时效已过来拒绝，起诉也难再得到支持。书面催告、对方同意履行、起诉，都会重新起算。",
        "After that day the other side may plead that the time is over, and a court will hardly grant the claim. A "
        "written demand, the other side's consent to perform or a suit starts the period anew.",
    ),
    ("respond_offer", OnMiss.lapse): Text("到期没回应，这个方案失效。", "With no answer this offer lapses."),
    ("appeal", OnMiss.lapse): Text("到期没申诉，决定生效。", "With no appeal the decision becomes final."),
    ("confirm", OnMiss.lapse): Text(
        "你没确认，我们不算“已解决”。", "Unconfirmed, it does not count as resolved."
    ),
    ("give_evidence", OnMiss.lapse): Text(
        "到期没补，按现有材料处理。",
        "With nothing handed in, the case goes on with what is there.",
    ),
    ("", OnMiss.lapse): Text("到期没做，这一项失效。", "If the date passes this lapses."),
}


def _closed(case: Case) -> Text:
    if case.resolved:
        if case.closed_because == "solved_outside":
            return Text("已在别处解决，结束。", "Closed: solved elsewhere.")
        return Text("已经做到，并确认收到，结束。", "Closed: carried out, and receipt confirmed.")
    return {
        Outcome.settled: Text("已和解结束。", "Closed: settled."),
        Outcome.decided: Text(
            "已按决定结束；不满意可以走12315或法院。",
            "Closed by decision; 12315 and the courts stay open.",
        ),
        Outcome.withdrawn: Text("已撤回。", "Withdrawn."),
        Outcome.refused: Text("未受理。", "Not admitted."),
        Outcome.expired: Text(
            "到期结束，问题没有解决；可以走12315或法院。",
            "Closed without a solution; 12315 and the courts stay open.",
        ),
        None: Text("已结束。", "Closed."),
    }[case.outcome]
