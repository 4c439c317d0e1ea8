# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Write verifier/example (a dossier and its verdict) and the test vectors of docs/rules/evidence-chain.md.

.venv/bin/python -m tests.dossiers.example
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from recourse.core.canonical import canonical, commitment
from recourse.core.checkpoint.cosignature import cosigned_message
from recourse.core.checkpoint.promise import promise_message
from recourse.core.dossier.container import container
from recourse.core.dossier.packing import seal_text
from recourse.core.merkle import leaf_hash, node_hash
from tests.dossiers.draft import LOG, ORIGIN, RECEIPT, WITNESSES, Draft
from tests.dossiers.make import make
from tests.dossiers.verifiers import VERIFIER, by_core

SEED = 252
BEGIN, END = "<!-- vectors: begin -->", "<!-- vectors: end -->"
PAGE = VERIFIER.parent / "docs" / "rules" / "evidence-chain.md"


def example() -> Draft:
    """The dossier of the example: exhibits in several forms, a log with witnesses, a time stamp without a signature."""
    draft = make(SEED)
    draft.files["data/HOW-TO-VERIFY.txt"] = "这是样例，不是真案件。An example, no real case.\n".encode()
    return draft


def vectors() -> list[tuple[str, str]]:
    """What is computed, in words and signs, and what must come out."""
    salt = bytes(range(16))
    leaf = {"at": "2026-11-24T10:00:00+08:00", "commitment": "ab" * 32, "kind": "exhibit", "v": 1}
    value: Any = {"text": '说法 "a"\n\u0001\u007f\u2028', "n": [1, -9007199254740991, None, True], "A": {}}
    text = seal_text(origin=ORIGIN, number="0000-0000-0000", digest="00" * 32)
    promised = promise_message(origin=ORIGIN, leaf=leaf_hash(canonical(leaf)), at="2026-11-24T10:00:00+08:00")
    cosigned = cosigned_message(f"{ORIGIN}\n1\n{'A' * 43}=\n", time=1_790_000_000)
    return [
        ("规范 JSON · canonical JSON, hex", canonical(value).hex()),
        ("承诺 · commitment: salt 000102…0f, field `digest`, value `\"x\"`", commitment(field="digest", salt=salt, value="x")),
        ("叶 · leaf hash of `" + canonical(leaf).decode() + "`", leaf_hash(canonical(leaf)).hex()),
        ("节点 · node of 32×`00` and 32×`01`", node_hash(b"\0" * 32, b"\1" * 32).hex()),
        ("容器 · container of `a` = `hi`, hex", container({"a": b"hi"}).hex()),
        ("私钥种子 · secret seed = SHA-256(name); key `" + RECEIPT.name + "`", RECEIPT.public.hex()),
        ("密钥标识 · its key id, type `01`", RECEIPT.note_key.key_id.hex()),
        ("密钥标识 · key id of `" + WITNESSES[0].name + "`, type `04`", WITNESSES[0].note_key.key_id.hex()),
        ("封签 · seal signature, number `0000-0000-0000`, digest 64×`0`", RECEIPT.secret.sign(text).hex()),
        ("承诺签名 · promise signature of the leaf above, at its time", RECEIPT.secret.sign(promised).hex()),
        ("联签 · cosignature of `" + WITNESSES[0].name + "`, time 1790000000, size 1, root 32×`00`", WITNESSES[0].secret.sign(cosigned).hex()),
        ("日志公钥 · key of the log `" + LOG.name + "`", LOG.public.hex()),
        ("样例 · SHA-256 of `verifier/example/dossier.zip`", hashlib.sha256(example().pack()).hexdigest()),
    ]  # fmt: skip


def with_vectors(page: str) -> str:
    """The page with its table of vectors."""
    before, _, rest = page.partition(BEGIN)
    rows = "\n".join(f"| {what} | `{found}` |" for what, found in vectors())
    return f"{before}{BEGIN}\n| 算什么 · what | 结果 · result |\n|---|---|\n{rows}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    """Write the three files."""
    folder: Path = VERIFIER / "example"
    folder.mkdir(exist_ok=True)
    data = example().pack()
    (folder / "dossier.zip").write_bytes(data)
    (folder / "verdict.json").write_text(json.dumps(by_core(data), ensure_ascii=False, indent=2) + "\n")
    PAGE.write_text(with_vectors(PAGE.read_text()))


if __name__ == "__main__":
    main()
