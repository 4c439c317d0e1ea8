# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Each kind of lie is found where it is told, by whoever tells it; what is not proven is always said."""

import base64
import random
from collections.abc import Callable
from typing import Any

import pytest

from recourse.core.canonical import canonical
from recourse.core.dossier.timestamp import read_stamp
from recourse.core.dossier.words import FAULTS, PROVEN, UNPROVEN
from tests.dossiers import bend_values
from tests.dossiers.draft import LOG, STRANGER, WITNESSES, Draft, checkpoint_note, pack, promise, stamp_reply
from tests.dossiers.make import make
from tests.dossiers.verifiers import by_core, gist


def rich() -> Draft:
    """A dossier with an original of some size, private fields, leaves in a log, promises, a cosignature and a stamp."""
    for seed in range(4000):
        draft = make(seed)
        here = draft.cover["part"]
        sizes = [row["size"] for row in draft.exhibits if (row["form"], row["part"]) == ("original", here)]
        cosigned = draft.checkpoint is not None and draft.checkpoint.count("— ".encode()) > 1
        proven = bool(draft.promises) and "data/proofs/timestamp.tsr" in draft.files
        if cosigned and proven and sizes and sizes[0] > 10 and len(draft.events) > 4:
            leaf = draft.leaves[0]
            if leaf["path"] and leaf["no"] is None and draft.private:
                return draft
    raise AssertionError("no rich dossier among the first")


@pytest.fixture
def draft() -> Draft:
    return rich().copy()


def first_fault(draft: Draft) -> tuple[str, str]:
    """Code and place of the first fault of a draft that the operator itself sealed."""
    _, code, where = gist(by_core(draft.pack()))
    return code, where


def test_a_sound_dossier_proves_what_it_holds_and_says_what_it_does_not(draft: Draft) -> None:
    verdict = by_core(draft.pack())
    assert verdict["ok"] and not verdict["faults"]
    proven = [item["code"] for item in verdict["proven"]]
    assert proven[:2] == ["sealed", "chain"] and {"rulebook", "exhibit", "promise", "log"} <= set(proven)
    assert codes(verdict, "unproven")[:4] == ["truth", "later", "clock", "keys"]
    with_policy = by_core(draft.pack(), draft.policy)
    assert with_policy["ok"] and codes(with_policy, "proven")[:2] == ["sealed", "keys"]
    assert "keys" not in codes(with_policy, "unproven")


def test_without_a_policy_witnesses_are_the_dossier_s_own_word(draft: Draft) -> None:
    """An operator that makes up witnesses, and a university to run them, has nothing proven by them."""
    for witness in draft.policy["witnesses"]:
        witness["operator"] = "某大学"
    own, given = by_core(draft.pack()), by_core(draft.pack(), draft.policy)
    assert {"keys", "witness", "split"}.isdisjoint(codes(own, "proven"))
    assert {"keys", "witness", "split"} <= set(codes(own, "unproven"))
    told = {item["code"]: item["zh"] for item in own["unproven"]}
    assert "见证人的公钥，都是案卷自己带的" in told["keys"] and "“由 某大学 运行”" in told["witness"]
    assert {"keys", "witness", "split"} <= set(codes(given, "proven"))
    assert {"keys", "witness", "split"}.isdisjoint(codes(given, "unproven"))


def codes(verdict: dict[str, Any], of: str) -> list[str]:
    """The codes of what a verdict calls proven, or unproven, in order."""
    return [item["code"] for item in verdict[of]]


def test_every_sentence_is_there_in_both_languages() -> None:
    for table in (FAULTS, PROVEN, UNPROVEN):
        for code, text in table.items():
            assert text.zh and text.en and text.zh != text.en, code
            assert ("{where}" in text.zh) == ("{where}" in text.en), code


Change = Callable[[Draft], Any]


def _set(rows: str, index: int, /, **values: Any) -> Change:
    return lambda draft: getattr(draft, rows)[index].update(values)


def _body(**values: Any) -> Change:
    def change(draft: Draft) -> None:
        draft.events[2]["body"].update(values)

    return change


def _original(draft: Draft) -> dict[str, Any]:
    return next(
        row for row in draft.exhibits if row["form"] == "original" and f"data/{row['file']}" in draft.files
    )


def _swap_bytes(draft: Draft) -> None:
    row = _original(draft)
    draft.files[f"data/{row['file']}"] = bytes(row["size"])


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (_set("exhibits", 0, note="x"), "format", "data/exhibits.json"),
        (_set("events", 1, version=True), "format", "data/events.jsonl:2"),
        (lambda d: d.files.update({"data/extra.txt": b""}), "format", "data/extra.txt"),
        (lambda d: setattr(d, "seal_key", STRANGER), "seal", "seal.txt"),
        (lambda d: setattr(d, "seal_key", LOG), "seal", "seal.txt"),
        (_body(text="改过"), "chain", "3"),
        (lambda d: d.events.pop(1), "chain", "2"),
        (lambda d: d.events.pop(0), "chain", "1"),
        (lambda d: d.events.insert(1, d.events[0]), "chain", "2"),
        (_set("events", 3, at="2020-01-01T00:00:00+08:00"), "chain", "4"),
        (lambda d: d.cover.update(platform="other"), "chain", "1"),
        (lambda d: d.cover.update(operator="other"), "chain", "1"),
        (lambda d: setattr(d, "rulebook", b"[]"), "rulebook", "1"),
        (_swap_bytes, "exhibit", "@no"),
        (lambda d: _original(d).update(digest="0" * 64), "exhibit", "@no"),
        (lambda d: _original(d).update(kind="receipt"), "exhibit", "@no"),
        (lambda d: d.leaves[0]["data"].update(at="2020"), "leaf", "@leaf"),
        (lambda d: d.leaves[0].update(salt="ab" * 16), "leaf", "@leaf"),
        (lambda d: d.leaves[0].update(path=[]), "inclusion", "@index"),
        (lambda d: setattr(d, "checkpoint", None), "inclusion", "@index"),
        (lambda d: d.policy["log"][0].update(key=STRANGER.base64), "checkpoint", "data/proofs/checkpoint.txt"),
        (lambda d: d.files.update({"data/proofs/timestamp.tsr": b"0"}), "timestamp", "data/proofs/timestamp.tsr"),
        (lambda d: d.files.update({"data/proofs/timestamp.tsr": stamp_reply(b"x")}), "timestamp", "data/proofs/timestamp.tsr"),
    ],
)  # fmt: skip
def test_a_lie_is_found_where_it_is_told(draft: Draft, change: Change, code: str, where: str) -> None:
    places = {
        "@no": str(_original(draft)["no"]),
        "@index": str(draft.leaves[0]["index"]),
        "@leaf": str(draft.leaves[0]["version"]),
    }
    change(draft)
    if code in {"leaf", "inclusion"}:
        draft.promises = []  # they would be about another leaf
    if draft.checkpoint is None:
        del draft.files["data/proofs/timestamp.tsr"]
    assert first_fault(draft) == (code, places.get(where, where))


def test_a_private_field_is_what_was_committed_to(draft: Draft) -> None:
    row = draft.private[0]
    name = sorted(row["fields"])[0]
    row["fields"][name]["value"] = "别的"
    assert first_fault(draft) == ("commitment", f"{row['version']}/{name}")
    row["fields"] = {"unknown": {"salt": "ab" * 16, "value": 1}}
    assert first_fault(draft) == ("commitment", f"{row['version']}/unknown")


def test_a_promise_is_of_the_operator_and_about_a_leaf(draft: Draft) -> None:
    bend_values.promise_of_a_stranger(draft, random.Random(1))
    last = draft.leaves[-1]
    place = f"{last['version']}/{last['no']}" if last["no"] else str(last["version"])
    assert first_fault(draft) == ("promise", place)
    draft.promises = [promise(last, at="2020-01-01T00:00:00+08:00")]
    assert first_fault(draft) == ("promise", place), (
        "the operator's own word, and of another time than the leaf"
    )
    draft.promises = [promise(last, at=last["data"]["at"])]
    assert by_core(draft.pack())["ok"]
    draft.promises[0]["leaf"] = "0" * 64
    assert first_fault(draft) == ("promise", "data/proofs/promises.jsonl:1")
    bend_values.promise_of_another_time(draft, random.Random(1))
    assert first_fault(draft) == ("promise", place)


def test_a_false_cosignature_is_a_fault_and_a_missing_one_is_not(draft: Draft) -> None:
    text, _, lines = (draft.checkpoint or b"").decode().partition("\n\n")
    own, *others = lines.splitlines(keepends=True)
    draft.files.pop("data/proofs/timestamp.tsr")
    draft.checkpoint = f"{text}\n\n{own}".encode()
    without = by_core(draft.pack())
    assert without["ok"] and "split" in [item["code"] for item in without["unproven"]]
    name, blob = others[0][2:].split()
    raw = bytearray(base64.b64decode(blob))
    raw[-1] ^= 1
    draft.checkpoint = f"{text}\n\n{own}— {name} {base64.b64encode(bytes(raw)).decode()}\n".encode()
    assert first_fault(draft) == ("witness", name)


def test_an_operator_that_rewrites_its_record_is_caught_by_what_others_saw(draft: Draft) -> None:
    """The chain, the leaves and the promises are all made anew, and the seal is true: the root that was cosigned is not."""
    draft.files.pop("data/proofs/timestamp.tsr")
    draft.promises = []
    bend_values.chain_and_leaves_rewritten(draft, random.Random(2))
    assert first_fault(draft)[0] in {"inclusion", "leaf"}


def test_with_the_operators_own_witness_alone_it_says_what_that_is_worth(draft: Draft) -> None:
    for witness in draft.policy["witnesses"]:
        witness["operator"] = draft.cover["host"]
    verdict = by_core(draft.pack(), draft.policy)
    assert verdict["ok"] and "split" in codes(verdict, "unproven") and "split" not in codes(verdict, "proven")
    assert "witness" in codes(verdict, "proven")


def test_a_given_policy_wins_over_the_dossiers_own_keys(draft: Draft) -> None:
    forged = draft.copy()
    forged.policy["receipt"] = [{"name": STRANGER.name, "key": STRANGER.base64}]
    forged.seal_key = STRANGER
    forged.promises = []
    assert by_core(forged.pack())["ok"]
    assert gist(by_core(forged.pack(), draft.policy)) == (False, "seal", "seal.txt")


@pytest.mark.parametrize(
    "line",
    [b'{"a":1,"a":1}', b'{"a": 1}', b'{"b":1,"a":1}', b"1.0", b"1e3", b"NaN", b"9007199254740992", b"-0", b'"\\ud800"', b'"\\u0041"',
     b'"\xff"', b'"\xed\xa0\x80"', b"\xef\xbb\xbf1", '{"é":1}'.encode(), b"[" * 65 + b"]" * 65, b"[" * 100_000, b'"\x01"', b"", b"1 "],
)  # fmt: skip
def test_what_two_parsers_could_read_differently_is_not_taken(draft: Draft, line: bytes) -> None:
    payload = draft.payload() | {"data/rulebook.json": line}
    assert gist(by_core(pack(draft.number, payload)))[1:] == ("format", "data/rulebook.json")
    payload = draft.payload()
    payload["data/private.jsonl"] += line + b"\n"
    where = f"data/private.jsonl:{len(draft.private) + 1}"
    assert gist(by_core(pack(draft.number, payload)))[1:] == ("format", where)


def test_sixty_four_levels_are_taken(draft: Draft) -> None:
    draft.rulebook = b"[" * 64 + b"]" * 64
    assert first_fault(draft) == ("rulebook", "1")


def test_a_stamp_is_read_or_refused_whatever_the_bytes() -> None:
    reply = stamp_reply(b"x", time="20261124153000.25Z")
    stamp = read_stamp(reply)
    assert stamp is not None and stamp.time == "20261124153000.25Z" and len(stamp.imprint) == 32
    for cut in range(len(reply)):
        assert read_stamp(reply[:cut]) is None
    for extra in (b"\0", reply):
        assert read_stamp(reply + extra) is None


def test_the_latest_time_of_a_witness_is_said(draft: Draft) -> None:
    head = bend_values._head_of(draft)
    assert head is not None
    draft.files.pop("data/proofs/timestamp.tsr")
    draft.policy["witnesses"] = [
        {"name": WITNESSES[0].name, "key": WITNESSES[0].base64, "operator": "某大学"}
    ]
    draft.policy["quorum"] = 1
    draft.checkpoint = checkpoint_note(head, cosigners=[(WITNESSES[0], 253_402_300_799), (WITNESSES[0], 0)])
    told = [item for item in by_core(draft.pack(), draft.policy)["proven"] if item["code"] == "witness"]
    assert "9999-12-31T23:59:59Z" in told[0]["zh"] and "某大学" in told[0]["zh"]
    assert canonical(told)  # plain values
