# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Bags: the conformance suite's verdicts, our own bags by the reference program, and every way a tag file can lie."""

import tarfile
from pathlib import Path

import bagit
import pytest

from recourse.core.dossier.any_bag import bag_problems
from recourse.core.dossier.bag import bag_faults, content_of, tag_files
from tests.dossiers.make import make
from tests.dossiers.mutate import members

SUITE = Path(__file__).resolve().parents[2] / "data" / "vectors-bagit" / "bagit-v1.0.tar"


def suite() -> list[tuple[str, dict[str, bytes]]]:
    """The bags of the suite: `valid/name` or `invalid/name`, and the files by path."""
    bags: dict[str, dict[str, bytes]] = {}
    with tarfile.open(SUITE) as opened:
        for item in opened:
            parts = item.name.removeprefix("./").split("/", 3)
            source = opened.extractfile(item)
            if source is not None and len(parts) == 4:
                bags.setdefault(f"{parts[1]}/{parts[2]}", {})[parts[3]] = source.read()
    return sorted(bags.items())


@pytest.mark.parametrize(("name", "files"), suite(), ids=[name for name, _ in suite()])
def test_the_suites_bags_get_their_verdict(name: str, files: dict[str, bytes]) -> None:
    assert (bag_problems(files) == ()) is name.startswith("valid/"), bag_problems(files)


@pytest.mark.parametrize("seed", range(8))
def test_the_reference_program_takes_our_bags(seed: int, tmp_path: Path) -> None:
    for name, data in members(make(seed).pack()).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (root,) = tmp_path.iterdir()
    bag = bagit.Bag(str(root))
    assert bag.is_valid() and bag.info["External-Identifier"] == root.name
    files = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
    assert bag_problems(files) == () == bag_faults(root.name, files)


def a_bag() -> dict[str, bytes]:
    payload = {"data/a.txt": b"a", "data/b/c.txt": b"c"}
    files = {**payload, **tag_files("1-2", {path: content_of(data) for path, data in payload.items()})}
    return {**files, "seal.txt": b"seal"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"data/a.txt": b"b"}, ("data/a.txt", "bag-info.txt")),
        ({"data/a.txt": None}, ("data/a.txt", "bag-info.txt")),
        ({"data/d.txt": b""}, ("data/d.txt", "bag-info.txt")),
        ({"seal.txt": None, "x.txt": b"", "fetch.txt": b""}, ("fetch.txt", "x.txt", "seal.txt")),
        ({"bagit.txt": b"BagIt-Version: 0.97\n"}, ("bagit.txt", "tagmanifest-sha256.txt")),
        ({"bag-info.txt": b""}, ("bag-info.txt", "tagmanifest-sha256.txt")),
        ({"tagmanifest-sha256.txt": b""}, ("tagmanifest-sha256.txt",)),
        ({"manifest-sha256.txt": b"x"}, ("manifest-sha256.txt:1",)),
        ({"manifest-sha256.txt": b""}, ("data/a.txt", "data/b/c.txt", "tagmanifest-sha256.txt")),
    ],
)  # fmt: skip
def test_the_first_bad_place_is_named(changes: dict[str, bytes | None], expected: tuple[str, ...]) -> None:
    files = {path: data for path, data in {**a_bag(), **changes}.items() if data is not None}
    found = bag_faults("1-2", files)
    assert [place for place in found if place in expected] == list(found)
    assert found[0] == expected[0]


def test_a_manifest_has_one_form() -> None:
    whole = a_bag()["manifest-sha256.txt"]
    lines = whole.splitlines(keepends=True)
    for forged, line in (
        (whole.upper(), 1), (whole.replace(b"  ", b" *"), 1), (lines[1] + lines[0], 2), (lines[0] * 2 + lines[1], 2),
        (whole.removesuffix(b"\n"), 2), (whole.replace(b"\n", b"\r\n"), 1), (whole.replace(b"data/a", b"../a/a"), 1), (whole + b"\n", 3),
    ):  # fmt: skip
        assert bag_faults("1-2", {**a_bag(), "manifest-sha256.txt": forged}) == (
            f"manifest-sha256.txt:{line}",
        )
