# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Ways to bend a dossier's values: as somebody would who writes every file anew around a lie."""

import base64
import random
from collections.abc import Callable
from typing import Any

from recourse.core.canonical import canonical
from recourse.core.checkpoint.head import Head
from tests.dossiers.draft import (
    LOG,
    ORIGIN,
    RECEIPT,
    STRANGER,
    WITNESSES,
    Draft,
    Key,
    checkpoint_note,
    head_data,
    promise,
    stamp_reply,
)

Bend = Callable[[Draft, random.Random], None]

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**53 - 1, "", "1", "x", "é", " ", "a b", "x" * 201, "0" * 64, "F" * 64, [], {}, [1], {"a": 1}, "\n", "+",
    "２",
)  # fmt: skip


def _some(rows: list[Any], chance: random.Random) -> Any:
    return chance.choice(rows) if rows else {}


def odd_value(draft: Draft, chance: random.Random) -> None:
    """Any field of any row gets an odd value; or a field is there twice over, or gone."""
    rows = _some(
        [
            draft.events,
            draft.private,
            draft.exhibits,
            draft.leaves,
            draft.promises,
            [draft.cover],
            [draft.policy],
        ],
        chance,
    )
    row = _some(rows, chance)
    if not row:
        return
    name = chance.choice(sorted(row))
    way = chance.random()
    if way < 0.1:
        del row[name]
    elif way < 0.2:
        row[chance.choice(("extra", "__proto__", "constructor", "é"))[:9].replace("é", "e2")] = chance.choice(
            ODD
        )
    else:
        row[name] = chance.choice(ODD)


def odd_value_and_relinked(draft: Draft, chance: random.Random) -> None:
    """A field of an event's body gets an odd value, and the chain is linked again."""
    body = chance.choice(draft.events)["body"]
    body[chance.choice(sorted(body))] = chance.choice(ODD)
    draft.chain()


def body_of_exhibit(draft: Draft, chance: random.Random) -> None:
    added = [event for event in draft.events if event["type"] == "ExhibitAdded"]
    event = _some(added, chance)
    if event:
        name = chance.choice(("no", "size", "kind", "media_type"))
        event["body"][name] = chance.choice((True, False, 0, 1, 2, "1", "photo", None, [1]))
        draft.chain()


def event_changed(draft: Draft, chance: random.Random) -> None:
    """An event says something else; its own hash may be made anew, the next link then breaks."""
    event = chance.choice(draft.events)
    event[chance.choice(("at", "type", "case"))] = chance.choice(
        ("x", "ComplaintFiled", "2026-01-01T00:00:00+08:00")
    )
    if chance.random() < 0.5:
        keep = [dict(item) for item in draft.events]
        draft.chain()
        for before, now in zip(keep, draft.events, strict=True):
            if now is not event:
                now |= {"hash": before["hash"], "previous": before["previous"]}


def event_taken_out(draft: Draft, chance: random.Random) -> None:
    del draft.events[chance.randrange(len(draft.events))]
    if draft.events and chance.random() < 0.3:
        draft.chain()


def event_twice(draft: Draft, chance: random.Random) -> None:
    draft.events.insert(chance.randrange(len(draft.events)), dict(chance.choice(draft.events)))


def events_swapped(draft: Draft, chance: random.Random) -> None:
    a, b = chance.randrange(len(draft.events)), chance.randrange(len(draft.events))
    draft.events[a], draft.events[b] = draft.events[b], draft.events[a]


def end_cut_off(draft: Draft, chance: random.Random) -> None:
    """Fewer events than the leaves speak of."""
    del draft.events[max(1, chance.randrange(len(draft.events) + 1)) :]


def chain_rewritten(draft: Draft, chance: random.Random) -> None:
    """The operator rewrites an event and every link after it; promises, leaves and log stay as they were."""
    event = chance.choice(draft.events)
    event["body"]["text"] = "另一种说法"
    draft.chain()


def chain_and_leaves_rewritten(draft: Draft, chance: random.Random) -> None:
    """And the leaves too, but not the tree, whose root others have seen."""
    chain_rewritten(draft, chance)
    for leaf in draft.leaves:
        if leaf["no"] is None:
            leaf["data"] = head_data(draft.events[leaf["version"] - 1], bytes.fromhex(leaf["salt"]))
    if chance.random() < 0.5:
        draft.promises = [promise(leaf, at=leaf["data"]["at"]) for leaf in draft.leaves]


def private_value(draft: Draft, chance: random.Random) -> None:
    row = _some(draft.private, chance)
    if row:
        field = row["fields"][chance.choice(sorted(row["fields"]))]
        field[chance.choice(("salt", "value"))] = chance.choice(
            ("ab" * 16, "ab" * 15, "zz" * 16, "改过的", 7, None)
        )


def private_moved(draft: Draft, chance: random.Random) -> None:
    row = _some(draft.private, chance)
    if row:
        way = chance.random()
        if way < 0.3:
            row["version"] = chance.choice((1, 2, 99, row["version"] + 1))
        elif way < 0.6:
            row["fields"][chance.choice(("digest", "other", "toString", "__proto__"))] = {
                "salt": "ab" * 16,
                "value": 1,
            }
        else:
            row["fields"].pop(chance.choice(sorted(row["fields"])))


def rulebook_changed(draft: Draft, chance: random.Random) -> None:
    draft.rulebook = canonical(chance.choice(([], {"playbook": 1}, None, 7, "x")))


def exhibit_row(draft: Draft, chance: random.Random) -> None:
    row = _some(draft.exhibits, chance)
    if not row:
        return
    name = chance.choice(("no", "version", "kind", "form", "file", "size", "media_type", "digest", "part"))
    row[name] = chance.choice(
        (1, 2, 3, 0, True, "photo", "original", "copy", "withheld", "page", "exhibits/001-original.png", "exhibits/../case.json",
         "exhibits/001-page0.png", "0" * 64, None, "image/png", "x", row[name])
    )  # fmt: skip


def exhibit_rows(draft: Draft, chance: random.Random) -> None:
    rows = draft.exhibits
    if rows:
        row, at = chance.choice(rows), chance.randrange(len(rows))
        if chance.random() < 0.4:
            rows.remove(row)
        elif chance.random() < 0.5:
            rows.insert(at, dict(row))
        else:
            rows.reverse()


def exhibit_bytes(draft: Draft, chance: random.Random) -> None:
    """The file is another, with or without the list saying so."""
    from recourse.core.dossier.bag import content_of

    row = _some(
        [row for row in draft.exhibits if row["file"] and f"data/{row['file']}" in draft.files], chance
    )
    if row:
        data = draft.files[f"data/{row['file']}"] + b"!"
        draft.files[f"data/{row['file']}"] = data
        if chance.random() < 0.6:
            row |= {"digest": content_of(data).digest, "size": len(data)}


def exhibit_files_swapped(draft: Draft, chance: random.Random) -> None:
    paths = [path for path in sorted(draft.files) if path.startswith("data/exhibits/")]
    if len(paths) > 1:
        a, b = chance.sample(paths, 2)
        draft.files[a], draft.files[b] = draft.files[b], draft.files[a]


def part_changed(draft: Draft, chance: random.Random) -> None:
    draft.cover[chance.choice(("part", "parts"))] = chance.choice((1, 2, 3, 9))


def cover_changed(draft: Draft, chance: random.Random) -> None:
    draft.cover[chance.choice(("operator", "platform", "case", "number", "seat"))] = chance.choice(
        ("other", draft.number, "local")
    )


def leaf_row(draft: Draft, chance: random.Random) -> None:
    leaf = _some(draft.leaves, chance)
    if not leaf:
        return
    way = chance.randrange(6)
    if way == 0:
        leaf["version"] = chance.choice((1, 2, 3, 99))
    elif way == 1 and leaf["index"] is not None:
        leaf["index"] = max(0, leaf["index"] + chance.choice((-1, 1, 2, 2**40)))
    elif way == 2:
        leaf["data"][chance.choice(("at", "commitment", "kind", "v"))] = chance.choice(
            ("x", "0" * 64, "head", "exhibit", 1, 2, True)
        )
    elif way == 3:
        leaf["salt"] = chance.choice(("ab" * 16, None, "ab"))
    elif way == 4:
        leaf["no"] = chance.choice((None, 1, 2))
    else:
        leaf["index"], leaf["path"] = None, chance.choice(([], leaf["path"]))


def leaf_path(draft: Draft, chance: random.Random) -> None:
    leaf = _some([leaf for leaf in draft.leaves if leaf["path"]], chance)
    if not leaf:
        return
    path, at = leaf["path"], chance.randrange(len(leaf["path"]))
    way = chance.randrange(6)
    if way == 0:
        del path[at]
    elif way == 1:
        path.insert(at, path[at])
    elif way == 2:
        path.reverse()
    elif way == 3:
        path[at] = base64.b64encode(chance.randbytes(32)).decode()
    elif way == 4:
        path[at] = chance.choice(
            (path[at].rstrip("="), path[at][:-2] + "B=", path[at] + "\n", path[at].replace("+", "-"), "AA==")
        )
    else:
        leaf["path"] = path * 64


def promise_row(draft: Draft, chance: random.Random) -> None:
    row = _some(draft.promises, chance)
    if not row:
        return
    way = chance.randrange(5)
    if way == 0:
        row[chance.choice(("at", "origin"))] = "2020-01-01T00:00:00+08:00"
    elif way == 1:
        row["leaf"] = "0" * 64
    elif way == 2:
        row["signature"] = base64.b64encode(chance.randbytes(64)).decode()
    elif way == 3:
        draft.promises.reverse()
    else:
        draft.promises.append(dict(row))


def promise_of_a_stranger(draft: Draft, chance: random.Random) -> None:
    """A promise of another time than the leaf's, signed by somebody else or by the operator itself."""
    if draft.leaves:
        draft.promises = [promise(draft.leaves[-1], at="x", key=chance.choice((STRANGER, LOG, RECEIPT)))]


def promise_of_another_time(draft: Draft, chance: random.Random) -> None:
    """Signed by the right key, and the ten seconds count from when it suits the operator."""
    if draft.leaves:
        at = chance.choice(("2020-01-01T00:00:00+08:00", "2026-11-30T10:00:00+08:00"))
        draft.promises = [promise(draft.leaves[-1], at=at)]


def _head_of(draft: Draft) -> Head | None:
    if draft.checkpoint is None:
        return None
    _, size, root = draft.checkpoint.decode().split("\n")[:3]
    return Head(int(size), base64.b64decode(root))


def checkpoint_of_another(draft: Draft, chance: random.Random) -> None:
    """A checkpoint with another size, root, origin or key, properly signed."""
    head = _head_of(draft)
    if head is None:
        return
    way = chance.randrange(5)
    size = max(0, head.size + chance.choice((-1, 1, head.size, 10**14, 10**15)))
    heads = (Head(size, head.root), Head(head.size, chance.randbytes(32)), head, head, head)
    draft.checkpoint = checkpoint_note(
        heads[way],
        cosigners=[(key, 1_790_000_000) for key in WITNESSES],
        origin="other.example/log" if way == 2 else ORIGIN,
        log=chance.choice((STRANGER, RECEIPT, WITNESSES[0], Key(ORIGIN + "x"))) if way == 3 else LOG,
    )


def checkpoint_times(draft: Draft, chance: random.Random) -> None:
    head = _head_of(draft)
    if head is not None:
        times = (0, 1, 253_402_300_799, 253_402_300_800, 2**63 - 1, 2**63, 2**64 - 1)
        draft.checkpoint = checkpoint_note(head, cosigners=[(key, chance.choice(times)) for key in WITNESSES])


def checkpoint_lines(draft: Draft, chance: random.Random) -> None:
    """Signature lines doubled, dropped, moved, exchanged, of unknown keys, or with names that look alike."""
    if draft.checkpoint is None:
        return
    text, _, lines = draft.checkpoint.decode().partition("\n\n")
    rows = lines.splitlines(keepends=True)
    row = chance.choice(rows)
    name, blob = row[2:-1].split(" ")
    way = chance.randrange(9)
    if way == 0:
        rows.remove(row)
    elif way == 1:
        rows.insert(0, row)
    elif way == 2:
        rows.reverse()
    elif way == 3:
        rows.append(f"— stranger.example {base64.b64encode(chance.randbytes(68)).decode()}\n")
    elif way == 4:
        raw = bytearray(base64.b64decode(blob))
        raw[chance.randrange(len(raw))] ^= 1
        rows[rows.index(row)] = f"— {name} {base64.b64encode(bytes(raw)).decode()}\n"
    elif way == 5:
        rows[rows.index(row)] = (
            f"— {name}{chance.choice(('é', chr(0x3000), '+', chr(0x85), ' ', chr(0x7F)))} {blob}\n"
        )
    elif way == 6:
        raw = base64.b64decode(blob)
        rows.append(f"— {name} {base64.b64encode(raw[: chance.choice((4, 5, 40, 60))]).decode()}\n")
    elif way == 7:
        rows += [f"— x{n} AAAAAAA=\n" for n in range(chance.choice((10, 70)))]
    else:
        text = text + chance.choice(("\nextension", "\n", " ", "\r"))
    draft.checkpoint = f"{text}\n\n{''.join(rows)}".encode()


def policy_changed(draft: Draft, chance: random.Random) -> None:
    way = chance.randrange(8)
    policy = draft.policy
    if way == 0:
        policy["quorum"] = chance.choice((0, 1, 4, True, len(policy["witnesses"])))
    elif way == 1:
        policy["log"][0]["key"] = STRANGER.base64
    elif way == 2:
        policy["receipt"] = [{"name": RECEIPT.name, "key": STRANGER.base64}, *policy["receipt"]]
    elif way == 3:
        policy["witnesses"] = policy["witnesses"] * 2
    elif way == 4:
        policy["origin"] = chance.choice(("other.example/log", "a b", "é"))
    elif way == 5:
        policy["log"][0]["name"] = chance.choice(("a+b", "", "a b", "x" * 201, "é", ORIGIN))
    elif way == 6:
        policy["receipt"] = []
    else:
        policy["log"] = chance.choice(([], policy["log"] * 2, [{**policy["log"][0], "alg": "ml-dsa-44"}]))


def stamp_changed(draft: Draft, chance: random.Random) -> None:
    path = "data/proofs/timestamp.tsr"
    over = chance.randbytes(9)
    if draft.checkpoint is not None and chance.random() < 0.7:
        note, _, lines = draft.checkpoint.partition(b"\n\n")
        over = note + b"\n\n" + lines.split(b"\n")[0] + b"\n"
    reply = stamp_reply(
        over,
        time=chance.choice(
            ("20261124153000Z", "20261124153000.5Z", "x", "20261124153000+08", "２０261124153000Z")
        ),
    )
    if chance.random() < 0.6:
        at = chance.randrange(len(reply))
        reply = reply[:at] + bytes([chance.randrange(256)]) + reply[at + 1 :]
    draft.files[path] = reply


def log_taken_away(draft: Draft, chance: random.Random) -> None:
    draft.checkpoint = None


def case_of_another_number(draft: Draft, chance: random.Random) -> None:
    draft.number = chance.choice(("0000-0000-0000", "x", "a" * 64))
    draft.cover["number"] = draft.number


ALL: tuple[Bend, ...] = (
    odd_value, odd_value, odd_value_and_relinked, body_of_exhibit, event_changed, event_taken_out, event_twice, events_swapped,
    end_cut_off, chain_rewritten, chain_and_leaves_rewritten, private_value, private_moved, rulebook_changed, exhibit_row, exhibit_row,
    exhibit_rows, exhibit_bytes, exhibit_files_swapped, part_changed, cover_changed, leaf_row, leaf_row, leaf_path, promise_row,
    promise_of_a_stranger, promise_of_another_time, checkpoint_of_another, checkpoint_times, checkpoint_lines, checkpoint_lines, policy_changed, stamp_changed,
    stamp_changed, log_taken_away, case_of_another_number,
)  # fmt: skip
