# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Locking oneself in: limits, no new rights, namespaces without a network, an empty root, and a list of forbidden calls.

Each layer is tried, and what could not be had is said. After this no file, socket or program can be opened, so
everything that decoding needs has been imported before.
"""

import ctypes
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable

from recourse.core.inspection import CPU_SECONDS, MEMORY_BYTES, Confinement

try:
    import resource
except ImportError:
    resource = None

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC, _CLONE_NEWUTS = 0x10000000, 0x40000000, 0x08000000, 0x04000000
_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER, _DUMPABLE = 38, 22, 2, 4
_ERRNO, _ALLOW, _KILL = 0x00050000, 0x7FFF0000, 0x80000000
_EPERM, _ENOSYS = 1, 38
# System calls by machine: (audit architecture, clone, calls that open, connect, start, signal or look into others).
_CALLS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        56,
        (
            *(2, 85, 257, 437),  # open creat openat openat2
            *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),  # socket connect accept send bind listen socketpair
            *(57, 58, 59, 322),  # fork vfork execve execveat
            *(62, 200, 234, 424, 434, 438),  # kill tkill tgkill pidfd_*
            *(101, 310, 311),  # ptrace process_vm_*
            *(
                82,
                83,
                84,
                86,
                87,
                88,
                90,
                91,
                92,
                93,
                94,
                258,
                260,
                263,
                264,
                265,
                266,
                268,
                316,
            ),  # names, modes
            *(157, 161, 165, 166, 272, 308),  # prctl chroot mount umount unshare setns
            *(248, 249, 250, 298, 319, 321, 323, 425, 426, 427),  # keys perf memfd bpf userfaultfd io_uring
            *(29, 30, 31, 64, 65, 66, 68, 69, 70, 71, 240),  # shared memory, queues
        ),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        (
            *(56, 437),
            *(198, 199, 200, 201, 202, 203, 206, 211, 242, 269),
            *(221, 281),
            *(129, 130, 131, 424, 434, 438),
            *(117, 270, 271),
            *(33, 34, 35, 36, 37, 38, 52, 53, 54, 55, 276),
            *(39, 40, 51, 97, 167, 268),
            *(217, 218, 219, 241, 279, 280, 282, 425, 426, 427),
            *(180, 186, 187, 188, 189, 190, 191, 192, 193, 194, 195, 196),
        ),
    ),
}
_CLONE3, _CLONE_THREAD = 435, 0x10000


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction))]


def lock_in(*, cpu_seconds: int = CPU_SECONDS, memory: int = MEMORY_BYTES) -> Confinement:
    """Lock this process in as far as the system lets it; what really holds. `memory` is in bytes of addresses."""

    def limit() -> None:
        _limit(cpu_seconds, memory)

    if not sys.platform.startswith("linux"):
        return Confinement(limits=_holds(limit))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges = libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    # Nobody of the same user may look into this process while it holds somebody's evidence.
    libc.prctl(_DUMPABLE, 0, 0, 0, 0)
    namespaces = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS) == 0
    no_files = namespaces and _holds(_empty_root)
    limits = _holds(limit)
    system_calls = no_new_privileges and _holds(lambda: _forbid_calls(libc))
    if not system_calls:
        limits = limits and _holds(_begin_nothing)
    return Confinement(
        limits=limits,
        no_new_privileges=no_new_privileges,
        namespaces=namespaces,
        no_files=no_files,
        system_calls=system_calls,
    )


def _holds(layer: Callable[[], None]) -> bool:
    try:
        layer()
    except (OSError, ValueError):
        return False
    return True


def _limit(cpu_seconds: int, memory: int) -> None:
    if resource is None:
        raise OSError("no limits on this system")
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds + 1),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        # No further descriptor can be opened; standard input and output are there already.
        (resource.RLIMIT_NOFILE, 3),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # Seconds end with a signal that says so, one second before the one that says nothing.
        soft = max(1, most - 1) if what == resource.RLIMIT_CPU else most
        resource.setrlimit(what, (soft, most))


def _begin_nothing() -> None:
    """Without a list of calls: no process and no thread, which some decoders of photos then do without."""
    if resource is None:
        raise OSError("no limits on this system")
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _empty_root() -> None:
    """A folder that is gone already is the root from now on: there is no file to open."""
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    os.rmdir(folder)
    os.chroot(".")


def _forbid_calls(libc: ctypes.CDLL) -> None:
    """A filter of system calls (seccomp): the calls of the list fail, and no thread of ours can take it off."""
    machine, clone, calls = _CALLS.get(platform.machine(), (0, 0, ()))
    if not calls:
        raise OSError("no list of calls for this machine")
    lines = list(_filter(machine, clone, calls))
    table = (_Instruction * len(lines))(*lines)
    program = _Program(len(lines), table)
    if libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def _filter(machine: int, clone: int, calls: Iterable[int]) -> Iterable[_Instruction]:
    load, equal, at_least, any_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    yield _Instruction(load, 0, 0, 4)  # the architecture
    yield _Instruction(equal, 1, 0, machine)
    yield _Instruction(answer, 0, 0, _KILL)
    yield _Instruction(load, 0, 0, 0)  # the number of the call
    # The other ways to number calls on x86-64 begin here.
    yield _Instruction(at_least, 0, 1, 0x40000000)
    yield _Instruction(answer, 0, 0, _KILL)
    yield _Instruction(equal, 0, 1, _CLONE3)
    yield _Instruction(answer, 0, 0, _ERRNO | _ENOSYS)
    # A decoder may share its work among threads; another process it may not begin.
    yield _Instruction(equal, 0, 4, clone)
    yield _Instruction(load, 0, 0, 16)
    yield _Instruction(any_bit, 0, 1, _CLONE_THREAD)
    yield _Instruction(answer, 0, 0, _ALLOW)
    yield _Instruction(answer, 0, 0, _ERRNO | _EPERM)
    for call in calls:
        yield _Instruction(equal, 0, 1, call)
        yield _Instruction(answer, 0, 0, _ERRNO | _EPERM)
    yield _Instruction(answer, 0, 0, _ALLOW)
