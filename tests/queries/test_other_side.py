# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a party is shown of its own things as the side across sees them: the same, and never more than that side has."""

from collections.abc import Iterator

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.mask_exhibit import mask_exhibit
from recourse.actions.post_message import post_message
from recourse.actions.story import perform
from recourse.core.actor import Actor
from recourse.core.inspection import Form
from recourse.core.port import World
from recourse.core.redaction import seen_across, seen_by
from recourse.core.vocabulary import EvidenceKind
from recourse.queries.case_file import across, case_file
from recourse.queries.exhibit_file import exhibit_file, exhibit_picture
from recourse.queries.exhibit_sight import Sight, sight_of
from tests.actions.test_draw_masks import PHONE, handed_in
from tests.previews import look_at
from tests.store.house import House


def pictures(world: World, actor: Actor, number: str, no: int, *, as_other: bool) -> Iterator[bytes | None]:
    """Every picture of an exhibit as this reader is given it."""
    for form in (Form.copy, Form.thumbnail):
        found = exhibit_picture(
            world, actor=actor, number=number, no=no, form=form, page=0, as_other=as_other
        )
        yield b"".join(found.chunks) if found is not None else None


def sight_across(world: World, actor: Actor, number: str, no: int) -> Sight | None:
    """What the owner's page shows."""
    file = case_file(world, actor=actor, number=number)
    assert file is not None
    return sight_of(across(file, actor).case, actor=actor, no=no, as_other=True)


def test_the_owner_is_shown_what_the_other_side_is_shown(house: House) -> None:
    world, number = handed_in(house)
    owner, other = house.complainant(number), house.respondent()
    theirs = case_file(world, actor=other, number=number)
    assert theirs is not None
    sight = sight_across(world, owner, number, 1)
    assert sight == sight_of(theirs.case, actor=other, no=1)
    assert sight is not None and sight.seen is not None and not sight.original and sight.exhibit.name == ""
    mine = list(pictures(world, owner, number, 1, as_other=True))
    assert mine == list(pictures(world, other, number, 1, as_other=False)) and all(mine)
    assert mine != list(pictures(world, owner, number, 1, as_other=False))
    assert exhibit_file(world, actor=owner, number=number, no=1, as_other=True) is None


def test_what_is_not_drawn_yet_is_withheld_from_both(house: House) -> None:
    world, number = handed_in(house)
    owner = house.complainant(number)
    perform(mask_exhibit(world, actor=owner, number=number, no=1, regions=()))
    sight = sight_across(world, owner, number, 1)
    assert sight is not None and sight.seen is None
    assert list(pictures(world, owner, number, 1, as_other=True)) == [None, None]


def test_nobody_sees_more_by_the_others_eyes(house: House) -> None:
    """The other's exhibits are not in it, its words stay masked, and its file names are no part of it."""
    world, number = handed_in(house)
    owner, other = house.complainant(number), house.respondent()
    kind = EvidenceKind.photo
    house.do(
        add_exhibit(
            world, actor=other, number=number, kind=kind, chunks=[b"GIF89a" + bytes(30)], name="李四.gif"
        )
    )
    look_at(house, number, 2)
    perform(post_message(world, actor=other, number=number, text=f"请打{PHONE}"))
    opened = world.cases.open(house.staff(), number)
    assert opened is not None
    seen = seen_across(opened.case, owner.role)
    assert [item.no for item in seen.exhibits] == [1]
    assert seen.messages == seen_by(opened.case, owner.role).messages and PHONE not in seen.messages[0].text
    assert sight_across(world, owner, number, 2) is None
    assert list(pictures(world, owner, number, 2, as_other=True)) == [None, None]
    assert exhibit_file(world, actor=owner, number=number, no=2, as_other=True) is None
    assert all(pictures(world, other, number, 2, as_other=False))
