# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Verification of a dossier from its bytes alone: the checks in their order, and the verdict.

docs/rules/evidence-chain.md, section 5, is the algorithm; `verifier/` has two more programs written from it. After a
fault of container, bag, format or chain the look ends, because the rest would speak of what cannot be read.
"""

import hashlib
from collections.abc import Iterator, Mapping

from recourse.core.checkpoint.note import NoteKey, Verify
from recourse.core.checkpoint.policy import Policy
from recourse.core.dossier import checks, log_checks
from recourse.core.dossier.bag import bag_faults
from recourse.core.dossier.claims import held, not_held
from recourse.core.dossier.container import Bytes, Unreadable, is_number, read
from recourse.core.dossier.contents import CHECKPOINT, TIMESTAMP, TIMESTAMP_CHAIN
from recourse.core.dossier.reading import Dossier, read_dossier
from recourse.core.dossier.timestamp import read_stamp
from recourse.core.dossier.verdict import Finding, Verdict, fault


def verify_dossier(data: Bytes, *, verify: Verify, policy: Policy | None = None) -> Verdict:
    """The verdict on a container's bytes.

    `verify` checks an Ed25519 signature (key, message, signature). Without `policy` the keys are the dossier's own.
    """
    return verify_and_stamp(data, verify=verify, policy=policy)[0]


def verify_and_stamp(
    data: Bytes, *, verify: Verify, policy: Policy | None = None
) -> tuple[Verdict, tuple[bytes, bytes, bytes] | None]:
    """The verdict, and a sound dossier's time stamp as it came, the bytes it must be over, its certificates (PEM).

    No stamp when the dossier has none, or brings no certificates to check one with.
    """
    members = read(data)
    if isinstance(members, Unreadable):
        return _ended("container", [str(members.at)]), None
    number, files = _below_root(members)
    if files is None:
        return _ended("bag", [number]), None
    bad = bag_faults(number, files)
    if bad:
        return _ended("bag", bad), None
    dossier = read_dossier(number, files)
    if not isinstance(dossier, Dossier):
        return _ended("format", dossier), None
    verdict = _looked_into(dossier, files, verify=verify, policy=policy)
    return verdict, _stamp(dossier, files, policy or dossier.policy) if verdict.ok else None


def _looked_into(
    dossier: Dossier, files: Mapping[str, Bytes], *, verify: Verify, policy: Policy | None
) -> Verdict:
    trusted = policy or dossier.policy
    seal_key = log_checks.sealed_by(dossier.cover.number, files, trusted, verify=verify)
    faults = [] if seal_key else [fault("seal", "seal.txt")]
    broken = [fault("chain", where) for where in checks.chain_faults(dossier)]
    if broken:
        return Verdict((*faults, *broken))
    faults += _content_faults(dossier, files)
    faults += _log_faults(dossier, files, trusted, verify=verify)
    if faults or seal_key is None:
        return Verdict(tuple(faults))
    return _sound(dossier, files, trusted, seal_key, own_keys=policy is None, verify=verify)


def _stamp(dossier: Dossier, files: Mapping[str, Bytes], policy: Policy) -> tuple[bytes, bytes, bytes] | None:
    if dossier.note is None or TIMESTAMP not in files or TIMESTAMP_CHAIN not in files:
        return None
    over = log_checks.stamped_bytes(dossier.note, policy)
    return bytes(files[TIMESTAMP]), over, bytes(files[TIMESTAMP_CHAIN])


def fingerprint(key: bytes) -> str:
    """The first 16 bytes of a key's SHA-256, in groups to be read out."""
    digits = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def _ended(code: str, places: tuple[str, ...] | list[str]) -> Verdict:
    return Verdict(tuple(fault(code, where) for where in places))


def _below_root(members: Mapping[str, memoryview]) -> tuple[str, dict[str, memoryview] | None]:
    """The case's number and the files below it, or the first name that is not below a case's number."""
    number = next(iter(members)).partition("/")[0]
    root = f"{number}/"
    for name in members:
        if not is_number(number) or not name.startswith(root):
            return name, None
    return number, {name.removeprefix(root): data for name, data in members.items()}


def _content_faults(dossier: Dossier, files: Mapping[str, Bytes]) -> Iterator[Finding]:
    for where in checks.commitment_faults(dossier):
        yield fault("commitment", where)
    for where in checks.rulebook_faults(dossier, files):
        yield fault("rulebook", where)
    for where in checks.exhibit_faults(dossier, files):
        yield fault("exhibit", where)


def _log_faults(
    dossier: Dossier, files: Mapping[str, Bytes], policy: Policy, *, verify: Verify
) -> Iterator[Finding]:
    for where in log_checks.promise_faults(dossier, policy, verify=verify):
        yield fault("promise", where)
    for code, where in log_checks.leaf_faults(dossier):
        yield fault(code, where)
    if not log_checks.is_checkpoint_signed(dossier, policy, verify=verify):
        yield fault("checkpoint", CHECKPOINT)
    for name in log_checks.witnesses_of(dossier.note, policy, verify=verify)[1]:
        yield fault("witness", name)
    if TIMESTAMP in files and not _is_over_checkpoint(dossier, files[TIMESTAMP], policy):
        yield fault("timestamp", TIMESTAMP)


def _is_over_checkpoint(dossier: Dossier, reply: Bytes, policy: Policy) -> bool:
    stamp = read_stamp(bytes(reply))
    if stamp is None or dossier.note is None:
        return False
    return stamp.imprint == hashlib.sha256(log_checks.stamped_bytes(dossier.note, policy)).digest()


def _sound(
    dossier: Dossier,
    files: Mapping[str, Bytes],
    policy: Policy,
    seal_key: NoteKey,
    *,
    own_keys: bool,
    verify: Verify,
) -> Verdict:
    cosigned = log_checks.witnesses_of(dossier.note, policy, verify=verify)[0]
    stamp = read_stamp(bytes(files[TIMESTAMP])) if TIMESTAMP in files else None
    print_of_seal = fingerprint(seal_key.key)
    return Verdict(
        proven=tuple(held(dossier, policy, seal_key, print_of_seal, cosigned, own_keys=own_keys)),
        unproven=tuple(
            not_held(dossier, policy, cosigned, stamp, own_fingerprint=print_of_seal if own_keys else None)
        ),
    )
