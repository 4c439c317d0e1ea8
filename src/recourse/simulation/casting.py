# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who lives in a run: complainants of every kind, a respondent behind each contact, staff, and strangers."""

from typing import Any

from recourse.simulation.cast import complainants as c
from recourse.simulation.cast import further as f
from recourse.simulation.cast import respondents as r
from recourse.simulation.cast import staff as s
from recourse.simulation.dice import Dice
from recourse.simulation.people import Person
from recourse.simulation.stage import House, add_record

_COMPLAINANTS: tuple[tuple[type[c.Complainant], int], ...] = (
    (c.Complainant, 34),
    (c.DoubleClicker, 16),
    (c.Sniper, 14),
    (c.Replayer, 10),
    (c.MassFiler, 8),
    (c.TwoCases, 12),
    (c.Eraser, 6),
)
_RESPONDENTS: tuple[tuple[type[r.Respondent], int], ...] = (
    (r.Respondent, 55),
    (r.Stonewaller, 20),
    (r.LateAnswerer, 25),
)


def people_of(village: Any, dice: Dice) -> list[Person]:
    """Everybody of a run, in a fixed order."""
    people: list[Person] = []
    for n in range(village.options.cases):
        house = village.houses[0] if dice.percent(80) else village.houses[1]
        kind = dice.weighted(_COMPLAINANTS)
        record, paid = f"NO{n:04d}{dice.below(10_000):04d}", dice.pick((990, 12_900, 131_400, 600_000))
        add_record(dice, house, village.register, record, paid)
        people.append(kind(village, f"c{n}", house, record, paid))
        if kind is c.TwoCases:
            people.append(c.TwoCases(village, f"c{n}b", house, record, paid))
    for house in village.houses:
        people += _house(village, dice, house)
    people.append(r.Impostor(village, "impostor", dice.pick(village.houses)))
    for house in village.houses:
        people.append(f.Shower(village, f"{house.operator}-shower", house))
        people.append(f.Keeper(village, f"{house.operator}-keeper", house))
    return people


def _house(village: Any, dice: Dice, house: House) -> list[Person]:
    found: list[Person] = []
    for n, listed in enumerate(house.listed):
        kind = dice.weighted(_RESPONDENTS)
        found += [
            kind(village, f"{house.operator}-r{n}{m}", house, contact)
            for m, contact in enumerate(listed.contacts)
        ]
    found.append(s.Agent(village, f"{house.operator}-agent", house, house.agent))
    found += [
        s.Neutral(village, f"{house.operator}-neutral{n}", house, actor)
        for n, actor in enumerate(house.neutrals)
    ]
    if dice.percent(25):
        found += s.colluders(village, house)
    return found
