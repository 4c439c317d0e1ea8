# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the process is told from outside."""

import pytest

from recourse.config.databases import database
from recourse.config.environment import BadSetting, read_environment


def test_defaults_are_a_demo_free_local_installation(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    environment = read_environment({})
    assert environment.data == tmp_path / ".recourse"
    assert (environment.demo, environment.debug, environment.secure) == (False, False, False)
    assert environment.hosts == ("127.0.0.1", "127.0.0.1", "localhost", "[::1]")


def test_https_turns_secure_cookies_on():
    environment = read_environment({"RECOURSE_PUBLIC_URL": "https://odr.example.cn/"})
    assert environment.secure
    assert environment.public_url == "https://odr.example.cn"
    assert environment.hosts[0] == "odr.example.cn"


@pytest.mark.parametrize(
    "name, value",
    [("RECOURSE_PUBLIC_URL", "odr.example.cn"), ("RECOURSE_HOSTS", "a.cn,*"), ("RECOURSE_DEMO", "perhaps")],
)
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(BadSetting, match=name):
        read_environment({name: value})


def test_sqlite_waits_for_the_lock_and_survives_a_power_cut(tmp_path):
    options = database(url="", data=tmp_path)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        assert pragma in options["init_command"]


def test_postgresql_by_address(tmp_path):
    settings = database(url="postgresql://ann:p%40ss@db.example.cn:6432/odr?sslmode=require", data=tmp_path)
    assert settings["ENGINE"].endswith("postgresql")
    assert (settings["USER"], settings["PASSWORD"], settings["NAME"]) == ("ann", "p@ss", "odr")
    assert (settings["HOST"], settings["PORT"]) == ("db.example.cn", "6432")
    assert settings["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 5}


def test_behind_a_pooler_nothing_is_prepared(tmp_path):
    settings = database(url="postgresql:///odr?prepare_threshold=none", data=tmp_path)
    assert settings["OPTIONS"] == {"prepare_threshold": None}


def test_postgresql_over_a_socket(tmp_path):
    assert database(url="postgresql:///odr?host=/var/run/pg", data=tmp_path)["HOST"] == "/var/run/pg"


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host/"])
def test_other_databases_are_refused(url, tmp_path):
    with pytest.raises(ValueError, match="RECOURSE_DATABASE_URL"):
        database(url=url, data=tmp_path)
