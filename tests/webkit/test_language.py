# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which language a person reads."""

import pytest

from recourse.webkit.language import choose


@pytest.mark.parametrize(
    "asked, cookie, accepted, chosen",
    [
        ("", "", "", "zh"),
        ("", "", "en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("", "", "fr,de;q=0.8", "zh"),
        ("", "", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en", "zh-CN", "en"),
        ("zh", "en", "en", "zh"),
        ("<script>", "xx", "en", "en"),
    ],
)
def test_asked_then_remembered_then_accepted_then_chinese(asked, cookie, accepted, chosen):
    assert choose(asked=asked, cookie=cookie, accepted=accepted) == chosen


def test_the_choice_is_remembered(client, db):
    assert client.get("/styleguide?lang=en").headers["Content-Language"] == "en"
    answer = client.get("/styleguide", headers={"accept-language": "zh-CN"})
    assert answer.headers["Content-Language"] == "en"
    assert "Accept-Language" in answer.headers["Vary"]
