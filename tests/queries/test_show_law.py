# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`law show` answers with the version of the day and names the others."""

import json
from datetime import date

from recourse.core.problem import Problems
from recourse.queries.show_law import in_words, show


def shown(citation: str, on: date) -> dict[str, object]:
    answer = show(citation, on)
    assert not isinstance(answer, Problems)
    return answer


def test_the_old_rule_is_shown_for_an_old_act_and_the_new_one_beside_it() -> None:
    answer = shown("sc121.23", date(2026, 4, 14))
    assert answer["number"] == "第二十一条"
    assert answer["in_force"] is True
    assert answer["repealed_on"] == "2026-04-15"
    assert [other["effective_from"] for other in answer["other_versions"]] == ["2026-04-15"]
    assert json.loads(json.dumps(answer)) == answer


def test_an_article_not_yet_in_force_is_shown_as_such() -> None:
    answer = shown("pr.12", date(2025, 6, 1))
    assert answer["in_force"] is False
    assert "不适用" in in_words(answer)
    assert "not in force" in in_words(answer, language="en")


def test_unverified_and_unkept_wording_is_told() -> None:
    assert "未核实" in in_words(shown("bb.minors", date(2026, 11, 1)))
    assert "not verified" in in_words(shown("bb.minors", date(2026, 11, 1)), language="en")
    assert "原文未收录" in in_words(shown("sp.17", date(2026, 11, 1)))


def test_an_unknown_id_is_refused_with_the_nearest() -> None:
    answer = show("cpl.240", date(2026, 11, 1))
    assert isinstance(answer, Problems)
    assert answer.keys() == ("unknown_law",)
    assert "cpl.2" in answer.items[0].do.zh
