# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sound dossiers by number: the same number gives the same bytes, another one another case, log and set of witnesses."""

import random
from typing import Any

from recourse.core.canonical import canonical
from recourse.core.dossier.bag import content_of
from tests.dossiers.draft import (
    LOG,
    ORIGIN,
    RECEIPT,
    WITNESSES,
    Draft,
    checkpoint_note,
    enter,
    exhibit_data,
    head_data,
    promise,
    stamp_reply,
)

TYPES = ("MessagePosted", "OfferMade", "DeadlineStarted", "NoticeServed", "ContactLogged")
WORDS = (
    "约定七天内发货，一直没有发",
    "line one\nline two\ttab \"quoted\" back\\slash",
    "控制\u0001符\u007f和\u2028分行",
    "表情😀与偏旁⿰",
    "e\u0301 é ﬁ Å",
    "",
)  # fmt: skip
EXTENSIONS = (
    ("png", "image/png"),
    ("pdf", "application/pdf"),
    ("mp4", "video/mp4"),
    ("bin", "application/octet-stream"),
)


def make(seed: int) -> Draft:
    """A sound dossier."""
    chance = random.Random(seed)
    draft = _case(chance)
    _events(draft, chance)
    draft.chain()
    _opened(draft, chance)
    _exhibits(draft, chance)
    _log(draft, chance)
    if chance.random() < 0.7:
        draft.files["data/dossier.pdf"] = b"%PDF-1.7 " + chance.randbytes(chance.randrange(200))
        draft.files["data/HOW-TO-VERIFY.txt"] = "怎么核验\n".encode()
    return draft


def _case(chance: random.Random) -> Draft:
    number = "-".join(f"{chance.randrange(10_000):04d}" for _ in range(3))
    cover = {
        "format": "recourse-dossier/1",
        "case": f"{chance.getrandbits(128):032x}",
        "number": number,
        "operator": "local",
        "host": "odr.example.org",
        "platform": chance.choice(("kuaishou-shop", "lofter-draw", "any-company")),
        "seat": chance.choice(("complainant", "respondent", "auditor")),
        "made_at": "2026-11-24T15:30:00+08:00",
        "software": "recourse 0.1.0",
        "part": 1,
        "parts": 1,
    }
    if chance.random() < 0.2:
        cover["parts"] = chance.randrange(2, 4)
        cover["part"] = chance.randrange(1, cover["parts"] + 1)
    draft = Draft(number, cover, [], {}, {})
    draft.rulebook = canonical(
        {"playbook": {"platform": cover["platform"], "says": [1, None, True, chance.choice(WORDS)]}}
    )
    return draft


def _events(draft: Draft, chance: random.Random) -> None:
    exhibits = 0
    for version in range(1, chance.randrange(2, 14)):
        kind = "ComplaintFiled" if version == 1 else chance.choice((*TYPES, "ExhibitAdded", "ExhibitAdded"))
        body: dict[str, Any] = {"text": chance.choice(WORDS), "n": chance.randrange(-(2**53) + 1, 2**53)}
        personal: dict[str, Any] = {}
        if kind == "ComplaintFiled":
            body |= {name: draft.cover[name] for name in ("number", "operator", "platform")}
            body |= {
                "id": draft.cover["case"],
                "rulebook": content_of(draft.rulebook).digest,
                "claims": [{"amount": 131400}],
            }
            personal = {"complainant_name": "张三", "contact": "a@example.org", "story": chance.choice(WORDS)}
        elif kind == "ExhibitAdded":
            exhibits += 1
            data = chance.randbytes(chance.choice((0, 1, 50, 700)))
            extension, media_type = chance.choice(EXTENSIONS)
            draft.files[f"exhibits/{exhibits:03d}.{extension}"] = data
            body |= {
                "no": exhibits,
                "kind": "photo",
                "by": "complainant",
                "size": len(data),
                "media_type": media_type,
            }
            body |= {"blob": content_of(data + b"x").digest}
            personal = {"digest": content_of(data).digest, "name": f"截图{exhibits}.{extension}", "note": ""}
        elif chance.random() < 0.5:
            personal = {"text": chance.choice(WORDS), "amounts": [1, {"b": None, "a": [[]]}]}
        for name, value in personal.items():
            draft.salts[version, name] = chance.randbytes(16)
            draft.values[version, name] = value
        draft.events.append(
            {
                "case": draft.cover["case"],
                "version": version,
                "type": kind,
                "at": f"2026-11-{version:02d}T10:00:00.123456+08:00",
                "actor": {"id": f"{chance.getrandbits(64):x}", "role": "complainant", "operator": "local", "via": "portal"},
                "body": body,
                "commitments": dict.fromkeys(personal, ""),
                "previous": "",
                "hash": "",
            }
        )  # fmt: skip


def _opened(draft: Draft, chance: random.Random) -> None:
    """What this reader may see: all, some, or (erased) nothing."""
    share = chance.choice((0.0, 0.5, 1.0, 1.0))
    for event in draft.events:
        fields = {
            name: {"salt": draft.salts[event["version"], name].hex(), "value": draft.values[event["version"], name]}
            for name in event["commitments"]
            if chance.random() < share or (share and name == "digest" and chance.random() < 0.8)
        }  # fmt: skip
        if fields:
            draft.private.append({"version": event["version"], "fields": fields})


def _exhibits(draft: Draft, chance: random.Random) -> None:
    shown = {item["version"]: item["fields"] for item in draft.private}
    for event in draft.events:
        if event["type"] != "ExhibitAdded":
            continue
        body, version = event["body"], event["version"]
        no = body["no"]
        name = next(path for path in draft.files if path.startswith(f"exhibits/{no:03d}."))
        data = draft.files.pop(name)
        extension = name.rpartition(".")[2]
        forms = (
            ("original", "copy", "withheld") if "digest" in shown.get(version, {}) else ("copy", "withheld")
        )
        form = chance.choice(forms)
        if form == "copy":
            data += b" derived"
        row = _entry(draft, event, form, data, f"-{form}.{extension}", chance)
        draft.exhibits.append(row)
        if form != "withheld":
            for page in range(1, chance.randrange(1, 4)):
                draft.exhibits.append(
                    _entry(draft, event, "page", chance.randbytes(30), f"-page{page}.png", chance)
                )


def _entry(
    draft: Draft, event: dict[str, Any], form: str, data: bytes, tail: str, chance: random.Random
) -> dict[str, Any]:
    body = event["body"]
    row = {
        "no": body["no"],
        "version": event["version"],
        "kind": body["kind"],
        "form": form,
        "size": body["size"],
    }
    row |= {
        "media_type": body["media_type"] if form != "page" else "image/png",
        "file": None,
        "digest": None,
        "part": None,
    }
    if form != "withheld":
        content = content_of(data)
        row |= {"file": f"exhibits/{body['no']:03d}{tail}", "size": content.size, "digest": content.digest}
        row["part"] = chance.randrange(1, draft.cover["parts"] + 1)
        if row["part"] == draft.cover["part"]:
            draft.files[f"data/{row['file']}"] = data
    return row


def _log(draft: Draft, chance: random.Random) -> None:
    """The policy; and, mostly, leaves, promises, a checkpoint, cosignatures and a time stamp."""
    witnesses = list(WITNESSES[: chance.randrange(len(WITNESSES) + 1)])
    draft.policy = {
        "format": "recourse-policy/1",
        "origin": ORIGIN,
        "log": [{"name": LOG.name, "key": LOG.base64, "alg": "ed25519"}],
        "receipt": [{"name": RECEIPT.name, "key": RECEIPT.base64}],
        "witnesses": [
            {"name": key.name, "key": key.base64, "operator": chance.choice(("odr.example.org", "某大学", "consumer.example"))}
            for key in witnesses
        ],
        "quorum": chance.randrange(len(witnesses) + 1),
    }  # fmt: skip
    if chance.random() < 0.1:
        return
    for event in draft.events:
        if event is draft.events[-1] or chance.random() < 0.5:
            salt = chance.randbytes(16)
            draft.leaves.append(
                {
                    "version": event["version"],
                    "no": None,
                    "salt": salt.hex(),
                    "data": head_data(event, salt),
                    "index": None,
                    "path": [],
                }
            )
        if event["type"] == "ExhibitAdded":
            draft.leaves.append(
                {"version": event["version"], "no": event["body"]["no"], "salt": None, "data": exhibit_data(event), "index": None, "path": []}
            )  # fmt: skip
    draft.promises = [
        promise(leaf, at=leaf["data"]["at"], origin=chance.choice((ORIGIN, ORIGIN, ORIGIN + "-2")))
        for leaf in draft.leaves
        if chance.random() < 0.8
    ]
    if chance.random() < 0.1:
        return
    pending = chance.randrange(len(draft.leaves) + 1) if chance.random() < 0.3 else 0
    logged = draft.leaves[: len(draft.leaves) - pending]
    others = [
        chance.randbytes(32) for _ in range(chance.randrange(1 + chance.choice((0, 3, 40))) + (not logged))
    ]
    places = sorted(chance.randrange(len(others) + 1) for _ in logged)
    head = enter(logged, others, [place + n for n, place in enumerate(places)])
    times = [(key, 1_790_000_000 + chance.randrange(10**6)) for key in witnesses if chance.random() < 0.7]
    draft.checkpoint = checkpoint_note(head, cosigners=times)
    if chance.random() < 0.5:
        note, _, lines = draft.checkpoint.partition(b"\n\n")
        over = note + b"\n\n" + lines.split(b"\n")[0] + b"\n"
        draft.files["data/proofs/timestamp.tsr"] = stamp_reply(over)
        draft.files["data/proofs/timestamp-chain.pem"] = b"-----BEGIN CERTIFICATE-----\n"
