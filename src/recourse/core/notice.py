# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The words of messages that leave the house: they carry a number and a date, never a fact, a link or a request to pay."""

from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline, DeadlineState
from recourse.core.deadline.display import show_due
from recourse.core.playbook.types import Playbook
from recourse.core.text import Text
from recourse.core.vocabulary import OnMiss

_SAFE = Text(
    "我们不要密码、验证码，不让你先付钱。", "We never ask for passwords or codes, and never for money first."
)
_LIVE = frozenset({DeadlineState.waiting, DeadlineState.running})
_NEWS: dict[str, Text] = {
    "ComplaintAcknowledged": Text("投诉已收到", "your complaint was received"),
    "RungEntered": Text("投诉进入下一步", "your complaint moved to the next step"),
    "AnswerRecorded": Text("对方有答复", "the other side answered"),
    "OfferMade": Text("对方提了方案", "the other side made an offer"),
    "MessagePosted": Text("有新留言", "there is a new message"),
    "EvidenceAsked": Text("请补充材料", "material is asked for"),
    "CaptureSet": Text("到时间了，请回来补拍一张", "it is time to take the second picture"),
    "RepeatTold": Text("平台注意到对你的多起投诉", "the platform noticed several complaints about you"),
    "SettlementReached": Text("已达成和解", "a settlement was reached"),
    "DecisionIssued": Text("已作出决定", "a decision was made"),
    "AppealLodged": Text("有人申诉", "an appeal was lodged"),
    "DecisionBecameFinal": Text("决定已生效", "the decision is final"),
    "StepPerformed": Text("方案有进展", "a step of the remedy was done"),
    "RemedyDisputed": Text("对方说没收到或东西不对", "the other side says it is not received or not right"),
    "RemedyBroken": Text("方案没有按时做到", "the remedy was not performed in time"),
    "RemedyFellSilent": Text("还没有确认收到", "receipt was not confirmed"),
    "RemedyConfirmed": Text("对方已确认收到", "the other side confirmed receipt"),
    "CaseClosed": Text("投诉已结束", "the complaint is closed"),
    "ErasureAnnounced": Text(
        "保存期快满了，请先下载需要的材料", "personal data will soon be erased; download what you need"
    ),
    "CaseReopened": Text("投诉重新打开", "the complaint is open again"),
}


def merchant_notice(case: Case, playbook: Playbook) -> tuple[str, str]:
    """(subject, body) of the first notice to a respondent: where to look, which number, no link, no facts."""
    name = playbook.name
    subject = Text("投诉通知 {number}", "Notice of a complaint {number}").format(number=case.number)
    body = Text(
        "{name}平台收到一件与贵方有关的投诉，编号{number}。请打开店铺后台→投诉，输入编号查看并答复。"
        "{silence}" + _SAFE.zh,
        "{name} received a complaint that concerns you, number {number}. Open your shop's back office → "
        "Complaints, enter the number, read it and answer. {silence} " + _SAFE.en,
    ).format(name=name, number=case.number, silence=_silence(case))
    return f"{subject.zh} / {subject.en}", f"{body.zh}\n\n{body.en}"


def _silence(case: Case) -> Text:
    """What follows if the respondent says nothing: a decision only where it accepted such a rule."""
    scope = f"rung:{case.rung}"
    if any(d.scope == scope and d.on_miss is OnMiss.default and d.state in _LIVE for d in case.deadlines):
        return Text(
            "到期没答复，平台记录和材料都对得上的，按贵方事先接受的规则支持投诉人的请求；对不上的进入下一步。",
            "Without an answer the claim is granted under the rule you accepted, where records and papers bear it "
            "out; where they do not, the next step follows.",
        )
    return Text("到期没答复，会按平台规则进入下一步。", "Without an answer the next step follows.")


def code_message(code: str) -> tuple[str, str]:
    """(subject, body) of a sign-in code. It is the one message with something secret in it, so it says what never to do."""
    return (
        f"说法验证码 {code} / Recourse code",
        f"验证码{code}，10分钟内有效，只在你自己打开的说法网站上输入。谁向你要这个码都别给，我们的人也不会要。\n\n"
        f"Your Recourse code is {code}, valid for 10 minutes. Type it only on the site you opened yourself. "
        "Give it to nobody; our own people never ask for it.",
    )


def news(topic: str, number: str) -> tuple[str, str]:
    """(subject, body) of a message that something happened."""
    what = _NEWS.get(topic, Text("投诉有新进展", "there is news on the complaint"))
    return (
        f"{what.zh} {number} / {what.en}",
        f"投诉{number}：{what.zh}。请自己打开网站登录查看。{_SAFE.zh}\n\n"
        f"Complaint {number}: {what.en}. Open the site yourself and sign in. {_SAFE.en}",
    )


def reminder(clock: Deadline, number: str) -> tuple[str, str]:
    """(subject, body) of a reminder, with the earliest reading of the date."""
    assert clock.act_by is not None, "only running clocks remind"
    by = show_due(clock.act_by)
    return (
        f"提醒：投诉{number} {by.zh} / reminder",
        f"投诉{number}有一项等你处理，{by.zh}。请自己打开网站登录查看。{_SAFE.zh}\n\n"
        f"Complaint {number} waits for you, {by.en}. Open the site yourself and sign in. {_SAFE.en}",
    )
