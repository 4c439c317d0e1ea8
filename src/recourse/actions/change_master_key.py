# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Change the master key: a new one is made, every file's key is wrapped anew, then the old one is taken away.

The sealed files stay as they are, and each can be read at every moment in between.
"""

from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.gateways.master_keys import ROOT, installed_masters
from recourse.store import blob_keys

_BATCH = 500


def make_master_key() -> str:
    """Make the next master key; new files are wrapped under it from now on. Its id."""
    return installed_masters().make()


def rewrap_keys(world: World) -> int:
    """Wrap every file's key under the newest master key; how many. Broken off anywhere, it goes on the next time."""
    keys = blob_keys.BlobKeys(clock=world.clock, masters=installed_masters())
    done = 0
    while wrapped := keys.rewrap(limit=_BATCH):
        done += wrapped
    return done


def drop_master_key(master: str) -> Problems | None:
    """Take an old master key away for good; refused while a file still needs it."""
    keys = installed_masters()
    if master == ROOT:
        return refuse(
            "master_key_is_root",
            field="master",
            zh="root 来自安装的根密钥，不是单独的文件，去不掉。",
            en="root comes from the secret of the installation; it is no file of its own and stays.",
            do_zh="没有文件再用它就可以了：看 recourse vault status。",
            do_en="It is enough that no file uses it: see recourse vault status.",
        )
    if master not in keys.ids():
        return refuse(
            "master_key_unknown",
            field="master",
            zh=f"没有这把主密钥：{master}。",
            en=f"There is no such master key: {master}.",
            do_zh="用 recourse vault status 查看编号。",
            do_en="See the ids with recourse vault status.",
        )
    used = blob_keys.by_master().get(master, 0)
    if used or master == keys.current():
        return refuse(
            "master_key_in_use",
            field="master",
            zh=f"这把主密钥还在用：现有{used}个文件，新文件{'也' if master == keys.current() else '不再'}用它。",
            en=f"This master key is in use: by {used} files"
            + (", and by every new one." if master == keys.current() else "."),
            do_zh="先运行 recourse vault new-key，再运行 recourse vault rewrap。",
            do_en="Run recourse vault new-key, then recourse vault rewrap.",
        )
    keys.drop(master)
    return None
