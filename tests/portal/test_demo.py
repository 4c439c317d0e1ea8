# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The page of the demonstration: every story of every platform opens as its complainant sees it."""

import pytest
from django.test import Client

from recourse.actions.demo.stories import demo_stories
from recourse.actions.seed_demo import seed_demo
from recourse.core.problem import Problems
from recourse.webkit.world import world


@pytest.mark.django_db
def test_each_story_opens_by_one_tap() -> None:
    assert not isinstance(seed_demo(world()), Problems)
    stories = demo_stories(world())
    assert len({one.platform for one in stories}) >= 5 and all(one.number and one.person for one in stories)
    page = Client().get("/demo").content.decode()
    for story in stories:
        assert f'value="{story.key}"' in page and story.about.zh in page
        browser = Client()
        assert browser.post("/demo", {"story": story.key})["Location"] == f"/c/{story.number}"
        assert browser.get(f"/c/{story.number}").status_code == 200


@pytest.mark.django_db
def test_what_is_no_story_opens_nothing() -> None:
    for sent in ({}, {"story": "nobody"}, {"story": "\x00"}):
        assert Client().post("/demo", sent).status_code == 404
