# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""After another root secret was put in, what was promised and sealed before still verifies, in a log of the same name."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from recourse.actions.keep_log import keep_log
from recourse.actions.story import perform
from recourse.core.checkpoint.note import NoteKey
from recourse.queries.check_log import check_log
from recourse.store import log_leaves
from recourse.store.receipt_keys import kept_name, with_kept
from tests.store.house import House
from tests.store.log_house import with_log

OLD, NEW = NoteKey("log.example/1", b"\x01" * 32), NoteKey("log.example/1", b"\x02" * 32)


def test_each_key_is_kept_once_and_the_present_one_comes_first(tmp_path: Path) -> None:
    assert kept_name(tmp_path) == ""
    assert with_kept(tmp_path, OLD) == (OLD,)
    assert with_kept(tmp_path, NEW) == (NEW, OLD)
    with_kept.cache_clear()
    assert with_kept(tmp_path, OLD) == (OLD, NEW) and kept_name(tmp_path) == OLD.name
    (kept,) = tmp_path.iterdir()
    assert [set(item) for item in json.loads(kept.read_text())] == [{"name", "key"}] * 2
    kept.write_text('[{"name": "x"}]')
    with pytest.raises(ValueError, match="receipt-keys"):
        kept_name(tmp_path)


def test_promises_of_an_earlier_secret_hold_and_those_of_a_stranger_do_not(
    house: House, tmp_path: Path, monkeypatch: Any, settings: Any
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    settings.RECOURSE_DATA = home
    world, _ = with_log(house, home, monkeypatch)
    house.served()
    perform(keep_log(world))
    assert check_log(world) == []
    settings.RECOURSE_KEYS = {**settings.RECOURSE_KEYS, "receipt": b"\x05" * 32}
    assert check_log(world) == []
    log_leaves.write_leaves(
        [log_leaves.new_leaf(log_leaves.LeafKind.head, b"{}", at="2026", origin=world.log.origin())]  # type: ignore[union-attr]
    )
    assert [fault for fault in check_log(world) if "promised" in fault.what] == []
    policy = world.notary.policy(world.log.origin())  # type: ignore[union-attr]
    assert policy is not None and len(policy.receipt) == 2 and policy.receipt[0] == log_leaves.receipt_key()
    (home / "receipt-keys.json").unlink()
    with_kept.cache_clear()
    assert any("promised" in fault.what for fault in check_log(world))


def test_the_log_keeps_its_name_under_another_secret(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECOURSE_")}

    def name(secret: str, code: str) -> str:
        environment = {
            **kept,
            "RECOURSE_DATA": str(tmp_path),
            "RECOURSE_SECRET": secret * 40,
            "DJANGO_SETTINGS_MODULE": "recourse.config.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout.strip()

    ask = "from django.conf import settings; print(settings.RECOURSE_LOG_ORIGIN)"
    assert name("a", ask) != name("b", ask), "nothing was promised yet"
    keep = "import django; django.setup(); from recourse.store.log_leaves import receipt_keys as r; print(r()[0].name)"
    first = name("a", keep)
    assert name("b", ask) == first == name("b", keep)
    assert len(json.loads((tmp_path / "receipt-keys.json").read_text())) == 2
