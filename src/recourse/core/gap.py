# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A gap: somebody outside the database saw more of the log than the database holds, saw another log, or forgot it.

That happens when an old backup is put back, or the folder of signer or witness is gone. Until a person declares it,
nothing may be written: whatever was added now would stand where something else was promised.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from recourse.core.checkpoint.extension import NOTHING, growth
from recourse.core.checkpoint.head import Head
from recourse.core.log import Declined, Log, Notary, Seen
from recourse.core.problem import Problems, refuse
from recourse.core.text import Text

SIGNER = "signer"
WITNESS = "witness"


@dataclass(frozen=True, slots=True)
class Gap:
    """What was seen by whom, and what is held. Lost are the leaves [held.size, seen.head.size).

    `forgotten` when who signed or witnessed has no memory of it or does not say; `seen` is then what our own rows say.
    """

    seen: Seen
    held: Head
    forgotten: bool = False

    @property
    def lost(self) -> int:
        """How many leaves are gone; 0 when the log is long enough and differs within."""
        return max(0, self.seen.head.size - self.held.size)


def find_gap(
    seen: Sequence[Seen],
    *,
    name: str,
    origins: Sequence[str],
    held: Callable[[], Head],
    root_at: Callable[[int], bytes],
) -> Gap | None:
    """The gap between what was seen and what is held; that which the signer saw comes first.

    `name` is the log's first origin, `origins` are all it had, the present one last. Logs of others are none of ours.
    """
    ours = [one for one in seen if one.origin == name or one.origin.startswith(f"{name}/")]
    for one in sorted(ours, key=lambda item: (item.by != SIGNER, -item.head.size)):
        if one.origin in origins[:-1]:
            continue  # declared: the log went on under another origin
        now = held()
        if one.origin != origins[-1] or one.head.size > now.size or _is_other(one, root_at):
            return Gap(one, now)
    return None


def find_forgotten(
    seen: Sequence[Seen], *, origin: str, signed: Head | None, witnessed: bool, silent: Collection[str]
) -> Seen | None:
    """Who has no memory of the log although our rows say that it signed or cosigned it, or cannot be asked for it.

    `signed` is the newest checkpoint in our rows, `witnessed` whether the witness of this house cosigned lately. A memory
    that is merely older is none of this: it grows again from what it holds.
    """
    known = {one.by for one in seen if one.origin == origin}
    for who, did in ((SIGNER, signed is not None), (WITNESS, witnessed)):
        if who in silent or (did and who not in known):
            return Seen(who, origin, signed or NOTHING)
    return None


def gap_of(log: Log, notary: Notary) -> Gap | None:
    """The gap between the log as it is stored and what its signer and witnesses saw, asked for now."""
    origins = log.origins()
    # Our rows first: whoever signs keeps before it answers, so that its memory is never behind what was read here.
    latest, witnessed = log.latest(), log.witnessed() - notary.others()
    seen = notary.seen()
    found = find_gap(seen, name=origins[0], origins=origins, held=log.head, root_at=log.root_at)
    if found is not None:
        return found
    forgot = find_forgotten(
        seen,
        origin=origins[-1],
        signed=latest.head if latest is not None and latest.origin == origins[-1] else None,
        witnessed=bool(witnessed),
        silent=notary.silent(),
    )
    return None if forgot is None else Gap(forgot, log.head(), forgotten=True)


def ask_others(log: Log, notary: Notary) -> None:
    """Show the newest checkpoint to the witnesses that others run: one that saw more refuses it with the size it saw.

    They alone notice that database, signer and witness of this house were all put back together. One that saw less is
    shown that the tree grew from there.
    """
    latest = log.latest()
    if latest is None:
        return
    size = latest.head.size
    for name in sorted(notary.others()):
        old = size
        for _ in range(2):
            asked = growth(old=old, proof=log.consistency(old, size), note=latest.note)
            answer = notary.cosign(name, asked)
            if not isinstance(answer, Declined) or answer.size is None or answer.size >= size:
                break
            old = answer.size


def closed_for(gap: Gap) -> Problems:
    """What every door says while there is a gap."""
    what = _what(gap)
    do = _do_for_forgotten() if gap.forgotten else _do_for_gap()
    return refuse(
        "read_only",
        zh=f"现在只能看，不能写。{what.zh}",
        en=f"Reading only. {what.en}",
        do_zh=do.zh,
        do_en=do.en,
    )


def _is_other(one: Seen, root_at: Callable[[int], bytes]) -> bool:
    return one.differs or bool(one.head.root and root_at(one.head.size) != one.head.root)


def _what(gap: Gap) -> Text:
    who = _who(gap.seen.by)
    if gap.forgotten:
        return Text(
            f"{who.zh}的记忆不见了、读不出，或者它没有应答，没法知道数据库是不是旧的。",
            f"What {who.en} remembers of the log is gone or cannot be read, or it does not answer: nobody can tell "
            "whether the database is an old one.",
        )
    if gap.lost:
        seen, held = gap.seen.head.size, gap.held.size
        return Text(
            f"数据库比存证日志少：{who.zh}见过{seen}条，数据库里只有{held}条。多半是恢复了旧备份。",
            f"The database is behind the log: {who.en} saw {seen} entries, the database holds {held}. "
            "Most likely an old backup was put back.",
        )
    return Text(
        f"数据库里的存证日志和{who.zh}见过的不一样。多半是恢复了旧备份，或记录被改过。",
        f"The log in the database is not the one that {who.en} saw. Most likely an old backup was put back, or "
        "records were changed.",
    )


def _who(by: str) -> Text:
    names = {SIGNER: Text("签名程序", "the signer"), WITNESS: Text("见证程序", "the witness of this house")}
    return names.get(by) or Text(f"外部见证人 {by} ", f"the outside witness {by}")


def _do_for_gap() -> Text:
    return Text(
        "已有的都能看。请运营方恢复最新的备份；恢复不了的，由负责人运行 recourse log gap 写明缺了什么，再开放。",
        "Everything that is there can be read. The operator restores the newest backup, or, where that is "
        "impossible, an owner declares what is missing with recourse log gap; then writing opens again.",
    )


def _do_for_forgotten() -> Text:
    return Text(
        "已有的都能看。请运营方确认签名程序和见证程序在运行，设置里的地址没有变；它们的数据夹（signer、witness）丢了的，"
        "放回最新的备份；找不回的，由负责人运行 recourse log gap 写明，再开放。",
        "Everything that is there can be read. The operator sees that signer and witness run and that the settings name "
        "their right address, and puts the newest copy of a lost folder (signer, witness) back; where there is none, an "
        "owner declares the loss with recourse log gap; then writing opens again.",
    )
