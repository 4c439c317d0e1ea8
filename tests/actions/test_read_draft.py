# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Screenshots of a draft are read in a lane of their own, for nobody but the draft, and for a draft that is still there."""

from dataclasses import dataclass, field, replace

import pytest

from recourse.actions.keep_draft import begin_draft, drop_draft, seal_file
from recourse.actions.read_draft import ask_to_read
from recourse.actions.run_jobs import run_lane
from recourse.actions.story import perform
from recourse.core.inspection import Inspection, Reason, nothing
from recourse.core.lane import LANES, lane_of
from recourse.core.port import StoredBlob, World
from recourse.core.region import Page
from recourse.core.screen import Line, Reading, ScreenField
from recourse.queries.draft import draft_pictures
from recourse.store.models import BlobKey, DraftReading, Job
from tests.portal.person import PNG
from tests.previews import FakeInspector, seen_picture
from tests.store.house import OPERATOR, House

ORDER_PAGE = (
    Line("待发货", 40, 0, 200, 28),
    Line("订单编号 KS0000000001", 40, 60, 400, 28),
    Line("实付款：￥129.00", 40, 120, 400, 28),
    Line("AB12CD34EF56GH78", 40, 180, 400, 28),
)
READ = (
    Reading(ScreenField.amount, "129.00", "实付款:¥129.00", 2, "实付款"),
    Reading(ScreenField.order_no, "KS0000000001", "KS0000000001", 1, "订单编号"),
)


@dataclass
class FakeReader:
    """Reads the same lines off every picture, or nothing; counts how often it was asked."""

    lines: tuple[Line, ...] | None = ORDER_PAGE
    asked: list[bytes] = field(default_factory=list)

    def read(self, data: bytes, *, page: int) -> Page | None:
        """The lines that it was given."""
        self.asked.append(data)
        return None if self.lines is None else Page(page, 720, 1280, self.lines)


@dataclass
class Desk:
    """A draft with one screenshot, and the world in which it is read."""

    world: World
    reader: FakeReader
    inspector: FakeInspector
    token: str
    blob: str

    def ask(self, **pictures: str) -> None:
        """The draft has these pictures."""
        perform(ask_to_read(self.world, token=self.token, pictures=pictures))

    def work(self) -> int:
        """One turn of the lane."""
        return int(perform(run_lane(self.world, lane_of("read_draft"))))

    def found(self) -> object:
        """What was read off the screenshot."""
        return draft_pictures(self.world, token=self.token)[self.blob].found


@pytest.fixture
def desk(house: House) -> Desk:
    reader, inspector = FakeReader(), FakeInspector()
    world = replace(house.world, reader=reader, inspector=inspector)
    stored = house.do(seal_file(world, chunks=[PNG], name="a.png"))
    assert isinstance(stored, StoredBlob)
    token = perform(begin_draft(world, operator=OPERATOR))
    return Desk(world, reader, inspector, token, stored.blob)


def test_a_screenshot_is_read_by_the_worker_and_kept_for_the_draft(desk: Desk) -> None:
    desk.ask(**{desk.blob: "image/png"})
    assert desk.found() is None and desk.reader.asked == []
    blobs = BlobKey.objects.count()
    assert desk.work() == 1
    assert desk.found() == READ
    assert desk.inspector.asked == ["image/png"]
    assert desk.reader.asked == [seen_picture().pictures[0].data]
    # Neither the copy nor the small picture is kept, and what may be a card key least of all.
    assert BlobKey.objects.count() == blobs
    assert Job.objects.get().done_at is not None and desk.work() == 0


def test_where_nobody_reads_nothing_is_asked_for_and_nothing_kept(desk: Desk) -> None:
    for part in ("reader", "inspector"):
        desk.world = replace(desk.world, **{part: None})  # type: ignore[arg-type]
        desk.ask(**{desk.blob: "image/png"})
        assert not Job.objects.exists() and not DraftReading.objects.exists()
    assert draft_pictures(desk.world, token=desk.token) == {}


@pytest.mark.parametrize("why", ["not opened", "not read", "erased", "no reader any more"])
def test_what_cannot_be_read_offers_nothing_and_is_not_waited_for(desk: Desk, why: str) -> None:
    desk.ask(**{desk.blob: "image/png"})
    if why == "not opened":
        desk.inspector.gives = nothing(Reason.off)
    elif why == "not read":
        desk.reader.lines = None
    elif why == "erased":
        desk.world.blobs.delete(desk.blob)
    else:
        desk.world = replace(desk.world, reader=None)
    assert desk.work() == 1
    desk.world = replace(desk.world, reader=desk.reader)
    assert desk.found() == () and Job.objects.get().done_at is not None


def test_the_draft_of_a_job_may_be_gone(desk: Desk) -> None:
    desk.ask(**{desk.blob: "image/png"})
    perform(drop_draft(desk.world, token=desk.token))
    assert desk.work() == 1
    assert desk.reader.asked == [] and not DraftReading.objects.exists()
    assert Job.objects.get().done_at is not None


def test_a_draft_that_goes_while_it_is_read_leaves_nothing(desk: Desk) -> None:
    desk.ask(**{desk.blob: "image/png"})

    class Meanwhile(FakeReader):
        def read(self, data: bytes, *, page: int) -> Page | None:
            perform(drop_draft(desk.world, token=desk.token))
            return super().read(data, page=page)

    desk.world = replace(desk.world, reader=Meanwhile())
    assert desk.work() == 1
    assert not DraftReading.objects.exists() and Job.objects.get().done_at is not None


def test_strangers_uploads_wait_in_a_line_of_their_own_and_drafts_take_turns(
    desk: Desk, house: House
) -> None:
    lane = lane_of("read_draft")
    assert lane.kinds == {"read_draft"} and lane.threads == 1 and lane.in_turn
    assert all("read_draft" not in other.kinds for other in LANES if other is not lane)
    desk.ask(**{f"{n:064d}": "image/png" for n in range(20)})
    house.clock.ahead(seconds=1)
    other = replace(desk, token=perform(begin_draft(desk.world, operator=OPERATOR)))
    other.ask(**{desk.blob: "image/png"})
    assert desk.work() == lane.batch < 20
    # The next picture of each draft comes first, though twenty of one wait longer.
    assert other.found() == READ


def test_a_document_or_a_film_has_no_copy_and_offers_nothing(desk: Desk) -> None:
    desk.inspector.gives = Inspection(seen_picture().verdict, pictures=seen_picture().pictures[1:])
    desk.ask(**{desk.blob: "image/png"})
    desk.work()
    assert desk.found() == () and desk.reader.asked == []
