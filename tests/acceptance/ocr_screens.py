# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Invented screens of phones with what stands on them: order pages, chats, recharge pages, points pages.

Everything is drawn from a seed, so the same pictures come out on every machine with the same font. Nobody's order,
name or number is in them.
"""

import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PIL import Image, ImageDraw, ImageFilter

from recourse.core.calendar import CHINA
from recourse.core.screen import ScreenField
from tests.screens import font

WIDTH, HEIGHT, EDGE = 720, 1280, 36
GREY, BLACK, ORANGE, GREEN = "#8a8a8a", "#161616", "#ff5000", "#07a35a"


@dataclass(frozen=True)
class Drawn:
    """A picture, the lines on it as drawn, and for each field the value that a person would copy off it.

    `others` are further values of a field that stand there too (the list price, the second moment): offering them is
    no fault.
    """

    name: str
    picture: Image.Image
    lines: tuple[str, ...]
    truth: Mapping[ScreenField, str]
    others: Mapping[ScreenField, frozenset[str]]


@dataclass
class _Sheet:
    """A screen while it is drawn."""

    picture: Image.Image
    dice: random.Random
    y: int = 0
    lines: list[str] = field(default_factory=list)
    truth: dict[ScreenField, str] = field(default_factory=dict)
    others: dict[ScreenField, set[str]] = field(default_factory=dict)

    def write(self, x: int, text: str, size: int = 28, fill: str = BLACK) -> int:
        """One line of text at the height where the pen is; how wide it came out."""
        pen, letters = ImageDraw.Draw(self.picture), font(size)
        pen.text((x, self.y), text, font=letters, fill=fill)
        self.lines.append(text)
        return int(pen.textlength(text, font=letters))

    def centre(self, text: str, size: int, fill: str = BLACK) -> None:
        """One line in the middle."""
        wide = int(ImageDraw.Draw(self.picture).textlength(text, font=font(size)))
        self.write((WIDTH - wide) // 2, text, size, fill)
        self.y += size * 2

    def row(self, name: str, value: str) -> None:
        """A name and its value, as one of the three ways in which pages show them."""
        way = self.dice.randrange(3)
        if way == 0:
            self.write(EDGE, f"{name}：{value}", 27)
        else:
            self.write(EDGE, name, 27, GREY)
            wide = int(ImageDraw.Draw(self.picture).textlength(value, font=font(27)))
            self.write(240 if way == 1 else WIDTH - EDGE - wide, value, 27)
        self.y += self.dice.randrange(50, 64)

    def rule(self) -> None:
        """A thin line between two blocks."""
        ImageDraw.Draw(self.picture).line((0, self.y, WIDTH, self.y), fill="#e6e6e6", width=2)
        self.y += 24


def _sheet(dice: random.Random, title: str, colour: str = "#ffffff") -> _Sheet:
    sheet = _Sheet(Image.new("RGB", (WIDTH, HEIGHT), colour), dice)
    sheet.y = 10
    sheet.write(30, f"{dice.randrange(8, 23):02d}:{dice.randrange(60):02d}", 24)
    sheet.y = 62
    sheet.centre(title, 34)
    sheet.y = 150
    return sheet


def _order_no(dice: random.Random) -> str:
    digits = "".join(str(dice.randrange(10)) for _ in range(28))
    return dice.choice(
        [digits[:16], digits[:19], f"KS2026{digits[:10]}", f"LY{digits[:12]}", f"4{digits[1:]}"]
    )


def _sum(dice: random.Random) -> tuple[str, str]:
    """(as shown, as kept)"""
    fen = dice.choice(
        [dice.randrange(100, 9900), dice.randrange(10000, 99900), dice.randrange(100000, 999900)]
    )
    kept = f"{fen // 100}.{fen % 100:02d}"
    grouped = f"{fen // 100:,}.{fen % 100:02d}"
    return dice.choice([(f"￥{kept}", kept), (f"¥{grouped}", kept), (f"{kept}元", kept)])


def _moment(dice: random.Random) -> datetime:
    return datetime(2026, 1, 1, tzinfo=CHINA) + timedelta(seconds=dice.randrange(310 * 86400))


def _shown(dice: random.Random, moment: datetime) -> tuple[str, str]:
    """(as shown, as kept): to the second or to the minute."""
    second, minute = moment, moment.replace(second=0)
    return dice.choice(
        [
            (f"{second:%Y-%m-%d %H:%M:%S}", second.isoformat()),
            (f"{second:%Y/%m/%d %H:%M:%S}", second.isoformat()),
            (f"{minute:%Y-%m-%d %H:%M}", minute.isoformat()),
            (f"{minute.year}年{minute.month}月{minute.day}日 {minute:%H:%M}", minute.isoformat()),
        ]
    )


def _account(dice: random.Random) -> tuple[str, str]:
    """(what stands before it, the id)"""
    number = str(dice.randrange(10**8, 10**10))
    return dice.choice(
        [
            ("充值账号", f"player_{number[:5]}"),
            ("用户ID", number[:9]),
            ("QQ", number[:9]),
            ("微信号", f"wxid_{number[:6]}"),
            ("账号", f"m{number[:8]}"),
        ]
    )


def order_page(dice: random.Random) -> _Sheet:
    """The details of an order in a shop."""
    sheet = _sheet(dice, "订单详情")
    status = dice.choice(["待发货", "待收货", "已发货", "交易成功", "退款中", "已取消", "退款成功"])
    sheet.write(EDGE, status, 40, ORANGE)
    sheet.truth[ScreenField.status] = status
    sheet.y += 90
    sheet.rule()
    sheet.write(EDGE, dice.choice(["桂花乌龙茶礼盒", "夏季纯棉短袖", "桌面小风扇", "手账本套装"]), 30)
    sheet.y += 50
    sheet.write(EDGE, dice.choice(["规格：默认款", "颜色：米白 均码", "净含量250克"]), 24, GREY)
    sheet.write(WIDTH - 90, f"x{dice.randrange(1, 5)}", 24, GREY)
    sheet.y += 60
    sheet.rule()
    listed, kept = _sum(dice)
    sheet.row(dice.choice(["商品总价", "商品金额"]), listed)
    sheet.others[ScreenField.amount] = {kept}
    paid, sheet.truth[ScreenField.amount] = _sum(dice)
    sheet.row(dice.choice(["实付款", "实付", "实际支付", "订单金额"]), paid)
    sheet.rule()
    number = sheet.truth[ScreenField.order_no] = _order_no(dice)
    sheet.row(dice.choice(["订单编号", "订单号", "交易单号"]), number)
    moment = _moment(dice)
    shown, sheet.truth[ScreenField.at] = _shown(dice, moment)
    sheet.row(dice.choice(["下单时间", "创建时间"]), shown)
    shown, kept = _shown(dice, moment + timedelta(seconds=dice.randrange(61, 300)))
    sheet.row("付款时间", shown)
    sheet.others[ScreenField.at] = {kept}
    sheet.y = HEIGHT - 90
    sheet.write(EDGE, "联系客服", 26)
    sheet.write(WIDTH - 180, "申请售后", 26)
    return sheet


def recharge_page(dice: random.Random) -> _Sheet:
    """A top-up of a game or of a telephone, or a card."""
    sheet = _sheet(dice, dice.choice(["充值详情", "充值记录", "卡券订单"]), "#f6f6f6")
    paid, sheet.truth[ScreenField.amount] = _sum(dice)
    sheet.centre(paid, 52)
    status = sheet.truth[ScreenField.status] = dice.choice(
        ["充值中", "充值成功", "充值失败", "待使用", "已失效"]
    )
    sheet.centre(status, 30, GREEN)
    sheet.rule()
    sheet.row("商品", dice.choice(["月卡30天", "点券680", "话费充值", "视频会员季卡"]))
    name, account = _account(dice)
    sheet.row(name, account)
    sheet.truth[ScreenField.account_id] = account
    shown, sheet.truth[ScreenField.at] = _shown(dice, _moment(dice))
    sheet.row(dice.choice(["充值时间", "支付时间", "提交时间"]), shown)
    sheet.truth[ScreenField.order_no] = _order_no(dice)
    sheet.row(dice.choice(["订单号", "商户单号", "流水号"]), sheet.truth[ScreenField.order_no])
    sheet.row("支付方式", dice.choice(["微信支付", "支付宝", "零钱"]))
    sheet.rule()
    sheet.write(EDGE, "如未到账请联系客服处理", 24, GREY)
    return sheet


def points_page(dice: random.Random) -> _Sheet:
    """Something exchanged for points: no sum of money stands there."""
    sheet = _sheet(dice, dice.choice(["积分商城", "兑换详情"]))
    status = sheet.truth[ScreenField.status] = dice.choice(
        ["兑换成功", "待发货", "库存不足", "审核中", "兑换失败"]
    )
    sheet.write(EDGE, status, 38, ORANGE)
    sheet.y += 80
    sheet.write(EDGE, dice.choice(["限量周边抱枕", "音乐会员年卡", "蓝牙耳机", "主题T恤"]), 30)
    sheet.y += 56
    sheet.write(EDGE, f"{dice.randrange(10, 999) * 100}积分", 28, ORANGE)
    sheet.y += 70
    sheet.rule()
    sheet.truth[ScreenField.order_no] = _order_no(dice)
    sheet.row(dice.choice(["订单号", "兑奖编号", "单号"]), sheet.truth[ScreenField.order_no])
    shown, sheet.truth[ScreenField.at] = _shown(dice, _moment(dice))
    sheet.row(dice.choice(["兑换时间", "领取时间", "开奖时间"]), shown)
    account = sheet.truth[ScreenField.account_id] = str(dice.randrange(10**7, 10**9))
    sheet.row(dice.choice(["用户ID", "UID"]), account)
    sheet.row("剩余积分", str(dice.randrange(1, 99999)))
    sheet.rule()
    sheet.write(EDGE, "积分一经兑换不予退回", 24, GREY)
    return sheet


_LETTERS = 15  # half-width signs count as half of one


def _broken(text: str) -> list[str]:
    """A bubble's lines: a word of letters and digits is not broken while it fits on a line of its own."""
    lines, wide = [""], 0.0
    for word in _words(text):
        width = sum(0.55 if sign.isascii() else 1 for sign in word)
        if wide + width > _LETTERS and lines[-1]:
            lines.append("")
            wide = 0
        lines[-1] += word
        wide += width
    return lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    for sign in text:
        if words and _holds_on(sign) and _holds_on(words[-1][-1]):
            words[-1] += sign
        else:
            words.append(sign)
    return words


def _holds_on(sign: str) -> bool:
    """Whether a line is not broken beside it: letters, digits, and the sign before a sum (UAX 14, classes AL, NU, PR)."""
    return (sign.isascii() and sign != " ") or sign in "￥¥"


def chat(dice: random.Random) -> _Sheet:
    """A talk with a shop's service in which somebody names number, sum, day and state."""
    sheet = _sheet(dice, "山间小铺客服", "#ededed")
    moment = _moment(dice)
    shown, sheet.truth[ScreenField.at] = _shown(dice, moment)
    sheet.centre(shown, 23, GREY)
    number, status = _order_no(dice), dice.choice(["待发货", "充值中", "退款中", "处理中"])
    paid, kept = _sum(dice)
    sheet.truth |= {ScreenField.order_no: number, ScreenField.amount: kept, ScreenField.status: status}
    said = [
        (True, dice.choice(["你好，我买的东西三天了还没到", "在吗，想问一下我的订单"])),
        (False, "您好，请提供一下订单号"),
        (True, dice.choice([f"订单号：{number}", f"订单号 {number}，麻烦看一下"])),
        (True, dice.choice([f"我付了{paid}，页面一直是{status}", f"一直显示{status}，一共付了{paid}"])),
        (False, "收到，正在为您核实，请耐心等待"),
    ]
    if dice.random() < 0.5:
        account = sheet.truth[ScreenField.account_id] = f"wxid_{dice.randrange(10**5, 10**7)}"
        said.append((True, f"微信号：{account}"))
    pen = ImageDraw.Draw(sheet.picture)
    for mine, text in said:
        lines = _broken(text)
        wide = max(int(pen.textlength(line, font=font(29))) for line in lines) + 36
        left, tall = (WIDTH - 96 - wide if mine else 96), len(lines) * 42 + 30
        face = WIDTH - 80 if mine else 16
        pen.rounded_rectangle((face, sheet.y, face + 64, sheet.y + 64), 8, "#7a9cc6")
        pen.rounded_rectangle(
            (left, sheet.y, left + wide, sheet.y + tall), 12, "#95ec69" if mine else "#ffffff"
        )
        sheet.y += 12
        for line in lines:
            sheet.write(left + 18, line, 29)
            sheet.y += 42
        sheet.y += 18 + dice.randrange(24, 40)
    return sheet


KINDS: Mapping[str, Callable[[random.Random], _Sheet]] = {
    "order page": order_page,
    "recharge page": recharge_page,
    "points page": points_page,
    "chat": chat,
}


def drawn(each: int, *, seed: int = 2026) -> tuple[Drawn, ...]:
    """So many screens of each kind, always the same ones."""
    found = []
    for kind, draw in KINDS.items():
        for index in range(each):
            sheet = draw(random.Random(f"{seed} {kind} {index}"))
            others = {name: frozenset(values) for name, values in sheet.others.items()}
            found.append(Drawn(f"{kind} {index + 1}", sheet.picture, tuple(sheet.lines), sheet.truth, others))
    return tuple(found)


def _shrunk(picture: Image.Image) -> Image.Image:
    size = (picture.width * 7 // 10, picture.height * 7 // 10)
    return picture.resize(size, Image.Resampling.BILINEAR)


def _turned(picture: Image.Image) -> Image.Image:
    return picture.rotate(1.2, Image.Resampling.BICUBIC, expand=True, fillcolor="#303030")


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(1.2))


def _all(picture: Image.Image) -> Image.Image:
    return _blurred(_turned(_shrunk(picture)))


# What happens to a screenshot on its way: (how, JPEG quality; None keeps every pixel).
WAYS: Mapping[str, tuple[Callable[[Image.Image], Image.Image], int | None]] = {
    "as drawn": (lambda picture: picture, None),
    "shrunk to 0.7": (_shrunk, None),
    "turned by 1.2°": (_turned, None),
    "blurred (1.2 px)": (_blurred, None),
    "JPEG of quality 40": (lambda picture: picture, 40),
    "all four together": (_all, 40),
}


def saved(picture: Image.Image, way: str) -> tuple[bytes, str]:
    """(the file, its media type) of a picture after it went that way."""
    change, quality = WAYS[way]
    kept = io.BytesIO()
    if quality is None:
        change(picture).save(kept, "PNG")
        return kept.getvalue(), "image/png"
    change(picture).save(kept, "JPEG", quality=quality)
    return kept.getvalue(), "image/jpeg"
