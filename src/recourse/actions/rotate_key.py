# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Change the log's key: the signer makes a new one, both sign the change, and the change is a leaf of the log.

Old checkpoints keep their signature and the policy keeps the old key, so that every proof that was given still verifies.
"""

from functools import partial

from recourse.actions.keep_log import Kept, keep_log
from recourse.actions.story import Story
from recourse.core.calendar import CHINA
from recourse.core.checkpoint.leaf import LeafKind, rotation_leaf
from recourse.core.log import Declined, NewLeafAboutLog
from recourse.core.port import World
from recourse.core.problem import Problems, refuse


def rotate_key(world: World, *, by: str) -> Story[Kept | Problems]:
    """Rotate, and have the tree signed by the old key and the new one."""
    if world.log is None or world.notary is None:
        return _no_signer(Declined(0))
    origin = yield world.log.origin
    now = yield world.clock.now
    at = now.astimezone(CHINA).isoformat()
    answer = yield partial(world.notary.rotate, {"at": at, "by": by})
    if isinstance(answer, Declined):
        return _no_signer(answer)
    leaf = NewLeafAboutLog(LeafKind.rotation, rotation_leaf(at=at, keys=answer), at, origin)
    yield partial(world.log.add_leaf, leaf)
    return (yield from keep_log(world))


def _no_signer(answer: Declined) -> Problems:
    return refuse(
        "key_not_rotated",
        zh=f"签名程序没有换钥匙（{answer.status or '没有应答'}）。",
        en=f"The signer did not change its key ({answer.status or 'no answer'}).",
        do_zh="确认签名程序在运行，再试一次。",
        do_en="See that the signer runs, and try again.",
    )
