# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The tags: both languages, escaping, and what each component must say."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from recourse.core.text import Text
from recourse.webkit.samples import DEADLINE, NOW, WAITING


def draw(source: str, lang: str = "zh-hans", **values: object) -> str:
    with translation.override(lang):
        return Template(source).render(Context(values))


def test_t_speaks_the_readers_language_and_fills_blanks():
    source = '{% t "还差{n}样" "{n} missing" n=count %}'
    assert draw(source, count=2) == "还差2样"
    assert draw(source, "en", count=2) == "2 missing"


def test_t_escapes_values_and_variables_but_not_what_the_template_wrote():
    assert draw('{% t "<b>{n}</b>" "x" n=evil %}', evil="<script>") == "<b>&lt;script&gt;</b>"
    assert draw("{% t evil evil %}", evil="<script>") == "&lt;script&gt;"
    assert draw("{% t evil evil n=1 %}", evil="<i>{n}") == "&lt;i&gt;1"


def test_a_text_is_shown_in_one_language_and_escaped():
    assert draw("{{ x|text }}", x=Text("<甲>", "a")) == "&lt;甲&gt;"
    assert draw("{{ x|text }}", "en", x=Text("甲", "a")) == "a"
    assert draw("{{ x|text }}{{ none|text }}", x={"zh": "乙", "en": ""}, none=None) == "乙"


def test_a_running_clock_says_how_long_until_when_and_what_then():
    page = draw("{% countdown d now %}", d=DEADLINE, now=NOW)
    assert "还剩1天6小时" in page
    assert "11月24日（周二）18:00" in page
    assert "为什么是这天？" in page
    assert "自动转平台审核" in page
    assert "clock--soon" in page


def test_a_clock_that_ran_out_is_late():
    assert "clock--late" in draw("{% countdown d now %}", d=DEADLINE, now=NOW + timedelta(days=2))


def test_a_waiting_clock_shows_no_date():
    page = draw("{% countdown d now %}", d=WAITING, now=NOW)
    assert "还没开始计时" in page
    assert "商家收到退货后开始计时" in page
    assert "<time" not in page


def test_an_offer_escapes_its_note_and_keeps_its_buttons():
    source = "{% offer o %}<button>收</button>{% endoffer %}"
    page = draw(
        source, o={"from": "<b>商家", "remedies": [{"name": "退款", "amount": 131400}], "note": "<i>"}
    )
    assert "&lt;b&gt;商家" in page
    assert "&lt;i&gt;" in page
    assert "<button>收</button>" in page
    assert "¥1,314.00" in page


def test_a_table_names_its_column_in_every_cell():
    assert 'data-label="甲">1</td>' in draw("{% records c r %}", c=["甲", "乙"], r=[["1", "2"]])


def test_a_chart_is_to_scale_and_says_its_numbers():
    page = draw('{% bar_chart rows "图" %}', rows=[{"label": "a", "value": 4}, {"label": "b", "value": 1}])
    assert 'width="320" height="14" rx="3"></rect>' in page
    assert 'class="bars__bar bars__bar--plain" x="0" y="51" width="80"' in page
    assert "a 4; b 1;" in page
    with pytest.raises(ValueError, match="not negative"):
        draw('{% bar_chart rows "图" %}', rows=[{"label": "a", "value": -1}])
