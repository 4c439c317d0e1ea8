# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a receipt says in words: what it proves, what it does not, and what the present witnesses are worth."""

from recourse.core.calendar import CHINA
from recourse.core.text import Text
from recourse.queries.proof_receipt import ProofReceipt, ProvenLeaf


def state_of(receipt: ProofReceipt) -> Text:
    """Whether the proof is there yet."""
    if receipt.proven:
        return Text("证明齐了", "The proof is complete")
    return Text("证明正在补，一般10秒内就好", "The proof is being completed, mostly within 10 seconds")


def proves(receipt: ProofReceipt) -> tuple[Text, ...]:
    """What it proves, each in a sentence."""
    found = [
        Text(
            "上面列的文件和记录，在写明的时间已经收到，之后没有改过。改一个字、换一张图，指纹就对不上。",
            "The files and records above were received at the stated times and are unchanged since. "
            "One changed word or picture, and the digest no longer fits.",
        ),
        Text(
            "运营方签了字：这条记录会进存证日志。日志里要是没有，这张收据就是证据。",
            "The operator signed that this record will be in the evidence log. If it is not there, this receipt is "
            "proof against the operator.",
        ),
    ]
    if receipt.proven:
        found.append(
            Text(
                "记录已在存证日志里，不用问我们就能验证。",
                "The record is in the evidence log; that can be checked without asking us.",
            )
        )
    if receipt.stamped_by:
        found.append(
            Text(
                f"外部时间戳机构 {receipt.stamped_by} 也见过这本日志。",
                f"A time stamp authority outside, {receipt.stamped_by}, saw this log as well.",
            )
        )
    return tuple(found)


def proves_not(receipt: ProofReceipt) -> tuple[Text, ...]:
    """What it does not prove, each in a sentence."""
    return (
        Text(
            "不证明内容是真的，也不证明文件是谁做的、交来之前什么时候做的。",
            "Not that a document is true, nor who made it, nor when it was made before it was handed in.",
        ),
        Text(
            "不证明后来没有别的记录。",
            "Not that nothing was recorded later.",
        ),
        witness_worth(receipt),
    )


def witness_worth(receipt: ProofReceipt) -> Text:
    """What the witnesses of this log are worth, said plainly."""
    if not receipt.witnesses:
        return Text(
            "现在还没有见证。只有运营方自己的签名：它自己改口，要靠你手里的这张收据来对质。",
            "There is no witness yet, only the operator's own signature: against the operator it is this receipt in "
            "your hands that counts.",
        )
    if not receipt.foreign:
        return Text(
            "见证程序目前也是运营方自己开的：能说明这本日志只增不改，但运营方要是做两本日志，它看不出来。所以请自己留好这张收据。",
            "The only witness is run by the operator as well: it shows that this log only grows, yet an operator who keeps "
            "two logs could fool it. So keep this receipt yourself.",
        )
    who = "、".join(receipt.foreign)
    return Text(
        f"另有别人开的见证：{who}。名单是运营方写的，可以直接去问它们；属实的话，要造假得让它们一起造假。",
        f"Others witness too: {', '.join(receipt.foreign)}. The list is the operator's; ask them. If it is true, a forgery "
        "would need all of them.",
    )


def receipt_text(receipt: ProofReceipt) -> str:
    """The receipt as a text file: for people first, then one line for programs."""
    return "\n".join(
        [
            *_told(receipt, zh=True),
            "",
            *_told(receipt, zh=False),
            "",
            "---- 下面一行给验证程序用，请勿改动 · the next line is for verifiers, leave it as it is ----",
            receipt.write(),
            "",
        ]
    )


def _told(receipt: ProofReceipt, *, zh: bool) -> list[str]:
    def say(text: Text) -> str:
        return text.zh if zh else text.en

    lines = [
        f"说法 · 收据　编号 {receipt.number}" if zh else f"Recourse · receipt of case {receipt.number}",
        say(state_of(receipt)),
        "",
        "收到的文件" if zh else "Files received",
    ]
    for item in receipt.exhibits:
        at = item.exhibit.received_at.astimezone(CHINA).isoformat(timespec="seconds")
        lines += [
            f"  {item.exhibit.no}. {item.exhibit.name}  {item.exhibit.size} B  {at}",
            f"     SHA-256 {item.exhibit.digest}",
            *_leaf(item.line, zh=zh),
        ]
    if not receipt.exhibits:
        lines.append("  （没有）" if zh else "  (none)")
    lines += [
        "",
        f"案件记录到第{receipt.version}条" if zh else f"The record of the case up to entry {receipt.version}",
        f"     {receipt.head}",
        *_leaf(receipt.line, zh=zh),
        "",
        "能证明" if zh else "What it proves",
        *(f"  - {say(item)}" for item in proves(receipt)),
        "不能证明" if zh else "What it does not prove",
        *(f"  - {say(item)}" for item in proves_not(receipt)),
    ]
    return lines


def _leaf(line: ProvenLeaf | None, *, zh: bool) -> list[str]:
    if line is None:
        return []
    place = line.leaf.position if line.proven else None
    told = ("日志位置" if zh else "place in the log") if place is not None else ""
    return [
        f"     {'叶' if zh else 'leaf'} {line.leaf.hash.hex()}",
        *([f"     {told} {place}"] if told else []),
    ]
