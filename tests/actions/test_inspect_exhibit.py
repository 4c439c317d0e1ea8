# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What follows a hand-over: the copy without metadata, kept beside the case, and gone with it."""

import io
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PIL import ExifTags, Image

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.erase_case import erase_case
from recourse.actions.finish_erasure import finish_erasure
from recourse.actions.inspect_exhibit import inspect_exhibit
from recourse.actions.order_screens import order_screens
from recourse.actions.pick_bill_row import pick_bill_row
from recourse.actions.run_jobs import run_jobs, run_lane
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role, system
from recourse.core.inspection import REASONS, Confinement, Form, Inspection, Picture, Reason, Verdict, nothing
from recourse.core.lane import lane_of
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.region import Page
from recourse.core.vocabulary import EvidenceKind, Party
from recourse.gateways.inspector import CagedInspector
from recourse.queries.chat_thread import chat_thread
from recourse.queries.exhibit_file import exhibit_file, exhibit_picture
from recourse.queries.exhibit_sight import exhibit_sight
from recourse.queries.previews import PREVIEWS_OFF, check_previews, previews_off
from recourse.store import inspections, jobs
from recourse.store.models import BlobKey, InspectionRow, Job, ReadingOrder, RenditionRow, ThreadRow
from tests.core.test_recording import FTYP, film
from tests.portal.person import PNG
from tests.previews import FakeInspector, jpeg, look_at, seen_picture
from tests.store.house import OPERATOR, House

SYSTEM = system(OPERATOR)


def photo_from_home() -> bytes:
    """A photo that lies on its side, says where it was taken and by whom, and carries a preview of its own."""
    picture = Image.new("RGB", (400, 200), "white")
    picture.paste("red", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Software] = "Camera 1.0"
    exif[ExifTags.Base.Artist] = "王小明"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (39.0, 54.0, 20.0), 3: "E", 4: (116.0, 23.0, 29.0)})
    kept = io.BytesIO()
    picture.save(kept, "JPEG", exif=exif, quality=95)
    return kept.getvalue()


def hand_in(
    house: House,
    number: str,
    data: bytes = PNG,
    *,
    kind: EvidenceKind = EvidenceKind.photo,
    name: str = "a.jpg",
) -> None:
    house.do(
        add_exhibit(
            house.world, actor=house.complainant(number), number=number, kind=kind, chunks=[data], name=name
        )
    )


def test_an_exhibit_is_looked_at_by_a_job_that_follows_it(house: House) -> None:
    number = house.served()
    hand_in(house, number, photo_from_home())
    assert Job.objects.filter(kind="inspect").count() == 1
    inspector = FakeInspector()
    house.clock.ahead(minutes=1)
    perform(run_jobs(replace(house.world, inspector=inspector)))
    assert inspector.asked == ["image/jpeg"]
    assert inspections.inspected(SYSTEM, number)[1].verdict is Verdict.ok
    assert Job.objects.get(kind="inspect").done_at is not None


@dataclass
class SlowReader:
    """Takes two minutes for each page, and has another worker look for something to do meanwhile."""

    house: House
    found: int = 0
    read_pages: int = 0

    def read(self, data: bytes, *, page: int) -> Page:
        """A page without words."""
        self.read_pages += 1
        self.house.clock.ahead(minutes=2)
        self.found += len(jobs.take(self.house.clock.now(), lane_of("inspect")))
        return Page(page, 30, 60, ())


def test_reading_thirty_pages_keeps_its_lease_and_is_done_once(house: House) -> None:
    number = house.served()
    hand_in(house, number)
    pages = [Picture(Form.page, no, 30, 60, "image/jpeg", jpeg()) for no in range(1, 31)]
    small = Picture(Form.thumbnail, 0, 15, 30, "image/jpeg", jpeg(15, 30))
    inspector = FakeInspector(Inspection(Verdict.ok, pictures=(*pages, small)))
    reader = SlowReader(house)
    house.clock.ahead(minutes=1)
    world = replace(house.world, inspector=inspector, reader=reader)  # type: ignore[arg-type]
    perform(run_lane(world, lane_of("inspect")))
    assert reader.read_pages == 30 and reader.found == 0, "an hour's work, and nobody else began it"
    assert Job.objects.get(kind="inspect").done_at is not None


def test_whoever_lost_the_lease_leaves_the_job_alone(house: House) -> None:
    number = house.served()
    hand_in(house, number)
    house.clock.ahead(minutes=1)

    class Sleeper(SlowReader):
        def read(self, data: bytes, *, page: int) -> Page:
            self.house.clock.ahead(minutes=10)
            return super().read(data, page=page)

    reader = Sleeper(house)
    world = replace(house.world, inspector=FakeInspector(), reader=reader)  # type: ignore[arg-type]
    perform(run_lane(world, lane_of("inspect")))
    assert reader.found == 1 and Job.objects.get(kind="inspect").done_at is None
    assert not InspectionRow.objects.exists(), "the other one keeps what it sees"


def test_the_copy_stands_upright_and_says_neither_where_nor_who(house: House) -> None:
    number = house.served()
    original = photo_from_home()
    hand_in(house, number, original)
    assert ExifTags.IFD.GPSInfo in Image.open(io.BytesIO(original)).getexif()
    world = replace(house.world, inspector=CagedInspector())
    assert perform(inspect_exhibit(world, number=number, operator=OPERATOR, no=1))
    copy = exhibit_picture(world, actor=house.respondent(), number=number, no=1, form=Form.copy, page=0)
    assert copy is not None
    shown = b"".join(copy.chunks)
    picture = Image.open(io.BytesIO(shown))
    assert (
        picture.size == (200, 400)
        and picture.getpixel((100, 50))[0] > 200 > picture.getpixel((100, 350))[0] - 56
    )  # type: ignore[index]
    assert picture.getpixel((100, 50))[1] < 60 and picture.getpixel((100, 350))[1] > 200  # type: ignore[index]
    assert dict(picture.getexif()) == {} and "exif" not in picture.info and "xmp" not in picture.info
    assert b"Exif" not in shown and "王小明".encode() not in shown
    kept = house.world.blobs.get(opened_blob(house, number))
    assert kept == original, "the original stays as it was handed in"


def opened_blob(house: House, number: str) -> str:
    opened = house.world.cases.open(SYSTEM, number)
    assert opened is not None
    return opened.case.exhibits[0].blob


def test_the_other_side_never_gets_the_original(house: House) -> None:
    number = house.served()
    hand_in(house, number)
    look_at(house, number, 1)
    owner, other = house.complainant(number), house.respondent()
    assert exhibit_file(house.world, actor=owner, number=number, no=1) is not None
    assert exhibit_file(house.world, actor=house.staff(Role.agent), number=number, no=1) is not None
    assert exhibit_file(house.world, actor=other, number=number, no=1) is None
    assert exhibit_picture(house.world, actor=other, number=number, no=1, form=Form.copy, page=0) is not None
    sight = exhibit_sight(actor=other, number=number, no=1)
    assert sight is not None and not sight.file and sight.exhibit.name == ""


def test_the_other_side_of_a_mail_sees_counters_and_nobodys_own_mailbox(house: House) -> None:
    number = house.served()
    hand_in(house, number, kind=EvidenceKind.chat_export)
    head = {
        "From": "王小明 <wang.xm@qq.com>",
        "To": "service@example.cn",
        "Cc": "li@example.com, zhao@example.com",
    }
    look_at(
        house,
        number,
        1,
        Inspection(Verdict.ok, findings={"mail": head, "text": "抄送li@example.com，微信：li_2026"}),
    )
    other = exhibit_sight(actor=house.respondent(), number=number, no=1)
    assert other is not None and other.seen is not None
    assert other.seen.findings == {
        "mail": {
            "From": "王小明 <**************>",
            "To": "service@example.cn",
            "Cc": "**************, ****************",
        },
        "text": "抄送**************，微信：*******",
    }
    mine = exhibit_sight(actor=house.complainant(number), number=number, no=1)
    assert mine is not None and mine.seen is not None and mine.seen.findings["mail"] == head


def test_a_recording_that_cannot_be_cleaned_is_withheld_and_its_page_says_so(house: House) -> None:
    number = house.served()
    for data, name in ((film(), "a.mp4"), (FTYP + bytes(20), "b.mp4")):
        hand_in(house, number, data, kind=EvidenceKind.photo, name=name)
    for no, reason in ((1, Reason.recording), (2, Reason.uncleaned)):
        assert not look_at(house, number, no).asked, "nothing of a recording is opened"
        for actor in (house.complainant(number), house.respondent()):
            sight = exhibit_sight(actor=actor, number=number, no=no)
            assert sight is not None and sight.seen is not None and sight.seen.reason is reason
            file = exhibit_file(house.world, actor=actor, number=number, no=no)
            owner = actor.role is Role.complainant
            assert sight.file is (file is not None) is (owner or reason is Reason.recording)
    assert "对方拿不到" in REASONS[Reason.uncleaned].zh


def test_what_was_taken_out_is_not_shown_to_the_other_side(house: House) -> None:
    from recourse.actions.withdraw_exhibit import withdraw_exhibit

    number = house.served()
    hand_in(house, number)
    look_at(house, number, 1)
    house.do(withdraw_exhibit(house.world, actor=house.complainant(number), number=number, no=1))
    shown = {"number": number, "no": 1, "form": Form.copy, "page": 0}
    assert exhibit_picture(house.world, actor=house.respondent(), **shown) is None  # type: ignore[arg-type]
    assert exhibit_picture(house.world, actor=house.complainant(number), **shown) is not None  # type: ignore[arg-type]


def test_looking_again_replaces_the_pictures_and_their_blobs(house: House) -> None:
    number = house.served()
    hand_in(house, number)
    look_at(house, number, 1)
    before = set(inspections.blobs_of(InspectionRow.objects.get().case_id))
    look_at(house, number, 1)
    after = set(inspections.blobs_of(InspectionRow.objects.get().case_id))
    assert len(after) == 2 and not before & after
    assert not BlobKey.objects.filter(blob__in=before).exists()
    assert all(BlobKey.objects.get(blob=blob).case_id for blob in after)


def test_erasure_takes_everything_that_was_made(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    # Emptying the log needs a database of its own; tests/store/test_erase.py does that.
    monkeypatch.setattr("recourse.actions.finish_erasure.scrub", lambda: True)
    number = house.served()
    for no in (1, 2):
        hand_in(house, number, kind=EvidenceKind.chat_export)
        look_at(house, number, no, seen_picture(text="茉莉花茶的私房话"))
    perform(
        order_screens(
            house.world, actor=house.complainant(number), number=number, by=Party.complainant, numbers=(2, 1)
        )
    )
    assert ReadingOrder.objects.exists() and ThreadRow.objects.exists()
    house.do(withdraw(house, number))
    house.do(erase_case(house.world, actor=house.staff(Role.owner), number=number))
    assert (
        not InspectionRow.objects.exists()
        and not ReadingOrder.objects.exists()
        and not ThreadRow.objects.exists()
    )
    assert RenditionRow.objects.exists(), "the names of the blobs are needed to delete them"
    perform(finish_erasure(house.world, number=number, operator=OPERATOR))
    assert not RenditionRow.objects.exists() and not BlobKey.objects.exists()
    look_at(house, number, 1)
    assert not InspectionRow.objects.exists(), "an erased case is not looked at"


def withdraw(house: House, number: str) -> object:
    from recourse.actions.withdraw_case import withdraw_case

    return withdraw_case(house.world, actor=house.complainant(number), number=number, reason="不投诉了")


def test_pictures_that_come_after_the_erasure_are_thrown_away(house: House) -> None:
    number = house.served()
    hand_in(house, number)

    class Slow(FakeInspector):
        def inspect(self, data: bytes, media_type: str) -> Inspection:
            house.do(withdraw(house, number))
            house.do(erase_case(house.world, actor=house.staff(Role.owner), number=number))
            return seen_picture()

    perform(inspect_exhibit(replace(house.world, inspector=Slow()), number=number, operator=OPERATOR, no=1))
    assert (
        not InspectionRow.objects.exists()
        and not RenditionRow.objects.exists()
        and not BlobKey.objects.exists()
    )


def test_where_nothing_confines_the_previews_are_off_and_the_desk_says_so(house: House) -> None:
    number = house.served()
    hand_in(house, number)
    assert previews_off() is None
    look_at(house, number, 1, nothing(Reason.off))
    assert previews_off() is PREVIEWS_OFF
    free = replace(house.world, inspector=FakeInspector(confinement=Confinement(limits=True)))
    assert check_previews(free) == (PREVIEWS_OFF,) and check_previews(house.world) == (PREVIEWS_OFF,)
    # As soon as a worker can, it looks again.
    assert inspections.queue_again(confined=False, reads=False, now=house.clock.now()) == 0
    assert inspections.queue_again(confined=True, reads=False, now=house.clock.now()) == 1
    house.clock.ahead(minutes=1)
    perform(run_jobs(replace(house.world, inspector=FakeInspector())))
    assert previews_off() is None


def test_a_weak_cage_opens_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    inspector = CagedInspector()
    inspector.__dict__["confinement"] = Confinement(limits=True, no_new_privileges=True)
    assert inspector.inspect(photo_from_home(), "image/jpeg").reason is Reason.off
    assert Confinement(limits=True, no_new_privileges=True, system_calls=True).enough
    assert Confinement(limits=True, no_new_privileges=True, namespaces=True, no_files=True).enough
    assert not Confinement(no_new_privileges=True, namespaces=True, no_files=True, system_calls=True).enough
    assert not Confinement(limits=True, no_new_privileges=True, namespaces=True).enough


def test_likeness_is_a_hint_for_the_neutral_and_the_owner_alone(house: House) -> None:
    number = house.served()
    looks = "f0" * 32
    for no in (1, 2):
        hand_in(house, number)
        look_at(house, number, no, seen_picture(likeness=looks, software="PhotoApp"))

    def hints(actor: Actor) -> object:
        sight = exhibit_sight(actor=actor, number=number, no=2)
        assert sight is not None
        return sight.hints

    owner, neutral = hints(house.complainant(number)), hints(house.staff(Role.neutral))
    assert owner is not None and neutral is not None
    assert hints(house.respondent()) is None and hints(house.staff(Role.agent)) is None


def test_the_owner_picks_the_row_of_a_bill(house: House) -> None:
    number = house.served()
    hand_in(house, number, kind=EvidenceKind.payment_record)
    rows = [
        {
            "at": "2026-11-01T12:00:00+08:00",
            "amount_fen": 12900,
            "counterparty": "山间茶铺",
            "order_no": "4200",
        }
    ]
    look_at(
        house,
        number,
        1,
        Inspection(Verdict.ok, findings={"bill": {"layout": "wechat", "rows": rows}, "text": "x"}),
    )
    owner = house.complainant(number)
    refused = perform(pick_bill_row(house.world, actor=owner, number=number, no=1, row=1))
    assert isinstance(refused, Problems) and refused.keys() == ("bill_row_unknown",)
    assert isinstance(
        perform(pick_bill_row(house.world, actor=house.respondent(), number=number, no=1, row=0)), Problems
    )
    assert isinstance(perform(pick_bill_row(house.world, actor=owner, number=number, no=1, row=0)), Receipt)
    assert inspections.inspected(SYSTEM, number)[1].picked == 0


def test_the_owner_changes_the_order_of_its_screens_and_nobody_else(house: House) -> None:
    number = house.served()
    for no in (1, 2, 3):
        hand_in(house, number, kind=EvidenceKind.chat_export, name=f"{no}.jpg")
        house.clock.ahead(minutes=1)
        look_at(house, number, no)
    owner = house.complainant(number)

    def put(actor: Actor, *numbers: int) -> object:
        return perform(
            order_screens(house.world, actor=actor, number=number, by=Party.complainant, numbers=numbers)
        )

    assert [item.no for item in read(owner, number)] == [1, 2, 3]
    assert isinstance(put(house.respondent(), 3, 2, 1), Problems) and isinstance(
        put(house.staff(), 3, 2, 1), Problems
    )
    assert isinstance(put(owner, 3, 3), Problems) and isinstance(put(owner, 9), Problems)
    assert isinstance(put(owner, 3, 1), Receipt)
    assert [item.no for item in read(house.respondent(), number)] == [3, 1, 2]
    assert isinstance(put(owner), Receipt)
    assert [item.no for item in read(owner, number)] == [1, 2, 3]


def read(actor: Actor, number: str) -> tuple[object, ...]:
    found = chat_thread(actor=actor, number=number, by=Party.complainant)
    assert found is not None
    return found.thread.shown


def test_jobs_of_an_older_inspector_are_queued_once(house: House) -> None:
    number = house.served()
    hand_in(house, number)
    look_at(house, number, 1)
    later = house.clock.now() + timedelta(hours=1)
    assert inspections.queue_again(confined=True, reads=False, now=later) == 0
    InspectionRow.objects.update(made_by=0)
    assert inspections.queue_again(confined=True, reads=False, now=later) == 1
    inspections.queue_again(confined=True, reads=False, now=later)
    assert Job.objects.filter(kind="inspect", done_at__isnull=True).count() == 2, (
        "the first look and one more"
    )
