# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault of this installation: a folder or a bucket, a replica or none, by setting."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from recourse.core.port import Clock
from recourse.gateways.blobs import Vault
from recourse.gateways.master_keys import installed_masters
from recourse.gateways.sealed_bucket import BucketStore, parse_bucket
from recourse.gateways.sealed_folder import FolderStore
from recourse.gateways.sealed_store import SealedStore
from recourse.store.blob_keys import BlobKeys
from recourse.store.fault_point import fault_point


def vault(*, clock: Clock) -> Vault:
    """Built from RECOURSE_VAULT_URL, RECOURSE_VAULT_REPLICA_URL, RECOURSE_MASTER_KEYS and RECOURSE_SM3."""
    folder = Path(settings.RECOURSE_DATA) / "blobs"
    spool, replica = folder / "drafts", settings.RECOURSE_VAULT_REPLICA_URL
    return Vault(
        sealed_store(settings.RECOURSE_VAULT_URL, folder=folder, spool=spool),
        keys=blob_keys(clock=clock),
        spool=spool,
        replica=sealed_store(replica, folder=folder, spool=spool) if replica else None,
        sm3=settings.RECOURSE_SM3,
        passing=fault_point,
    )


def blob_keys(*, clock: Clock) -> BlobKeys:
    """The keys of the sealed files."""
    return BlobKeys(
        clock=clock, masters=installed_masters(), copies=bool(settings.RECOURSE_VAULT_REPLICA_URL)
    )


def sealed_store(address: str, *, folder: Path, spool: Path) -> SealedStore:
    """A store by its address: empty for `folder`, `file:///path`, or `s3://bucket/…`. Raises ValueError."""
    if not address:
        return FolderStore(folder, passing=fault_point)
    parts = urlsplit(address)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return FolderStore(Path(unquote(parts.path)), passing=fault_point)
    return BucketStore(parse_bucket(address), spool=spool)
