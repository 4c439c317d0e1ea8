# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What readers are told: the next step, the chronicle, the messages that go out; and streams that cannot be read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from recourse.core.actor import Role
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case import keeping_commands as kc
from recourse.core.case import show_commands as sc
from recourse.core.case.chronicle import chronicle
from recourse.core.case.clocks import length_of
from recourse.core.case.decide import decide
from recourse.core.case.draft import Draft
from recourse.core.case.effect import awake, effects
from recourse.core.case.event import EVENT_TYPES, PERSONAL, event
from recourse.core.case.evolve import NotAnEvent, evolve, fold
from recourse.core.case.progress import mover, next_step, progress
from recourse.core.filing import FilingState
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceKind, Party
from tests.core.case.scenes import (
    SCENES,
    adjudicating,
    decided,
    filed_outside,
    negotiating,
    offered,
    outside,
    received,
    unserved,
)
from tests.core.case.story import AGENT, NEUTRAL, OWNER, SYSTEM, A, Story, at


@pytest.mark.parametrize("name", SCENES)
def test_every_reader_has_words_for_every_scene(name: str) -> None:
    story = SCENES[name]()
    playbook = story.rules.playbook
    step = next_step(story.case, playbook)
    assert step.text.zh and step.text.en
    assert mover(story.case, playbook) is step.who
    assert step.silence is None or (step.silence.zh and "{" not in step.silence.zh + step.silence.en)
    where = progress(story.case, playbook)
    assert 0 <= where.at <= where.of and where.name.en
    history = tuple(
        (number, story.now, Role.complainant, item) for number, item in enumerate(story.events, start=1)
    )
    for role in Role:
        for entry in chronicle(history, playbook=playbook, role=role):
            assert entry.title.zh and entry.title.en and entry.tone in {"plain", "late", "done"}


def test_whose_move_it_is() -> None:
    turns = {name: scene().turn for name, scene in SCENES.items()}
    assert turns["received"] == turns["acknowledged"] == "complainant"
    assert turns["unserved"] == turns["reviewing"] == turns["adjudicating"] == turns["appealed"] == "operator"
    assert turns["negotiating"] == turns["implementing"] == "respondent"
    assert turns["asked"] == "operator", "the review is due before the material that was asked for"
    assert turns["outside"] == turns["decided"] == turns["performed"] == "complainant"
    assert turns["filed_outside"] == "outside"


@pytest.mark.parametrize(
    ("scene", "zh"),
    [
        ("negotiating", "商家到期没答复，自动转平台客服，你不用操作。"),
        ("reviewing", "平台到期没审完，自动转平台裁决，你不用操作。"),
        ("adjudicating", "平台到期没作出决定，转官方投诉，要你自己去提交，材料已备好。"),
        ("refused", "到期没选，自动转平台客服。"),
        ("implementing", "商家到期没做到，转官方投诉，要你自己去提交，材料已备好。"),
    ],
)
def test_silence_says_who_left_out_what_and_where_the_case_goes(scene: str, zh: str) -> None:
    story = SCENES[scene]()
    silence = next_step(story.case, story.rules.playbook).silence
    assert silence is not None and silence.zh == zh, silence


def _lines(story: Story, role: Role = Role.complainant) -> list[tuple[str, str]]:
    history = tuple((number, story.now, role, item) for number, item in enumerate(story.events, start=1))
    told = chronicle(history, playbook=story.rules.playbook, role=role)
    return [(entry.title.zh, entry.title.en) for entry in told]


def test_the_timeline_names_the_clock_that_moved_and_who_was_silent() -> None:
    story = negotiating()
    story.do(A, c.ExtendDeadline(story.clock("answer").id, "3d", "再给对方3天"))
    zh, en = _lines(story)[-1]
    before, after = zh.partition("原定")[2].split("，现为")
    assert zh.startswith("期限延长：商家答复，原定") and before != after and "instead of" in en
    story.later(days=30)
    titles = _lines(story)
    assert "商家到期没有答复" in [zh for zh, _ in titles]
    assert all(en[:1] == en[:1].upper() for _, en in titles)
    assert not [zh for zh, _ in titles if "动静" in zh]


def test_an_offer_is_called_by_whose_it_is() -> None:
    story = offered()
    read = {
        who: next_step(story.case, story.rules.playbook, reader=who).text.zh
        for who in (Party.complainant, Party.respondent, None)
    }
    assert read == {
        Party.complainant: "回应对方的方案",
        Party.respondent: "回应你的方案",
        None: "回应商家的方案",
    }


def test_an_outside_body_is_called_by_its_own_name() -> None:
    story = filed_outside()
    plain = story.rules.playbook
    rung = next(spec for spec in plain.ladder if spec.rung == "official_complaint")
    parties = {
        **plain.parties,
        rung.who: Text("市场监管部门", "the regulator"),
        "desk": Text("服务台", "the desk"),
    }
    playbook = replace(plain, parties=parties)
    history = tuple((no, story.now, Role.complainant, item) for no, item in enumerate(story.events, start=1))
    step = next_step(story.case, playbook)
    assert step.name.zh == "市场监管部门" and "市场监管部门" in step.text.zh
    lines = [line.title.zh for line in chronicle(history, playbook=playbook, role=Role.complainant)]
    assert "市场监管部门有回复" in lines and not any("受理机构" in line for line in lines)
    # A door of its own body names it.
    own = tuple(replace(item, who="desk") for item in playbook.channels)
    assert next_step(story.case, replace(playbook, channels=own)).name.zh == "服务台"


def test_without_clocks_somebody_is_still_named() -> None:
    bare = [replace(item, state="cancelled") for item in unserved().case.deadlines]
    story = unserved()
    on_its_way = replace(story.case, deadlines=tuple(bare))
    assert "送达" in next_step(on_its_way, story.rules.playbook).text.zh
    handled = replace(on_its_way, notices=())
    assert next_step(handled, story.rules.playbook).who is Party.operator
    lost = replace(outside().case, rung=None)
    assert next_step(lost, story.rules.playbook).who is Party.complainant
    assert not story.case.resolved


def test_the_respondent_does_not_read_what_becomes_of_an_outside_filing() -> None:
    story = filed_outside()
    clock = story.clock("mediate")
    told = "12315说要等材料"
    story.do(A, c.SuspendDeadline(clock.id, story.now + timedelta(days=5), told))
    history = tuple((number, story.now, Role.complainant, item) for number, item in enumerate(story.events))
    lines = {
        role: [
            f"{entry.title.zh}{entry.body}"
            for entry in chronicle(history, playbook=story.rules.playbook, role=role)
        ]
        for role in (Role.complainant, Role.respondent)
    }
    assert any(told in line for line in lines[Role.complainant])
    assert not any(told in line or "受理机构" in line for line in lines[Role.respondent])


def _timeline(story: Story, role: Role) -> str:
    history = tuple(
        (number, story.now, Role.agent, item) for number, item in enumerate(story.events, start=1)
    )
    lines = chronicle(history, playbook=story.rules.playbook, role=role)
    return "\n".join(f"{line.title.zh} {line.body}" for line in lines)


def test_the_timeline_tells_neither_side_who_asked_for_a_hold_and_why() -> None:
    story = negotiating()
    story.do(OWNER, kc.HoldCase("公安机关调取"))
    for role in (Role.complainant, Role.respondent):
        assert "依法保全" in _timeline(story, role) and "公安机关" not in _timeline(story, role)
    assert "公安机关" in _timeline(story, Role.owner)


def test_the_timeline_masks_what_its_writer_does_not_show_the_other_side() -> None:
    story = negotiating()
    story.do(A, c.PostMessage("打13812345678找我"))
    assert "13812345678" in _timeline(story, Role.complainant) and "13812345678" in _timeline(
        story, Role.agent
    )
    masked = _timeline(story, Role.respondent)
    assert "13812345678" not in masked and "找我" in masked
    story.do(A, sc.ShowWords("message:0", shown=True))
    assert "13812345678" in _timeline(story, Role.respondent)


def test_what_one_side_was_asked_for_is_told_to_the_other_once_it_is_answered() -> None:
    story = negotiating()
    story.do(AGENT, c.AskForEvidence(Party.complainant, EvidenceKind.photo, "请拍一张瓶底"))
    assert "瓶底" in _timeline(story, Role.complainant)
    assert "瓶底" not in _timeline(story, Role.respondent) and "请买家补充" not in _timeline(
        story, Role.respondent
    )
    story.do(A, c.AnswerEvidenceRequest("q1", (), "没有拍"))
    assert "瓶底" in _timeline(story, Role.respondent)


def test_after_an_answer_outside_the_person_weighs_it() -> None:
    story = filed_outside()
    story.do(A, c.UpdateFiling("f1", FilingState.answered, answer="调解不成"))
    step = next_step(story.case, story.rules.playbook)
    assert step.who is Party.complainant and "法院" in step.text.zh
    story.do(A, c.EscalateCase())
    assert "自己去" in next_step(story.case, story.rules.playbook).text.zh


def _told(story: Story, actor: object, command: object) -> set[tuple[str, str]]:
    before = story.case
    result = decide(before, command, actor=actor, rules=story.rules, facts=story.facts, now=story.now)  # type: ignore[arg-type]
    found = effects(before, result.case, result.events, story.now)  # type: ignore[union-attr]
    assert len({item.key for item in found}) == len(found)
    return {(item.kind, item.payload.get("who", "")) for item in found}


def test_messages_go_to_whoever_must_know_and_to_nobody_unserved() -> None:
    assert _told(adjudicating(), NEUTRAL, c.DecideCase("事实", "理由", (), ())) >= {
        ("tell", "complainant"),
        ("tell", "respondent"),
    }
    assert _told(unserved(), A, c.PostMessage("在吗")) == set()
    assert ("notice", "") in _told(received(), A, c.ProveContact("code"))
    assert _told(negotiating(), OWNER, kc.ErasePersonalData()) == {("erase", "")}
    story = filed_outside()
    story.now = at("2027-03-01 12:00")
    assert ("tell", "complainant") in _told(story, SYSTEM, c.RunDeadlines())
    assert _told(decided(), A, c.AcceptDecision()) == set()
    # Filed long ago: a reminder two thirds into that clock would lie in the past.
    old = c.OpenFiling("t.ch.12315", at("2025-01-06 09:00"))
    assert _told(outside(), A, old) == set()


def test_nobody_is_woken_at_night() -> None:
    assert awake(at("2026-09-18 22:00")) == at("2026-09-19 08:00")
    assert awake(at("2026-09-19 07:59")) == at("2026-09-19 08:00")
    assert awake(at("2026-09-19 08:00")) == at("2026-09-19 08:00")
    assert awake(at("2026-09-19 21:59")) == at("2026-09-19 21:59")


def test_a_stream_that_cannot_be_read_stops() -> None:
    story = negotiating()
    with pytest.raises(NotAnEvent):
        evolve(None, story.events[1])
    with pytest.raises(NotAnEvent):
        evolve(story.case, object())
    with pytest.raises(NotAnEvent):
        evolve(story.case, story.events[0])
    with pytest.raises(NotAnEvent):
        fold([])
    with pytest.raises(LookupError):
        assert Draft(None, actor=A, rules=story.rules, facts=story.facts, now=story.now).case
    with pytest.raises(TypeError):
        length_of("soon")


def test_every_event_says_what_is_personal() -> None:
    assert set(EVENT_TYPES) == set(PERSONAL) == set(e.__all__)
    with pytest.raises(TypeError):

        @event(personal={"nothing": ""})
        class Wrong:
            at: str
