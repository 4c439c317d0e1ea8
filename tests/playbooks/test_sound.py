# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What every playbook owes its reader, held for those whose own tests say only what is their own."""

from collections.abc import Callable

import pytest

from tests.playbooks import sound


@pytest.mark.parametrize("platform", ["any-company", "liyun-cards", "qishui-points"])
@pytest.mark.parametrize(
    "hold",
    [
        sound.examples_hold,
        sound.every_problem_is_shown_once,
        sound.law_is_sound,
        sound.letters_are_fit,
    ],
)
def test_it_is_sound(hold: Callable[[str], None], platform: str) -> None:
    hold(platform)
