# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Coming in: codes go to the register alone, all answers look alike, tries are capped, links live and die."""

from django.test import Client

from recourse.store.models import HandOverUse
from tests.desk.desk_people import SECRETS, told_case
from tests.portal.person import run_jobs
from tests.portal.respondent.merchant import Merchant
from tests.store.house import MERCHANT_MAIL, House


def test_a_code_goes_to_the_registered_contact_whichever_way_it_is_asked_for(house: House) -> None:
    number = house.served()
    for given in (number, number.replace("-", ""), MERCHANT_MAIL.value.upper(), f" {number} "):
        page = Merchant(house).enter(given)
        assert house.post.sent[-1]["address"] == MERCHANT_MAIL.value
        assert number in page.content.decode()


def test_no_code_ever_goes_to_a_contact_that_a_party_typed(house: House) -> None:
    number = told_case(house)
    client = Client()
    house.post.sent.clear()
    for given in (
        SECRETS["contact"],
        "13800138000",
        "1234-5678-9012",
        number[:-1],
        "nonsense",
        "'; DROP TABLE--",
        "A\x00B",
        f"{number[:4]}\x00",
    ):
        assert client.post("/r/", {"given": given})["Location"] == "/r/code"
        run_jobs(house)
    assert [item for item in house.post.sent if "code" in item["subject"]] == []


def test_an_unserved_case_sends_no_code(house: House) -> None:
    number = house.file()
    house.post.sent.clear()
    assert Client().post("/r/", {"given": number}).status_code == 302
    run_jobs(house)
    assert house.post.sent == []


def test_known_and_unknown_numbers_answer_alike_even_when_asked_too_often(house: House) -> None:
    number = house.served()

    def answers(given: str) -> list[tuple[int, str]]:
        client = Client()
        found = []
        for _ in range(7):
            answer = client.post("/r/", {"given": given})
            found.append((answer.status_code, answer.headers.get("Location", "")))
        return found

    assert answers(number) == answers("9999-0000-1111")
    assert answers("nobody@example.cn")[-1][0] == 422


def test_five_wrong_codes_are_the_last(house: House) -> None:
    number = house.served()
    merchant = Merchant(house)
    merchant.client.post("/r/", {"given": number})
    run_jobs(house)
    right = merchant.latest_code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert merchant.client.post("/r/code", {"code": wrong}).status_code == 422
    assert merchant.client.post("/r/code", {"code": right}).status_code == 422
    assert merchant.client.get("/r/cases").status_code == 302


def test_entering_gives_the_session_a_new_word_and_going_out_closes_it(house: House) -> None:
    number = house.served()
    merchant = Merchant(house)
    merchant.client.post("/r/", {"given": number})
    before = merchant.client.cookies["session"].value
    run_jobs(house)
    merchant.client.post("/r/code", {"code": merchant.latest_code()})
    assert merchant.client.cookies["session"].value != before
    merchant.client.post("/r/sign-out")
    assert merchant.client.get(f"/r/c/{number}").status_code == 302


def test_the_way_back_leads_nowhere_else(house: House) -> None:
    number = house.served()
    for bad in (
        "https://evil.example",
        "//evil.example",
        "/r/\\\\evil.example",
        "/desk/",
        "javascript:alert(1)",
    ):
        page = Client().get("/r/", {"next": bad}).content.decode()
        assert '<input type="hidden" name="next" value="">' in page
    assert f"/r/c/{number}" in Client().get("/r/", {"next": f"/r/c/{number}"}).content.decode()


def test_a_link_opens_one_case_is_logged_and_dies_when_taken_back(house: House) -> None:
    number, other = house.served(), house.served()
    merchant, colleague = Merchant(house), Client()
    merchant.enter(number)
    made = merchant.client.post(
        "/r/hand-over", {"number": number, "scope": "one", "days": "1"}
    ).content.decode()
    path = "/r/l/" + made.split("/r/l/")[1].split('"')[0]
    assert colleague.get(path).status_code == 200
    assert not HandOverUse.objects.exists(), "looking at a link opens nothing"
    assert colleague.get("/r/cases").status_code == 302
    listed = colleague.post(path, follow=True).content.decode()
    assert number in listed and other not in listed
    assert colleague.get(f"/r/c/{other}").status_code == 404
    assert colleague.get("/r/hand-over").status_code == 404, "who came by a link cannot hand it on"
    colleague.post(f"/r/c/{number}/do/refuse", {"form_key": "1", "text": "有检测报告"})
    assert list(HandOverUse.objects.order_by("id").values_list("what", flat=True)) == [
        "entered",
        f"refuse {number}",
    ]
    case = house.world.cases.open(house.respondent(), number)
    assert case is not None and case.history[-1].actor != house.merchant_contact
    page = merchant.client.get("/r/hand-over").content.decode()
    link = page.split("/r/hand-over/")[1].split("/revoke")[0]
    assert merchant.client.post(f"/r/hand-over/{link}/revoke").status_code == 302
    assert colleague.get(f"/r/c/{number}").status_code == 404
    assert Client().post(path).status_code == 422


def test_nobody_takes_back_the_link_of_another_merchant(house: House) -> None:
    number = house.served()
    merchant = Merchant(house)
    merchant.enter(number)
    for id in ("nothing", "0" * 32):
        assert merchant.client.post(f"/r/hand-over/{id}/revoke").status_code == 404


def test_bad_hand_overs_are_refused(house: House) -> None:
    number = house.served()
    merchant = Merchant(house)
    merchant.enter(number)
    for fields in (
        {"scope": "all-0", "days": "9999"},
        {"scope": "all-7", "days": "3"},
        {"scope": "", "days": "3"},
        {"scope": "one", "number": "0000-0000-0000", "days": "3"},
    ):
        assert merchant.client.post("/r/hand-over", fields).status_code == 422
