# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the respondent sees and does: the list, each answer, steps, appeal, bad input; and what it never sees."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.make_offer import make_offer
from recourse.actions.withdraw_exhibit import withdraw_exhibit
from recourse.core.actor import Role, system
from recourse.core.case.state import Case
from recourse.core.claim import Term
from recourse.core.screen import Region
from recourse.core.vocabulary import EvidenceKind, Party, RemedyKind
from recourse.queries.exhibit_file import exhibit_file
from tests.desk.desk_people import SECRETS, account, actor_of, adjudicated_case, decide, told_case
from tests.portal.person import PNG
from tests.portal.respondent.merchant import Merchant
from tests.previews import look_at
from tests.store.house import MERCHANT_MAIL, House

MINE: dict[str, Any] = {"kind": EvidenceKind.photo, "chunks": [PNG], "name": "发货.png"}
PAGES = ("exhibit/2", "exhibit/2/view", "exhibit/2/copy/0", "dossier", "receipt", "receipt.txt")


@pytest.fixture
def merchant(house: House) -> Merchant:
    """A merchant that is in."""
    house.served()
    made = Merchant(house)
    made.enter(MERCHANT_MAIL.value)
    return made


def case_of(house: House, number: str) -> Any:
    """The case as the engine sees it."""
    opened = house.world.cases.open(house.staff(), number)
    assert opened is not None
    return opened.case


def test_the_respondent_never_sees_what_is_not_for_it(house: House, merchant: Merchant) -> None:
    number = told_case(house)
    assert case_of(house, number).complainant.contact == SECRETS["contact"]
    seen = [merchant.page(number), merchant.client.get("/r/cases").content.decode()]
    seen.append(merchant.client.get("/r/cases?show=mine").content.decode())
    refused = merchant.do(number, "refuse", text="")
    assert refused.status_code == 422
    seen.append(refused.content.decode())
    file = merchant.client.get(f"/r/c/{number}/exhibit/1")
    seen.append(str(file.headers))
    for name, secret in SECRETS.items():
        assert not any(secret in page for page in seen), name
    assert "欧**" in seen[0] and "茶叶是碎末" in seen[0]


def test_own_evidence_is_downloaded_and_the_other_side_s_original_is_not(
    house: House, merchant: Merchant
) -> None:
    number = told_case(house)
    house.do(add_exhibit(house.world, actor=house.respondent(), number=number, **MINE))
    file = merchant.client.get(f"/r/c/{number}/exhibit/2")
    assert file.content == PNG
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["X-Content-Type-Options"] == "nosniff" and "sandbox" in file["Content-Security-Policy"]
    assert merchant.client.get(f"/r/c/{number}/exhibit/1").status_code == 404
    assert merchant.client.get(f"/r/c/{number}/exhibit/3").status_code == 404
    assert Client().get(f"/r/c/{number}/exhibit/2").status_code == 302


def test_what_the_other_side_took_out_cannot_be_looked_at(house: House, merchant: Merchant) -> None:
    number = told_case(house)
    assert merchant.client.get(f"/r/c/{number}/exhibit/1/view").status_code == 200
    house.do(withdraw_exhibit(house.world, actor=house.complainant(number), number=number, no=1))
    assert merchant.client.get(f"/r/c/{number}/exhibit/1/view").status_code == 404
    own = exhibit_file(house.world, actor=house.complainant(number), number=number, no=1)
    assert own is not None and b"".join(own.chunks) == PNG
    assert exhibit_file(house.world, actor=house.staff(), number=number, no=1) is not None


def test_foreign_unserved_and_absent_cases_answer_alike(house: House, merchant: Merchant) -> None:
    unserved = house.file()
    for number in (unserved, "0000-0000-0000", "x"):
        assert merchant.client.get(f"/r/c/{number}").status_code == 404
        assert merchant.do(number, "refuse", text="理由").status_code == 404
        for page in PAGES:
            assert merchant.client.get(f"/r/c/{number}/{page}").status_code == 404, page
    assert merchant.do(house.served(), "nothing").status_code == 404


def test_of_several_seats_the_one_that_sees_the_case_opens_its_pages(
    house: House, merchant: Merchant
) -> None:
    number = told_case(house)
    house.do(add_exhibit(house.world, actor=house.respondent(), number=number, **MINE))
    look_at(house, number, 2)
    session = merchant.client.session
    (own,) = session["respondent"]["seats"]
    session["respondent"] = {"seats": [own | {"id": "nobody"}, own | {"operator": "elsewhere"}, own]}
    session.save()
    for page in PAGES:
        assert merchant.client.get(f"/r/c/{number}/{page}").status_code == 200, page
    session["respondent"] = {"seats": [own | {"id": "nobody"}]}
    session.save()
    for page in PAGES:
        assert merchant.client.get(f"/r/c/{number}/{page}").status_code == 404, page


def test_the_list_puts_the_most_urgent_first_and_says_what_silence_does(
    house: House, merchant: Merchant
) -> None:
    first = house.served(record={"id": "KSA1", "amount": "200.00", "title": "先来的"})
    house.clock.ahead(hours=5)
    second = house.served(record={"id": "KSA2", "amount": "200.00", "title": "后来的"})
    page = merchant.client.get("/r/cases").content.decode()
    assert page.index(first) < page.index(second)
    assert "到期没有动静，自动转平台审核。" in page and "退款129.00元" in page


def test_the_list_costs_the_same_however_long_it_is(
    house: House, merchant: Merchant, django_assert_max_num_queries: Any
) -> None:
    merchant.client.get("/r/cases")
    for _ in range(8):
        house.served()
    with django_assert_max_num_queries(12):
        merchant.client.get("/r/cases")


@pytest.mark.parametrize(
    ("deed", "fields", "said"),
    [
        ("agree", {"text": ""}, "已记下：你同意对方的请求。"),
        ("refuse", {"text": "有检测报告"}, "已记下你的理由"),
        ("holding", {"text": "正在处理"}, "这不算答复，时间照算"),
        ("offer", {"term": "refund", "amount-refund": "60"}, "方案已发给对方"),
        ("message", {"text": "你好"}, "已发出"),
    ],
)
def test_each_answer_is_recorded(
    house: House, merchant: Merchant, deed: str, fields: dict[str, str], said: str
) -> None:
    number = house.served()
    assert said in merchant.do(number, deed, **fields).content.decode()


def test_a_holding_reply_stops_no_clock(house: House, merchant: Merchant) -> None:
    number = house.served()
    before = [(d.id, d.due_at, d.state) for d in case_of(house, number).deadlines]
    merchant.do(number, "holding", text="正在处理")
    after = [(d.id, d.due_at, d.state) for d in case_of(house, number).deadlines]
    assert before == after
    assert "不算答复" in merchant.page(number)


def test_a_double_tap_has_one_effect(house: House, merchant: Merchant) -> None:
    number = house.served()
    for _ in range(2):
        merchant.do(number, "message", text="只说一次")
    assert [m.text for m in case_of(house, number).messages] == ["只说一次"]


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("refuse", {"text": " "}),
        ("promise", {"text": "补发", "promised_at": "yesterday"}),
        ("promise", {"text": "补发", "promised_at": "2020-01-01"}),
        ("promise", {"text": "补发", "promised_at": "9999-99-99"}),
        ("offer", {"text": "没有内容"}),
        ("offer", {"term": "refund", "amount-refund": "一百", "text": "看不懂"}),
        ("offer", {"term": "refund", "amount-refund": "999999", "text": "太多"}),
        ("offer", {"term": "gold", "text": "没有这种"}),
        ("accept-offer", {"offer": "o9"}),
        ("appeal", {"reasons": "没有决定"}),
        ("step", {"remedy": "r9", "index": "-1", "note": "x"}),
        ("exhibit", {"kind": "nonsense"}),
        ("answer-request", {"request": "q9", "answer": "没有"}),
        ("withdraw-exhibit", {"no": "1e9"}),
    ],
)
def test_bad_input_is_refused_and_kept(
    house: House, merchant: Merchant, deed: str, fields: dict[str, str]
) -> None:
    number = house.served()
    answer = merchant.do(number, deed, **fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="problems"' in page
    if fields.get("text", "").strip():
        assert fields["text"] in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\x00" * 50, "\ud800", "💥" * 30000, "'; --"])
def test_hostile_words_are_only_words(house: House, merchant: Merchant, text: str) -> None:
    number = house.served()
    given = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = merchant.do(number, "refuse", text=given)
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in merchant.page(number)


def test_selected_cases_get_the_same_answer_and_each_its_own_result(house: House, merchant: Merchant) -> None:
    numbers = [house.served() for _ in range(2)]
    merchant.do(numbers[1], "agree", text="")
    answer = merchant.client.post(
        "/r/answer",
        {"form_key": "k", "number": [*numbers, "0000-0000-0000"], "kind": "refusal", "text": "理由"},
    ).content.decode()
    assert "1件已答复，2件没成" in answer
    assert case_of(house, numbers[0]).replies[-1].text == "理由"


def test_an_empty_selection_says_so_and_keeps_the_words(house: House, merchant: Merchant) -> None:
    answer = merchant.client.post("/r/answer", {"kind": "promise", "text": "要保留的话", "promised_at": "x"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "请先勾选" in page and "要保留的话" in page


def test_the_other_sides_offer_is_accepted_and_performed_step_by_step(
    house: House, merchant: Merchant
) -> None:
    number = house.served()
    term = (Term(RemedyKind.refund, 10000),)
    house.do(
        make_offer(house.world, actor=house.complainant(number), number=number, terms=term, text="一百就行")
    )
    offer = case_of(house, number).open_offer.id
    assert "一百就行" in merchant.page(number)
    merchant.do(number, "accept-offer", offer=offer)
    proof = SimpleUploadedFile("退款.png", PNG, "image/png")
    for index, step in enumerate(case_of(house, number).remedies[0].steps):
        if step.who.value == "respondent":
            done = merchant.do(number, "step", remedy="r1", index=str(index), note="流水号123", file=proof)
            assert "已记下这一步" in done.content.decode()
            break
    remedy = case_of(house, number).remedies[0]
    assert any(step.done_at and step.exhibits for step in remedy.steps)


def test_the_merchant_gives_the_other_side_more_time_once(house: House, merchant: Merchant) -> None:
    number = house.served()
    assert 'id="extend"' not in merchant.page(number), "nobody lengthens their own time"
    own = next(d.id for d in case_of(house, number).deadlines if d.act == "answer")
    merchant.do(number, "offer", term="refund", **{"amount-refund": "60"})
    ask = {"of": Party.complainant, "kind": EvidenceKind.photo, "text": "茶叶的照片"}
    house.do(ask_for_evidence(house.world, actor=house.staff(), number=number, **ask))
    clocks = {d.act: d for d in case_of(house, number).deadlines if d.state == "running"}
    form = merchant.page(number).split('id="extend"')[1].split("</details>")[0]
    assert all(f'value="{clocks[act].id}"' in form for act in ("respond_offer", "give_evidence"))
    reply = clocks["respond_offer"]
    refused = merchant.do(number, "extend", deadline=own, reason="自己要的")
    assert refused.status_code == 422 and "自己的期限不能自己延长" in refused.content.decode()
    assert "自己要的" in refused.content.decode()
    done = merchant.do(number, "extend", deadline=reply.id, reason="").content.decode()
    assert "已给对方多3天" in done and "再给3天 / 3 more days" in done
    later = next(d for d in case_of(house, number).deadlines if d.id == reply.id)
    assert (later.act_by - reply.act_by).days == 3
    form = merchant.page(number).split('id="extend"')[1].split("</details>")[0]
    assert f'value="{reply.id}"' not in form, "once only"
    merchant.do(number, "extend", deadline=clocks["give_evidence"].id, reason="相机坏了，等修好")
    page = merchant.page(number)
    assert "相机坏了，等修好" in page and 'id="extend"' not in page


def test_a_decision_can_be_appealed_or_accepted(house: House, merchant: Merchant) -> None:
    judge = actor_of(account(Role.neutral))
    appealed, accepted = adjudicated_case(house), adjudicated_case(house)
    for number in (appealed, accepted):
        decide(house, number, judge)
    assert "收到的是碎末。" in merchant.page(appealed)
    assert merchant.do(appealed, "appeal", reasons="").status_code == 422
    assert "换人复核" in merchant.do(appealed, "appeal", reasons="没看检测报告").content.decode()
    assert "你不申诉" in merchant.do(accepted, "accept-decision").content.decode()


def test_a_request_for_evidence_is_answered_with_a_file(house: House, merchant: Merchant) -> None:
    number = house.served()
    asked = {"of": Party.respondent, "kind": EvidenceKind.photo, "text": "发货前的照片"}
    house.do(ask_for_evidence(house.world, actor=house.staff(), number=number, **asked))
    assert "发货前的照片" in merchant.page(number)
    proof = SimpleUploadedFile("发货.png", PNG, "image/png")
    merchant.do(number, "answer-request", request="q1", file=proof)
    assert case_of(house, number).requests[0].exhibits == (1,)


def test_pages_are_kept_by_no_cache_and_need_the_token_of_the_form(house: House, merchant: Merchant) -> None:
    number = house.served()
    assert merchant.client.get(f"/r/c/{number}")["Cache-Control"] == "private, no-store"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/r/c/{number}/do/refuse", {"text": "x"}).status_code == 403
    assert strict.post("/r/", {"given": number}).status_code == 403


def test_english_is_complete(house: House, merchant: Merchant) -> None:
    number = told_case(house)
    page = merchant.client.get(f"/r/c/{number}?lang=en").content.decode()
    assert "It is your move" in page and "Your answer" in page


def _case(house: House, number: str) -> Case:
    opened = house.world.cases.open(system("local"), number)
    assert opened is not None
    return opened.case


def test_the_owner_masks_and_confirms_on_the_page_of_its_exhibit(house: House, merchant: Merchant) -> None:
    number = told_case(house)
    merchant.do(number, "exhibit", kind="photo", file=SimpleUploadedFile("b.png", PNG, "image/png"))
    mine = _case(house, number).exhibits[-1].no
    look_at(house, number, mine)
    page = merchant.client.get(f"/r/c/{number}/exhibit/{mine}/view")
    assert page.status_code == 200
    assert 'id="reading"' in page.content.decode() and 'id="masks"' in page.content.decode()
    box = {"left": "0", "right": "50", "top": "10", "bottom": "20", "page": "0"}
    merchant.do(number, "mask", no=str(mine), how="box", **box)
    merchant.do(number, "reading", no=str(mine), order_no="KS1", amount="12.00")
    exhibit = _case(house, number).exhibits[-1]
    assert exhibit.regions == (Region(0, 0, 100, 500, 200),)
    assert dict(exhibit.reading) == {"order_no": "KS1", "amount": "12.00"}
    merchant.do(number, "mask", no=str(mine), how="show", place="0-0-100-500-200")
    assert _case(house, number).exhibits[-1].regions == ()
    merchant.do(number, "message", text="请打13912345678")
    assert 'id="masked-words"' in merchant.client.get(f"/r/c/{number}").content.decode()
