# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The tutorial, block by block, against a live server: what it says is printed is printed."""

import io
import re
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recourse.actions.add_token import add_token
from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import perform
from recourse.gateways.webhook import WebhookSender
from tests.api.program import owner
from tests.portal.person import wire
from tests.store.house import House, build_house
from tests.test_docs import ROOT

PAGE = ROOT / "docs" / "api-tutorial.md"
BLOCK = re.compile(r"^```(python|text|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def house(transactional_db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house whose API is served to programs outside this process's client."""
    made = build_house(tmp_path)
    made.world = replace(made.world, hooks=WebhookSender(private=True))
    wire(made, monkeypatch)
    return made


def scopes() -> list[str]:
    """The scopes that the tutorial tells one to give."""
    shell = "".join(code for kind, code in BLOCK.findall(PAGE.read_text("utf-8")) if kind == "sh")
    return re.findall(r"--scope (\S+)", shell)


def test_every_block_says_what_it_says(
    house: House, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = house.do(add_token(house.world, actor=owner(), name="tutorial", scopes=scopes(), seat="owner"))
    monkeypatch.setenv("RECOURSE_URL", live_server.url)
    monkeypatch.setenv("RECOURSE_TOKEN", made.word)
    names: dict[str, Any] = {}
    printed, blocks = "", 0
    for kind, code in BLOCK.findall(PAGE.read_text("utf-8")):
        if kind == "python":
            while perform(run_jobs(house.world)):
                pass  # the worker, which works beside a real server
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile(code, f"{PAGE.name}, block {blocks + 1}", "exec"), names)
            names["now"] = house.clock.now().timestamp  # the house stands in its own year
            printed, blocks = out.getvalue(), blocks + 1
        elif kind == "text":
            assert printed == code, f"block {blocks}"
    names["server"].shutdown()
    assert blocks >= 8
