# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The chronicle: each event as one sentence for a reader, leaving out what is not for that reader's seat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from recourse.core.actor import Role
from recourse.core.case import events as e
from recourse.core.case.as_read import History, as_read
from recourse.core.case.chronicle_tables import LINES
from recourse.core.case.progress import ANSWERED, AWAITED, MISSED, WHO, taker_of
from recourse.core.deadline.deadline import Deadline
from recourse.core.deadline.display import show_due, show_end, show_moment
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.playbook.types import Playbook
from recourse.core.text import Text
from recourse.core.vocabulary import Party


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `tone` is plain, late or done; `body` holds what a person wrote; `exhibit` is the
    number of a file that was handed in, else 0."""

    at: datetime
    who: Text
    title: Text
    body: str
    tone: str
    version: int
    exhibit: int = 0


_ALL = frozenset(Role)
_NOT_RESPONDENT = _ALL - {Role.respondent}
_STAFF_ONLY = frozenset({Role.agent, Role.neutral, Role.owner, Role.system})

Line = tuple[frozenset[Role], Callable[[Any, "Names"], Text | None], str]


@dataclass(frozen=True, slots=True)
class Names:
    """What a playbook calls things. `clocks` and `filings` (their doors) are those of the stream so far."""

    playbook: Playbook
    clocks: Mapping[str, Deadline] = field(default_factory=dict)
    filings: Mapping[str, str] = field(default_factory=dict)

    def party(self, who: Party) -> Text:
        """The platform's word for a side: 商家, 发起人, 平台 …"""
        return self.playbook.parties.get(who.value, WHO[Party.outside])

    def owner(self, clock: Deadline) -> Text:
        """Who must act; outside, the body at whose door the person filed."""
        filing = clock.scope.removeprefix("filing:")
        return self.taker(filing) if clock.who is Party.outside else self.party(clock.who)

    def taker(self, filing: str) -> Text:
        """The outside body that this filing lies with."""
        door = self.filings.get(filing)
        return taker_of(door, self.playbook) if door else self.party(Party.outside)

    def rung(self, name: str) -> Text:
        """The step's name on the progress bar."""
        found = next((spec.name for spec in self.playbook.ladder if spec.rung == name), None)
        return found or Text(name, name)

    def channel(self, id: str) -> Text:
        """The outside door's name."""
        found = next((item.name for item in self.playbook.channels if item.id == id), None)
        return found or Text(id, id)

    def target(self, channel: str, key: str) -> Text | None:
        """What a filing at this door was aimed at, where the door takes several."""
        targets = (t for item in self.playbook.channels if item.id == channel for t in item.targets)
        return next((t.name for t in targets if t.key == key), None)

    def evidence(self, kind: str) -> Text:
        """The evidence item's name."""
        found = next((item.name for item in self.playbook.evidence if item.kind == kind), None)
        return found or Text(kind, kind)

    def remedy(self, kind: str) -> Text:
        """The remedy's name."""
        found = next((item.name for item in self.playbook.remedies if item.kind == kind), None)
        return found or Text(kind, kind)


def chronicle(history: History, *, playbook: Playbook, role: Role) -> tuple[Entry, ...]:
    """The lines of a stream of (version, at, seat, event) for one seat, oldest first."""
    clocks: dict[str, Deadline] = {}
    filings: dict[str, str] = {}
    names = Names(playbook, clocks, filings)
    entries = []
    reminders: set[str] = set()
    for version, at, seat, event in as_read(history, role=role):
        if _is_clock(event) and event.deadline is None:
            continue
        if _is_reminder(event, reminders):
            continue
        audience, say, tone = _LINES[type(event)]
        title = say(event, names) if role in audience else None
        if _is_clock(event):
            clocks[event.deadline.id] = event.deadline
        if isinstance(event, e.FilingOpened):
            filings[event.id] = event.channel
        if title is not None:
            body = str(
                getattr(event, "text", "") or getattr(event, "reason", "") or getattr(event, "note", "")
            )
            who = _seat(Role.system if type(event) in _CONSEQUENCES else seat, names)
            no = event.no if isinstance(event, e.ExhibitAdded) else 0
            entries.append(Entry(at, who, title.capitalised(), body, _tone(event, tone), version, no))
    return tuple(entries)


def _is_clock(event: Any) -> bool:
    return isinstance(event, e.DeadlineListed | e.DeadlineStarted | e.DeadlineMoved)


def _is_reminder(event: Any, known: set[str]) -> bool:
    """Whether this is the clock of mere advice. Nobody was silent when it ran out; many had before the filing."""
    if not isinstance(event, e.DeadlineMoved) and _is_clock(event) and event.deadline.soft:
        known.add(event.deadline.id)
        return True
    return isinstance(event, e.DeadlineEnded) and event.id in known


def _seat(role: Role, names: Names) -> Text:
    return {
        Role.complainant: names.party(Party.complainant),
        Role.respondent: names.party(Party.respondent),
        Role.system: Text("系统", "the system"),
    }.get(role, names.party(Party.operator)).capitalised()


def _tone(event: Any, tone: str) -> str:
    return "late" if isinstance(event, e.DeadlineEnded) and event.how == "missed" else tone


def _said(zh: str, en: str) -> Callable[[Any, Names], Text]:
    text = Text(zh, en)
    return lambda _event, _names: text


def _answer(event: e.AnswerRecorded, _names: Names) -> Text:
    said = ANSWERED[event.kind]
    if event.promised_at is not None:
        by = show_due(event.promised_at)
        return Text(f"{said.zh}：{by.zh}", f"{said.en}: {by.en}")
    return said


def _started(event: Any, names: Names) -> Text | None:
    clock = event.deadline
    # Bringing a notice to its reader is the house's own errand: the line that it was sent says enough.
    if clock.act_by is None or clock.act == "serve_notice":
        return None
    by, who = show_due(clock.act_by), names.owner(clock)
    what = _awaited(clock, who)
    return Text(f"开始计时：{what.zh}，{by.zh}", f"clock started: {what.en}, {by.en}")


def _awaited(clock: Deadline, who: Text) -> Text:
    """What a clock waits for, told to anybody; a remedy's clock waits for its step, in the playbook's words."""
    if clock.act == "respond_offer":
        return Text("等{who}回应方案", "{who} must answer the offer").format(who=who)
    if clock.act not in AWAITED and clock.text is not None and clock.scope.startswith("remedy:"):
        return Text(clock.text.zh.rstrip("。"), clock.text.en.rstrip("."))
    return AWAITED.get(clock.act, Text("等{who}回音", "{who} must reply")).format(who=who)


def _moved(event: Any, names: Names) -> Text:
    spans = event.deadline.suspensions
    tested = event.why == "suspended" and spans and spans[-1].cause is SuspensionCause.testing
    why = {
        "extended": Text("期限延长", "deadline extended"),
        "suspended": Text("送检，计时中止", "testing: clock suspended")
        if tested
        else Text("计时中止", "clock suspended"),
        "resumed": Text("计时恢复", "clock resumed"),
        "revised": Text("按新公布的节假日安排重算日期", "dates recounted with the newly published calendar"),
    }[event.why]
    clock, before = event.deadline, names.clocks.get(event.deadline.id)
    what = _awaited(clock, names.owner(clock))
    which = Text(f"{why.zh}：{what.zh.removeprefix('等')}", f"{why.en}: {what.en}")
    if clock.act_by is None:
        return which
    if before is None or before.act_by is None or before.act_by == clock.act_by:
        by = show_due(clock.act_by)
        return Text(f"{which.zh}，{by.zh}", f"{which.en}, {by.en}")
    old, new = show_end(before.act_by), show_end(clock.act_by)
    return Text(f"{which.zh}，原定{old.zh}，现为{new.zh}", f"{which.en}, until {new.en} instead of {old.en}")


def _ended(event: e.DeadlineEnded, names: Names) -> Text | None:
    """Who let which time pass."""
    if event.how != "missed":
        return None
    clock = names.clocks.get(event.id)
    if clock is None:
        return None  # not for this reader, or erased
    who = names.owner(clock)
    if clock.act not in MISSED and clock.text is not None and clock.scope.startswith("remedy:"):
        step = Text(clock.text.zh.rstrip("。"), clock.text.en.rstrip("."))
        return Text("{who}到期没有做到：{step}", "{who} did not do this in time: {step}").format(
            who=who, step=step
        )
    return MISSED.get(clock.act, Text("{who}到期没有回音", "no word from {who} in time")).format(who=who)


def _rung(event: e.RungEntered, names: Names) -> Text:
    name = names.rung(event.rung)
    if event.why == "unproven":
        return Text(
            f"没有答复，但记录还不能证实投诉，由人来看：{name.zh}",
            f"no answer, yet the records do not confirm the complaint, so a person looks: {name.en}",
        )
    if event.outside:
        return Text(
            f"到这一步：{name.zh}（需要你自己去提交）", f"this step now: {name.en} (you file there yourself)"
        )
    return Text(f"到这一步：{name.zh}", f"this step now: {name.en}")


def _decided(event: e.DecisionIssued, names: Names) -> Text:
    if not event.by_default:
        return Text("作出决定", "decision made")
    return Text(
        "{who}到期没答复，按其事先接受的规则支持请求",
        "no answer from {who}: the claim is granted under the rule it accepted",
    ).format(who=names.party(Party.respondent))


def _reopened(event: e.CaseReopened, names: Names) -> Text:
    if event.because != "late_answer":
        return Text("重新打开", "reopened")
    return Text(
        "{who}迟到的答复写明了原因，重新审", "{who} answered late and named the cause: looked at again"
    ).format(who=names.party(Party.respondent))


def _exhibit(event: e.ExhibitAdded, names: Names) -> Text:
    name = names.evidence(event.kind)
    return Text(f"提交证据{event.no}：{name.zh}", f"exhibit {event.no}: {name.en}")


def _ordered(event: e.RemedyOrdered, names: Names) -> Text:
    name = names.remedy(event.remedy.kind)
    return Text(f"开始履行：{name.zh}", f"to be performed: {name.en}")


def _asked(event: e.EvidenceAsked, names: Names) -> Text | None:
    if event.kind is None:
        return None
    who, what = names.party(event.of), names.evidence(event.kind)
    return Text(f"请{who.zh}补充：{what.zh}", f"asked {who.en} for: {what.en}")


def _capture(event: e.CaptureSet, names: Names) -> Text | None:
    if event.kind is None or event.due_at is None:
        return None
    at = show_moment(event.due_at)
    what = names.evidence(event.kind)
    return Text(f"{at.zh}回来补一张：{what.zh}", f"come back at {at.en} for: {what.en}")


def _contact(event: e.ContactLogged, _names: Names) -> Text | None:
    if event.at is None:
        return None
    return Text(f"记录一次联系：{event.channel}", f"contact logged: {event.channel}")


def _disputed(event: e.RemedyDisputed, _names: Names) -> Text:
    if event.reason == "wrong_thing":
        return Text("东西不对", "not what was promised")
    if event.reason == "late_answer":
        return Text(
            "对方迟到的答复写明了原因，这一项先停下",
            "put on hold: the other side answered late, with its cause",
        )
    return Text("没收到", "not received")


# These follow from somebody's deed or silence; nobody wrote them, so the line names the system.
_CONSEQUENCES = frozenset(
    {
        e.ComplaintAcknowledged,
        e.CaseAssessed,
        e.RungEntered,
        e.NoticeOrdered,
        e.NoticeServed,
        e.NoticeBounced,
        e.DeadlineStarted,
        e.DeadlineEnded,
        e.RepeatTold,
        e.SettlementReached,
        e.DecisionBecameFinal,
        e.RemedyOrdered,
        e.RemedyBarred,
        e.RemedyFellSilent,
        e.RemedyBroken,
        e.CaseClosed,
    }
)

_LINES: dict[type, Line] = {
    **LINES,
    e.ComplaintFiled: (_ALL, _said("提交投诉", "complaint filed"), "plain"),
    e.ComplaintTakenByPhone: (_ALL, _said("由客服电话代为登记", "taken down by phone"), "plain"),
    e.ContactProven: (_NOT_RESPONDENT, _said("联系方式已确认", "contact proven"), "plain"),
    e.ProblemsConfirmed: (_NOT_RESPONDENT, _said("确认问题类型", "problem confirmed"), "plain"),
    e.ComplaintAcknowledged: (_NOT_RESPONDENT, _said("已告知收到", "receipt acknowledged"), "plain"),
    e.CaseAssessed: (_STAFF_ONLY, _said("初步评估", "assessed"), "plain"),
    e.RungEntered: (_ALL, _rung, "plain"),
    e.NoticeOrdered: (_ALL, _said("通知等待发出", "notice waits to be sent"), "plain"),
    # Known is that the mail or text service took it and did not refuse it, not that somebody read it.
    e.NoticeServed: (_ALL, _said("通知已发出，按送达计", "notice handed over: served"), "plain"),
    e.NoticeBounced: (_NOT_RESPONDENT, _said("通知被退回，不算送达", "notice came back: not served"), "late"),
    e.CaseAssigned: (_STAFF_ONLY, _said("分派经办人", "assigned"), "plain"),
    e.DeadlineListed: (_ALL, lambda _e, _n: None, "plain"),
    e.DeadlineStarted: (_ALL, _started, "plain"),
    e.DeadlineMoved: (_ALL, _moved, "plain"),
    e.DeadlineEnded: (_ALL, _ended, "plain"),
    e.AnswerRecorded: (_ALL, _answer, "plain"),
    e.OfferMade: (_ALL, _said("提出方案", "made an offer"), "plain"),
    e.OfferAnswered: (
        _ALL,
        lambda ev, _n: {
            "accepted": Text("接受方案", "offer accepted"),
            "refused": Text("不接受方案", "offer refused"),
            "countered": Text("方案被新的方案取代", "offer replaced by a new one"),
            "lapsed": Text("方案失效", "offer lapsed"),
            "taken_back": Text("收回方案", "offer taken back"),
        }[ev.state],
        "plain",
    ),
    e.SettlementReached: (_ALL, _said("达成和解", "settled"), "done"),
    e.MessagePosted: (_ALL, _said("留言", "message"), "plain"),
    e.NoteAdded: (_STAFF_ONLY, _said("内部备注", "internal note"), "plain"),
    e.ExhibitAdded: (_ALL, _exhibit, "plain"),
    e.ExhibitWithdrawn: (
        _ALL,
        lambda ev, _n: Text(f"不再使用证据{ev.no}", f"exhibit {ev.no} withdrawn"),
        "plain",
    ),
    e.EvidenceStated: (_ALL, lambda _e, _n: None, "plain"),
    e.EvidenceAsked: (_ALL, _asked, "plain"),
    e.EvidenceAnswered: (_ALL, _said("已补充材料", "request answered"), "plain"),
    e.CaptureSet: (_NOT_RESPONDENT, _capture, "plain"),
    e.CaptureDone: (_NOT_RESPONDENT, _said("补拍完成", "second picture taken"), "done"),
    e.ContactLogged: (_NOT_RESPONDENT, _contact, "plain"),
    e.PointsSet: (_ALL, _said("整理争议焦点", "points in dispute drawn up"), "plain"),
    e.DecisionIssued: (_ALL, _decided, "plain"),
    e.AppealLodged: (_ALL, _said("提出申诉", "appeal lodged"), "plain"),
    e.DecisionAccepted: (_ALL, _said("表示不申诉", "waived the appeal"), "plain"),
    e.DecisionBecameFinal: (_ALL, _said("决定生效", "decision final"), "done"),
    e.RemedyOrdered: (_ALL, _ordered, "plain"),
    e.RemedyBarred: (
        _ALL,
        _said("同一笔权益已在另一件投诉中给付，不重复给付", "the same value is being given in another case"),
        "late",
    ),
    e.StepPerformed: (
        _ALL,
        lambda ev, _n: Text(f"完成第{ev.index + 1}步", f"step {ev.index + 1} done"),
        "plain",
    ),
    e.RemedyConfirmed: (_ALL, _said("确认收到", "receipt confirmed"), "done"),
    e.RemedyDisputed: (_ALL, _disputed, "late"),
    e.RemedyFellSilent: (
        _ALL,
        _said("到期没有确认，不算已解决", "not confirmed: not counted as resolved"),
        "late",
    ),
    e.RemedyBroken: (_ALL, _said("没有按时履行", "not performed in time"), "late"),
    e.CaseWithdrawn: (_ALL, _said("撤回投诉", "complaint withdrawn"), "plain"),
    e.CaseClosed: (_ALL, _said("结案", "closed"), "done"),
    e.CaseReopened: (_ALL, _reopened, "plain"),
    e.CaseHeld: (_ALL, _said("依法保全：材料暂不删除", "kept by law: nothing is erased for now"), "plain"),
    e.HoldReleased: (_ALL, _said("保全已解除", "no longer kept by law"), "plain"),
    e.ErasureAnnounced: (
        _ALL,
        lambda ev, _n: Text(
            f"保存期满，个人信息将在{show_moment(ev.due_at).zh}删除，需要的请先下载",
            f"kept long enough: personal data will be erased on {show_moment(ev.due_at).en}; "
            "download what you need before",
        ),
        "soon",
    ),
    e.PersonalDataErased: (_ALL, _said("个人信息已删除", "personal data erased"), "plain"),
}
