# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Letters: blanks are filled once, lines without content vanish, and what is missing is named."""

from hypothesis import given
from hypothesis import strategies as st

from recourse.core.letter import UNFILLED, Letter, check_letter, render
from recourse.core.text import Text


def letter(zh: str, en: str = "x", *, limit: int | None = None) -> Letter:
    return Letter(
        "k",
        Text("名", "name"),
        "merchant",
        Text("题{{ number }}", "T{{ number }}"),
        Text(zh, en),
        limit_chars=limit,
    )


def test_blanks_are_filled_in_both_languages() -> None:
    rendered, missing = render(
        letter("订单{{ record_id }}", "order {{record_id}}"), {"record_id": "7", "number": "N"}
    )
    assert (rendered.subject, rendered.body) == (Text("题N", "TN"), Text("订单7", "order 7"))
    assert missing == ()


def test_a_text_is_taken_in_each_language() -> None:
    rendered, _ = render(
        letter("{{ problem }}", "{{ problem }}"), {"problem": Text("退款", "refund"), "number": "N"}
    )
    assert rendered.body == Text("退款", "refund")


def test_what_is_missing_stays_visible_and_is_named_in_reading_order() -> None:
    rendered, missing = render(letter("{{ story }}{{ demands }}"), {"demands": "  "})
    assert rendered.body.zh == UNFILLED * 2
    assert missing == ("number", "story", "demands")


def test_an_optional_line_vanishes_whole() -> None:
    text = letter("一\n商家答复：{{? refusal }}。\n二")
    assert render(text, {"number": "N"}) == render(letter("一\n二"), {"number": "N"})
    assert render(text, {"number": "N", "refusal": "不退"})[0].body.zh == "一\n商家答复：不退。\n二"


def test_a_value_that_looks_like_a_blank_stays_text() -> None:
    rendered, missing = render(
        letter("{{ story }}"), {"story": "{{ demands }} {{? refusal }}", "number": "N"}
    )
    assert rendered.body.zh == "{{ demands }} {{? refusal }}"
    assert missing == ()


def test_a_long_story_is_cut_at_a_sentence() -> None:
    story = "第一句话到这里。" * 30
    body = render(letter("{{ story|120 }}"), {"story": story, "number": "N"})[0].body.zh
    assert body == "第一句话到这里。" * 14 + "（全文见附件）"


def test_a_short_field_is_cut_with_dots() -> None:
    assert (
        render(letter("{{ story|6 }}"), {"story": "一二三四五六七八", "number": "N"})[0].body.zh
        == "一二三四五…"
    )


@given(st.text(max_size=400), st.integers(min_value=10, max_value=300))
def test_a_cut_value_never_exceeds_its_length(story: str, most: int) -> None:
    body = render(letter(f"{{{{ story|{most} }}}}"), {"story": story, "number": "N"})[0].body
    assert len(body.zh) <= max(most, len(UNFILLED))
    assert len(body.zh) <= most or not story.strip()


def test_excess_over_the_readers_limit_is_counted() -> None:
    assert render(letter("{{ story }}", limit=10), {"story": "字" * 13, "number": "N"})[0].excess == 3
    assert render(letter("{{ story }}", limit=10), {"story": "字" * 10, "number": "N"})[0].excess == 0


def test_unknown_blanks_and_one_sided_blanks_are_refused() -> None:
    problems = check_letter(letter("{{ storey }} {{ demands }}", "{{ storey }}"))
    assert [(item.key, item.field) for item in problems] == [
        ("unknown_blank", "body.storey"),
        ("one_language", "body.demands"),
    ]
    assert problems[0].do.en == "Did you mean story?"


def test_a_blank_that_may_be_left_out_is_not_said_twice_in_its_line() -> None:
    twice = check_letter(letter("{{? promised_on }}承诺：{{ promised_on }}", "by {{? promised_on }}"))
    assert [(item.key, item.field) for item in twice] == [("said_twice", "body.promised_on")]
    assert check_letter(letter("承诺：{{? promised_on }}", "by {{? promised_on }}")) == ()
