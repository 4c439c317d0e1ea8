# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The words by which pages call the closed sets: stages, answers, results, states of remedies and offers, acts."""

from collections.abc import Mapping

from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import FilingState
from recourse.core.offer import OfferState
from recourse.core.playbook.types import Playbook
from recourse.core.text import Text
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    Outcome,
    RemedyState,
    RungName,
    Stage,
    StartsWhen,
)

STAGES: Mapping[Stage, Text] = {
    Stage.received: Text("等确认联系方式", "Contact to be proven"),
    Stage.acknowledged: Text("等确认问题", "Problem to be confirmed"),
    Stage.assessed: Text("已评估", "Assessed"),
    Stage.negotiating: Text("双方协商", "Negotiating"),
    Stage.reviewing: Text("审核", "Under review"),
    Stage.adjudicating: Text("裁定", "To be decided"),
    Stage.appealed: Text("复核", "On appeal"),
    Stage.implementing: Text("履行", "Being performed"),
    Stage.outside: Text("外部渠道", "Outside"),
    Stage.closed: Text("已结束", "Closed"),
}
_APPEAL_OPEN = Text("已裁定，申诉期", "Decided, appeal open")
RUNGS: Mapping[RungName, Text] = {
    RungName.self_check: Text("自查", "Self-check"),
    RungName.negotiate: Text("双方协商", "Negotiation"),
    RungName.operator_support: Text("平台审核", "Platform review"),
    RungName.operator_escalation: Text("平台升级", "Platform escalation"),
    RungName.platform_decision: Text("平台裁定", "Platform decision"),
    RungName.host_platform: Text("所在平台", "Host platform"),
    RungName.official_complaint: Text("12315或消协", "12315 or association"),
    RungName.public_exposure: Text("公开投诉", "Public complaint"),
    RungName.report: Text("举报", "Report"),
    RungName.police: Text("报警", "Police"),
    RungName.court: Text("法院", "Court"),
}
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.settled: Text("和解", "Settled"),
    Outcome.decided: Text("已决定", "Decided"),
    Outcome.withdrawn: Text("已撤回", "Withdrawn"),
    Outcome.refused: Text("未受理", "Not admitted"),
    Outcome.expired: Text("没有解决", "Not solved"),
}
FILING_STATES: Mapping[FilingState, Text] = {
    FilingState.filed: Text("已提交，等回音", "Filed, waiting"),
    FilingState.admitted: Text("受理了", "Admitted"),
    FilingState.not_admitted: Text("不受理", "Not admitted"),
    FilingState.answered: Text("有答复", "Answered"),
    FilingState.solved: Text("解决了", "Solved"),
    FilingState.ended: Text("结束了，没解决", "Ended, not solved"),
}
ONLY_HELD_OFF = Text("只说“正在处理”（不算答复）", "Only “being processed” (no answer)")
# What a body may have said. First what changes nothing: who was only held off has no answer, and no clock stops.
FILING_ANSWERS: Mapping[FilingState, Text] = {
    FilingState.filed: ONLY_HELD_OFF,
    **{state: name for state, name in FILING_STATES.items() if state is not FilingState.filed},
}
FILING_TONES: Mapping[FilingState, str] = {FilingState.solved: "done", FilingState.admitted: "mine"}
CAUSES: Mapping[SuspensionCause, Text] = {
    SuspensionCause.testing: Text("送检（鉴定、检测）", "Testing"),
    SuspensionCause.transit: Text("东西在路上", "Goods on their way"),
    SuspensionCause.agreed: Text("双方商定", "Agreed by both sides"),
    SuspensionCause.other: Text("其他", "Other"),
}
SEVERITIES: Mapping[str, Text] = {
    "heavy": Text("重大", "Heavy"),
    "ordinary": Text("一般", "Ordinary"),
}
RESULTS: Mapping[AttemptResult, Text] = {
    AttemptResult.no_answer: Text("没人回", "No answer"),
    AttemptResult.holding: Text("只说“正在处理”", "Only “being processed”"),
    AttemptResult.refused: Text("明确拒绝", "Refused"),
    AttemptResult.promised: Text("答应了，给了时间", "Promised, with a date"),
    AttemptResult.offered: Text("提了方案", "Made an offer"),
    AttemptResult.solved: Text("当场解决了", "Solved it"),
}
RESULT_TONES: Mapping[AttemptResult, str] = {
    AttemptResult.no_answer: "late",
    AttemptResult.holding: "late",
    AttemptResult.refused: "late",
    AttemptResult.promised: "mine",
    AttemptResult.offered: "mine",
    AttemptResult.solved: "done",
}
REMEDY_STATES: Mapping[RemedyState, tuple[Text, str]] = {
    RemedyState.ordered: (Text("等履行", "to be performed"), "soon"),
    RemedyState.performing: (Text("正在一步步做", "under way"), "soon"),
    RemedyState.performed: (
        Text("已做完，等{complainant}确认", "done, to be confirmed by {complainant}"),
        "mine",
    ),
    RemedyState.confirmed: (Text("已确认收到", "receipt confirmed"), "done"),
    RemedyState.silent: (Text("没有确认，不算已解决", "not confirmed, so not counted as resolved"), "note"),
    RemedyState.broken: (Text("没有按时做到", "not performed in time"), "late"),
    RemedyState.disputed: (Text("{complainant}说有问题，重新处理", "disputed by {complainant}"), "late"),
}
OFFER_STATES: Mapping[OfferState, str] = {
    OfferState.open: "open",
    OfferState.accepted: "accepted",
    OfferState.refused: "refused",
    OfferState.countered: "refused",
    OfferState.lapsed: "lapsed",
    OfferState.taken_back: "withdrawn",
}
OFFER_WORDS: Mapping[OfferState, Text] = {
    OfferState.open: Text("等回应", "open"),
    OfferState.accepted: Text("已接受", "accepted"),
    OfferState.refused: Text("没接受", "refused"),
    OfferState.countered: Text("对方提了新方案", "countered"),
    OfferState.lapsed: Text("过期失效", "lapsed"),
    OfferState.taken_back: Text("已收回", "taken back"),
}
ANSWERS: Mapping[AnswerKind, Text] = {
    AnswerKind.admission: Text("同意", "Agreed"),
    AnswerKind.offer: Text("提了方案", "Made an offer"),
    AnswerKind.refusal: Text("不同意", "Refused"),
    AnswerKind.promise: Text("承诺了日期", "Promised a date"),
    AnswerKind.holding: Text("正在处理", "Being processed"),
}
STARTS: Mapping[StartsWhen, Text] = {
    StartsWhen.filed: Text("提交时开始计时", "Starts at filing"),
    StartsWhen.rung_entered: Text("进入这一步时开始计时", "Starts with this step"),
    StartsWhen.notice_served: Text("通知送达后开始计时", "Starts once the notice is served"),
    StartsWhen.answered: Text("答复后开始计时", "Starts with the answer"),
    StartsWhen.promised: Text("到承诺的日期开始计时", "Starts on the promised day"),
    StartsWhen.asked: Text("提出要求时开始计时", "Starts when asked"),
    StartsWhen.decided: Text("作出决定后开始计时", "Starts with the decision"),
    StartsWhen.ordered: Text("方案确定后开始计时", "Starts once the remedy is fixed"),
    StartsWhen.step_done: Text("上一步做完后开始计时", "Starts when the step before is done"),
    StartsWhen.performed: Text("做完后开始计时", "Starts when it is done"),
    StartsWhen.filing_recorded: Text("记下提交时间后开始计时", "Starts when the filing is recorded"),
    StartsWhen.filing_accepted: Text("受理后开始计时", "Starts when it is admitted"),
    StartsWhen.received_goods: Text("收到货时开始计时", "Starts on receipt of the goods"),
    StartsWhen.discovered: Text("发现问题时开始计时", "Starts when the problem was found"),
}
ACTS: Mapping[str, Text] = {
    "serve_notice": Text("{who}送达通知", "{who}: serve the notice"),
    "answer": Text("{who}答复", "{who}: answer"),
    "review": Text("{who}审核", "{who}: review"),
    "coordinate": Text("{who}协调", "{who}: mediation"),
    "decide": Text("{who}作出决定", "{who}: decision"),
    "decide_appeal": Text("{who}换人复核", "{who}: decision on the appeal"),
    "respond_offer": Text("{who}回应方案", "{who}: reply to the offer"),
    "choose_next": Text("{who}选下一步", "{who}: choose the next step"),
    "give_evidence": Text("{who}补交材料", "{who}: hand in material"),
    "appeal": Text("申诉期", "Time to appeal"),
    "confirm": Text("{who}确认收到没有", "{who}: confirm receipt"),
    "keep_promise": Text("{who}兑现承诺", "{who}: keep the promise"),
    "accept": Text("{who}说收不收", "{who}: admit or not"),
    "mediate": Text("{who}调解", "{who}: mediation"),
    "ship_back": Text("{who}寄回", "{who}: send it back"),
    "receive_return": Text("{who}签收退货", "{who}: receive the return"),
    "inspect": Text("{who}验货", "{who}: inspect"),
    "refund": Text("{who}退款", "{who}: refund"),
    "ship": Text("{who}发货", "{who}: ship"),
    "deliver": Text("{who}交付", "{who}: deliver"),
    "pay": Text("{who}付款", "{who}: pay"),
    "disclose": Text("{who}提供真实信息", "{who}: give the identity"),
    "sue": Text("诉讼时效", "Limitation period"),
    "check": Text("{who}核查", "{who}: check"),
    "check_report": Text("{who}核查", "{who}: check"),
    "docket": Text("{who}立案", "{who}: docket"),
    "reissue": Text("{who}补发", "{who}: reissue"),
    "restore": Text("{who}恢复", "{who}: restore"),
}
# Outside, playbooks name the clock after the door (ticket_reply, mail_reply): what is awaited is a reply.
REPLY = Text("{who}答复", "{who}: reply")
SOMETHING = Text("{who}做这一步", "{who}: this step")
YOU = Text("你", "you")


def stage_name(stage: Stage, *, decided: bool) -> Text:
    """What a stage is called; a decision that can still be appealed is no longer to be made."""
    return _APPEAL_OPEN if decided and stage is Stage.adjudicating else STAGES[stage]


def act_name(act: str, playbook: Playbook) -> Text:
    """What a clock is called: the playbook's own word for it, else ours for the act; `{who}` is still open."""
    specs = (
        *playbook.deadlines,
        *(spec for rung in playbook.ladder for spec in rung.deadlines),
        *(spec for channel in playbook.channels for spec in channel.deadlines),
    )
    own = next((spec.name for spec in specs if spec.act == act and spec.name is not None), None)
    known = ACTS.get(act) or (REPLY if act.split("_")[-1] == "reply" else SOMETHING)
    return own or known
