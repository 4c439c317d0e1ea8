# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Screenshots of an invented chat, rendered: bubbles with Chinese text, a status bar whose clock runs, an input bar.

One long conversation is drawn once; each screen is a window on it, as a thumb scrolls, saved as phones and messengers
save them: other widths, JPEG of other qualities, the same screen twice.
"""

import io
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, STATUS, TITLE, INPUT = 720, 1480, 56, 96, 120
VISIBLE = HEIGHT - STATUS - TITLE - INPUT
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
WORDS = [
    "你好",
    "我买的茶叶收到了",
    "可是全是碎末",
    "和直播间里说的不一样",
    "请问怎么处理",
    "亲",
    "您好",
    "正在为您核实",
    "请耐心等待",
    "已经三天了还没有回复",
    "订单号我发给你了",
    "麻烦看一下",
    "这边帮您反馈给仓库",
    "可以退货吗",
    "运费谁出",
    "平台规定七天无理由",
    "我要投诉",
    "请不要再敷衍",
    "好的",
    "收到",
    "图片我再发一次",
    "金额是一百二十九元",
    "什么时候能退款",
    "明天给您答复",
    "您先消消气",
    "我们会尽快",
    "截图已经保存",
    "客服工号是多少",
    "零三七",
    "谢谢",
]


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """A font with hanzi; skips, saying so, where the machine has none."""
    for path in FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    pytest.skip("no font with hanzi on this machine: install fonts-noto-cjk or fonts-wqy-microhei")


@dataclass(frozen=True)
class Shot:
    """One saved screenshot: where its window began, and the file."""

    begins: int
    width: int
    data: bytes


@cache
def conversation(seed: int, height: int) -> Image.Image:
    """A long chat, WIDTH points wide."""
    dice, letters = random.Random(seed), font(30)
    sheet = Image.new("RGB", (WIDTH, height), "#ededed")
    pen, y, minute = ImageDraw.Draw(sheet), 20, dice.randrange(600)
    while y < height - 40:
        if dice.random() < 0.18:
            minute += dice.randrange(1, 90)
            pen.text(
                (WIDTH // 2 - 60, y),
                f"{minute // 60 % 24:02d}:{minute % 60:02d}",
                font=font(24),
                fill="#999999",
            )
            y += 48
        mine = dice.random() < 0.5
        lines = _lines(dice)
        wide = max(int(pen.textlength(line, font=letters)) for line in lines) + 36
        tall = len(lines) * 42 + 30
        left = WIDTH - 96 - wide if mine else 96
        pen.rounded_rectangle(
            (16 if not mine else WIDTH - 80, y, 80 if not mine else WIDTH - 16, y + 64), 8, "#7a9cc6"
        )
        pen.rounded_rectangle((left, y, left + wide, y + tall), 12, "#95ec69" if mine else "#ffffff")
        for index, line in enumerate(lines):
            pen.text((left + 18, y + 12 + index * 42), line, font=letters, fill="#111111")
        y += tall + dice.randrange(24, 40)
    return sheet


def _lines(dice: random.Random) -> list[str]:
    text = "，".join(dice.choice(WORDS) for _ in range(dice.randrange(1, 5))) + str(dice.randrange(10, 999))
    return [text[i : i + 14] for i in range(0, len(text), 14)]


def screen(sheet: Image.Image, begins: int, *, clock: str) -> Image.Image:
    """The phone's screen with the window that begins at a point of the chat."""
    whole = Image.new("RGB", (WIDTH, HEIGHT), "#ededed")
    whole.paste(sheet.crop((0, begins, WIDTH, begins + VISIBLE)), (0, STATUS + TITLE))
    pen = ImageDraw.Draw(whole)
    pen.text((30, 10), clock, font=font(28), fill="#000000")
    pen.rectangle((WIDTH - 90, 16, WIDTH - 30, 42), outline="#000000", width=3)
    pen.text((30, STATUS + 26), "‹", font=font(40), fill="#000000")
    pen.text((WIDTH // 2 - 90, STATUS + 26), "山间茶铺客服", font=font(32), fill="#000000")
    pen.line((0, HEIGHT - INPUT, WIDTH, HEIGHT - INPUT), fill="#d0d0d0", width=2)
    pen.rounded_rectangle(
        (90, HEIGHT - INPUT + 24, WIDTH - 170, HEIGHT - 30), 10, "#ffffff", outline="#bbbbbb"
    )
    pen.ellipse((20, HEIGHT - INPUT + 30, 76, HEIGHT - 34), outline="#333333", width=3)
    pen.ellipse((WIDTH - 150, HEIGHT - INPUT + 30, WIDTH - 94, HEIGHT - 34), outline="#333333", width=3)
    pen.text((WIDTH - 70, HEIGHT - INPUT + 30), "＋", font=font(40), fill="#333333")
    return whole


def saved(picture: Image.Image, *, width: int, quality: int | None) -> bytes:
    """As a file: scaled to a width, JPEG of a quality, or PNG."""
    if width != picture.width:
        picture = picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    if quality is None:
        # What PNG keeps is the same at every level; the highest takes longest.
        picture.save(kept, "PNG", compress_level=1)
    else:
        picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def thread(count: int, *, seed: int = 7, duplicates: int = 0) -> list[Shot]:
    """Screens of one chat in reading order, then some of them again in another quality."""
    dice = random.Random(seed)
    steps = [0] + [dice.randrange(VISIBLE * 50 // 100, VISIBLE * 84 // 100) for _ in range(count - 1)]
    starts = [sum(steps[: index + 1]) for index in range(count)]
    sheet = conversation(seed, starts[-1] + VISIBLE)
    shots = []
    for index, begins in enumerate(starts):
        picture = screen(sheet, begins, clock=f"{9 + index // 60:02d}:{index % 60:02d}")
        width, quality = dice.choice([(720, None), (720, 85), (1080, 70), (640, 80), (720, 60)])
        shots.append(Shot(begins, width, saved(picture, width=width, quality=quality)))
    for index in dice.sample(range(count), duplicates):
        picture = screen(sheet, starts[index], clock=f"{12 + index // 60:02d}:{index % 60:02d}")
        shots.append(Shot(starts[index], 540, saved(picture, width=540, quality=55)))
    return shots
