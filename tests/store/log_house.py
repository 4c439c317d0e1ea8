# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A house whose log has a real signer and a real witness: the programs' own rule and memory, asked without a network."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from recourse.core.port import World
from recourse.gateways import signature
from recourse.gateways.foreign_witness import ForeignWitness
from recourse.gateways.signature import Notaries
from recourse.processes.kept_state import Folder
from recourse.processes.listening import Asked
from recourse.processes.signer import Signer
from recourse.processes.witness import Witness
from recourse.store.log import LogTables
from recourse.store.log_leaves import receipt_keys
from tests.store.house import House

NOW = 1_790_000_000


@dataclass
class InHouse:
    """Signer and witness in this process, behind the gateway's own words. Taking one away is a process that is down."""

    folder: Path
    name: str

    def __post_init__(self) -> None:
        self.signer: Signer | None = None
        self.witness: Witness | None = None
        self.elsewhere: Witness | None = None
        self.asked: list[str] = []
        self.start()

    def start(self) -> None:
        """Start signer and witness on what their folders hold."""
        self.signer = Signer(Folder(self.folder / "signer"), name=self.name)
        self.witness = Witness(Folder(self.folder / "witness"), now=lambda: NOW)
        (self.folder / "signer" / "address").write_text("signer")
        (self.folder / "witness" / "address").write_text("witness")

    def stop(self) -> None:
        """Let go of both folders: whoever comes next has them."""
        self.signer = self.witness = None

    def back_up(self, copy: Path) -> None:
        """Copy what this house keeps beside its database."""
        shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns("elsewhere"))

    def put_back(self, copy: Path, *names: str) -> None:
        """Put folders of a copy in the place of those that are there, and start the programs on them."""
        self.stop()
        for name in names:
            shutil.rmtree(self.folder / name, ignore_errors=True)
            shutil.copytree(copy / name, self.folder / name)
        self.start()

    def begin_elsewhere(self) -> ForeignWitness:
        """A witness that somebody else runs, who was told of this log."""
        self.elsewhere = Witness(Folder(self.folder / "elsewhere"), now=lambda: NOW)
        self.tell_elsewhere(self.name)
        return ForeignWitness(self.elsewhere.key, "消协", "http://elsewhere")

    def tell_elsewhere(self, origin: str) -> None:
        """Tell the one who runs it the log's keys."""
        keys = json.loads((self.folder / "signer" / "public.json").read_text())["keys"]
        (self.folder / "elsewhere" / "logs.json").write_text(json.dumps({self.name: keys, origin: keys}))

    def http(self, method: str, url: str, body: bytes | None, *, token: str = "") -> tuple[int, bytes] | None:
        """What the gateway's `_http` answers."""
        host, _, path = url.removeprefix("http://").partition("/")
        self.asked.append(f"{host}/{path}")
        programs = {"signer": self.signer, "witness": self.witness, "elsewhere": self.elsewhere}
        program: Any = programs[host]
        if program is None:
            return None
        found = program.answer(Asked(method, f"/{path}", token, body or b""))
        return found.status, found.body.encode()


def with_log(
    house: House, folder: Path, monkeypatch: Any, *, elsewhere: bool = False
) -> tuple[World, InHouse]:
    """The house's world with the log, and the programs behind it; `elsewhere` with a witness that others run."""
    name = LogTables().origin()
    inside = InHouse(folder, name)
    foreign = [inside.begin_elsewhere()] if elsewhere else []
    monkeypatch.setattr(signature, "_http", lambda *asked, **more: inside.http(*asked, **more))
    notary = Notaries(folder, name=name, receipts=receipt_keys, operator="odr.example.cn", foreign=foreign)
    return replace(house.world, log=LogTables(), notary=notary), inside
