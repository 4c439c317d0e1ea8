# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""verifier/verify.html stands alone: from a file, offline, on a phone, and where a browser has no Ed25519."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recourse.core.dossier.words import FAULTS, PROVEN, UNPROVEN
from scripts.seal_verify_page import sealed
from tests.accessibility import serious_findings
from tests.conftest import visit
from tests.dossiers.draft import STRANGER
from tests.dossiers.make import make
from tests.dossiers.mutate import mutant
from tests.dossiers.verifiers import VERIFIER, BrowserVerifier, by_core
from tests.verifier.test_script import ONLY_OURS

PAGE = VERIFIER / "verify.html"
NO_ED25519 = """
const importKey = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
  if (algorithm && algorithm.name === "Ed25519") return Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
  return importKey.call(this, format, key, algorithm, ...rest);
};
"""


def test_its_policy_allows_its_own_script_and_style_and_nothing_else() -> None:
    page = PAGE.read_text()
    assert sealed(page) == page, "run scripts/seal_verify_page.py"
    assert "default-src 'none'" in page
    assert re.findall(r"\b(?:src|href)=|https?://|url\(|@import", page) == []


@pytest.fixture
def phone_page(chromium: Any) -> Iterator[Page]:
    """A phone on which the page is opened; the visit fails if it asks anybody for anything."""
    yield from visit(chromium, base="http://127.0.0.1:9", width=390, height=844)


@pytest.mark.browser
def test_its_sentences_are_those_of_the_core(phone_page: Page) -> None:
    BrowserVerifier(phone_page)
    told = phone_page.evaluate("({fault: FAULTS, proven: PROVEN, unproven: UNPROVEN})")
    for kind, table in (("fault", FAULTS), ("proven", PROVEN), ("unproven", UNPROVEN)):
        wanted = {
            code: [text.zh, text.en]
            for code, text in table.items()
            if (kind, code) != ("proven", "timestamp")
        }
        assert {code: text for code, text in told[kind].items() if code not in ONLY_OURS} == {
            code: text for code, text in wanted.items() if code not in ONLY_OURS
        }


@pytest.mark.browser
def test_a_person_picks_a_file_and_reads_the_verdict(phone_page: Page, tmp_path: Path, screen: Any) -> None:
    draft = make(5)
    sound, bad, policy = tmp_path / "案卷.zip", tmp_path / "bad.zip", tmp_path / "policy.json"
    sound.write_bytes(draft.pack())
    bad.write_bytes(draft.pack()[:-1] + b"x")
    policy.write_text(
        json.dumps({**draft.policy, "receipt": [{"name": STRANGER.name, "key": STRANGER.base64}]})
    )
    phone_page.context.set_offline(True)
    BrowserVerifier(phone_page)
    phone_page.set_input_files("#dossier", str(sound))
    expect(phone_page.locator("#verdict")).to_have_text("✓ 没有发现问题")
    expect(phone_page.locator("#findings")).to_contain_text("不证明材料内容是真的")
    assert serious_findings(phone_page) == []
    assert phone_page.evaluate("document.documentElement.scrollWidth") == 390
    screen(phone_page, "verify-page-sound")
    phone_page.click("#language")
    expect(phone_page.locator("#verdict")).to_have_text("✓ No fault found")
    assert phone_page.locator("html").get_attribute("lang") == "en" and serious_findings(phone_page) == []
    phone_page.set_input_files("#policy", str(policy))
    expect(phone_page.locator("#verdict")).to_contain_text("There are faults")
    expect(phone_page.locator("#findings li").first).to_contain_text("The seal is false")
    phone_page.set_input_files("#policy", str(sound))
    expect(phone_page.locator(".pick.small")).to_contain_text("This is no policy file")
    phone_page.set_input_files("#dossier", str(bad))
    expect(phone_page.locator("#findings li").first).to_contain_text("From byte")
    assert serious_findings(phone_page) == []
    screen(phone_page, "verify-page-fault")


@pytest.mark.browser
def test_a_file_is_dropped_onto_it(phone_page: Page) -> None:
    BrowserVerifier(phone_page)
    phone_page.evaluate(
        """(bytes) => {
            const carried = new DataTransfer();
            carried.items.add(new File([Uint8Array.from(bytes)], "dropped.zip"));
            document.getElementById("drop").dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: carried}));
        }""",
        list(make(3).pack()),
    )
    expect(phone_page.locator("#verdict")).to_have_text("✓ 没有发现问题")
    expect(phone_page.locator("#file")).to_contain_text("dropped.zip")


@pytest.mark.browser
def test_where_the_browser_has_no_ed25519_it_says_so_and_reckons_by_itself(phone_page: Page) -> None:
    phone_page.add_init_script(NO_ED25519)
    verifier = BrowserVerifier(phone_page)
    expect(phone_page.locator("#trouble")).to_contain_text("没有自带 Ed25519")
    batch = [*(make(seed).pack() for seed in range(12)), *(mutant(number).data for number in range(24))]
    assert verifier.verify(batch) == [by_core(data) for data in batch]


@pytest.mark.browser
def test_its_own_ed25519_agrees_with_the_browsers(phone_page: Page) -> None:
    """On true signatures, on each with a bit changed, on s + L, and on keys that are no points."""
    BrowserVerifier(phone_page)
    wrong = phone_page.evaluate(
        """async () => {
            const pair = await crypto.subtle.generateKey({name: "Ed25519"}, true, ["sign", "verify"]);
            const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)), wrong = [];
            for (let turn = 0; turn < 60; turn += 1) {
                const message = crypto.getRandomValues(new Uint8Array(turn));
                const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, message));
                const tries = [[key, signature], [crypto.getRandomValues(new Uint8Array(32)), signature]];
                const flipped = signature.slice(); flipped[turn] ^= 1 << (turn % 8); tries.push([key, flipped]);
                const other = key.slice(); other[turn % 32] ^= 1; tries.push([other, signature]);
                let s = number(signature.slice(32)) + L; const big = signature.slice();
                for (let at = 32; at < 64; at += 1, s >>= 8n) big[at] = Number(s & 255n);
                tries.push([key, big], [new Uint8Array(32), signature], [new Uint8Array(32).fill(255), new Uint8Array(64)]);
                for (const [k, s] of tries) if ((await ownEd25519(k, message, s)) !== (await browserEd25519(k, message, s))) wrong.push([turn, k, s]);
                if (!(await ownEd25519(key, message, signature))) wrong.push([turn, "true signature refused"]);
            }
            return wrong;
        }"""
    )
    assert wrong == []


@pytest.mark.browser
def test_without_webcrypto_it_says_what_to_do(phone_page: Page) -> None:
    phone_page.add_init_script("Object.defineProperty(globalThis, 'crypto', {value: undefined})")
    BrowserVerifier(phone_page)
    expect(phone_page.locator("#trouble")).to_contain_text("verify.py")
