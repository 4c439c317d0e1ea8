# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the process is told from outside: RECOURSE_* variables, read once and in one place.

docs/operations.md lists every name read here; a test compares the two.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})


class BadSetting(ValueError):
    """A RECOURSE_* variable that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one installation.

    `public_url` is the address people type; when it starts with https, cookies are bound to it and HSTS is sent.
    """

    data: Path
    demo: bool
    debug: bool
    public_url: str
    hosts: tuple[str, ...]
    database_url: str
    mail_url: str
    secret: str
    world: str
    behind_proxy: bool
    webhook_private: bool
    log_level: str
    log_origin: str
    signer_url: str
    signer_token: str
    witnesses: str
    witness_quorum: int
    tsa_url: str
    tsa_roots: str
    vault_url: str = ""
    vault_replica_url: str = ""
    master_keys: str = ""
    sm3: bool = False
    retention: str = ""
    secure: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "secure", self.public_url.startswith("https://"))


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read the environment; `variables` stands in for os.environ."""
    given = os.environ if variables is None else variables
    public_url = given.get("RECOURSE_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    address = urlsplit(public_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise BadSetting("RECOURSE_PUBLIC_URL must be an address such as https://odr.example.cn")
    extra = tuple(part.strip() for part in given.get("RECOURSE_HOSTS", "").split(",") if part.strip())
    if "*" in extra:
        # A wildcard would let a forged Host header into the links of mails.
        raise BadSetting("RECOURSE_HOSTS must list host names; * is not allowed")
    return Environment(
        data=Path(given.get("RECOURSE_DATA", ".recourse")).expanduser().absolute(),
        demo=_flag(given, "RECOURSE_DEMO"),
        debug=_flag(given, "RECOURSE_DEBUG"),
        public_url=public_url,
        hosts=(address.hostname, "127.0.0.1", "localhost", "[::1]", *extra),
        database_url=given.get("RECOURSE_DATABASE_URL", ""),
        mail_url=given.get("RECOURSE_MAIL_URL", ""),
        secret=given.get("RECOURSE_SECRET", ""),
        world=given.get("RECOURSE_WORLD", "recourse.config.wiring.world"),
        behind_proxy=_flag(given, "RECOURSE_BEHIND_PROXY"),
        webhook_private=_flag(given, "RECOURSE_WEBHOOK_PRIVATE"),
        vault_url=given.get("RECOURSE_VAULT_URL", ""),
        vault_replica_url=given.get("RECOURSE_VAULT_REPLICA_URL", ""),
        master_keys=given.get("RECOURSE_MASTER_KEYS", ""),
        sm3=_flag(given, "RECOURSE_SM3"),
        retention=given.get("RECOURSE_RETENTION", ""),
        log_level=given.get("RECOURSE_LOG_LEVEL", "WARNING").upper(),
        log_origin=given.get("RECOURSE_LOG_ORIGIN", "").strip(),
        signer_url=given.get("RECOURSE_SIGNER_URL", "").rstrip("/"),
        signer_token=given.get("RECOURSE_SIGNER_TOKEN", "").strip(),
        witnesses=given.get("RECOURSE_WITNESSES", ""),
        witness_quorum=_count(given, "RECOURSE_WITNESS_QUORUM", 1),
        tsa_url=given.get("RECOURSE_TSA_URL", ""),
        tsa_roots=given.get("RECOURSE_TSA_ROOTS", ""),
    )


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "").strip().lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise BadSetting(f"{name} must be 1 or 0, not {value!r}")


def _count(given: Mapping[str, str], name: str, usual: int) -> int:
    value = given.get(name, "").strip()
    if not value:
        return usual
    if not value.isascii() or not value.isdigit():
        raise BadSetting(f"{name} must be a number, not {value!r}")
    return int(value)
