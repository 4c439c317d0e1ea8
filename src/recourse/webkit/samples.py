# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The invented values that the style guide shows: one of each component, in the shape the tags take."""

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator

from recourse.core.problem import Problem
from recourse.core.text import Text
from recourse.webkit.exhibit_words import WAITING as PREVIEW_WAITS
from recourse.webkit.showing import CHINA

# A fixed moment, so that two pictures of the page can be compared.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
SHOP = Text("商家", "Shop")
BUYER = Text("投诉人", "Complainant")

DEADLINE: Any = {
    "title": Text("商家答复", "The shop answers"),
    "started_at": NOW - timedelta(hours=18),
    "act_by": NOW + timedelta(hours=30),
    "due_at": NOW + timedelta(hours=30),
    "basis": Text(
        "平台规则：商家收到通知后 48 小时内答复",
        "Platform rule: the shop answers within 48 hours of the notice",
    ),
    "on_miss": Text(
        "商家到期没答复，自动转平台审核，你不用操作。",
        "If the shop is silent, the platform reviews the case. You need do nothing.",
    ),
    "why": [
        Text(
            "11月22日（周日）18:00 通知发往商家，没有被退回",
            "The notice to the shop was accepted for delivery on Sun 22 Nov, 18:00",
        ),
        Text("48小时连续计算，周末也算", "48 hours run on, weekends too"),
        Text("到11月24日（周二）18:00为止", "They end on Tue 24 Nov, 18:00"),
    ],
    "provisional": False,
}
LATER: Any = {
    **DEADLINE,
    "title": Text("12315 决定是否受理", "12315 decides whether to take the case"),
    "started_at": NOW - timedelta(days=3),
    "act_by": datetime(2027, 1, 5, tzinfo=CHINA),
    "due_at": datetime(2027, 1, 8, tzinfo=CHINA),
    "on_miss": Text(
        "到期没回音，要你自己走下一步，材料已备好。",
        "If nobody answers, the next step is yours; the papers are ready.",
    ),
    "provisional": True,
}
WAITING: Any = {
    "title": Text("退款到账", "The refund arrives"),
    "starts_when": Text("商家收到退货后开始计时", "Starts when the shop has the goods back"),
    "on_miss": Text("到期没退，平台提醒商家。", "If it is not paid, the platform reminds the shop."),
}
RUNGS: Any = [
    {
        "name": Text("和商家协商", "Talk with the shop"),
        "state": "done",
        "note": Text("商家没答复", "The shop was silent"),
    },
    {
        "name": Text("平台审核", "The platform reviews"),
        "state": "now",
        "note": Text("11月24日（周二）18:00前", "By Tue 24 Nov, 18:00"),
    },
    {"name": Text("12315 投诉", "12315 complaint"), "state": "next", "outside": True},
    {"name": Text("法院", "Court"), "state": "next", "outside": True},
]

ENTRIES: Any = [
    {
        "at": NOW - timedelta(hours=1),
        "who": SHOP,
        "title": Text("商家提了一个方案", "The shop made an offer"),
        "tone": "mine",
        "url": "#offer",
    },
    {
        "at": NOW - timedelta(hours=20),
        "who": SHOP,
        "title": Text("商家回“正在处理”", "The shop said “we are looking into it”"),
        "body": Text("“正在处理”不算答复，时间照算。", "That is not an answer. The clock keeps running."),
        "tone": "late",
    },
    {
        "at": NOW - timedelta(days=2),
        "who": BUYER,
        "title": Text("投诉已提交", "Complaint filed"),
        "tone": "done",
    },
]
ATTEMPTS: Any = [
    {
        "at": NOW - timedelta(days=5),
        "channel": Text("平台客服电话", "Platform hotline"),
        "agent": "8032",
        "result": Text("答应24小时内回电", "Promised to call back within 24 hours"),
        "answer": "亲，已经为您登记加急处理了呢。",
        "tone": "late",
        "proof_url": "#",
    },
]
TALK_LINES: Any = [
    {
        "who": BUYER,
        "at": NOW - timedelta(hours=22),
        "body": "茶叶有霉味，照片已上传，要求退货退款。",
        "mine": True,
    },
    {
        "who": SHOP,
        "at": NOW - timedelta(hours=20),
        "body": "正在处理，请耐心等待。",
        "mine": False,
        "holding": True,
    },
]
OFFER_VALUE: Any = {
    "from": SHOP,
    "at": NOW - timedelta(hours=1),
    "remedies": [
        {
            "name": Text("退货退款", "Return and refund"),
            "amount": 131400,
            "by": NOW + timedelta(days=5),
        },
        {"name": Text("赔偿运费", "Postage"), "amount": 1200, "by": None},
    ],
    "note": Text("寄回后当天验货退款。", "We check and refund on the day the goods arrive."),
    "respond_by": NOW + timedelta(days=3),
    "state": "open",
}
RECEIPT_VALUE: Any = {"number": "K26-7F3Q-9M2X", "at": NOW, "count": 3, "digest": "9f2c 41d7 a08b 6e35"}
EXHIBIT: Any = {
    "no": "证1",
    "name": "订单截图.png",
    "view": "#",
    "preview": PREVIEW_WAITS,
    "size": 284_113,
    "at": NOW - timedelta(days=2),
}
ROWS: Any = [
    {
        "url": "#",
        "number": "K26-7F3Q-9M2X",
        "title": Text("茶叶有霉味，要求退货退款", "Mouldy tea, return and refund wanted"),
        "who": Text("张**", "Zhang"),
        "money": 131400,
        "act_by": NOW + timedelta(hours=5),
        "tone": "late",
    },
    {
        "url": "#",
        "number": "K26-2B8D-4TQ7",
        "title": Text("直播间抽中的耳机没发", "Earphones won in a live room, not sent"),
        "who": Text("李**", "Li"),
        "money": None,
        "act_by": NOW + timedelta(hours=40),
        "tone": "soon",
    },
    {
        "url": "#",
        "number": "K26-90XA-C5LM",
        "title": Text("少发一件", "One piece missing"),
        "who": Text("王**", "Wang"),
        "money": 3990,
        "act_by": None,
        "state": Text("等对方确认收到退款", "Waiting for the refund to be confirmed"),
        "tone": "plain",
    },
]
ITEMS: Any = [
    {
        "kind": "order_no",
        "name": Text("订单号", "Order number"),
        "state": "have",
        "needed": True,
        "exhibits": [EXHIBIT],
    },
    {
        "kind": "photo",
        "name": Text("商品照片", "Photos of the goods"),
        "state": "have_not",
        "needed": True,
        "note": Text("自然光下拍整体和细节各一张。", "One of the whole and one of the detail, in daylight."),
    },
    {
        "kind": "chat_export",
        "name": Text("客服聊天记录", "Chat with support"),
        "state": "other_side",
        "needed": False,
    },
]
COLUMNS: Any = [
    Text("焦点", "Point"),
    Text("投诉人说", "Complainant says"),
    Text("商家说", "Shop says"),
    Text("证据", "Evidence"),
    Text("一致？", "Agreed?"),
]
TABLE_ROWS: Any = [
    [
        Text("茶叶是否霉变", "Is the tea mouldy?"),
        Text("开封即有霉味", "Smelled on opening"),
        Text("出厂合格", "Passed inspection"),
        "证1、证2",
        Text("不一致", "No"),
    ],
    [
        Text("是否在七天内", "Within seven days?"),
        Text("收货第2天申请", "Asked on day 2"),
        Text("认可", "Agreed"),
        "证3",
        Text("一致", "Yes"),
    ],
]
BARS: Any = [
    {"label": Text("和解", "Settled"), "value": 42, "tone": "done"},
    {"label": Text("平台决定", "Decided"), "value": 31, "tone": "mine"},
    {"label": Text("对方沉默", "Silent"), "value": 17, "tone": "late"},
    {"label": Text("撤回", "Withdrawn"), "value": 0},
]
PAIRS: Any = [
    (Text("商品", "Goods"), "明前龙井 250g"),
    (Text("付款", "Paid"), "¥1,314.00"),
    (Text("电话", "Phone"), "138****5678"),
    (Text("空的不显示", "Empty is left out"), None),
]
PROBLEMS: Any = [
    Problem(
        "amount_not_money",
        "amount",
        Text("金额看不懂", "This is not an amount"),
        Text("写成 39.90 这样。", "Write it like 39.90."),
    ),
    Problem(
        "story_missing",
        "story",
        Text("还没写发生了什么", "What happened is missing"),
        Text("两三句就够。", "Two or three sentences are enough."),
    ),
]
PAGE: Any = Paginator(range(100), 20).page(2)

# By the names under which the page uses them.
SAMPLES: dict[str, Any] = {
    "now": NOW,
    "entries": ENTRIES,
    "attempts": ATTEMPTS,
    "talk_lines": TALK_LINES,
    "offer_value": OFFER_VALUE,
    "receipt_value": RECEIPT_VALUE,
    "items": ITEMS,
    "todo_rows": ROWS,
    "columns": COLUMNS,
    "table_rows": TABLE_ROWS,
    "bars": BARS,
    "pairs": PAIRS,
    "problems": PROBLEMS,
    "page": PAGE,
    "deadline": DEADLINE,
    "later": LATER,
    "waiting": WAITING,
    "rungs": RUNGS,
}
