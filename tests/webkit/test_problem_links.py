# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Where the links of the list of problems lead."""

import pytest

from recourse.webkit.problem_links import aimed

PAGE = """<section class="problems" role="alert"><ul><li><a href="#id_{field}">写理由</a></li></ul></section>
<form action="/c/1/do/extend"><input id="id_ext_reason" name="reason"></form>
<form action="/c/1/do/suspend"><input type="hidden" name="deadline" value="d1"><input id="id_sus_reason" name="reason">
<input id="id_file" name="file"></form>
<fieldset id="id_terms"></fieldset><a href="#id_nowhere">elsewhere</a>"""


@pytest.mark.parametrize(
    ("field", "action", "target"),
    [
        ("reason", "/c/1/do/suspend", "id_sus_reason"),
        ("reason", "/c/1/do/extend", "id_ext_reason"),
        ("reason", "/elsewhere", "id_ext_reason"),
        ("terms[1].amount", "/c/1/do/suspend", "id_terms"),
        ("file", "/c/1/do/suspend", "id_file"),
        ("deadline", "/c/1/do/suspend", ""),
    ],
)
def test_a_link_leads_to_the_control_of_the_form_that_was_sent(field: str, action: str, target: str) -> None:
    page = aimed(PAGE.replace("{field}", field), action=action)
    words = f'<a href="#{target}">写理由</a>' if target else "写理由"
    assert f"<li>{words}</li>" in page
    assert page.endswith('<a href="#id_nowhere">elsewhere</a>'), "only the list of problems is touched"
