# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Verifying a dossier that somebody hands us: the core's checks, and the signature of a time stamp besides."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates

from recourse.core.checkpoint.policy import Policy
from recourse.core.dossier.any_bag import bag_problems
from recourse.core.dossier.contents import TIMESTAMP
from recourse.core.dossier.together import open_verified, parts_problems
from recourse.core.dossier.verdict import Verdict, fault, proven, unproven
from recourse.core.dossier.verify import fingerprint, verify_and_stamp
from recourse.core.problem import Problem
from recourse.gateways.signature import verify
from recourse.gateways.timestamp import NotStamped, stamped_at, vouched

# What another program packed is looked into only as far as a person's own unpacking would go.
_REPACKED_BYTES_MAX = 512 * 1024 * 1024


def verify_file(data: bytes, *, policy: Policy | None = None) -> Verdict:
    """The verdict on a file's bytes. Without `policy` the keys are the dossier's own word."""
    verdict, stamp = verify_and_stamp(data, verify=verify, policy=policy)
    return verdict if stamp is None else _with_stamp(verdict, *stamp)


def not_together(parts: Sequence[bytes]) -> tuple[Problem, ...]:
    """Why files that each verify are not all parts of one dossier; empty when they are."""
    return parts_problems([open_verified(data)[0] for data in parts])


def is_whole_inside(data: bytes) -> bool:
    """Whether a file that is no container of ours is a zip of a bag whose files are all as its manifest lists them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            items = [item for item in opened.infolist() if not item.is_dir()]
            roots = {item.filename.partition("/")[0] for item in items}
            if len(roots) != 1 or sum(item.file_size for item in items) > _REPACKED_BYTES_MAX:
                return False
            files = {item.filename.partition("/")[2]: opened.read(item) for item in items}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return False
    return not bag_problems(files)


def _with_stamp(verdict: Verdict, reply: bytes, over: bytes, chain: bytes) -> Verdict:
    """The verdict once the authority's signature was checked by the certificates that came along."""
    try:
        signer, root = vouched(reply, message=over, chain=load_pem_x509_certificates(chain))
        when = stamped_at(reply).isoformat()
    except NotStamped:
        return Verdict((fault("timestamp_signature", TIMESTAMP),))
    except ValueError:
        # Certificates that cannot be read leave the stamp as unchecked as it was.
        return verdict
    authority, told = signer.subject.rfc4514_string(), fingerprint(root.public_bytes(Encoding.DER))
    return replace(
        verdict,
        proven=(*verdict.proven, proven("timestamp", when, authority=authority)),
        unproven=tuple(
            unproven("timestamp_root", told) if item.code == "timestamp" else item
            for item in verdict.unproven
        ),
    )


def digest_of(data: bytes) -> str:
    """SHA-256 of the whole file, in hex: what is read out on the phone."""
    return hashlib.sha256(data).hexdigest()
