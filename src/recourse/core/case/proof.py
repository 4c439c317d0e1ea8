# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Proof: exhibits, what a person says of wanted evidence, requests, captures, the contact log, the points in dispute."""

from recourse.core.case import clocks
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.case.state import Case
from recourse.core.deadline.compute import compute
from recourse.core.deadline.regime import Regime
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceState, Party

# What one side may hand in within one case: a long chat screen by screen, and the rest. Counted by side, or one side
# could take the other's place.
EXHIBITS_MAX = 300
# What one side may hand in within one case, in bytes (ASVS 5.2.4).
BYTES_MAX = 2 * 1024**3
POINTS_MAX = 40
# No recording that is taken here lasts a day.
STILL_SECONDS_MAX = 24 * 3600


def _say(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(
        key,
        field,
        Text(zh, en),
        Text("改好这一项再提交。", "Correct this and send again."),
    )


def add_exhibit(draft: Draft, command: c.AddExhibit) -> Problems | None:
    """Hand over a sealed file. It may fulfil a capture task or answer a request at the same time."""
    case = draft.case
    no = len(case.exhibits) + 1
    if command.still_of and (wrong := _no_recording(draft, command)):
        return Problems((wrong,))
    # A party's file is always its own. The operator's people take files in for somebody on the phone, but what
    # proves the operator's own step is the operator's.
    by = draft.side if draft.side is not Party.operator or command.own else Party.complainant
    full = over_quota(case, by, size=command.size)
    if full is not None:
        return Problems((full,))
    draft.add(
        e.ExhibitAdded(
            no=no,
            kind=command.kind,
            by=by,
            blob=command.blob,
            size=command.size,
            media_type=command.media_type,
            at=draft.now,
            digest=command.digest,
            name=command.name,
            note=command.note,
            sm3=command.sm3,
        )
    )
    if command.still_of:
        draft.add(e.StillPlaced(no=no, of=command.still_of, second=command.second))
    if by is Party.complainant and case.evidence.get(command.kind) is not EvidenceState.have:
        draft.add(e.EvidenceStated(states={command.kind: EvidenceState.have}))
    capture = next(
        (t for t in case.captures if t.id == command.capture and t.done_by is None),
        None,
    )
    if capture is not None:
        draft.add(e.CaptureDone(id=capture.id, exhibit=no))
    if by is Party.complainant:
        _set_second_capture(draft, command)
    if command.request:
        return _answer_request(draft, c.AnswerEvidenceRequest(command.request, (no,), ""), of=by)
    return None


def _no_recording(draft: Draft, command: c.AddExhibit) -> Problem | None:
    """Why this can be no still: it is one of a picture, of a recording of one's own, within a day's length."""
    of = next((x for x in draft.case.exhibits if x.no == command.still_of and not x.withdrawn), None)
    theirs = of is not None and draft.side is not Party.operator and of.by is not draft.side
    if of is None or theirs or not of.media_type.startswith("video/"):
        return _say(
            "no_such_recording",
            "still_of",
            "画面要取自你自己交的录像。",
            "A still is taken from a video that you handed in yourself.",
        )
    if not command.media_type.startswith("image/"):
        return _say("still_no_picture", "still_of", "画面要是图片。", "A still is a picture.")
    if not 0 <= command.second < STILL_SECONDS_MAX:
        return _say("second_outside", "second", "时间点要在录像之内。", "The moment lies within the video.")
    return None


def over_quota(case: Case, by: Party, *, size: int) -> Problem | None:
    """Why a side may not hand in another file of so many bytes: what one side fills, the other can no longer use."""
    held = [item.size for item in case.exhibits if item.by is by]
    if len(held) >= EXHIBITS_MAX:
        return Problem(
            "too_many_exhibits",
            "file",
            Text(
                f"一方在一件投诉里最多交{EXHIBITS_MAX}份材料。",
                f"One side hands in at most {EXHIBITS_MAX} exhibits in a complaint.",
            ),
            Text(
                "聊天记录可以导出成一个文件；几张截图也可以合成一个PDF。",
                "Export a chat as one file, or put several screenshots into one PDF.",
            ),
        )
    if sum(held) + size <= BYTES_MAX:
        return None
    most = BYTES_MAX // 1024**3
    return Problem(
        "too_many_bytes",
        "file",
        Text(
            f"一方在一件投诉里最多交{most} GB材料。", f"One side hands in at most {most} GB in a complaint."
        ),
        Text(
            "视频请剪到说明问题的那一段；其余保留原件，需要时经办人会要。",
            "Cut films to the part that matters; keep the rest, the agent asks for it if need be.",
        ),
    )


def _set_second_capture(draft: Draft, command: c.AddExhibit) -> None:
    """Some pictures prove only as a pair: the playbook says after how long to come back for the second."""
    item = next((i for i in draft.rules.playbook.evidence if i.kind is command.kind), None)
    if item is None or not item.capture_after or any(t.kind is command.kind for t in draft.case.captures):
        return
    length = clocks.length_of(item.capture_after)
    due = compute(draft.now, length=length, regime=Regime.platform, calendar=draft.calendar).due_at
    draft.add(
        e.CaptureSet(
            id=f"t{len(draft.case.captures) + 1}",
            kind=command.kind,
            due_at=due,
            text="",  # the playbook says how to take it, in both languages
        )
    )


def withdraw_exhibit(draft: Draft, command: c.WithdrawExhibit) -> Problems | None:
    """No longer rely on one's own exhibit. The bytes and the event stay."""
    exhibit = next((x for x in draft.case.exhibits if x.no == command.no), None)
    if exhibit is None or exhibit.by is not draft.side:
        return Problems(
            (
                _say(
                    "exhibit_unknown",
                    "no",
                    "没有这份材料，或不是你交的。",
                    "No such exhibit of yours.",
                ),
            )
        )
    if not exhibit.withdrawn:
        draft.add(e.ExhibitWithdrawn(no=command.no))
    return None


def state_evidence(draft: Draft, command: c.StateEvidence) -> Problems | None:
    """Say of items: have, have not, the other side holds it."""
    changed = {
        kind: state for kind, state in command.states.items() if draft.case.evidence.get(kind) is not state
    }
    if changed:
        draft.add(e.EvidenceStated(states=changed))
    return None


def ask_for_evidence(draft: Draft, command: c.AskForEvidence) -> Problems | None:
    """Ask one side, with a clock; the request stays visible to both."""
    if command.of not in {Party.complainant, Party.respondent}:
        return Problems(
            (
                _say(
                    "party_unknown",
                    "of",
                    "请选向哪一方要。",
                    "Choose which side to ask.",
                ),
            )
        )
    if command.of is Party.respondent and not any(n.served_at for n in draft.case.notices):
        return Problems(
            (
                _say(
                    "respondent_unserved",
                    "of",
                    "对方还没收到通知，看不到这项要求。",
                    "The other side has no notice yet and would not see the request.",
                ),
            )
        )
    request_id = f"q{len(draft.case.requests) + 1}"
    draft.add(
        e.EvidenceAsked(
            id=request_id,
            of=command.of,
            kind=command.kind,
            text=command.text,
            at=draft.now,
        )
    )
    clocks.start_case_clock(draft, "give_evidence", who=command.of, scope=f"request:{request_id}")
    return None


def answer_evidence_request(draft: Draft, command: c.AnswerEvidenceRequest) -> Problems | None:
    """Give exhibits, or say why there is none."""
    return _answer_request(draft, command, of=draft.side)


def _answer_request(draft: Draft, command: c.AnswerEvidenceRequest, *, of: Party) -> Problems | None:
    request = next((q for q in draft.case.requests if q.id == command.request), None)
    if request is None or request.answered_at is not None or request.of is not of:
        return refuse(
            "request_unknown",
            zh="没有等你补的这一项。",
            en="No such request waits for you.",
            do_zh="请刷新页面再看。",
            do_en="Reload the page and look again.",
            field="request",
        )
    if not command.exhibits and not command.answer.strip():
        return Problems(
            (
                _say(
                    "answer_missing",
                    "answer",
                    "请上传材料，或写明没有的原因。",
                    "Add a file or say why there is none.",
                ),
            )
        )
    known = {x.no for x in draft.case.exhibits if x.by is of}
    if not set(command.exhibits) <= known:
        return Problems(
            (
                _say(
                    "exhibit_unknown",
                    "exhibits",
                    "有的材料编号不对。",
                    "An exhibit number is wrong.",
                ),
            )
        )
    clocks.close_scope(draft, f"request:{request.id}", met=True)
    draft.add(
        e.EvidenceAnswered(
            id=request.id,
            exhibits=command.exhibits,
            answer=command.answer,
            at=draft.now,
        )
    )
    return None


def set_capture(draft: Draft, command: c.SetCapture) -> Problems | None:
    """Come back later for a picture."""
    if command.due_at <= draft.now:
        return Problems((_say("moment_past", "due_at", "提醒时间已经过了。", "The moment is past."),))
    draft.add(
        e.CaptureSet(
            id=f"t{len(draft.case.captures) + 1}",
            kind=command.kind,
            due_at=command.due_at,
            text=command.text,
        )
    )
    return None


def log_contact(draft: Draft, command: c.LogContact) -> Problems | None:
    """Log one attempt. It may lie in the past, never in the future."""
    found = []
    if not command.channel.strip():
        found.append(
            _say(
                "channel_missing",
                "channel",
                "请写通过什么渠道联系。",
                "Say through which channel.",
            )
        )
    if command.at > draft.now:
        found.append(
            _say(
                "moment_future",
                "at",
                "联系时间不能在将来。",
                "The attempt cannot lie in the future.",
            )
        )
    if not set(command.exhibits) <= {x.no for x in draft.case.exhibits}:
        found.append(_no_exhibit("exhibits"))
    refused = gather(found)
    if refused is None:
        draft.add(
            e.ContactLogged(
                at=command.at,
                channel=command.channel,
                result=command.result,
                agent_no=command.agent_no,
                answer=command.answer,
                exhibits=command.exhibits,
            )
        )
    return refused


def unknown_exhibits(draft: Draft, numbers: tuple[int, ...]) -> Problems | None:
    """A refusal when a number names no exhibit of this case."""
    if set(numbers) <= {x.no for x in draft.case.exhibits}:
        return None
    return Problems((_no_exhibit("exhibits"),))


def _no_exhibit(field: str) -> Problem:
    return _say("exhibit_unknown", field, "有的材料编号不对。", "An exhibit number is wrong.")


def set_points(draft: Draft, command: c.SetPoints) -> Problems | None:
    """Draw up what is in dispute, point by point."""
    known = {x.no for x in draft.case.exhibits}
    found = []
    if len(command.points) > POINTS_MAX:
        found.append(
            _say(
                "too_many_points",
                "points",
                f"最多{POINTS_MAX}条。",
                f"At most {POINTS_MAX} points.",
            )
        )
    for index, point in enumerate(command.points):
        if not point.about.strip():
            found.append(
                _say(
                    "point_empty",
                    f"points[{index}].about",
                    "请写争议的是什么。",
                    "Say what is in dispute.",
                )
            )
        if not set(point.exhibits) <= known:
            found.append(
                _say(
                    "exhibit_unknown",
                    f"points[{index}].exhibits",
                    "有的材料编号不对。",
                    "An exhibit number is wrong.",
                )
            )
    refused = gather(found)
    if refused is None and command.points != draft.case.points:
        draft.add(e.PointsSet(points=command.points))
    return refused
