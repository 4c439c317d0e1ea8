# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A house whose log has a real signer and a real witness: the programs' own rule and memory, asked without a network."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from recourse.core.port import World
from recourse.gateways import signature
from recourse.gateways.signature import Notaries
from recourse.processes.kept_state import Folder
from recourse.processes.listening import Asked
from recourse.processes.signer import Signer
from recourse.processes.witness import Witness
from recourse.store.log import LogTables
from recourse.store.log_leaves import receipt_key
from tests.store.house import House

NOW = 1_790_000_000


@dataclass
class InHouse:
    """Signer and witness in this process, behind the gateway's own words. Taking one away is a process that is down."""

    folder: Path
    name: str

    def __post_init__(self) -> None:
        self.signer: Signer | None = Signer(Folder(self.folder / "signer"), name=self.name)
        self.witness: Witness | None = Witness(Folder(self.folder / "witness"), now=lambda: NOW)
        self.asked: list[str] = []
        (self.folder / "signer" / "address").write_text("signer")
        (self.folder / "witness" / "address").write_text("witness")

    def http(self, method: str, url: str, body: bytes | None, *, token: str = "") -> tuple[int, bytes] | None:
        """What the gateway's `_http` answers."""
        host, _, path = url.removeprefix("http://").partition("/")
        self.asked.append(f"{host}/{path}")
        program: Any = self.signer if host == "signer" else self.witness
        if program is None:
            return None
        found = program.answer(Asked(method, f"/{path}", token, body or b""))
        return found.status, found.body.encode()


def with_log(house: House, folder: Path, monkeypatch: Any) -> tuple[World, InHouse]:
    """The house's world with the log, and the programs behind it."""
    name = LogTables().origin()
    inside = InHouse(folder, name)
    monkeypatch.setattr(signature, "_http", lambda *asked, **more: inside.http(*asked, **more))
    notary = Notaries(folder, name=name, receipt=receipt_key, operator="odr.example.cn")
    return replace(house.world, log=LogTables(), notary=notary), inside
