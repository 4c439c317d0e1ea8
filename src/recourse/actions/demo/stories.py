# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which demonstration stories are there, and into whose seat does one step to see each? For demo mode alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from recourse.actions.demo.script import load_script
from recourse.core.address import Address
from recourse.core.complaint import Complaint, parse_complaint
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.store import people
from recourse.store.models import CaseRow


@dataclass(frozen=True, slots=True)
class DemoStory:
    """A story of the demonstration, and its complainant. `number` and `person` are empty when it was erased."""

    key: str
    platform: str
    about: Text
    number: str
    person: str


def demo_stories(world: World) -> Sequence[DemoStory]:
    """The stories in the order of the script."""
    script = load_script(world.clock.now())
    if isinstance(script, Problems):
        return ()
    found = []
    for story in script.stories:
        complaint = parse_complaint(script.complaints[story.key])
        assert isinstance(complaint, Complaint), story.key
        row = (
            CaseRow.objects.filter(operator=story.house, title=complaint.record_title)
            .order_by("filed_at")
            .first()
        )
        address = complaint.contact
        person = people.proven_person(address) if isinstance(address, Address) else None
        seen = row is not None and person is not None
        found.append(
            DemoStory(
                story.key, complaint.platform, story.about, row.number if row and seen else "", person or ""
            )
        )
    return found
