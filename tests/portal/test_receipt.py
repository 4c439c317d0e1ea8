# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The receipt: pending at first, complete once the log was signed, own files alone, and honest about its witness."""

import hashlib
import hmac
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.actions.keep_log import keep_log
from recourse.actions.stamp_log import stamp_log
from recourse.actions.story import perform
from recourse.core.canonical import canonical
from recourse.core.checkpoint.head import read_checkpoint
from recourse.core.checkpoint.leaf import head_commitment
from recourse.core.checkpoint.note import decode, read_note
from recourse.core.checkpoint.policy import judge_checkpoint, read_policy
from recourse.core.checkpoint.promise import promise_message
from recourse.core.merkle import leaf_hash, verify_inclusion
from recourse.gateways.signature import verify
from tests.portal.person import PNG, Person
from tests.portal.respondent.merchant import Merchant
from tests.store.house import House
from tests.store.log_house import with_log


@pytest.fixture
def house(house: House, tmp_path: Path, monkeypatch: Any) -> House:
    """The house with a signer and a witness."""
    house.world, _ = with_log(house, tmp_path, monkeypatch)
    return house


def holds(leaf: dict[str, Any], policy: Any, note: Any) -> dict[str, Any]:
    """A receipt's leaf proves itself with nothing but the receipt; its data."""
    digest = leaf_hash(leaf["data"].encode())
    assert digest.hex() == leaf["hash"]
    data: dict[str, Any] = json.loads(leaf["data"])
    message = promise_message(origin=leaf["origin"], leaf=digest, at=data["at"])
    Ed25519PublicKey.from_public_bytes(policy.receipt[0].key).verify(decode(leaf["promise"]), message)
    checkpoint = read_checkpoint(note.text)
    path = [decode(item) for item in leaf["path"]]
    head = checkpoint.head
    assert verify_inclusion(index=leaf["index"], size=head.size, leaf=digest, proof=path, root=head.root)
    return data


def test_a_receipt_proves_itself_without_us(house: House, person: Person) -> None:
    number = house.served()
    person.sign_in()
    image = SimpleUploadedFile("聊天记录.png", PNG, content_type="image/png")
    person.post(f"/c/{number}/do/exhibit", {"kind": "chat_export", "file": image, "form_key": "k1"})
    page = person.get(f"/c/{number}/receipt").content.decode()
    digest = hashlib.sha256(PNG).hexdigest()
    assert digest in page and "证明正在补" in page and "<svg" in page
    perform(keep_log(house.world))
    page = person.get(f"/c/{number}/receipt").content.decode()
    assert "证明齐了" in page and "运营方自己开的" in page and "做两本日志" in page
    answer = person.get(f"/c/{number}/receipt.txt")
    assert answer["Content-Disposition"].startswith("attachment")
    told = answer.content.decode()
    assert digest in told and "What it does not prove" in told
    receipt = json.loads(told.strip().rpartition("\n")[2])
    policy, note = read_policy(receipt["policy"]), read_note(receipt["checkpoint"])
    judged = judge_checkpoint(note, policy, verify=verify)
    assert judged.log and judged.quorum
    head = holds(receipt["leaf"], policy, note)
    opened = head_commitment(
        case=receipt["case"],
        version=receipt["version"],
        head=receipt["head"],
        salt=bytes.fromhex(receipt["leaf"]["salt"]),
    )
    assert head["commitment"] == opened
    (exhibit,) = receipt["exhibits"]
    data = holds(exhibit["leaf"], policy, note)
    salt = bytes.fromhex(exhibit["salt"])
    assert data["kind"] == "exhibit" and exhibit["digest"] == digest
    assert data["commitment"] == hmac.new(salt, canonical(["digest", digest]), hashlib.sha256).hexdigest()


def test_a_time_stamp_counts_for_what_was_there_when_it_was_made(house: House, person: Person) -> None:
    class Stamps:
        """An authority whose word is not looked at here."""

        name = "tsa.example.cn"

        def stamp(self, message: bytes) -> tuple[bytes, str]:
            return message[:1], ""

    number = house.served()
    person.sign_in()
    perform(keep_log(house.world))
    perform(stamp_log(replace(house.world, authority=Stamps()), at_once=True))
    assert "tsa.example.cn" in person.get(f"/c/{number}/receipt").content.decode()
    person.post(f"/c/{number}/do/message", {"text": "在吗", "form_key": "k1"})
    for proven in (False, True):
        page = person.get(f"/c/{number}/receipt").content.decode()
        assert ("证明齐了" in page) is proven
        assert "tsa.example.cn" not in page, "the stamp is older than the record"
        perform(keep_log(house.world))
    perform(stamp_log(replace(house.world, authority=Stamps()), at_once=True))
    assert "tsa.example.cn" in person.get(f"/c/{number}/receipt").content.decode()


def test_both_parties_have_their_own_receipt_and_nobody_else_has_one(
    house: House, person: Person, client: Any
) -> None:
    number = house.served()
    merchant = Merchant(house)
    for address in (f"/c/{number}/receipt", f"/r/c/{number}/receipt", f"/r/c/{number}/receipt.txt"):
        assert Client().get(address).status_code in {302, 404}
    merchant.enter("kefu@merchant.example.cn")
    merchant.do(
        number,
        "exhibit",
        kind="chat_export",
        file=SimpleUploadedFile("发货单.png", PNG, content_type="image/png"),
    )
    theirs = merchant.client.get(f"/r/c/{number}/receipt").content.decode()
    assert "发货单.png" in theirs and hashlib.sha256(PNG).hexdigest() in theirs
    assert f"/r/c/{number}/receipt" in merchant.page(number)
    person.sign_in()
    ours = person.get(f"/c/{number}/receipt").content.decode()
    assert "发货单.png" not in ours and hashlib.sha256(PNG).hexdigest() not in ours
    assert merchant.client.get(f"/c/{number}/receipt").status_code in {302, 404}
