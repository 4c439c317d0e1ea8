# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Handing over a file: sent twice with one key it is one exhibit, and the second answer is the first one."""

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.story import perform
from recourse.core.actor import system
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind
from tests.store.house import OPERATOR, House


def hand_over(house: House, number: str, text: str) -> Receipt | Problems:
    """Hand over a text under one key."""
    return perform(
        add_exhibit(
            house.world,
            actor=house.complainant(number),
            number=number,
            kind=EvidenceKind.chat_export,
            chunks=[text.encode()],
            name="聊天.txt",
            key="upload-1",
        )
    )


def test_a_file_sent_again_after_a_lost_answer_is_one_exhibit(house: House) -> None:
    number = house.served()
    first, second = hand_over(house, number, "客服：正在处理"), hand_over(house, number, "客服：正在处理")
    assert isinstance(first, Receipt) and isinstance(second, Receipt)
    assert (second.version, second.head, second.replayed) == (first.version, first.head, True)
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None and len(opened.case.exhibits) == 1


def test_another_file_under_the_same_key_is_another_request(house: House) -> None:
    number = house.served()
    assert isinstance(hand_over(house, number, "客服：正在处理"), Receipt)
    refused = hand_over(house, number, "另一份")
    assert isinstance(refused, Problems) and refused.keys() == ("idempotency_key_reused",)
