# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What every playbook owes its reader, whichever platform it is for: lawful, whole, and fit to be sent."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from recourse.core.letter import Letter, Rendered, blanks_of, render
from recourse.core.playbook.ids import LawId
from recourse.core.playbook.types import Playbook
from recourse.core.playbook.walk import walk
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.gateways.rule_files import PLAYBOOKS, load_rulebook
from recourse.queries.check_playbook import Checked, check_playbook
from recourse.queries.run_examples import run_examples

HERE = Path(__file__).parent
DAY = date(2026, 9, 1)
LONG = "9月1日下的单，一直没有解决，联系了三次，每次都说再等等。" * 40
BLANKS: dict[str, str | Text] = {
    "number": "R-2026-000123",
    "today": "2026年11月22日",
    "platform": Text("利云卡盟", "Liyun Cards"),
    "complainant_name": "李晓雨",
    "respondent_name": "杭州某某网络科技有限公司",
    "record_id": "LY20240510001",
    "record_amount": "259.00",
    "happened_on": "2026年11月1日",
    "promised_on": "2026年11月8日",
    "problem": Text("充值没到账、没发货", "Top-up not credited"),
    "story": LONG,
    "demands": "退款259.00元；书面道歉",
    "evidence_list": "1. 订单详情\n2. 聊天记录\n3. 失败提示",
    "contact_log": "11月10日 在线客服（工号07）：正在处理",
    "conditions": "",
    "refusal": "商家说虚拟商品不支持退款",
    "deadline": "2026年11月24日（周二）18:00",
    "rung": Text("12315或消协", "12315 or the association"),
    "ground_list": "《中华人民共和国消费者权益保护法》第二十四条、第四十八条",
    "platform_result": "平台11月18日决定退款，商家没有执行",
    "silence": Text("到期没答复，转客服主管。", "Without an answer the supervisor takes over."),
}


@cache
def rules(platform: str, on: date = DAY) -> Rulebook:
    """The rulebook of a day in 2026."""
    loaded = load_rulebook(platform, on=on)
    assert not isinstance(loaded, Problems), loaded
    return loaded


def filled(letter: Letter, blanks: Mapping[str, str | Text] = BLANKS) -> tuple[Rendered, tuple[str, ...]]:
    """A letter filled for a case about which everything is known."""
    return render(letter, blanks)


def examples_hold(platform: str) -> None:
    """No fault in the files, and every row of the table comes out as it says; twelve rows at least."""
    checked = check_playbook(PLAYBOOKS / platform)
    assert isinstance(checked, Checked) and checked.problems == ()
    rows = run_examples(PLAYBOOKS / platform)
    assert not isinstance(rows, Problems), rows
    assert [(row.name, row.problems) for row in rows if row.problems] == []
    assert len(rows) >= 12


def every_problem_is_shown_once(platform: str) -> None:
    """The table speaks of every problem that the playbook has."""
    text = (PLAYBOOKS / platform / "examples.yaml").read_text(encoding="utf-8")
    assert [
        item.id for item in rules(platform).playbook.problems if f"problem: {item.id}\n" not in text
    ] == []


def law_is_sound(platform: str) -> None:
    """Every article cited was read in a full text and is in force; a clock of our own says whose it is."""
    book = rules(platform)
    places = tuple(walk(book.playbook))
    assert {place.value for place in places if place.hint == LawId and place.value} == set(book.law)
    assert [key for key, article in book.law.items() if not article.is_verified] == []
    own = [place for place in places if place.name == "basis" and place.value.playbook]
    assert [place.path for place in own if place.value.note is None] == []


def letters_are_fit(platform: str) -> None:
    """Complete, inside the reader's limit, without a threat, and a bare case still gives a letter."""
    for letter in rules(platform).letters.values():
        rendered, missing = filled(letter)
        assert missing == (), letter.key
        assert rendered.excess == 0, (letter.key, rendered.excess)
        assert "{{" not in rendered.body.zh + rendered.body.en + rendered.subject.zh + rendered.subject.en
        assert "否则" not in letter.body.zh and "曝光" not in letter.body.zh, letter.key
        _, open_blanks = filled(letter, {})
        assert set(open_blanks) <= set(blanks_of(letter))
    title = filled(rules(platform).letters["packet_public"])[0].subject.zh
    assert len(title) <= 30, title
    public = rules(platform).letters["packet_public"].body.zh
    assert not any(word in public for word in ("骗子", "诈骗", "黑心", "无良", "奸商"))
    assert len(filled(rules(platform).letters["packet_12315"])[0].body.zh) <= 500


def notice_says_what_silence_means(platform: str, key: str) -> None:
    """The notice has no link, names the four answers, and tells what follows if none comes."""
    rendered, _ = filled(rules(platform).letters[key])
    for words in (rendered.body.zh, rendered.body.en):
        assert "http" not in words and "www." not in words
    for word in ("同意", "提出方案", "不同意，写明事实", "承诺日期", "不算答复", "到期没答复，转客服主管"):
        assert word in rendered.body.zh


def phrases_are_the_articles(playbook: Playbook, file: str) -> None:
    """One line per quoted phrase: each was compared with the article when it was entered in the file."""
    phrases = {place.value for place in walk(playbook) if place.name == "phrase" and place.value}
    digests = sorted(hashlib.sha256(phrase.encode()).hexdigest() for phrase in phrases)
    assert digests == (HERE / file).read_text().split()


def paying_just_now_leaves_the_form(playbook: Playbook) -> None:
    """The first question is about money that has just gone, and its answer is 110."""
    question = playbook.ask[0]
    (stop,) = (option for option in question.options if option.stop)
    assert question.key == "money_just_paid" and question.required
    assert stop.advice is not None and "110" in stop.advice.zh and "110" in stop.advice.en


def two_official_bodies(playbook: Playbook) -> None:
    """12315 and the association bar each other, and the page says so."""
    official = [item.id.rsplit(".")[-1] for item in playbook.channels if item.official]
    assert official == ["12315", "association"]
    assert any("sc121.16" in item.grounds for item in playbook.differences)
