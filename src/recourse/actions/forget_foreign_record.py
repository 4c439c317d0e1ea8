# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Forget a foreign record: at once with the key of its private fields, then its files in the vault.

Broken off between the two, nothing is half there: the record is gone, and the worker's sweep deletes the files.
"""

from recourse.core.actor import Actor
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.store import foreign


def forget_foreign_record(world: World, *, actor: Actor, id: str) -> str | Problems:
    """The number of the record that was forgotten. The case itself lives on where it came from."""
    record = foreign.read(actor, id)
    if record is None:
        return refuse(
            "record_not_found",
            field="id",
            zh="没有这条导入的记录。",
            en="There is no such foreign record.",
            do_zh="在 /desk/foreign 核对编号。",
            do_en="Look the id up at /desk/foreign.",
        )
    foreign.drop(actor.operator, id)
    for blob in foreign.blobs_of(record.files):
        world.blobs.delete(blob)
    return record.provenance.number
