# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Fetch the few browser files we ship (npm packages, exact versions) and write their digests into NOTICE.

Run by hand when a version is raised: `.venv/bin/python scripts/vendor_assets.py`. It needs npm; nobody else does.
The committed files are what is served; tests/test_tidy.py compares them with the digests in NOTICE.
"""

import hashlib
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- vendored: begin -->", "<!-- vendored: end -->"


def as_is(content: bytes) -> bytes:
    """The file as published."""
    return content


def without_data_uris(content: bytes) -> bytes:
    """Pico without its inlined icons: our own are files, so that the content policy needs no img-src data:."""
    return re.sub(rb'url\("data:[^"]*"\)', b"none", content)


@dataclass(frozen=True)
class Asset:
    """One file of one package. `change` says in words what `edit` did to it."""

    package: str
    member: str
    target: str
    licence: str
    edit: Callable[[bytes], bytes] = as_is
    change: str = "unchanged"


ASSETS = (
    Asset(
        "@picocss/pico@2.1.1",
        "css/pico.classless.min.css",
        "src/recourse/webkit/static/vendor/pico.classless.min.css",
        "MIT, Copyright (c) 2019-2025 Pico",
        without_data_uris,
        "inlined icons removed",
    ),
    Asset("@picocss/pico@2.1.1", "LICENSE.md", "src/recourse/webkit/static/vendor/pico.LICENSE.md", "MIT"),
    Asset(
        "htmx.org@2.0.11",
        "dist/htmx.min.js",
        "src/recourse/webkit/static/vendor/htmx.min.js",
        "0BSD, Big Sky Software",
    ),
    Asset(
        "axe-core@4.14.1",
        "axe.min.js",
        "tests/vendor/axe.min.js",
        "MPL-2.0, Deque Systems; used by tests only",
    ),
    Asset("axe-core@4.14.1", "LICENSE", "tests/vendor/axe.LICENSE", "MPL-2.0"),
)


def fetch(package: str, folder: Path) -> Path:
    """Download a package with npm and unpack it; returns the folder of its files."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    target = folder / re.sub(r"\W", "_", package)
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def table(rows: list[tuple[Asset, str]]) -> str:
    """The lines of NOTICE that name each file, where it comes from and its digest."""
    return "\n".join(
        f"{asset.target}\n    {asset.package} {asset.member} ({asset.change})\n    {asset.licence}\n    sha256 {digest}"
        for asset, digest in rows
    )


def main() -> None:
    """Fetch everything and rewrite the table."""
    rows: list[tuple[Asset, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        unpacked = {package: fetch(package, Path(folder)) for package in sorted({a.package for a in ASSETS})}
        for asset in ASSETS:
            content = asset.edit((unpacked[asset.package] / asset.member).read_bytes())
            target = ROOT / asset.target
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            rows.append((asset, hashlib.sha256(content).hexdigest()))
    notice = ROOT / "NOTICE"
    before, _, rest = notice.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    notice.write_text(f"{before}{BEGIN}\n{table(rows)}\n{END}{after}")


if __name__ == "__main__":
    main()
