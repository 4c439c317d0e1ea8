# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The page that shows a party its own exhibit as the side across sees it, in both languages and from both seats."""

from typing import Any

from django.http import HttpResponse

from recourse.actions.add_exhibit import add_exhibit
from recourse.core.inspection import Inspection, Verdict
from recourse.core.vocabulary import EvidenceKind
from tests.portal.person import PNG, Person
from tests.portal.respondent.merchant import Merchant
from tests.previews import look_at, seen_picture
from tests.store.house import MERCHANT_MAIL, House

SECRET = "13912345678"


def hand_in(house: House, number: str, by: Any, data: bytes, name: str) -> None:
    """One exhibit of this party's."""
    kind = EvidenceKind.photo
    house.do(add_exhibit(house.world, actor=by, number=number, kind=kind, chunks=[data], name=name))


def page(answer: HttpResponse) -> str:
    """The page that was answered."""
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_owner_sees_the_page_of_the_other_side(person: Person) -> None:
    number, house = person.filed(), person.house
    hand_in(house, number, house.complainant(number), PNG, "我家.png")
    view = f"/c/{number}/others/exhibit/1/view"
    assert f'href="{view}"' in page(person.get(f"/c/{number}/exhibit/1/view"))
    waits = page(person.get(view))
    assert "还在准备预览，现在对方看不到它的内容。" in waits and "给你看的副本还没准备好" in waits
    look_at(house, number, 1, seen_picture())
    shown = page(person.get(view))
    assert "对方打开这份材料，看到的就是这一页。" in shown and "看不到" not in shown
    assert f"/c/{number}/others/exhibit/1/copy/0" in shown
    # No name of the owner's, no original, no form, and no picture but those made for the other side.
    assert "我家" not in shown and "下载原件" not in shown and "<form" not in shown.split("<main", 1)[1]
    assert f'src="/c/{number}/exhibit' not in shown
    assert person.get(f"/c/{number}/others/exhibit/1").status_code == 404
    # Nothing is proposed for a picture that nobody read: to take what is proposed would be to mask nothing.
    whole = page(person.get(f"/c/{number}/exhibit/1/view"))
    assert "都不遮" in whole and "按建议遮" not in whole
    assert person.get(f"/c/{number}/others/exhibit/1/copy/0")["Content-Type"] == "image/jpeg"
    english = page(person.get(view, HTTP_ACCEPT_LANGUAGE="en"))
    assert "This page is what the other side sees of this item." in english


def test_a_text_is_shown_as_it_is_masked(person: Person) -> None:
    number, house = person.filed(), person.house
    hand_in(house, number, house.complainant(number), f"电话 {SECRET}".encode(), "聊天.txt")
    look_at(house, number, 1, Inspection(Verdict.ok, findings={"text": f"电话 {SECRET}"}))
    assert SECRET in page(person.get(f"/c/{number}/exhibit/1/view"))
    shown = page(person.get(f"/c/{number}/others/exhibit/1/view"))
    assert SECRET not in shown and "***********" in shown


def test_before_the_notice_nothing_is_seen_and_the_page_says_so(person: Person) -> None:
    number = person.file()
    person.prove(number)
    hand_in(person.house, number, person.house.complainant(number), PNG, "a.png")
    assert "对方收到通知前，什么也看不到" in page(person.get(f"/c/{number}/others/exhibit/1/view"))


def test_a_merchant_sees_its_own_so_and_never_the_complainants(house: House) -> None:
    number, merchant = house.served(), Merchant(house)
    hand_in(house, number, house.respondent(), PNG, "仓库.png")
    hand_in(house, number, house.complainant(number), PNG, "b.png")
    for no in (1, 2):
        look_at(house, number, no, seen_picture())
    merchant.enter(MERCHANT_MAIL.value)
    shown = page(merchant.client.get(f"/r/c/{number}/others/exhibit/1/view"))
    assert f"/r/c/{number}/others/exhibit/1/copy/0" in shown and "仓库" not in shown
    for place in ("", "/view", "/copy/0", "/thumbnail/0"):
        assert merchant.client.get(f"/r/c/{number}/others/exhibit/2{place}").status_code == 404
