#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""核验案卷 · Verify a dossier of Recourse, without Recourse.

    python3 verify.py FILE.zip [--policy POLICY.json] [--json]

Needs Python 3.8 or later and one Ed25519 library: `pip install cryptography` (or `pynacl`). Reads the one file it is
given, writes nothing, and uses no network. Exit code: 0 no fault, 1 a fault, 2 wrong use or no such file.

It was written from docs/rules/evidence-chain.md, whose parts are named below ([5.8] is part 5.8), and shares no code
with the server that made the dossier. The order below is the order of the checks. A fault is a pair (code, where).
"""

import argparse
import base64
import binascii
import hashlib
import hmac
import json
import re
import struct
import sys
import time


# Ed25519: the one thing that Python does not bring along. --------------------------------------------------
def find_ed25519():
    """A function (key, message, signature) -> bool from whichever library is there, or None."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        check = lambda key, message, signature: Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except ImportError:
        try:
            from nacl.signing import VerifyKey
        except ImportError:
            return None
        check = lambda key, message, signature: VerifyKey(key).verify(message, signature)

    def holds(key, message, signature):
        try:
            check(key, message, signature)
            return True
        except Exception:  # each library refuses in its own way; whatever is not accepted is refused
            return False
    return holds

# [3] The container. ----------------------------------------------------------------------------------------
class Fault(Exception):
    """The look ends here: these pairs of code and where."""
    def __init__(self, code, *places):
        self.pairs = [(code, str(place)) for place in places]

FIXED = bytes.fromhex("14000008000000002100")
NAME = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")

def require(data, offset, expected):
    """The bytes at an offset must be these; the fault is at the first that differs, or where the file ends."""
    found = data[offset : offset + len(expected)]
    if found != expected:
        for index, byte in enumerate(expected):
            if index >= len(found) or found[index] != byte:
                raise Fault("container", offset + index)

def read_container(data):
    """[3] Name -> content of a container, in order."""
    if len(data) > 2**32 - 1:
        raise Fault("container", 2**32 - 1)
    members, entries, offset, previous = {}, [], 0, b""
    while not (entries and data[offset : offset + 4] == b"PK\x01\x02"):
        require(data, offset, b"PK\x03\x04" + FIXED)
        if len(data) < offset + 30:
            raise Fault("container", len(data))
        require(data, offset + 22, data[offset + 18 : offset + 22])
        size, name_length = struct.unpack("<I4xH", data[offset + 18 : offset + 28])
        if not 0 < name_length <= 240:
            raise Fault("container", offset + 26)
        require(data, offset + 28, b"\0\0")
        start, end = offset + 30 + name_length, offset + 30 + name_length + size
        if end > len(data):
            raise Fault("container", len(data))
        name, content = data[offset + 30 : start], memoryview(data)[start:end]
        if name <= previous or not NAME.fullmatch(name):
            raise Fault("container", offset + 30)
        require(data, offset + 14, struct.pack("<I", binascii.crc32(content)))
        if len(entries) == 65535:
            raise Fault("container", offset)
        members[name.decode("ascii")] = content
        entries.append(b"PK\x01\x02\x14\x00" + FIXED + data[offset + 14 : offset + 30] + bytes(10) + struct.pack("<I", offset) + name)
        offset, previous = end, name
    directory, count = b"".join(entries), len(entries)
    require(data, offset, directory + struct.pack("<4s4xHHIIH", b"PK\5\6", count, count, len(directory), offset, 0))
    end = offset + len(directory) + 22
    if len(data) > end:
        raise Fault("container", end)
    return members

# [5.2] The bag. --------------------------------------------------------------------------------------------
TAGS = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "seal.txt"]
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAG_INFO = "Bag-Software-Agent: Recourse\nExternal-Identifier: %s\nPayload-Oxum: %d.%d\n"
MANIFEST_LINE = re.compile(rb"([0-9a-f]{64})  (data/[A-Za-z0-9._/-]+)")

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def split_lines(data):
    """Each line without its line feed; None in the place of a last line that has none."""
    *parts, last = data.split(b"\n")
    return parts + ([None] if last else [])

def read_bag(members):
    """[5.2] The number of the case, and below it path -> content and, checked, path -> digest."""
    first = next(iter(members))
    number = first.split("/")[0]
    if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", number):
        raise Fault("bag", first)
    files = {}
    for name, content in members.items():
        if not name.startswith(number + "/"):
            raise Fault("bag", name)
        files[name[len(number) + 1 :]] = content if "/data/exhibits/" in name else bytes(content)
    others = [path for path in files if not path.startswith("data/")]
    misplaced = sorted(set(others) - set(TAGS)) + [tag for tag in TAGS if tag not in others]
    if misplaced:
        raise Fault("bag", *misplaced)
    listed, previous = {}, b""
    for at, line in enumerate(split_lines(files["manifest-sha256.txt"]), 1):
        match = MANIFEST_LINE.fullmatch(line) if line is not None else None
        if not match or match.group(2) <= previous:
            raise Fault("bag", "manifest-sha256.txt:%d" % at)
        previous = match.group(2)
        listed[previous.decode()] = match.group(1).decode()
    present = {path: sha256(content) for path, content in files.items() if path.startswith("data/")}
    wrong = [] if files["bagit.txt"] == BAGIT else ["bagit.txt"]
    wrong += [p for p in sorted(set(listed) | set(present)) if listed.get(p) != present.get(p)]
    info = number, sum(len(files[path]) for path in present), len(present)
    if files["bag-info.txt"] != (BAG_INFO % info).encode():
        wrong.append("bag-info.txt")
    if files["tagmanifest-sha256.txt"] != "".join("%s  %s\n" % (sha256(files[t]), t) for t in sorted(TAGS[:3])).encode():
        wrong.append("tagmanifest-sha256.txt")
    if wrong:
        raise Fault("bag", *wrong)
    return number, files, listed

# [4] Canonical JSON and the forms of fields. ---------------------------------------------------------------
def canonical(value):
    """[4] The one spelling of a value. Raises ValueError for what has none."""
    check_plain(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")

def check_plain(value, depth=0):
    if isinstance(value, (dict, list)):
        if depth == 64:
            raise ValueError("too deep")
        if isinstance(value, dict) and not all(key.isascii() for key in value):
            raise ValueError("a key is not ASCII")
        for item in value.values() if isinstance(value, dict) else value:
            check_plain(item, depth + 1)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**53):
        raise ValueError("a number that not every language holds exactly")

def parse(data):
    """[4] The value of canonical bytes. Raises ValueError."""
    try:
        value = json.loads(data.decode("utf-8"))
        if canonical(value) != data:
            raise ValueError("not canonical")
        return value
    except RecursionError:
        raise ValueError("too deep") from None

def unbase64(text, length=None):
    """The bytes of base64 in its one spelling, or None."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, AttributeError):
        return None
    right = base64.b64encode(data).decode() == text and length in (None, len(data))
    return data if right else None

def is_int(value, least):
    return isinstance(value, int) and not isinstance(value, bool) and value >= least

def is_form(value, pattern):
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None

FORMS = {
    "any": lambda v: True,
    "label": lambda v: is_form(v, r"[\x21-\x7e]{1,200}"),
    "name": lambda v: is_form(v, r"[\x21-\x2a\x2c-\x7e]{1,200}"),
    "text": lambda v: is_form(v, r"[\x20-\x7e]{1,200}"),
    "words": lambda v: isinstance(v, str) and v != "",
    "hex64": lambda v: is_form(v, r"[0-9a-f]{64}"),
    "salt": lambda v: is_form(v, r"([0-9a-f]{2}){16,64}"),
    "natural": lambda v: is_int(v, 0),
    "positive": lambda v: is_int(v, 1),
    "object": lambda v: isinstance(v, dict),
    "strings": lambda v: isinstance(v, dict) and all(isinstance(item, str) for item in v.values()),
    "hashes": lambda v: isinstance(v, dict) and all(FORMS["hex64"](item) for item in v.values()),
    "list": lambda v: isinstance(v, list),
    "b32": lambda v: unbase64(v, 32) is not None,
    "b64": lambda v: unbase64(v, 64) is not None,
    "path": lambda v: isinstance(v, list) and len(v) <= 63 and all(map(FORMS["b32"], v)),
}

def has(value, shape):
    """[4] Whether a value is an object of exactly these fields (`name:form`, `?` when it may be null)."""
    forms = dict(item.split(":") for item in shape.split())
    return isinstance(value, dict) and value.keys() == forms.keys() and all(
        (form.endswith("?") and value[name] is None) or FORMS[form.rstrip("?")](value[name])
        for name, form in forms.items())

CASE = "case:label format:label host:words made_at:label number:label operator:label part:positive parts:positive platform:label seat:label software:text"
EVENT = "actor:strings at:label body:object case:label commitments:hashes hash:hex64 previous:hex64 type:label version:positive"
EXHIBIT = "digest:hex64? file:text? form:label kind:label media_type:text no:positive part:positive? size:natural version:positive"
POLICY = "format:label log:list origin:label quorum:natural receipt:list witnesses:list"
LEAF = "data:object index:natural? no:positive? path:path salt:salt? version:positive"
PROMISE = "at:label leaf:hex64 origin:label signature:b64"
EXHIBIT_FORMS = ["original", "copy", "withheld", "page"]

def is_private(v):
    right = has(v, "fields:object version:positive") and v["fields"] != {}
    return right and all(has(item, "salt:salt value:any") for item in v["fields"].values())

def is_exhibit(v):
    if not has(v, EXHIBIT) or v["form"] not in EXHIBIT_FORMS:
        return False
    if v["form"] == "withheld":
        return v["digest"] is None and v["file"] is None and v["part"] is None
    form = "page[1-9][0-9]{0,3}" if v["form"] == "page" else v["form"]
    file = is_form(v["file"], r"exhibits/%03d-%s\.[a-z0-9]{1,8}" % (v["no"], form))
    return file and v["digest"] is not None and v["part"] is not None

def is_exhibits(v):
    if not isinstance(v, list) or not all(map(is_exhibit, v)):
        return False
    order = [(row["no"], EXHIBIT_FORMS.index(row["form"]), row["file"] or "") for row in v]
    return all(a < b for a, b in zip(order, order[1:]))

def is_policy(v):
    if not has(v, POLICY) or v["format"] != "recourse-policy/1":
        return False
    log, witnesses = v["log"], v["witnesses"]
    right = all(has(key, "alg:label key:b32 name:name") and key["alg"] == "ed25519" for key in log) and len(log) > 0
    right = right and all(has(key, "key:b32 name:name") for key in v["receipt"])
    right = right and all(has(key, "key:b32 name:name operator:words") for key in witnesses)
    return right and len({key["key"] for key in witnesses}) == len(witnesses) >= v["quorum"]

def is_leaf(v):
    right = has(v, LEAF) and (v["no"] is None) == (v["salt"] is not None)
    return right and (v["index"] is not None or v["path"] == [])

# [4] Signed notes. -----------------------------------------------------------------------------------------
SIGNATURE_LINE = re.compile("\u2014 ([\x21-\x2a\x2c-\x7e]{1,200}) ([A-Za-z0-9+/]+={0,2})")

class Note:
    """[4] A text and its signature lines, each as (name, key id, signature, line)."""
    def __init__(self, text, lines):
        self.text, self.lines = text, lines

    def lines_by(self, key, kind):
        """The lines that claim to be of a key of the policy."""
        seed = key["name"].encode() + b"\n" + bytes([kind]) + unbase64(key["key"])
        claim = key["name"], hashlib.sha256(seed).digest()[:4]
        return [line for line in self.lines if line[:2] == claim]

    def signed_by(self, key, ed25519):
        """None when the key has no line, else whether all its lines hold."""
        lines, raw = self.lines_by(key, 1), unbase64(key["key"])
        return all(len(s) == 64 and ed25519(raw, self.text.encode(), s) for _, _, s, _ in lines) if lines else None

    def cosigned_by(self, key, ed25519):
        """None when the witness has no line, False when one does not hold, else the latest time (POSIX seconds)."""
        latest = None
        for _, _, blob, _ in self.lines_by(key, 4):
            seconds = int.from_bytes(blob[:8], "big")
            message = ("cosignature/v1\ntime %d\n" % seconds + self.text).encode()
            if len(blob) != 72 or seconds >= 2**63 or not ed25519(unbase64(key["key"]), message, blob[8:]):
                return False
            latest = seconds if latest is None else max(seconds, latest)
        return latest

def read_note(data):
    """[4] A signed note, or None."""
    try:
        text, gap, rest = data.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError:
        return None
    if len(data) > 64 * 1024 or not gap or not rest.endswith("\n") or not is_form(text, "[\x20-\x7e\n\u2014]*"):
        return None
    found = []
    for line in rest[:-1].split("\n"):
        match = SIGNATURE_LINE.fullmatch(line)
        blob = unbase64(match.group(2)) if match else None
        if blob is None or len(blob) <= 4:
            return None
        found.append((match.group(1), blob[:4], blob[4:], line + "\n"))
    return Note(text + "\n", found) if len(found) <= 64 else None

# [5.3] The payload, well-formed. ---------------------------------------------------------------------------
PROOFS = "data/proofs/"
CHECKPOINT, TIMESTAMP = PROOFS + "checkpoint.txt", PROOFS + "timestamp.tsr"
MAY_BE = r"data/(HOW-TO-VERIFY\.txt|dossier(-[1-9][0-9]{0,2})?\.pdf|proofs/(checkpoint\.txt|timestamp\.tsr|timestamp-chain\.pem))"

def one(path, data, is_right):
    """The value of a .json file."""
    try:
        value = parse(data)
        if is_right(value):
            return value
    except ValueError:
        pass
    raise Fault("format", path)

def rows(path, data, is_right, order=None, least=0):
    """The values of a .jsonl file: first each line by itself, then their order."""
    found = [one("%s:%d" % (path, at), line or b"", is_right) for at, line in enumerate(split_lines(data), 1)]
    if len(found) < least:
        raise Fault("format", path)
    for at in range(1, len(found)) if order else ():
        if order(found[at - 1]) >= order(found[at]):
            raise Fault("format", "%s:%d" % (path, at + 1))
    return found

def read_checkpoint(path, data):
    note = read_note(data)
    lines = note.text.split("\n") if note else []
    right = len(lines) == 4 and FORMS["label"](lines[0]) and is_form(lines[1], "0|[1-9][0-9]{0,14}")
    if not right or unbase64(lines[2], 32) is None:
        raise Fault("format", path)
    return {"note": note, "origin": lines[0], "size": int(lines[1]), "root": unbase64(lines[2])}

READERS = {
    "data/case.json": lambda p, d: one(p, d, lambda v: has(v, CASE) and v["part"] <= v["parts"]),
    "data/events.jsonl": lambda p, d: rows(p, d, lambda v: has(v, EVENT), least=1),
    "data/private.jsonl": lambda p, d: rows(p, d, is_private, lambda v: v["version"]),
    "data/rulebook.json": lambda p, d: one(p, d, FORMS["any"]),
    "data/exhibits.json": lambda p, d: one(p, d, is_exhibits),
    PROOFS + "policy.json": lambda p, d: one(p, d, is_policy),
    PROOFS + "leaves.jsonl": lambda p, d: rows(p, d, is_leaf, lambda v: (v["version"], v["no"] or 0)),
    PROOFS + "promises.jsonl": lambda p, d: rows(p, d, lambda v: has(v, PROMISE)),
    CHECKPOINT: read_checkpoint,
}

def read_payload(number, files):
    """[5.3] The values of the payload by the stem of their path: case, events, private, ..."""
    missing = [path for path in READERS if path not in files and path != CHECKPOINT]
    if missing:
        raise Fault("format", *missing)
    values, places = {"checkpoint": None}, []
    for path, read in READERS.items():
        try:
            if path in files:
                value = values[path.split("/")[-1].split(".")[0]] = read(path, files[path])
                if path == "data/case.json" and (value["format"], value["number"]) != ("recourse-dossier/1", number):
                    raise Fault("format", path)
        except Fault as fault:
            places += [where for _, where in fault.pairs]
    if places:
        raise Fault("format", *places)
    here = {"data/" + row["file"] for row in values["exhibits"] if row["part"] == values["case"]["part"]}
    known = here | set(READERS)
    strays = [p for p in sorted(files) if p.startswith("data/") and p not in known and not is_form(p, MAY_BE)]
    if strays:
        raise Fault("format", *strays)
    return values

# [5.4] to [5.12] Whether it is true. -----------------------------------------------------------------------
def commit(salt, field, value):
    return hmac.new(bytes.fromhex(salt), canonical([field, value]), hashlib.sha256).hexdigest()

def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + canonical(leaf["data"])).digest()

def place(leaf):
    return str(leaf["version"]) if leaf["no"] is None else "%d/%d" % (leaf["version"], leaf["no"])

class Dossier:
    """A well-formed dossier; each check gives its faults in order."""
    def __init__(self, number, files, digests, policy, ed25519):
        values = read_payload(number, files)
        self.number, self.files, self.digests, self.ed25519 = number, files, digests, ed25519
        self.policy, self.shown = policy or values["policy"], {row["version"]: row["fields"] for row in values["private"]}
        for name in ("case", "events", "private", "exhibits", "leaves", "promises", "checkpoint"):
            setattr(self, name, values[name])

    def seal_key(self):
        """[5.4] The receipt key that sealed this bag, or None."""
        note, digest = read_note(self.files["seal.txt"]), sha256(self.files["tagmanifest-sha256.txt"])
        text = "recourse.dossier/v1\n%s\n%s\n%s\n" % (self.policy["origin"], self.number, digest)
        if note is None or note.text != text or len(note.lines) != 1:
            return None
        return next((key for key in self.policy["receipt"] if note.signed_by(key, self.ed25519)), None)

    def check_chain(self):
        """[5.5] Every event follows from the one before, from the filing of this case on."""
        previous, first = "0" * 64, self.events[0]
        for at, event in enumerate(self.events, 1):
            link = {name: value for name, value in event.items() if name != "hash"}
            right = (event["version"], event["case"], event["previous"]) == (at, first["case"], previous)
            if not right or sha256(canonical(link)) != event["hash"]:
                yield "chain", at
                return
            previous = event["hash"]
        same = all(first["body"].get(name) == self.case[name] for name in ("number", "operator", "platform"))
        if first["type"] != "ComplaintFiled" or first["case"] != self.case["case"] or not same:
            yield "chain", 1

    def check_private(self):
        """[5.6] [5.7] Private fields are what the chain committed to."""
        for row in self.private:
            at = row["version"]
            known = self.events[at - 1]["commitments"] if at <= len(self.events) else {}
            for field, opened in sorted(row["fields"].items()):
                if known.get(field) != commit(opened["salt"], field, opened["value"]):
                    yield "commitment", "%d/%s" % (at, field)
        # [5.7] The rulebook is the one frozen on the day of filing.
        if self.events[0]["body"].get("rulebook") != sha256(self.files["data/rulebook.json"]):
            yield "rulebook", 1

    def check_exhibits(self):
        """[5.8] The list of exhibits is that of the chain, and the files are those of the list."""
        added = {}
        for event in self.events:
            if event["type"] == "ExhibitAdded":
                no = event["body"].get("no")
                if is_int(no, 1) and no not in added:
                    added[no] = event
                else:
                    yield "exhibit", "@%d" % event["version"]
        wrong = {row["no"] for row in self.exhibits if not self.is_exhibit(row, added.get(row["no"]))}
        main = [row["no"] for row in self.exhibits if row["form"] != "page"]
        for no in sorted(wrong | {no for no in added if main.count(no) != 1}):
            yield "exhibit", no

    def is_exhibit(self, row, event):
        """[5.8] Whether a row of the list is about its event, and its file is at hand as described."""
        if event is None or (event["version"], event["body"].get("kind")) != (row["version"], row["kind"]):
            return False
        body, shown = event["body"], self.shown.get(row["version"], {}).get("digest", {"value": None})
        said = body.get("size"), body.get("media_type"), shown["value"]
        if row["form"] == "original" and (said != (row["size"], row["media_type"], row["digest"]) or not is_int(said[0], 0)):
            return False
        if row["form"] == "withheld":
            return True
        if row["part"] != self.case["part"]:
            return row["part"] <= self.case["parts"]
        path = "data/" + row["file"]
        return path in self.files and (len(self.files[path]), self.digests[path]) == (row["size"], row["digest"])

    def check_promises(self):
        """[5.9] Promises are of the operator, each about a leaf of this dossier."""
        rest = iter(self.leaves)
        for at, promise in enumerate(self.promises, 1):
            leaf = next((leaf for leaf in rest if leaf_hash(leaf).hex() == promise["leaf"]), None)
            if leaf is None:
                yield "promise", "data/proofs/promises.jsonl:%d" % at
                return
            told = "recourse.promise/v1\n%s\n%s\n%s\n" % (promise["origin"], promise["leaf"], promise["at"])
            signature, keys = unbase64(promise["signature"]), self.policy["receipt"]
            signed = any(self.ed25519(unbase64(key["key"]), told.encode(), signature) for key in keys)
            if not signed or promise["at"] != leaf["data"].get("at"):
                yield "promise", place(leaf)

    def check_leaves(self):
        """[5.10] Leaves say what the chain says, and are in the log."""
        for leaf in self.leaves:
            expected = self.expected_leaf(leaf)
            if expected is None or canonical(expected) != canonical(leaf["data"]):
                yield "leaf", place(leaf)
            elif leaf["index"] is not None and not self.is_included(leaf):
                yield "inclusion", leaf["index"]

    def expected_leaf(self, leaf):
        if leaf["version"] > len(self.events):
            return None
        event = self.events[leaf["version"] - 1]
        if leaf["no"] is None:
            head = {"case": event["case"], "head": event["hash"], "version": event["version"]}
            opened = commit(leaf["salt"], "head", head)
            return {"at": event["at"], "commitment": opened, "kind": "head", "v": 1}
        known, no = event["commitments"].get("digest"), event["body"].get("no")
        if event["type"] != "ExhibitAdded" or not is_int(no, 1) or no != leaf["no"] or known is None:
            return None
        return {"at": event["at"], "commitment": known, "kind": "exhibit", "v": 1}

    def is_included(self, leaf):
        """[5.10] RFC 9162, section 2.1.3.2."""
        if self.checkpoint is None or leaf["index"] >= self.checkpoint["size"]:
            return False
        fn, sn, r = leaf["index"], self.checkpoint["size"] - 1, leaf_hash(leaf)
        for p in map(unbase64, leaf["path"]):
            if sn == 0:
                return False
            if fn & 1 or fn == sn:
                r = hashlib.sha256(b"\1" + p + r).digest()
                while not fn & 1 and fn != 0:
                    fn, sn = fn >> 1, sn >> 1
            else:
                r = hashlib.sha256(b"\1" + r + p).digest()
            fn, sn = fn >> 1, sn >> 1
        return sn == 0 and r == self.checkpoint["root"]

    def check_checkpoint(self):
        """[5.11] The log signed the checkpoint, and no cosignature is false."""
        if self.checkpoint is None:
            return
        note, policy = self.checkpoint["note"], self.policy
        signed = [note.signed_by(key, self.ed25519) for key in policy["log"]]
        if self.checkpoint["origin"] != policy["origin"] or True not in signed or False in signed:
            yield "checkpoint", CHECKPOINT
        for key in policy["witnesses"]:
            if note.cosigned_by(key, self.ed25519) is False:
                yield "witness", key["name"]

    def check_timestamp(self):
        """[5.12] The time stamp is over this checkpoint, as it was before witnesses."""
        if TIMESTAMP not in self.files:
            return
        stamp, over = read_stamp(self.files[TIMESTAMP]), ""
        if self.checkpoint is not None:
            note = self.checkpoint["note"]
            own = [line for key in self.policy["log"] for line in note.lines_by(key, 1)]
            over = note.text + "\n" + "".join(line[3] for line in note.lines if line in own)
        if stamp is None or not over or hashlib.sha256(over.encode()).digest() != stamp[0]:
            yield "timestamp", TIMESTAMP

def elements(data, *tags, only=False):
    """[5.12] The contents of the first elements, which must have these tags. Raises ValueError."""
    found, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1] if at + 1 < len(data) else 0x80, at + 2
        if length >= 0x80:
            width = length - 0x80
            if not 1 <= width <= 4 or at + width > len(data):
                raise ValueError("a length that is not definite, or beyond the end")
            length, at = int.from_bytes(data[at : at + width], "big"), at + width
        if at + length > len(data):
            raise ValueError("an element beyond the end")
        found.append((tag, data[at : at + length]))
        at += length
    if [tag for tag, _ in found[: len(tags)]] != list(tags) or (only and len(found) != 1):
        raise ValueError("another structure")
    return [content for _, content in found[: len(tags)]]

def read_stamp(data):
    """[5.12] The digest that a time stamp is over and its time, or None."""
    try:
        status, token = elements(elements(data, 0x30, only=True)[0], 0x30, 0x30)
        granted = elements(status, 0x02)[0] in (b"\0", b"\1")
        kind, wrapped = elements(token, 0x06, 0xA0)
        encapsulated = elements(elements(wrapped, 0x30, only=True)[0], 0x02, 0x31, 0x30)[2]
        inner_kind, content = elements(encapsulated, 0x06, 0xA0)
        info = elements(elements(content, 0x04, only=True)[0], 0x30, only=True)[0]
        _, _, imprint, _, when = elements(info, 0x02, 0x06, 0x30, 0x02, 0x18)
        algorithm, digest = elements(imprint, 0x30, 0x04)
        oids = [kind.hex(), inner_kind.hex(), elements(algorithm, 0x06)[0].hex()]
    except ValueError:
        return None
    right = oids == ["2a864886f70d010702", "2a864886f70d0109100104", "608648016503040201"] and len(digest) == 32
    right = right and granted and re.fullmatch(rb"[0-9]{14}(\.[0-9]{1,9})?Z", when)
    return (digest, when.decode()) if right else None

# [6] The verdict. -------------------------------------------------------------------------------------------
WORDS = """
fault|container|文件从第 {where} 个字节（从 0 数）起不对：被改过、没传完，或者被别的程序重新打包过。|From byte {where} (counted from 0) the file is not as it must be: altered, cut off, or packed again by another program.
fault|bag|清单和文件对不上：{where}。这个文件被改过、多出来或者不见了。|The manifest and the files do not match: {where} was altered, added or taken away.
fault|format|{where} 的写法不合规定，不同的程序可能读出不同的意思，所以不采信。|{where} is not written in the one form that counts; two programs could read it differently, so it is not taken.
fault|seal|封签不对：{where} 不是政策文件里的密钥对这份案卷签的。|The seal is false: {where} was not signed over this dossier by a key of the policy.
fault|chain|第 {where} 条记录接不上前一条：有记录被改过、删掉、插入或调换。|Event {where} does not follow from the one before: an event was altered, taken out, put in or moved.
fault|commitment|记录 {where} 的私有字段和链上的承诺对不上：内容不是当时写下的。|The private field {where} does not fit its commitment in the chain: it is not what was written then.
fault|rulebook|规则文件不是立案当天冻结的那一份（第 {where} 条记录）。|The rulebook is not the one that event {where} froze into the case.
fault|exhibit|证据 {where} 和记录对不上：文件不是收到的那一份，或者清单写错了。|Exhibit {where} does not fit the record: the file is not the one received, or the list is wrong.
fault|promise|写入日志的承诺（{where}）签名不对，时间和条目写的不一样，或者不是对这里的条目作的。|The promise for {where} has a false signature, states another time than its leaf, or is about no leaf of this dossier.
fault|leaf|日志条目（记录 {where}）和案件的链对不上。|The log's leaf of event {where} does not fit the chain of the case.
fault|inclusion|证明不了第 {where} 号条目在日志里：路径算不出检查点的根。|Leaf {where} is not proven to be in the log: its path does not lead to the checkpoint's root.
fault|checkpoint|检查点（{where}）不是政策文件里的日志密钥签的。|The checkpoint ({where}) is not signed by the policy's key of the log.
fault|witness|见证人 {where} 的联签是假的。|The cosignature of the witness {where} is false.
fault|timestamp|时间戳（{where}）不是对这个检查点盖的，或者读不懂。|The time stamp ({where}) is not over this checkpoint, or cannot be read.
proven|sealed|这份文件和封签时一个字节也不差。封签写的是 {origin}，密钥 {where}，指纹 {fingerprint}。|This file is byte for byte as it was sealed in the name of {origin}. Key of the seal {where}, fingerprint {fingerprint}.
proven|keys|封签、承诺、日志和见证人的签名，都是按你另给的政策文件（{where}）验的，没有用案卷自带的公钥。结论有多可靠，要看这份政策文件是从谁那里拿到的。|The signatures of the seal, the promises, the log and the witnesses were checked by the policy given (for {where}), by no key that came with the dossier. The verdict is worth as much as the source of that policy.
proven|chain|第 1 到第 {where} 条记录（{first} 至 {last}）一条接一条，和封签时一样，中间没有缺、没有换。|Events 1 to {where} ({first} to {last}) follow from one another as they were sealed, with none missing or moved between.
proven|commitment|附上的 {where} 个私有字段，就是链上承诺过的内容。|The {where} private fields shown are what the chain committed to.
proven|rulebook|所附规则就是立案时（第 {where} 条记录）冻结的那一份。|The rulebook enclosed is the one frozen when the case was filed (event {where}).
proven|exhibit|证据 {where}：文件就是记录为 {at} 收到的那一份，此后没有变过。|Exhibit {where}: the file is the one recorded as received at {at}, unchanged since.
proven|promise|运营方签名承诺把这里的 {where} 个条目写进日志；日志里要是没有，这就是凭据。|The operator promised by signature to put {where} of these leaves into the log; should one be missing, this is proof.
proven|log|到第 {version} 条为止的记录在名为 {origin} 的日志里：第 {where} 号条目，检查点共 {size} 条。|The record up to event {version} is in the log called {origin}: leaf {where} of the {size} that the checkpoint covers.
proven|witness|见证人 {where}（政策文件写明由 {operator} 运行）在 {at} 见到并联签了这个检查点。|The witness {where} (run by {operator}, says the policy) saw and cosigned this checkpoint at {at}.
proven|split|联签的见证人里，有 {where} 个不是 {host} 运行的：运营方要是给别人看的是另一本日志，得让它们也签。|Witnesses that cosigned and are not run by {host}: {where}. To show others another log, the operator would have needed them to sign it as well.
unproven|truth|不证明材料内容是真的、是谁做的，也不证明交来之前是什么时候做的；只证明记录之后没有变（在线诉讼规则第16条、第18条）。|That a document is true, who made it, or when it was made before it was handed in: only what came after recording is covered (Online Litigation Rules, articles 16 and 18).
unproven|later|不证明运营方没有另外藏着更晚的记录。|That the operator is not hiding later events.
unproven|clock|记录里的时间是运营方的钟。见证人和时间戳只能证明“不晚于”。|That the times are right: they are of the operator's clock. Witnesses and time stamps prove only “no later than”.
unproven|keys|封签、承诺、日志和见证人的公钥，都是案卷自己带的；见证人由谁运行，也只是案卷自己的说法。把指纹 {where} 和运营方公布的比对，只能认出封签是谁的；要认日志和见证人，请另给一份政策文件。|Whose keys these are: those of the seal, the promises, the log and the witnesses came with the dossier, and who runs a witness is only the dossier's word. Comparing the fingerprint {where} with the one the operator publishes settles whose seal it is, and no more; for the log and the witnesses give a policy file.
unproven|witness|见证人 {where} 是谁：案卷里有它的联签，写的时间是 {at}；可它的公钥，还有“由 {operator} 运行”，都只是案卷自己的说法。|Who the witness {where} is: its cosignature is here and states {at}, but its key, and that it is run by {operator}, are only the dossier's word.
unproven|log|第 {where} 条之后的记录还没有日志证明。|That the events after {where} are in the log.
unproven|quorum|联签的见证人不够：{where}（实有/要求）。|That enough witnesses cosigned: {where} (present/required).
unproven|split|不能排除“两本账”：运营方要是在封签前改写过全部记录，或者给别人看的是另一本日志，单凭这个文件看不出来。要排除，得有别家运行的见证人联签，而且见证人的公钥出自你另给的政策文件，不是案卷自带的。|Two sets of books cannot be excluded: had the operator rewritten the whole record before sealing, or shown others another log, this file alone would not tell. Excluding that takes a cosignature by a witness that somebody else runs, with its key from a policy that you bring, not from the dossier.
unproven|hidden|有 {where} 个私有字段没有给这位读者看，只有承诺。|What stands in {where} private fields: they are not shown to this reader, only their commitments.
unproven|copy|证据 {where} 附的是副本（去掉了元数据或遮住了内容），和原件是否一致要看原件。|That the copy of exhibit {where} agrees with its original: metadata or parts were taken away, the original is not enclosed.
unproven|page|证据 {where} 的分页图、截取画面是程序做的，只供看，以原文件为准。|That the page images or stills of exhibit {where} show all of it: a program made them, the file itself counts.
unproven|withheld|证据 {where} 的文件没有附上。|What exhibit {where} holds: its file is not enclosed.
unproven|elsewhere|证据 {where} 的文件在另一个分卷里，要另外核验。|The file of exhibit {where}: it lies in another part, which is verified by itself.
unproven|timestamp|时间戳写的是 {where}；机构的签名这里没有验，可用 openssl ts -verify 或 recourse verify。|That the authority signed the time stamp of {where}: its signature is not checked here; use openssl ts -verify or recourse verify.
unproven|no_timestamp|没有外部时间戳。|An outside time: there is no time stamp.
"""

def told(kind, found):
    """Findings, each as (code, where) or (code, where, blanks), with their sentences in Chinese and English."""
    rows = [line.split("|") for line in WORDS.splitlines() if line.startswith(kind + "|")]
    texts, said = {code: text for _, code, *text in rows}, []
    for code, where, *blanks in found:
        zh, en = (text.format(where=where, **dict(*blanks)) for text in texts[code])
        said.append({"code": code, "where": str(where), "zh": zh, "en": en})
    return said

def claims(d, own_keys):
    """[6] What a dossier without a fault proves, and what it does not."""
    origin, seal, part, quorum = d.policy["origin"], d.seal_key(), d.case["part"], d.policy["quorum"]
    digits = sha256(unbase64(seal["key"]))[:32]
    fingerprint = " ".join(digits[at : at + 4] for at in range(0, 32, 4))
    shown = sum(len(row["fields"]) for row in d.private)
    hidden = sum(len(event["commitments"]) for event in d.events) - shown
    newest = [leaf for leaf in d.leaves if leaf["no"] is None and leaf["index"] is not None][-1:]
    logged = newest[0]["version"] if newest else 0
    witnesses = d.policy["witnesses"] if d.checkpoint else []
    seen = [(key, at) for key in witnesses if (at := d.checkpoint["note"].cosigned_by(key, d.ed25519)) is not None]
    moment = lambda t: str(t) if t >= 253402300800 else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
    codes = [("elsewhere" if row["part"] not in (None, part) else row["form"], row["no"]) for row in d.exhibits]
    stamp = read_stamp(d.files[TIMESTAMP]) if TIMESTAMP in d.files else None
    said = [(key["name"], {"operator": key["operator"], "at": moment(at)}) for key, at in seen]
    others = 0 if own_keys else sum(key["operator"] != d.case["host"] for key, _ in seen)
    proven = [("sealed", seal["name"], {"origin": origin, "fingerprint": fingerprint})] + [("keys", origin)] * (not own_keys)
    proven += [("chain", len(d.events), {"first": d.events[0]["at"], "last": d.events[-1]["at"]})]
    proven += [("commitment", shown)] * (shown > 0) + [("rulebook", 1)]
    proven += [("exhibit", row["no"], {"at": d.events[row["version"] - 1]["at"]})
               for row in d.exhibits if row["form"] == "original" and row["part"] == part]
    proven += [("promise", len(d.promises))] * (len(d.promises) > 0)
    proven += [("log", leaf["index"], {"version": logged, "origin": origin, "size": d.checkpoint["size"]}) for leaf in newest]
    proven += [] if own_keys else [("witness", *about) for about in said]
    proven += [("split", others, {"host": d.case["host"]})] * (others > 0)
    unproven = [("truth", ""), ("later", ""), ("clock", "")]
    unproven += [("keys", fingerprint), *(("witness", *about) for about in said)] if own_keys else []
    unproven += [("log", logged)] * (logged < len(d.events))
    unproven += [("quorum", "%d/%d" % (len(seen), quorum))] * (len(seen) < quorum)
    unproven += [("split", "")] * (others == 0) + [("hidden", hidden)] * (hidden > 0)
    unproven += [pair for pair in dict.fromkeys(codes) if pair[0] != "original"]
    unproven += [("timestamp", stamp[1]) if stamp else ("no_timestamp", "")]
    return told("proven", proven), told("unproven", unproven)

def verify(data, ed25519, policy=None):
    """[5] The verdict on the bytes of a dossier, as `--json` prints it. `policy`: a policy's value, already checked."""
    faults, proven, unproven = [], [], []
    try:
        dossier = Dossier(*read_bag(read_container(data)), policy, ed25519)
        if dossier.seal_key() is None:
            faults.append(("seal", "seal.txt"))
        broken = list(dossier.check_chain())
        faults += broken
        for check in () if broken else (dossier.check_private, dossier.check_exhibits, dossier.check_promises,
                                        dossier.check_leaves, dossier.check_checkpoint, dossier.check_timestamp):  # fmt: skip
            faults += check()
        if not faults:
            proven, unproven = claims(dossier, policy is None)
    except Fault as fault:
        faults = fault.pairs
    return {"ok": not faults, "faults": told("fault", faults), "proven": proven, "unproven": unproven}

def main():
    parser = argparse.ArgumentParser(description="核验案卷 · Verify a dossier of Recourse")
    parser.add_argument("file")
    parser.add_argument("--policy", help="公钥以此为准 · take the keys from here instead of from the dossier")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    ed25519 = find_ed25519()
    if ed25519 is None:
        parser.error("缺少 Ed25519 库，请先运行 · an Ed25519 library is missing, run: pip install cryptography")
    try:
        with open(given.file, "rb") as file:
            data = file.read()
        with open(given.policy or given.file, "rb") as file:
            policy = json.loads(file.read().decode("utf-8")) if given.policy else None
    except (OSError, ValueError) as error:
        parser.error("打不开 · cannot be read: %s" % error)
    if given.policy and not is_policy(policy):
        parser.error("这不是政策文件 · this is no policy: %s" % given.policy)
    verdict = verify(data, ed25519, policy)
    if given.json:
        print(json.dumps(verdict, ensure_ascii=False, indent=2))
    else:
        print("✓ 没有发现问题 · no fault found" if verdict["ok"] else "✗ 有问题 · there are faults")
        titles = [("faults", "问题 · Faults"), ("proven", "证明了 · Proven"), ("unproven", "没有证明 · Not proven")]
        for name, title in titles if verdict["ok"] else titles[:1]:
            print("\n%s" % title, *("- %s\n  %s" % (item["zh"], item["en"]) for item in verdict[name]), sep="\n")
    return 0 if verdict["ok"] else 1

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
