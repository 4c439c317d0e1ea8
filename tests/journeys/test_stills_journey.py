# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A still out of one's own video on a phone: it plays in the page, is stopped, and the frame goes in with its time code."""

import base64
import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from recourse.core.evidence import Exhibit, time_code
from recourse.core.vocabulary import EvidenceKind
from tests.accessibility import serious_findings
from tests.dossiers.read_zip import made
from tests.dossiers.read_zip import pages as written
from tests.journeys import pages
from tests.journeys.test_exhibits_journey import hand_in
from tests.portal.person import last_code
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAIL = "xiaoming@example.cn"

# A film made by the browser: red for its first second and a half, green from then on.
_RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
  const pen = canvas.getContext("2d");
  const begun = performance.now();
  const paint = () => {
    pen.fillStyle = performance.now() - begun < 1500 ? "#d00000" : "#00a000";
    pen.fillRect(0, 0, 320, 240);
  };
  paint();
  const timer = setInterval(paint, 40);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const ended = new Promise((done) => { recorder.onstop = done; });
  recorder.start(200);
  await new Promise((done) => setTimeout(done, 3500));
  recorder.stop();
  await ended;
  clearInterval(timer);
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""


@pytest.fixture(scope="module")
def film(chromium: Any) -> bytes:
    """A few seconds of WebM."""
    page = chromium.new_page()
    data = base64.b64decode(page.evaluate(_RECORD))
    page.close()
    assert data.startswith(b"\x1a\x45\xdf\xa3")
    return data


def shown_video(house: House, phone: Page, film: bytes) -> str:
    """The case of a person who has signed in and whose video is on the page."""
    number = house.served(complainant={"name": "王小明", "email": MAIL})
    hand_in(house, number, EvidenceKind.video_unboxing_or_process, film, "开箱.webm")
    pages.ask_for_code(phone, MAIL)
    pages.enter_code(phone, last_code(house, MAIL))
    phone.goto(f"/c/{number}/exhibit/1/view")
    return number


def still_of(house: House, number: str) -> Exhibit:
    opened = house.world.cases.open(house.staff(), number)
    assert opened is not None
    return opened.case.exhibits[-1]


def test_a_moment_is_taken_from_the_video(house: House, phone: Page, film: bytes, screen: Any) -> None:
    number = shown_video(house, phone, film)
    phone.evaluate("() => document.getElementById('film').play()")
    phone.wait_for_function("() => document.getElementById('film').currentTime > 2.2")
    phone.get_by_role("button", name="取这一刻").click()
    expect(phone.locator("#still [role=status]")).to_contain_text("取到了")
    assert phone.evaluate("document.getElementById('film').paused")
    assert re.fullmatch(r"00:0[23]", phone.locator("#still #id_second").input_value())
    expect(phone.locator("#still .upload__count")).to_have_text("已选1件")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert serious_findings(phone) == []
    screen(phone, "taken")
    phone.locator("#still #id_note").fill("拆开就是碎的")
    phone.get_by_role("button", name="上传这个画面").click()
    expect(phone.locator("#mine li")).to_have_count(2)
    still = still_of(house, number)
    assert (still.no, still.still_of, still.media_type, still.kind) == (2, 1, "image/png", EvidenceKind.photo)
    assert still.second in {2, 3}
    data = house.world.blobs.get(still.blob)
    assert data is not None
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    red, green, _ = picture.getpixel((160, 120))  # type: ignore[misc]
    assert picture.size == (320, 240) and green > 100 > red, "the frame that stood there, not the first"
    said = "".join("".join(written(made(house, house.complainant(number), number))).split())
    assert f"证1录像{time_code(still.second)}处的画面" in said, "the dossier says where it is from"


def test_it_can_be_leafed_in_because_spans_are_given(house: House, phone: Page, film: bytes) -> None:
    number = shown_video(house, phone, film)
    answer = phone.request.get(f"/c/{number}/exhibit/1", headers={"Range": "bytes=4-99"})
    assert answer.status == 206 and answer.body() == film[4:100]
    assert answer.headers["content-range"] == f"bytes 4-99/{len(film)}"


def test_without_script_the_same_form_takes_a_screenshot(
    house: House, no_script_phone: Page, film: bytes, picture: str
) -> None:
    phone = no_script_phone
    number = shown_video(house, phone, film)
    expect(phone.get_by_role("button", name="取这一刻")).to_be_hidden()
    phone.locator("#still #id_file").set_input_files(picture)
    phone.locator("#still #id_second").fill("0:01")
    phone.get_by_role("button", name="上传这个画面").click()
    expect(phone.locator("#mine li")).to_have_count(2)
    still = still_of(house, number)
    assert (still.still_of, still.second) == (1, 1)


def test_a_video_that_does_not_play_says_what_to_do(house: House, phone: Page, film: bytes) -> None:
    shown_video(house, phone, film[:200])
    expect(phone.locator("#still [role=status]")).to_contain_text("放不了这段录像")
