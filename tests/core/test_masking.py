# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What is proposed for masking, what is not, and what stays readable of it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.case.hidden_words import masked_text
from recourse.core.masking import MaskKind, find_masks, is_bank_card, is_resident_id, masked


@pytest.mark.parametrize(
    ("line", "kind", "after"),
    [
        ("身份证号：230183190304102954", MaskKind.resident_id, "身份证号：******************"),
        ("我的证件 13097119011107367X 有照片", MaskKind.resident_id, "我的证件 ****************** 有照片"),
        ("身份证 2301831903O410295X", MaskKind.resident_id, "身份证 ******************"),
        ("身份证230183190304102955", MaskKind.resident_id, "身份证******************"),
        ("请退到 6200 0019 9074 6164 0", None, None),
        ("退款到62000001990746164", MaskKind.bank_card, "退款到*****************"),
        ("银行卡：6200 0000 0000 0001", MaskKind.bank_card, "银行卡：*******************"),
        ("订单号 62000001990746164", None, None),
        ("我电话13900000000，随时打", MaskKind.phone, "我电话***********，随时打"),
        ("联系电话：１３９００００００００", MaskKind.phone, "联系电话：***********"),
        ("手机138.1234.5678", MaskKind.phone, "手机*************"),
        ("卡密如下：ABCD1234EFGH5678", MaskKind.card_key, "卡密如下：ABCD********5678"),
        ("座机 010-60000000", MaskKind.phone, "座机 ************"),
        ("客服电话：400-000-0000", None, None),
        ("电话：12315", None, None),
        ("卡密：ABCD-EFGH-1234-5678", MaskKind.card_key, "卡密：ABCD***********5678"),
        ("兑换码 QW12ER", MaskKind.card_key, "兑换码 ******"),
        ("A1B2-C3D4-E5F6 用不了", MaskKind.card_key, "A1B2******E5F6 用不了"),
        ("收货地址：浙江省杭州市西湖区文一路1号2幢301室", MaskKind.address, "收货地址：********************"),
        ("寄到广东省深圳市南山区科技园路8号", MaskKind.address, None),
        ("网址地址：无", None, None),
        ("发到zhang.san@163.com，谢谢", MaskKind.mail, "发到*****************，谢谢"),
        ("邮箱：１２３４５６７８９＠ｑｑ．ｃｏｍ", MaskKind.mail, "邮箱：****************"),
        ("From: 张三 <zs+shop@mail.example.co.uk>", MaskKind.mail, "From: 张三 <**************************>"),
        ("13900000000@139.com", MaskKind.mail, "*******************"),
        ("邮箱 lisi@qq。com 看不清", MaskKind.mail, "邮箱 *********** 看不清"),
        ("lisi(at)example.cn", MaskKind.mail, "******************"),
        ("kefu@qq.com 是店主自己的", MaskKind.mail, "*********** 是店主自己的"),
        ("service.zhang@example.cn", MaskKind.mail, "************************"),
        ("https://example.cn/?to=lisi@example.cn", MaskKind.mail, None),
        ("客服邮箱 service@example.cn", None, None),
        ("no-reply@notice.example.com 的邮件", None, None),
        ("kefu02@example.cn", None, None),
        ("customer.service@example.cn", None, None),
        ("12315@example.gov.cn", None, None),
        ("网页 https://www.example.cn/@zhangsan.lisi 上写的", None, None),
        ("见 https://service.example.cn/order/V2026112200001?from=wx", None, None),
        ("图片 logo@2x.png", None, None),
        ("数量3@5.00元", None, None),
        ("微信号：lisi_2026", MaskKind.messenger, "微信号：*********"),
        ("微信：Abc-1234 加我", MaskKind.messenger, "微信：******** 加我"),
        ("我的微信是zhangsan88", MaskKind.messenger, "我的微信是**********"),
        ("微信ID wxid_8f3k2j1h9d0s22", MaskKind.messenger, "微信ID *******************"),
        ("备注里有wxid_8f3k2j1h9d0s22，是他", MaskKind.messenger, "备注里有*******************，是他"),
        ("加vx：shop_lisi01", MaskKind.messenger, "加vx：***********"),
        ("微信号 123456789", MaskKind.messenger, "微信号 *********"),
        ("QQ：123456789", MaskKind.messenger, "QQ：*********"),
        ("客服微信：kefu_liyun", None, None),
        ("官方微信号：liyun2026", None, None),
        ("公众号：liyun2026", None, None),
        ("微信号：gh_3dfda90e39d6", None, None),
        ("微信支付 交易单号4200002026112212345678901234", None, None),
        ("微信：4200002026112212345678901234", None, None),
        ("微信：12990.00元", None, None),
        ("微信：500000元", None, None),
        ("微信：https://weixin.qq.com/r/abcdefgh", None, None),
        ("微信：weixin.qq.com", None, None),
        ("微信 android 8.0.50", None, None),
        ("小程序appid wx1234567890abcdef", None, None),
        ("QQ会员 12个月", None, None),
        ("QQ群：123456789", None, None),
        ("订单号V2026112200001，卡号见下", None, None),
        ("2026-11-22 14:03:22 付款 129.00元", None, None),
    ],
)
def test_what_is_proposed(line: str, kind: MaskKind | None, after: str | None) -> None:
    found = find_masks(line)
    assert [item.kind for item in found] == ([kind] if kind else [])
    if after:
        assert masked(line, found) == after


def test_every_mailbox_of_a_mail_head_goes_and_the_counter_stays() -> None:
    line = "张三 <zs@example.cn>, 李四 <lisi@qq.com>, service@shop.example.cn"
    assert masked_text(line) == "张三 <*************>, 李四 <***********>, service@shop.example.cn"


def test_several_in_one_line_stand_apart() -> None:
    line = "张三 13900000000 浙江省杭州市西湖区文一路1号，卡密：ABCD-EFGH-1234-5678"
    found = find_masks(line)
    assert {item.kind for item in found} == {MaskKind.phone, MaskKind.address, MaskKind.card_key}
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("230183190304102954", True),
        ("13097119011107367X", True),
        ("62292619011319106X", False),
        ("511603190402303913", False),
        ("000000190307256597", False),
        ("13097119011107367", False),
    ],
)
def test_a_resident_id_counts_by_place_birth_and_check_sign(value: str, valid: bool) -> None:
    assert is_resident_id(value) is valid


@given(st.integers(10**11, 10**18 - 1))
def test_one_check_digit_of_ten_makes_a_bank_card(number: int) -> None:
    assert sum(is_bank_card(f"{number}{digit}") for digit in range(10)) == 1


@given(st.text(max_size=120))
def test_masking_keeps_every_place(line: str) -> None:
    found = find_masks(line)
    after = masked(line, found)
    assert len(after) == len(line)
    covered = {at for item in found for at in range(item.start, item.end)}
    assert all(after[at] == line[at] for at in range(len(line)) if at not in covered)


def test_a_name_on_the_line_above_tells_what_stands_below() -> None:
    assert masked_text("卡密\nABCD1234EFGH5678\n用不了") == "卡密\nABCD********5678\n用不了"
    assert masked_text("我要说的是\nABCD1234EFGH5678") == "我要说的是\nABCD1234EFGH5678"
    assert masked_text("微信号\nlisi_2026") == "微信号\n*********"
    assert masked_text("手机13900000000\n13900000001") == "手机***********\n***********"


@given(st.lists(st.sampled_from(["卡密", "手机", "13900000000", "ABCD1234EFGH", "：", " ", "好", "\n"])))
def test_a_masked_text_keeps_its_length_and_its_lines(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = masked_text(text)
    assert [len(line) for line in found.splitlines()] == [len(line) for line in text.splitlines()]
    assert all(after in (before, "*") for before, after in zip(text, found, strict=True))
