# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One root secret, one key per purpose."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from recourse.config.secret_keys import PURPOSES, derive_key, derive_keys, root_secret


def test_the_root_is_made_once_and_is_the_owners_alone(tmp_path):
    first = root_secret(data=tmp_path, given="")
    assert len(first) == 32
    assert root_secret(data=tmp_path, given="") == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_workers_that_start_together_read_the_same_root(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        roots = set(pool.map(lambda _: root_secret(data=tmp_path, given=""), range(32)))
    assert len(roots) == 1


def test_a_given_secret_wins_and_must_be_long(tmp_path):
    given = "x" * 32
    assert root_secret(data=tmp_path, given=given) == given.encode()
    assert not (tmp_path / "secret").exists()
    with pytest.raises(ValueError, match="RECOURSE_SECRET"):
        root_secret(data=tmp_path, given="short")


def test_no_two_purposes_share_a_key():
    keys = derive_keys(b"r" * 32)
    assert set(keys) == set(PURPOSES)
    assert len(set(keys.values())) == len(PURPOSES)
    # The derivation is a promise: changed, it would lock every stored field.
    assert derive_key(b"r" * 32, purpose="field").hex() == FIELD_KEY


FIELD_KEY = "49dea80dba110b7f8e0e92c8f9806c2a4ab2a2820d621ed9d55346a40804ad4b"
