# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A big dossier is shared out over parts: nothing is left out, and no part is bigger than said."""

from itertools import groupby

from recourse.core.dossier.bag import Content
from recourse.core.dossier.packing import PART_BYTES_MAX, bag_up, packed_size, share_out

NUMBER, LINE = "4821-0937-5516", "\u2014 receipts " + "A" * 92


def test_what_fits_lies_in_one_part() -> None:
    assert share_out([], common=5_000) == ()
    assert share_out([0, 600_000, 3_000_000], common=5_000) == (1, 1, 1)


def test_two_hundred_films_and_their_pages_lie_in_parts_that_each_fit() -> None:
    # 10 GB that nobody writes: sizes alone say where a file lies.
    sizes = [50 * 1024 * 1024, 1_500_000, 0] * 200
    shared = share_out(sizes, common=3_000_000)
    assert list(shared) == sorted(shared) and set(shared) == set(range(1, max(shared) + 1))
    rows = zip(shared, sizes, range(len(sizes)), strict=True)
    for part, group in groupby(rows, key=lambda row: row[0]):
        files = {f"data/exhibits/{no:03d}-original.jpeg": Content(size, "0" * 64) for _, size, no in group}
        files["data/events.jsonl"] = Content(3_000_000, "0" * 64)
        bag = bag_up(origin="recourse.log/x", number=NUMBER, payload=files)
        size = packed_size(bag, LINE)
        assert size <= PART_BYTES_MAX
        assert part == max(shared) or size > PART_BYTES_MAX - 60_000_000, "and none is half empty"


def test_what_is_bigger_than_a_part_has_one_alone() -> None:
    assert share_out([1, 2_000_000_000, 1], common=0) == (1, 2, 3)
    assert share_out([2_000_000_000, 1], common=0) == (1, 2)
