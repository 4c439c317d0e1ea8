# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What is said of an exhibit beside its picture: being prepared, no preview and why, hints, the picked payment."""

from typing import Any

from recourse.core.evidence import Exhibit
from recourse.core.inspection import NOTES, REASONS, Form, Verdict
from recourse.core.likeness.picture import LikePair
from recourse.core.likeness.thread import OrderedBy
from recourse.core.reading import Readings
from recourse.core.text import Text
from recourse.queries.bill_rows import BillLine, rows_of
from recourse.queries.exhibit_sight import Hints, Inspected

WAITING = Text("正在准备预览，稍后刷新。", "The preview is being made; reload in a moment.")
_NOT_SEEN = Text("还在准备预览，", "The preview is still being made; ")
_UNDECIDED = Text(
    "这张图没能读出文字，你还没选要遮哪里，",
    "This picture could not be read and you have not chosen what to mask; ",
)
_NOT_DRAWN = Text("遮挡正在画，", "The black boxes are being drawn; ")
_HIDDEN = Text("现在对方看不到它的内容。", "for now the other side sees nothing of it.")
# To the side across: whether its copy is being made or waits for the owner's choice is not for it to know.
_NO_COPY = Text(
    "给你看的副本还没准备好，暂时看不到。", "The copy for you is not ready; nothing is to be seen yet."
)
_SAME = Text(
    "证{one}和证{other}是同一个文件（指纹相同）。",
    "Ex. {one} and Ex. {other} are the same file (equal digests).",
)
_ALIKE = Text(
    "证{one}和证{other}看起来很像，可能是同一张图压缩、缩放过。",
    "Ex. {one} and Ex. {other} look alike; one may be the other, compressed or scaled.",
)
_SOFTWARE = Text(
    "文件里写着保存它的程序：{name}。相机、截图和改图软件都会写，不说明内容改过。",
    "The file names the program that saved it: {name}. Cameras, screenshots and editors all do; it does not say that anything was changed.",
)
_TAKEN = Text(
    "文件里写的拍摄时间：{at}。这个时间可以改，只供参考。",
    "The file says that it was taken at {at}. That can be changed and is only an indication.",
)
DIRECTIONS = {
    "out": Text("支出", "paid"),
    "in": Text("收入", "received"),
    "neutral": Text("不计收支", "neutral"),
}
ORDERS = {
    OrderedBy.overlap: Text("按画面重叠排的。", "Ordered by what overlaps."),
    OrderedBy.file_name: Text(
        "能接上的按画面重叠排，接不上的按文件名里的时间排。",
        "Ordered by what overlaps; where nothing does, by the time in the file names.",
    ),
    OrderedBy.metadata: Text(
        "能接上的按画面重叠排，接不上的按文件里写的拍摄时间排。",
        "Ordered by what overlaps; where nothing does, by the moment written in the files.",
    ),
    OrderedBy.received: Text(
        "能接上的按画面重叠排，接不上的按收到的先后排。",
        "Ordered by what overlaps; where nothing does, as they were received.",
    ),
    OrderedBy.owner: Text("按提交人自己排的顺序。", "In the order its owner chose."),
}


def face(seen: Inspected | None, *, base: str, no: int, across: bool = False) -> dict[str, Any]:
    """The small picture of an exhibit in a list, or why there is none; and the payment picked from a bill.

    `across` is whether it is the other side's.
    """
    small = seen.rendition(Form.thumbnail) if seen is not None else None
    thumbnail = None
    if small is not None:
        thumbnail = {"url": f"{base}/exhibit/{no}/thumbnail/0", "width": small.width, "height": small.height}
    no_preview = seen is not None and seen.verdict is Verdict.no_preview
    return {
        "view": f"{base}/exhibit/{no}/view",
        "thumbnail": thumbnail,
        "preview": (_NO_COPY if across else WAITING)
        if seen is None
        else REASONS[seen.reason]
        if no_preview
        else None,
        "payment": picked(seen),
    }


def withheld(exhibit: Exhibit, seen: Inspected | None) -> Text:
    """Why the side across sees nothing of an exhibit, for its owner, who sees `seen`."""
    if seen is None:
        why = _NOT_SEEN
    elif exhibit.regions is None and seen.reading is Readings.failed:
        why = _UNDECIDED
    else:
        why = _NOT_DRAWN
    return Text(why.zh + _HIDDEN.zh, why.en + _HIDDEN.en)


def picked(seen: Inspected | None) -> BillLine | None:
    """The row of a bill that its owner picked."""
    if seen is None or seen.picked is None:
        return None
    return next((line for line in rows_of(seen) if line.row == seen.picked), None)


def notes(seen: Inspected) -> list[Text]:
    """What the preview leaves out."""
    return [NOTES[note] for note in seen.notes]


def hints(found: Hints) -> list[Text]:
    """The hints in words, each with what it does not say."""
    said = [_pair(pair) for pair in found.alike]
    if found.software:
        said.append(_SOFTWARE.format(name=found.software))
    if found.taken_at:
        said.append(_TAKEN.format(at=found.taken_at.replace(":", "-", 2)))
    return said


def _pair(pair: LikePair) -> Text:
    return (_SAME if pair.same else _ALIKE).format(one=pair.first, other=pair.second)
