# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A gap: somebody outside the database saw more of the log than the database holds, or saw another log.

That happens when an old backup is put back. Until a person declares it, nothing may be written: whatever was added now
would stand where something else was promised.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recourse.core.checkpoint.head import Head
from recourse.core.log import Log, Notary, Seen
from recourse.core.problem import Problems, refuse


@dataclass(frozen=True, slots=True)
class Gap:
    """What was seen by whom, and what is held. Lost are the leaves [held.size, seen.head.size)."""

    seen: Seen
    held: Head

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
    for one in sorted(ours, key=lambda item: (item.by != "signer", -item.head.size)):
        if one.origin in origins[:-1]:
            continue  # declared: the log went on under another origin
        now = held()
        if one.origin != origins[-1] or one.head.size > now.size or root_at(one.head.size) != one.head.root:
            return Gap(one, now)
    return None


def gap_of(log: Log, notary: Notary) -> Gap | None:
    """The gap between the log as it is stored and what its signer and witnesses saw, asked for now."""
    origins = log.origins()
    return find_gap(notary.seen(), name=origins[0], origins=origins, held=log.head, root_at=log.root_at)


def closed_for(gap: Gap) -> Problems:
    """What every door says while there is a gap."""
    told = (gap.seen.head.size, gap.held.size)
    if gap.lost:
        zh = f"数据库比存证日志少：签名程序见过{told[0]}条，数据库里只有{told[1]}条。多半是恢复了旧备份。"
        en = (
            f"The database is behind the log: {told[0]} entries were signed, the database holds {told[1]}. "
            "Most likely an old backup was put back."
        )
    else:
        zh = "数据库里的存证日志和签过名的不一样。多半是恢复了旧备份，或记录被改过。"
        en = (
            "The log in the database is not the one that was signed. Most likely an old backup was put back, or "
            "records were changed."
        )
    return refuse(
        "read_only",
        zh=f"现在只能看，不能写。{zh}",
        en=f"Reading only. {en}",
        do_zh="已有的都能看。请运营方恢复最新的备份；恢复不了的，由负责人运行 recourse log gap 写明缺了什么，再开放。",
        do_en="Everything that is there can be read. The operator restores the newest backup, or, where that is "
        "impossible, an owner declares what is missing with recourse log gap; then writing opens again.",
    )
