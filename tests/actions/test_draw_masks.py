# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the other side can fetch of a picture and of a text, before its owner has chosen and after."""

import io
import zipfile
from dataclasses import dataclass, replace

from PIL import Image

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.confirm_reading import confirm_reading
from recourse.actions.draw_masks import draw_masks
from recourse.actions.inspect_exhibit import inspect_exhibit
from recourse.actions.mask_exhibit import mask_exhibit
from recourse.actions.post_message import post_message
from recourse.actions.show_words import show_words
from recourse.actions.story import perform
from recourse.core.actor import Actor
from recourse.core.inspection import Form
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.region import Page
from recourse.core.screen import Line, Region, ScreenField
from recourse.core.vocabulary import EvidenceKind
from recourse.gateways.inspector import CagedInspector
from recourse.queries.case_file import case_file
from recourse.queries.dossier import dossier
from recourse.queries.exhibit_file import exhibit_picture
from recourse.queries.exhibit_sight import exhibit_sight
from recourse.store.models import MaskedRow
from tests.store.house import OPERATOR, House

PHONE = "13912345678"
RED = (230, 20, 20)


@dataclass
class FakeReader:
    """Reads a phone in the lower half of every picture; `blind` reads nothing at all."""

    blind: bool = False

    def read(self, data: bytes, *, page: int) -> Page | None:
        """One line, in pixels of a picture of 400 by 400."""
        line = Line(f"电话 {PHONE}", 0, 200, 400, 100)
        return (
            None
            if self.blind
            else Page(page, 400, 400, (line, Line("订单编号：KS20261122001", 0, 0, 400, 50)))
        )


def screen() -> bytes:
    """White, and red where the number stands."""
    picture = Image.new("RGB", (400, 400), "white")
    picture.paste(RED, (110, 200, 400, 300))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def handed_in(house: House, *, blind: bool = False) -> tuple[World, str]:
    number = house.served()
    kind = EvidenceKind.photo
    house.do(
        add_exhibit(
            house.world,
            actor=house.complainant(number),
            number=number,
            kind=kind,
            chunks=[screen()],
            name="a.png",
        )
    )
    world = replace(house.world, inspector=CagedInspector(), reader=FakeReader(blind))
    assert perform(inspect_exhibit(world, number=number, operator=OPERATOR, no=1))
    return world, number


def colours(world: World, actor: Actor, number: str, form: Form) -> set[str] | None:
    found = exhibit_picture(world, actor=actor, number=number, no=1, form=form, page=0)
    return named(b"".join(found.chunks)) if found is not None else None


def named(data: bytes) -> set[str]:
    """Whether there is red and black in a picture."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    dots = [picture.getpixel((x, y)) for x in range(0, picture.width, 3) for y in range(0, picture.height, 3)]
    kinds = set()
    for dot in dots:
        assert isinstance(dot, tuple)
        red, green, blue = dot
        kinds |= {"red"} if red - max(green, blue) > 60 else set()
        kinds |= {"black"} if max(dot) < 20 else set()
    return kinds


def test_what_is_proposed_is_black_in_every_form_that_the_other_side_can_fetch(house: House) -> None:
    world, number = handed_in(house)
    for form in (Form.copy, Form.thumbnail):
        assert colours(world, house.respondent(), number, form) == {"black"}, form
        assert colours(world, house.complainant(number), number, form) == {"red"}, form
    made = dossier(world, actor=house.respondent(), number=number, public_url="https://a.example")
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(b"".join(bytes(piece) for piece in made.parts[0].pieces()))) as bag:
        pictures = [bag.read(name) for name in bag.namelist() if name.endswith(".jpg")]
    assert [named(data) for data in pictures] == [{"black"}]


def test_the_owner_chooses_and_nothing_is_seen_until_it_is_drawn(house: House) -> None:
    world, number = handed_in(house)
    owner, other = house.complainant(number), house.respondent()
    for regions, seen in (((), {"red"}), ((Region(0, 0, 0, 1000, 1000),), {"black"})):
        told = perform(mask_exhibit(world, actor=owner, number=number, no=1, regions=regions))
        assert isinstance(told, Receipt)
        assert colours(world, other, number, Form.copy) is None
        assert perform(draw_masks(world, number=number, operator=OPERATOR, no=1))
        assert colours(world, other, number, Form.copy) == seen
        assert colours(world, owner, number, Form.copy) == {"red"}
    assert MaskedRow.objects.count() == 2
    assert isinstance(perform(mask_exhibit(world, actor=other, number=number, no=1, regions=())), Problems)


def test_a_picture_that_nobody_could_read_waits_for_its_owner(house: House) -> None:
    world, number = handed_in(house, blind=True)
    assert colours(world, house.respondent(), number, Form.copy) is None
    perform(mask_exhibit(world, actor=house.complainant(number), number=number, no=1, regions=()))
    perform(draw_masks(world, number=number, operator=OPERATOR, no=1))
    assert colours(world, house.respondent(), number, Form.copy) == {"red"}


def test_a_number_in_a_message_is_masked_in_page_and_dossier_until_it_is_shown(house: House) -> None:
    number = house.served()
    world, owner, other = house.world, house.complainant(number), house.respondent()
    perform(post_message(world, actor=owner, number=number, text=f"请打{PHONE}"))

    def read() -> tuple[bool, bool]:
        file = case_file(world, actor=other, number=number)
        made = dossier(world, actor=other, number=number, public_url="https://a.example")
        assert file is not None and made is not None
        with zipfile.ZipFile(io.BytesIO(b"".join(bytes(piece) for piece in made.parts[0].pieces()))) as bag:
            told = any(PHONE.encode() in bag.read(name) for name in bag.namelist())
        return PHONE in file.case.messages[0].text, told

    assert read() == (False, False)
    mine = case_file(world, actor=owner, number=number)
    assert mine is not None and mine.masked_words == (("message:0", "请打***********", False),)
    assert PHONE in mine.case.messages[0].text
    assert isinstance(
        perform(show_words(world, actor=other, number=number, where="message:0", shown=True)), Problems
    )
    perform(show_words(world, actor=owner, number=number, where="message:0", shown=True))
    assert read() == (True, True)


def test_what_is_confirmed_is_its_sides_alone(house: House) -> None:
    world, number = handed_in(house)
    owner, other = house.complainant(number), house.respondent()
    values = {ScreenField.order_no: "KS20261122001", ScreenField.amount: "129.00", ScreenField.status: ""}
    assert isinstance(
        perform(confirm_reading(world, actor=owner, number=number, no=1, values=values)), Receipt
    )
    mine, theirs = (exhibit_sight(actor=actor, number=number, no=1) for actor in (owner, other))
    assert mine is not None and theirs is not None and mine.seen is not None and theirs.seen is not None
    assert dict(mine.exhibit.reading) == {"order_no": "KS20261122001", "amount": "129.00"}
    assert theirs.exhibit.reading == {} and theirs.seen.pages == () and mine.seen.pages
    wrong = {ScreenField.amount: "一百", ScreenField.at: "昨天"}
    refused = perform(confirm_reading(world, actor=owner, number=number, no=1, values=wrong))
    assert isinstance(refused, Problems) and refused.keys() == ("reading_wrong", "reading_wrong")
