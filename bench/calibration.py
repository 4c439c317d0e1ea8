# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What machine this is: names and versions, and how fast it hashes, counts and flushes."""

import hashlib
import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("django", "granian", "msgspec", "cryptography", "psycopg")


def describe() -> dict[str, str]:
    """Processor, memory, system and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return {
        "processor": f"{_processor()}, {os.cpu_count()} CPUs",
        "memory": f"{memory} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }


def calibrate() -> dict[str, float]:
    """SHA-256 in MB/s, million loop turns of Python a second, flushes of 4 KiB a second, load average."""
    return {
        "sha256_mb": _hashing(),
        "loop_m": _counting(),
        "fsync": _flushing(),
        "load": os.getloadavg()[0],
    }


def _hashing() -> float:
    block = b"x" * 2**20
    began = time.perf_counter()
    for _ in range(200):
        hashlib.sha256(block).digest()
    return 200 * 2**20 / 1e6 / (time.perf_counter() - began)


def _counting() -> float:
    total, began = 0, time.perf_counter()
    for turn in range(3_000_000):
        total += turn
    return 3 / (time.perf_counter() - began)


def _flushing() -> float:
    with tempfile.NamedTemporaryFile() as file:
        began = time.perf_counter()
        for _ in range(300):
            os.pwrite(file.fileno(), b"x" * 4096, 0)
            os.fsync(file.fileno())
        return 300 / (time.perf_counter() - began)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
