# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a text is like: by pieces in common with stories, sentence by sentence, and never like what fits nowhere."""

from recourse.core.triage.stories import LIKE_MAX, LIKE_MIN, NOTHING, find_like, gather_stories

STORIES = gather_stories(
    {
        "late": ("奖品一个月没寄", "礼物一直没寄来", "说好月底寄，没寄"),
        "blocked": ("地址发了就被拉黑", "给了电话他拉黑我", "填完资料被拉黑踢群"),
        "spare": ("别的事情另说", "别的另说"),
        NOTHING: ("今天天气真好", "明天天气好不好", "请问天气怎么样"),
    }
)
BOTH = ("late", "blocked")


def test_a_text_is_like_the_stories_it_has_most_pieces_in_common_with() -> None:
    text = "资料发了他就把我拉黑了"
    (first, *_) = find_like(text, STORIES, problems=BOTH)
    assert first.problem == "blocked"
    assert first.score >= LIKE_MIN
    assert any("拉黑" in text[start:end] for start, end in first.places)
    assert all(end - start >= 2 for start, end in first.places)


def test_sentences_are_read_by_themselves() -> None:
    (alone, *_) = find_like("礼物没寄来", STORIES, problems=BOTH)
    (among, *_) = find_like("今天天气真好。礼物没寄来！Say nothing", STORIES, problems=BOTH)
    assert (among.problem, among.score) == (alone.problem, alone.score)
    assert among.places == tuple((start + 7, end + 7) for start, end in alone.places)


def test_what_fits_nowhere_and_what_is_unknown_is_like_nothing() -> None:
    assert find_like("明天天气怎么样", STORIES, problems=BOTH) == ()
    assert find_like("zebra 123 今", STORIES, problems=BOTH) == ()
    assert find_like("", STORIES, problems=BOTH) == ()
    assert find_like("礼物没寄来", STORIES, problems=()) == ()


def test_only_problems_of_the_playbook_are_named_and_few_of_them() -> None:
    assert all(item.problem == "late" for item in find_like("给了电话他拉黑我", STORIES, problems=("late",)))
    many = gather_stories({f"p{at}": ("礼物没寄来了",) for at in range(9)} | {NOTHING: ("今天天气",) * 9})
    assert len(find_like("礼物没寄来了", many, problems=[f"p{at}" for at in range(9)])) == LIKE_MAX


def test_counts_are_whole_numbers_and_the_same_each_time() -> None:
    found = find_like("资料发了他就把我拉黑了", STORIES, problems=BOTH)
    assert found == find_like("资料发了他就把我拉黑了", STORIES, problems=BOTH)
    assert all(type(item.score) is int for item in found)
