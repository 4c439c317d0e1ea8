# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Take the pictures of the two READMEs: the case page of a live story on a phone, in Chinese and in English.

Run it after a change that shows: `.venv/bin/python -m scripts.take_pictures`. It plays the demonstration into a folder
that is thrown away, serves it, signs in with the code that the server prints, and writes docs/pictures.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, chromium_path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
# 林晓's down jacket: the merchant is silent and its clock runs out tomorrow.
CONTACT = "lin@demo.example.cn"
START_SECONDS = 120
CODE_SECONDS = 30


def main() -> int:
    """Serve a fresh demonstration and photograph it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        output = Path(folder) / "output"
        server = _serve(Path(folder), port, output)
        try:
            _wait(f"http://127.0.0.1:{port}/", server)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
                _take(browser, f"http://127.0.0.1:{port}", output)
                browser.close()
        finally:
            server.terminate()
            server.wait(30)
    return 0


def _serve(folder: Path, port: int, output: Path) -> "subprocess.Popen[bytes]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECOURSE_")}
    environment = kept | {"RECOURSE_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("recourse")), "serve", "--demo", "--port", str(port)]
    with output.open("wb") as file:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=file, stderr=subprocess.STDOUT)


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(START_SECONDS * 2):
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not answer in time")


def _take(browser: Browser, base: str, output: Path) -> None:
    context = browser.new_context(
        base_url=base,
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=contact]").fill(CONTACT)
    page.locator("main form button").first.click()
    page.locator("#id_code").fill(_code(output))
    page.locator("form:has(#id_code) button[type=submit]").click()
    page.wait_for_url("**/cases")
    case = page.locator("main a[href^='/c/']").first.get_attribute("href")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for lang, name in (("zh", "case-phone.png"), ("en", "case-phone-en.png")):
        page.goto(f"{case}?lang={lang}")
        page.locator(".clock__why summary").first.wait_for()
        page.screenshot(path=PICTURES / name)
    context.close()


def _code(output: Path) -> str:
    """The newest code that the server printed for this contact."""
    for _ in range(CODE_SECONDS * 4):
        printed = output.read_text(errors="replace")
        found = re.findall(r"\b\d{6}\b", printed[printed.rfind(CONTACT) :])
        if CONTACT in printed and found:
            return str(found[-1])
        time.sleep(0.25)
    raise SystemExit("no code was printed")


if __name__ == "__main__":
    raise SystemExit(main())
