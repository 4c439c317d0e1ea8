# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The dossier of a case: what each seat finds in it, that it verifies, and that page one suffices."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.answer_claim import answer_claim
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.confirm_reading import confirm_reading
from recourse.actions.erase_case import erase_case
from recourse.actions.hold_case import hold_case
from recourse.actions.inspect_case import inspect_case
from recourse.actions.open_filing import open_filing
from recourse.actions.set_capture import set_capture
from recourse.actions.state_evidence import state_evidence
from recourse.actions.story import perform
from recourse.actions.withdraw_exhibit import withdraw_exhibit
from recourse.core.actor import Actor, Role
from recourse.core.dossier import packing
from recourse.core.dossier.words import UNPROVEN
from recourse.core.inspection import Form, Inspection, Picture, Verdict
from recourse.core.screen import ScreenField
from recourse.core.vocabulary import AnswerKind, EvidenceKind, EvidenceState, Party
from recourse.queries.dossier import dossier, paper, picture_of
from tests.desk.desk_people import SECRETS, adjudicated_case, decide, told_case
from tests.dossiers.read_zip import URL, files, made, pages, verified
from tests.portal.person import PNG
from tests.previews import jpeg, look_at
from tests.store.house import OPERATOR, House

MERCHANT_FILE = "金丝雀商家文件.png"


@pytest.fixture
def number(house: House) -> str:
    """A served case with secrets of both sides, their exhibits looked at."""
    number = told_case(house)
    theirs = {"kind": EvidenceKind.photo, "chunks": [PNG + b" "], "name": MERCHANT_FILE, "note": "发货前拍的"}
    house.do(add_exhibit(house.world, actor=house.respondent(), number=number, **theirs))
    for no in (1, 2):
        look_at(house, number, no)
    return number


def seats(house: House, number: str) -> dict[str, Actor]:
    return {
        "complainant": house.complainant(number),
        "respondent": house.respondent(),
        **{role.value: house.staff(role) for role in (Role.agent, Role.neutral, Role.owner, Role.auditor)},
    }


def test_every_seat_s_dossier_verifies(house: House, number: str) -> None:
    for seat, actor in seats(house, number).items():
        verdict = verified(made(house, actor, number))
        assert verdict.ok, (seat, verdict.faults)
        assert {"sealed", "chain", "commitment", "rulebook", "exhibit"} <= {
            item.code for item in verdict.proven
        }, seat


def page_picture(house: House, actor: Actor, number: str, *, page: int) -> bytes | None:
    found = paper(house.world, actor=actor, number=number, public_url=URL)
    return picture_of(found, page) if found is not None else None


def test_who_may_not_see_the_case_gets_no_dossier(house: House, number: str) -> None:
    from dataclasses import replace

    others = [
        Actor("somebody", Role.complainant, OPERATOR, house.respondent().via),
        replace(house.staff(), operator="elsewhere"),
        replace(house.respondent(), id="nobody"),
    ]
    for actor in others:
        assert dossier(house.world, actor=actor, number=number, public_url=URL) is None
        assert paper(house.world, actor=actor, number=number, public_url=URL) is None
        assert page_picture(house, actor, number, page=1) is None


def exhibits(data: bytes) -> list[tuple[int, str]]:
    return [(row["no"], row["form"]) for row in json.loads(files(data)["data/exhibits.json"])]


def test_originals_are_for_their_owner_and_copies_for_the_other_side(house: House, number: str) -> None:
    found = {seat: exhibits(made(house, actor, number)) for seat, actor in seats(house, number).items()}
    assert found["complainant"] == [(1, "original"), (2, "copy")]
    assert found["respondent"] == [(1, "copy"), (2, "original")]
    assert found["owner"] == found["auditor"] == [(1, "original"), (2, "original")]
    zipped = files(made(house, house.respondent(), number))
    assert zipped["data/exhibits/001-copy.jpg"] == jpeg() and PNG not in zipped.values()


def test_without_a_copy_the_other_side_s_exhibit_is_withheld(house: House) -> None:
    number = told_case(house)
    data = made(house, house.respondent(), number)
    assert exhibits(data) == [(1, "withheld")] and verified(data).ok
    assert "副本还没有做出来" in "".join(pages(data))
    assert not [path for path in files(data) if path.startswith("data/exhibits/")]


def test_the_other_side_gets_pages_of_a_document_and_not_the_document(house: House) -> None:
    number = told_case(house)
    drawn = tuple(Picture(Form.page, page, 30, 40, "image/jpeg", jpeg(30, 40)) for page in (1, 2))
    look_at(house, number, 1, Inspection(Verdict.ok, pictures=drawn))
    data = made(house, house.respondent(), number)
    assert exhibits(data) == [(1, "withheld"), (1, "page"), (1, "page")] and verified(data).ok
    assert "证1（2/2）" in "".join(pages(data))


def test_what_was_taken_back_is_withheld_from_the_other_side(house: House, number: str) -> None:
    house.do(withdraw_exhibit(house.world, actor=house.complainant(number), number=number, no=1))
    assert exhibits(made(house, house.respondent(), number)) == [(1, "withheld"), (2, "original")]
    assert exhibits(made(house, house.complainant(number), number)) == [(1, "original"), (2, "copy")]


def found_in(data: bytes, words: list[str]) -> list[str]:
    """Which words stand anywhere: in a byte of a file, or on a page of the PDF, whose streams are packed."""
    whole = b"\n".join(files(data).values())
    said = "".join(pages(data))
    return [
        word
        for word in words
        if word.encode() in whole or word in said or json.dumps(word)[1:-1].encode() in whole
    ]


def test_no_secret_of_one_side_is_in_the_other_side_s_file(house: House, number: str) -> None:
    of_complainant = [
        SECRETS[name] for name in ("name", "contact", "log", "agent_no", "note", "file", "channel")
    ]
    assert found_in(made(house, house.respondent(), number), of_complainant) == []
    mine = made(house, house.complainant(number), number)
    assert found_in(mine, [SECRETS["note"], MERCHANT_FILE]) == []
    assert found_in(mine, of_complainant) == [word for word in of_complainant if word != SECRETS["note"]]
    assert found_in(made(house, house.respondent(), number), [MERCHANT_FILE]) == [MERCHANT_FILE]
    auditor = made(house, house.staff(Role.auditor), number)
    assert found_in(auditor, [SECRETS["name"], SECRETS["contact"], SECRETS["note"]]) == []
    assert found_in(made(house, house.staff(), number), [SECRETS["note"], MERCHANT_FILE]) == [
        SECRETS["note"],
        MERCHANT_FILE,
    ]


def told(data: bytes, *types: str) -> list[Any]:
    """What a file tells of the events of these types: public bodies, and the private fields that it opens."""
    zipped = files(data)
    links = [json.loads(line) for line in zipped["data/events.jsonl"].splitlines()]
    opened = [json.loads(line) for line in zipped["data/private.jsonl"].splitlines()]
    private = {row["version"]: {n: item["value"] for n, item in row["fields"].items()} for row in opened}
    return [link["body"] | private.get(link["version"], {}) for link in links if link["type"] in types]


def test_the_public_part_says_nothing_that_the_pages_keep_from_a_side(house: House, number: str) -> None:
    me, agent = house.complainant(number), house.staff(Role.agent)
    house.do(
        state_evidence(
            house.world, actor=me, states={EvidenceKind.chat_export: EvidenceState.have_not}, number=number
        )
    )
    due = house.clock.now() + timedelta(days=1)
    house.do(
        set_capture(
            house.world, actor=me, kind=EvidenceKind.failure_screen, due_at=due, text="再拍", number=number
        )
    )
    house.do(
        open_filing(house.world, actor=me, channel="s3.ch.app", filed_at=house.clock.now(), number=number)
    )
    kind = EvidenceKind.logistics_track
    house.do(
        ask_for_evidence(
            house.world, actor=agent, of=Party.complainant, kind=kind, text="补物流", number=number
        )
    )
    house.do(hold_case(house.world, actor=agent, reason="公安机关调取", number=number))
    mine, theirs = made(house, me, number), made(house, house.respondent(), number)

    def names(data: bytes, type: str) -> set[str]:
        return set(told(data, type)[-1])

    assert names(theirs, "EvidenceStated") == names(theirs, "ContactLogged") == set()
    assert names(theirs, "CaptureSet") == names(theirs, "FilingOpened") == {"id"}
    assert names(theirs, "EvidenceAsked") == {"id", "of", "at"}
    assert told(mine, "EvidenceStated")[-1] == {"states": {"chat_export": "have_not"}}
    assert told(mine, "ContactLogged")[0]["result"] == "holding"
    assert told(mine, "FilingOpened")[0]["channel"] == "s3.ch.app"
    assert told(mine, "EvidenceAsked")[0]["kind"] == "logistics_track"
    assert told(mine, "CaptureSet")[-1]["kind"] == "failure_screen"
    for data in (mine, theirs):
        assert verified(data).ok
        assert names(data, "CaseAssessed") == {"route"} and names(data, "CaseHeld") == {"at"}
        assert found_in(data, ["公安机关调取"]) == []
    assert found_in(theirs, ["补物流"]) == [] and found_in(mine, ["补物流"]) == ["补物流"]


def test_asked_twice_it_is_the_same_but_for_the_moment_it_was_made(house: House, number: str) -> None:
    actor = house.complainant(number)
    one, same = (made(house, actor, number) for _ in range(2))
    assert one == same
    house.clock.ahead(hours=3)
    later = files(made(house, actor, number))
    changed = {path for path, data in files(one).items() if later[path] != data}
    # The cover says when; manifest and seal follow from it, and so does how many bytes the payload has in all.
    assert changed <= {
        "data/case.json",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "seal.txt",
        "bag-info.txt",
    }
    assert "data/case.json" in changed


def test_page_one_says_what_a_mediator_asks(house: House) -> None:
    number = told_case(house, answers={"own_use": "yes", "handled_elsewhere": "no"})
    house.do(
        answer_claim(
            house.world, actor=house.respondent(), number=number, kind=AnswerKind.refusal, text="已超过七天。"
        )
    )
    house.do(
        open_filing(
            house.world, actor=house.complainant(number), number=number, channel="s3.ch.samr",
            receipt_no="1440300123", filed_at=house.clock.now(), warned=True,
        )
    )  # fmt: skip
    first = pages(made(house, house.complainant(number), number))[0]
    for words in (
        f"编号{number}", "投诉人（买家）", SECRETS["name"], SECRETS["contact"], "通讯地址系统不收集，请填写：",
        "被投诉人（商家）", "登记名称山间茶业有限公司", "信用代码未知，请填写：", "地址未知，请填写：",
        "请求", "129.00元", "订单编号", "明前龙井250克", "收到是碎末", "此前找过谁、结果怎样", SECRETS["channel"],
        "只说“正在处理”", "投诉通知已发出，没有被退回", "不同意：“已超过七天。”", "是否生活消费是（回答“是买来自己或家人用的吗？”）",
        "是否已找过消协、法院、12315", "编号1440300123", "共1件", "指纹", "https://odr.example.cn/verify",
    ):  # fmt: skip
        assert words in first, words


def test_what_nobody_knows_is_said_with_a_line_to_write_on(house: House, number: str) -> None:
    first = pages(made(house, house.complainant(number), number))[0]
    for words in ("是否生活消费未说明，请勾选：是否", "系统里没有记录，请勾选：没有有，机构和编号："):
        assert words in first, words
    other = pages(made(house, house.respondent(), number))[0]
    assert "欧阳" not in other and "欧**" in other and "由系统保管，本版不显示" in other


def test_page_one_the_last_page_and_the_guide_say_that_two_sets_of_books_are_not_excluded(
    house: House, number: str
) -> None:
    """The sentence of the verifiers, word for word."""
    for lang, sentence in (("zh", UNPROVEN["split"].zh), ("en", UNPROVEN["split"].en)):
        data = made(house, house.complainant(number), number, lang=lang)
        said = re.sub(r"\s", "", sentence)
        assert said in pages(data)[0] and sum(said in page for page in pages(data)) == 2
        assert sentence in files(data)["data/HOW-TO-VERIFY.txt"].decode()


def test_the_whole_says_what_happened_and_on_what_ground(house: House) -> None:
    number = adjudicated_case(house)
    decide(house, number, house.staff(Role.neutral))
    said = "".join(pages(made(house, house.staff(), number)))
    for words in (
        "一、投诉内容", "二、经过", "三、请求和依据", "四、争议焦点表", "五、证据目录", "六、处理结果", "七、怎么核验",
        "《中华人民共和国消费者权益保护法》第二十三条", "已对照", "经办人没有整理过争议焦点", "没有答复",
        "与宣传不一致。", "收到的是碎末。", "能证明什么", "不能证明什么",
    ):  # fmt: skip
        assert words in said, words
    english = "".join(pages(made(house, house.staff(), number, lang="en")))
    for words in (
        "Consumerdisputedossier",
        "2.Whathappened,inorder",
        "4.Pointsindispute",
        "page1of",
        "checkedagainst",
    ):
        assert words in english, words


def test_what_the_owner_confirmed_stands_under_the_picture_for_whom_it_is(house: House, number: str) -> None:
    owner = house.complainant(number)
    short = {ScreenField.order_no: "KS20261122001", ScreenField.status: "待发货"}
    house.do(confirm_reading(house.world, actor=owner, number=number, no=1, values=short))
    said = "图上写的（买家核对过）：订单号KS20261122001，状态待发货"
    told = {seat: "".join(pages(made(house, actor, number))) for seat, actor in seats(house, number).items()}
    assert {seat for seat, text in told.items() if said in text} == set(told) - {"respondent"}
    assert "待发货" not in told["respondent"]
    # However much was typed, a picture and its lines have one page.
    count = len(pages(made(house, owner, number)))
    long = dict.fromkeys(ScreenField, "很长的字" * 20)
    full = {**long, ScreenField.amount: "129.00", ScreenField.at: "2026-11-22"}
    house.do(confirm_reading(house.world, actor=owner, number=number, no=1, values=full))
    assert len(pages(made(house, owner, number))) == count


def test_a_page_can_be_read_without_a_download(house: House, number: str) -> None:
    image = page_picture(house, house.complainant(number), number, page=1)
    assert image is not None and image.startswith(b"\xff\xd8")
    assert page_picture(house, house.complainant(number), number, page=99) is None


def test_an_erased_case_still_gives_a_dossier_that_verifies(house: House, number: str) -> None:
    house.do(erase_case(house.world, actor=house.staff(), number=number))
    data = made(house, house.staff(), number)
    assert verified(data).ok
    assert {form for _no, form in exhibits(data)} == {"withheld"}
    assert found_in(data, list(SECRETS.values())) == []


def test_whoever_cannot_wait_has_the_exhibits_looked_at(house: House) -> None:
    from dataclasses import replace

    from tests.previews import FakeInspector

    number = told_case(house)
    world = replace(house.world, inspector=FakeInspector())
    assert perform(inspect_case(world, actor=house.staff(), number=number)) == 1
    assert perform(inspect_case(world, actor=house.staff(), number=number)) == 0
    assert exhibits(made(house, house.respondent(), number)) == [(1, "copy")]


def test_text_that_was_read_is_on_the_page(house: House) -> None:
    number = told_case(house)
    findings: Any = {"text": "客服：亲，正在处理\n我：都三天了"}
    look_at(house, number, 1, Inspection(Verdict.ok, findings=findings))
    data = made(house, house.respondent(), number)
    assert files(data)["data/exhibits/001-copy.txt"].decode() == findings["text"]
    assert "我：都三天了" in "".join(pages(data))


def test_a_big_one_goes_out_in_parts_that_each_verify(
    house: House, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = files(made(house, house.staff(), number))
    monkeypatch.setattr(packing, "PART_BYTES_MAX", 1)
    found = dossier(house.world, actor=house.staff(), number=number, public_url=URL)
    assert found is not None
    assert [part.name for part in found.parts] == [f"recourse-{number}-{no}of3.zip" for no in (1, 2, 3)]
    again: dict[str, bytes] = {}
    for part in found.parts:
        data = b"".join(part.pieces())
        verdict = verified(data)
        assert verdict.ok and len(data) == part.size, verdict.faults
        assert sum(item.code == "elsewhere" for item in verdict.unproven) == (2 if part.no == 1 else 1)
        assert json.loads(files(data)["data/case.json"])["part"] == part.no
        again |= files(data)
    assert again.keys() == whole.keys()
    for path in whole:
        if path.startswith(("data/exhibits/", "data/dossier", "data/proofs/")) or path == "data/events.jsonl":
            assert again[path] == whole[path], path


def test_many_files_of_one_kind_are_one_line_to_a_reader(house: House) -> None:
    number = told_case(house)
    for n in range(12):
        given = {
            "kind": EvidenceKind.chat_export,
            "chunks": [PNG + bytes([n])],
            "name": f"{n}.png",
            "note": "",
        }
        house.do(add_exhibit(house.world, actor=house.complainant(number), number=number, **given))
    said = pages(made(house, house.complainant(number), number))
    assert "共13件：" in said[0] and "聊天记录12件（证2至13）" in said[0]
    whole = "".join(said)
    assert "提交证2至13：" in whole and "共12件" in whole and "提交证据3：" not in whole
    english = pages(made(house, house.complainant(number), number, lang="en"))
    assert "13inall:" in english[0] and "(2–13)" in english[0]
