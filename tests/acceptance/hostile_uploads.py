# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The shared hostile uploads: each gets its verdict at arrival, and what is taken comes back byte for byte.

    python -m tests.acceptance.hostile_uploads DIR

The type is read from the bytes; names and endings are what they are for a stranger: a hint that nobody believes.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from recourse.core.port import StoredBlob
from recourse.core.problem import Problems
from recourse.gateways.blobs import Vault, local_vault
from tests.gateways.key_ring import KeyRing

# By ending, and by name where a file is not what its name says.
EXPECTED = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/plain",
    **dict.fromkeys((".tif", ".sgi", ".j2k", ".blp", ".tga", ".zip"), "file_type_refused"),
}
ODD = {
    "disguised.pdf": "image/png",
    # PngSuite: with another first word it is no PNG. (A broken line end behind it is for whoever decodes.)
    **dict.fromkeys(("xs1n0g01.png", "xs2n0g01.png", "xs4n0g01.png"), "file_type_refused"),
}
SECONDS_MAX = 2.0


def verdict(vault: Vault, path: Path) -> str:
    """A media type or the key of a refusal; what is taken is read back."""
    content = path.read_bytes()
    answer = vault.put([content], name=path.name)
    if isinstance(answer, Problems):
        return answer.keys()[0]
    assert isinstance(answer, StoredBlob)
    return answer.media_type if vault.get(answer.blob) == content else "not what was handed in"


def main(data: Path) -> int:
    """Print each wrong verdict; 1 when there is one."""
    found: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        vault = local_vault(Path(folder), keys=KeyRing())
        for path in sorted((data / "hostile-uploads").rglob("*")):
            if not path.is_file():
                continue
            began = time.monotonic()
            was = verdict(vault, path)
            took = time.monotonic() - began
            wanted = ODD.get(path.name, EXPECTED.get(path.suffix, "no verdict declared"))
            found[was] += 1
            if was != wanted or took > SECONDS_MAX:
                wrong += 1
                print(f"✗ {path.name}: {was} in {took:.1f} s, wanted {wanted}")
    print(f"{found.total()} files, {wrong} wrong: {dict(found.most_common())}")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
