# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A box takes from anybody and gives to the holder of its secret alone."""

import secrets

import pytest

from recourse.store.sealed_box import box_of, seal_into, unseal_with
from recourse.store.sealing import Unsealable

SECRET = secrets.token_bytes(32)
ABOUT = "draft-reading/a/b"


def test_what_was_put_in_comes_out_for_the_secret_alone() -> None:
    sealed = seal_into(box_of(SECRET), "订单编号".encode(), about=ABOUT)
    assert unseal_with(SECRET, sealed, about=ABOUT) == "订单编号".encode()
    with pytest.raises(Unsealable):
        unseal_with(secrets.token_bytes(32), sealed, about=ABOUT)
    # What put it in cannot open it: the box is no secret.
    with pytest.raises(Unsealable):
        unseal_with(box_of(SECRET), sealed, about=ABOUT)


def test_the_same_value_never_looks_the_same() -> None:
    assert seal_into(box_of(SECRET), b"1", about=ABOUT) != seal_into(box_of(SECRET), b"1", about=ABOUT)


def test_another_place_and_any_other_byte_open_nothing() -> None:
    sealed = seal_into(box_of(SECRET), b"KS0000000001", about=ABOUT)
    with pytest.raises(Unsealable):
        unseal_with(SECRET, sealed, about="draft-reading/a/c")
    for at in range(len(sealed)):
        broken = bytearray(sealed)
        broken[at] ^= 1
        with pytest.raises(Unsealable):
            unseal_with(SECRET, bytes(broken), about=ABOUT)


@pytest.mark.parametrize("sealed", [b"", b"\0" * 31, b"\0" * 32, b"\0" * 80])
def test_what_is_no_sealing_opens_nothing(sealed: bytes) -> None:
    with pytest.raises(Unsealable):
        unseal_with(SECRET, sealed, about=ABOUT)
