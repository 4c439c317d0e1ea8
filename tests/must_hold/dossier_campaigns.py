# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Campaigns against dossiers, on all processors: flips of every bit, edits of every row, verifiers against one another."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from typing import Any

from tests.dossiers.draft import POLICY, Draft, pack
from tests.dossiers.make import make
from tests.dossiers.mutate import members, mutant, repack
from tests.dossiers.verifiers import by_core, by_script, gist

SIZE = 64 * 1024
BITS = SIZE * 8
_CHUNK = 2048


@cache
def dossier_of_64_kib() -> bytes:
    """A sound dossier of exactly 65,536 bytes."""
    draft = make(7)
    draft.files["data/dossier.pdf"] = b""
    draft.files["data/dossier.pdf"] = bytes(SIZE - len(draft.pack()))
    # The number of octets in bag-info.txt grows with the file.
    while len(draft.pack()) != SIZE:
        draft.files["data/dossier.pdf"] = draft.files["data/dossier.pdf"][: SIZE - len(draft.pack())]
    return draft.pack()


def undetected_flips(bits: Iterable[int], *, workers: int | None = None) -> list[int]:
    """The bits whose flip some verifier of ours does not notice, or at which core and script name another byte."""
    wanted = list(bits)
    chunks = [wanted[at : at + _CHUNK] for at in range(0, len(wanted), _CHUNK)]
    return [bit for found in _spread(_flips, chunks, workers) for bit in found]


def _flips(bits: list[int]) -> list[int]:
    data = bytearray(dossier_of_64_kib())
    missed = []
    for bit in bits:
        data[bit >> 3] ^= 1 << (bit & 7)
        told = by_core(bytes(data))
        if told["ok"] or gist(by_script(bytes(data))) != gist(told):
            missed.append(bit)
        data[bit >> 3] ^= 1 << (bit & 7)
    return missed


def disagreements(
    numbers: Iterable[int], *, mutants: bool, workers: int | None = None
) -> tuple[list[str], Counter[str]]:
    """What core and script do not agree on, or what both let pass and must not; and how often each code came first."""
    chunks = _chunks(list(numbers), 64)
    wrong: list[str] = []
    codes: Counter[str] = Counter()
    for found, counted in _spread(partial(_compare, mutants=mutants), chunks, workers):
        wrong += found
        codes += counted
    return wrong, codes


def _compare(numbers: list[int], *, mutants: bool) -> tuple[list[str], Counter[str]]:
    wrong, codes = [], Counter[str]()
    for number in numbers:
        made = mutant(number) if mutants else None
        data = made.data if made else make(number).pack()
        core, script = by_core(data), by_script(data)
        codes[gist(core)[1]] += 1
        # More than was promised: every sentence is the same, not only the first fault.
        if core != script:
            wrong.append(f"{number}: {made and made.what}: {gist(core)} against {gist(script)}")
        elif by_core(data, POLICY) != by_script(data, POLICY):
            wrong.append(f"{number}: {made and made.what}: by a policy they differ")
        elif core["ok"] and rests_on_its_own_word(core):
            wrong.append(f"{number}: {made and made.what}: took the dossier's own word")
        elif made is None and not core["ok"]:
            wrong.append(f"{number}: a sound dossier has {gist(core)}")
        elif made is not None and made.must_fail and core["ok"]:
            wrong.append(f"{number}: {made.what} was let pass")
    return wrong, codes


def rests_on_its_own_word(verdict: Mapping[str, Any]) -> bool:
    """Whether a verdict without a policy calls something proven that only the dossier says, or leaves out that it does."""
    proven, unproven = ([item["code"] for item in verdict[name]] for name in ("proven", "unproven"))
    return bool({"keys", "witness", "split"} & set(proven)) or not {"keys", "split"} <= set(unproven)


def edits_let_pass(draft: Draft, chance: random.Random) -> list[str]:
    """Each row of each list deleted, put in, swapped, doubled, each list cut off, and each member of the container.

    Everything else is written anew and sealed by the operator's own key; what stands in the log stays.
    """
    return [what for what, data in _edits(draft, chance) if by_core(data)["ok"] or by_script(data)["ok"]]


def _edits(draft: Draft, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    payload = draft.payload()
    path = "data/events.jsonl"
    for name, forged in _row_edits(payload[path].splitlines(keepends=True), chance):
        yield f"{path} {name}", pack(draft.number, payload | {path: b"".join(forged)})
    files = members(draft.pack())
    names = sorted(files)
    for name in names:
        yield f"member {name} deleted", repack({k: v for k, v in files.items() if k != name})
        yield f"member {name} cut off", repack(files | {name: files[name][:-1] if files[name] else b"x"})
        yield f"member {name} doubled", repack(files | {name + ".2": files[name]})
        other = chance.choice([item for item in names if files[item] != files[name]])
        yield f"members {name} and {other} swapped", repack(files | {name: files[other], other: files[name]})
    for name in (
        "x",
        f"{draft.number}/x",
        f"{draft.number}/data/x",
        f"{draft.number}/data/exhibits/999-original.png",
    ):
        yield f"member {name} put in", repack(files | {name: b""})
    manifest = f"{draft.number}/manifest-sha256.txt"
    for name, forged in _row_edits(files[manifest].splitlines(keepends=True), chance):
        yield f"manifest {name}", repack(files | {manifest: b"".join(forged)})


def _row_edits(rows: list[bytes], chance: random.Random) -> Iterator[tuple[str, list[bytes]]]:
    for at in range(len(rows)):
        yield f"row {at} deleted", rows[:at] + rows[at + 1 :]
        yield f"row {at} put in", [*rows[:at], rows[at].replace(b"1", b"2", 1), *rows[at:]]
        yield f"row {at} doubled", rows[: at + 1] + rows[at:]
        if len(rows) > 1:
            other = chance.choice([item for item in range(len(rows)) if item != at])
            swapped = list(rows)
            swapped[at], swapped[other] = rows[other], rows[at]
            yield f"rows {at} and {other} swapped", swapped
        if at:
            yield f"cut off before {at}", rows[:at]
            yield f"cut off within {at}", [*rows[:at], rows[at][: len(rows[at]) // 2]]


def _chunks(numbers: list[int], size: int) -> list[list[int]]:
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]


def _spread(work: Callable[[Any], Any], chunks: list[Any], workers: int | None) -> Iterator[Any]:
    """The work on each chunk, on all processors when there is enough of it."""
    if len(chunks) < 8:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, chunks)
