# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sealed files in a bucket of any store that speaks S3. A put counts when its bytes were read back, not before.

Each put says the SHA-256 of its bytes, so that an honest store refuses what was bent on the way, and `If-None-Match: *`,
so that nothing is overwritten. A store may still lie or tear: what it says it keeps is read again and compared.
Failures that pass by themselves are tried again with growing, random pauses within a bound of time; others are not.
"""

import base64
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from recourse.gateways.sealed_file import digest_of
from recourse.gateways.sealed_store import Lack, Listed, StoreTrouble, checked_name

R = TypeVar("R")

_PIECE = 256 * 1024
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})
_THERE = frozenset({"412", "PreconditionFailed"})
# Our key, our rights or our bucket are wrong: asking again changes nothing.
_REFUSED = frozenset(
    {
        *("401", "403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket"),
        *("AllAccessDisabled", "AccountProblem", "Unauthorized"),
    }
)
_STALE_KEY = frozenset({"ExpiredToken", "TokenRefreshRequired", "RequestExpired"})
_UNABLE = frozenset({"501", "NotImplemented"})
_FULL = frozenset({"QuotaExceeded", "InsufficientStorage", "507", "XMinioStorageFull", "EntityTooLarge"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the bucket is. The keys are read as every S3 program reads them (AWS_ACCESS_KEY_ID and its like)."""

    name: str
    prefix: str
    endpoint: str
    region: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one deed may take in all, how often it is tried, and the pauses between."""

    seconds: float = 45.0
    attempts: int = 6
    pause: float = 0.2
    pause_max: float = 5.0
    connect: float = 5.0
    read: float = 15.0


class Passing(Protocol):
    """The passing of time, so that a test need not wait."""

    def monotonic(self) -> float:
        """Seconds since some moment."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


def parse_bucket(address: str) -> Bucket:
    """Read `s3://bucket/prefix?endpoint=https://s3.example.cn&region=cn-north-1`. Raises ValueError."""
    parts = urlsplit(address)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = set(options) - {"endpoint", "region"}
    if parts.scheme != "s3" or not parts.netloc or unknown:
        raise ValueError(
            "a bucket looks like s3://bucket/prefix?endpoint=https://s3.example.cn&region=cn-north-1"
        )
    prefix = unquote(parts.path).strip("/")
    return Bucket(
        parts.netloc,
        f"{prefix}/" if prefix else "",
        options.get("endpoint", ""),
        options.get("region", "us-east-1"),
    )


def connect(bucket: Bucket, patience: Patience) -> Any:
    """A client of boto3 that tries once and gives up in time: trying again is ours."""
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise ValueError("a bucket needs boto3: install recourse[s3]") from error
    return boto3.session.Session().client(
        "s3",
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region,
        config=Config(
            connect_timeout=patience.connect,
            read_timeout=patience.read,
            retries={"total_max_attempts": 1, "mode": "standard"},
            s3={"addressing_style": "path" if bucket.endpoint else "auto"},
            # Older stores do not know the checksums that boto3 adds by itself; ours is given in words they know.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            max_pool_connections=32,
        ),
    )


class BucketStore:
    """`SealedStore` in a bucket."""

    def __init__(
        self,
        bucket: Bucket,
        *,
        spool: Path,
        patience: Patience | None = None,
        client: Callable[[], Any] | None = None,
        passing: Passing = time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._bucket = bucket
        self._spool = spool
        self._patience = patience or Patience()
        self._make = client or (lambda: connect(bucket, self._patience))
        self._client: Any = None
        self._conditional = True
        self._passing = passing
        self._chance = chance

    def keep(self, blob: str, sealed: Path) -> None:
        """Put the file, then read it back: only bytes of the right digest count."""
        checked_name(blob)
        self._patiently(lambda: self._put(blob, sealed, replace=False))

    def fetch(self, blob: str) -> BinaryIO | None:
        """The bytes that lie there, in a file without a name; whole by length, not yet by digest."""
        checked_name(blob)
        found = self._patiently(lambda: self._download(blob))
        if found is None:
            return None
        if digest_of(found) != blob:
            # Damage on the way passes by; damage at rest does not. One more look tells which it is.
            found.close()
            found = self._patiently(lambda: self._download(blob))
        if found is not None:
            found.seek(0)
        return found

    def remove(self, blob: str) -> None:
        """Delete the object."""
        checked_name(blob)
        self._patiently(lambda: self._call("delete_object", Key=self._key(blob)))

    def names(self) -> Iterator[Listed]:
        """The objects under our prefix."""
        start = ""
        while True:
            page = self._patiently(lambda after=start: self._page(after))
            for item in page.get("Contents", []):
                start = item["Key"]
                listed = _listed(start.removeprefix(self._bucket.prefix), item.get("LastModified"))
                if listed is not None:
                    yield listed
            if not page.get("IsTruncated") or not page.get("Contents"):
                return

    def sweep(self, before: datetime) -> int:
        """Nothing: an object is there whole or not at all."""
        return 0

    def _page(self, after: str) -> Any:
        return self._call(
            "list_objects_v2", Bucket=self._bucket.name, Prefix=self._bucket.prefix, StartAfter=after
        )

    def _put(self, blob: str, sealed: Path, *, replace: bool) -> None:
        with sealed.open("rb") as file:
            unless_there = {"IfNoneMatch": "*"} if self._conditional and not replace else {}
            try:
                self._call(
                    "put_object",
                    Key=self._key(blob),
                    Body=file,
                    ContentLength=sealed.stat().st_size,
                    ChecksumSHA256=base64.b64encode(bytes.fromhex(blob)).decode(),
                    ContentType="application/octet-stream",
                    **unless_there,
                )
            except _There:
                pass  # what lies there is looked at below
            except _Unable:
                # An older store does not know the condition; what lies there is looked at all the same.
                if not unless_there or self._proves(blob):
                    raise
                self._conditional = False
                raise _Passing("without the condition") from None
        if self._proves(blob):
            return
        if not replace:
            # Something else lies under the name: bytes without a right to it, or an earlier put that was torn.
            self._put(blob, sealed, replace=True)
            return
        raise _Passing("not what was put")

    def _proves(self, blob: str) -> bool:
        file = self._download(blob)
        if file is None:
            return False
        with file:
            return digest_of(file) == blob

    def _download(self, blob: str) -> BinaryIO | None:
        try:
            answer = self._call("get_object", Key=self._key(blob))
        except _Absent:
            return None
        expected = answer.get("ContentLength")
        self._spool.mkdir(mode=0o700, parents=True, exist_ok=True)
        file: BinaryIO = tempfile.TemporaryFile(dir=self._spool)  # type: ignore[assignment]  # noqa: SIM115
        try:
            with closing(answer["Body"]) as body:
                length = 0
                while piece := body.read(_PIECE):
                    length += len(piece)
                    file.write(piece)
            if expected is not None and length != expected:
                raise _Passing("cut short")
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _key(self, blob: str) -> str:
        return self._bucket.prefix + blob

    def _call(self, deed: str, **given: Any) -> Any:
        """One request. What came back is an answer, or one of the four things that can be wrong."""
        if self._client is None:
            self._client = self._make()
        given.setdefault("Bucket", self._bucket.name)
        try:
            return getattr(self._client, deed)(**given)
        except Exception as error:
            raise _meaning(error) from error

    def _patiently(self, deed: Callable[[], R]) -> R:
        """Do it until it is done, or time and tries are used up. Raises StoreTrouble."""
        patience, began, renewed = self._patience, self._passing.monotonic(), False
        for attempt in range(patience.attempts):
            try:
                return deed()
            except _Refused as error:
                raise StoreTrouble(Lack.refused, str(error)) from error
            except _Full as error:
                raise StoreTrouble(Lack.full, str(error)) from error
            except _StaleKey as error:
                if renewed:
                    raise StoreTrouble(Lack.refused, str(error)) from error
                # The credentials may have been renewed beside us: read them again, once.
                renewed, self._client = True, None
                continue
            except Exception as error:
                if not isinstance(error, _Passing) and not isinstance(_meaning(error), _Passing):
                    raise
            longest = min(patience.pause * 2**attempt, patience.pause_max)
            pause = longest * (0.5 + self._chance() / 2)
            left = patience.seconds - (self._passing.monotonic() - began)
            if pause >= left:
                break
            self._passing.sleep(pause)
        raise StoreTrouble(Lack.away, "no proof that it was kept, or no answer, in time")


class _Absent(Exception):
    """There is no such object."""


class _There(Exception):
    """An object has that name already."""


class _Refused(Exception):
    """Asking again changes nothing."""


class _StaleKey(Exception):
    """The credentials ran out."""


class _Full(Exception):
    """No room."""


class _Unable(Exception):
    """The store does not know what it was asked."""


class _Passing(Exception):
    """It may go better the next time."""


def _meaning(error: Exception) -> Exception:
    """What a failure of the client means to us: an answer nobody knows may pass, a mistake of ours does not."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        broken = isinstance(error, OSError) or type(error).__module__.partition(".")[0] in {
            "botocore",
            "urllib3",
        }
        return _Passing(type(error).__name__) if broken else error
    code = str(response.get("Error", {}).get("Code", ""))
    status = str(response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    for kind, codes in (
        (_Absent, _ABSENT - {"404"}),
        (_There, _THERE),
        (_StaleKey, _STALE_KEY),
        (_Full, _FULL),
        (_Unable, _UNABLE),
        (_Refused, _REFUSED),
    ):
        if code in codes or (not code and status in codes):
            return kind(code or status)
    if status == "404" and code in {"", "404"}:
        return _Absent(status)
    if status in {"401", "403"}:
        return _Refused(code or status)
    return _Passing(code or status)


def _listed(name: str, at: Any) -> Listed | None:
    try:
        return Listed(checked_name(name), at)
    except ValueError:
        return None
