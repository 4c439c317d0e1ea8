# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The rule shelf: the rulebook in force today, kept in the store from the moment a case may refer to it."""

from collections.abc import Callable, Sequence
from datetime import date

from recourse.core.calendar import CHINA, Calendar
from recourse.core.port import Clock
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.triage.lexicon import Lexicon
from recourse.store.codec import rulebook_text
from recourse.store.rulebooks import keep_text


class Shelf:
    """`RuleShelf` on the database. `load` reads a platform's rules as of a day; it must cache by itself."""

    def __init__(
        self,
        *,
        clock: Clock,
        load: Callable[[str, date], Rulebook | Problems],
        platforms: Callable[[], Sequence[str]],
        lexicon: Callable[[], Lexicon],
        calendar: Callable[[], Calendar],
    ) -> None:
        self._clock = clock
        self._load = load
        self._platforms = platforms
        self._lexicon = lexicon
        self._calendar = calendar
        self._written: dict[str, tuple[Rulebook, str, str]] = {}

    def by(self, clock: Clock) -> "Shelf":
        """The same shelf, with the rules in force at the moments of another clock."""
        return Shelf(
            clock=clock,
            load=self._load,
            platforms=self._platforms,
            lexicon=self._lexicon,
            calendar=self._calendar,
        )

    def read(self, platform: str) -> Rulebook | Problems:
        """The rulebook in force today, to be looked at."""
        return self._load(platform, self._clock.now().astimezone(CHINA).date())

    def current(self, platform: str) -> tuple[str, Rulebook] | Problems:
        """Digest and value of the rulebook in force today; it is in the store afterwards."""
        rulebook = self.read(platform)
        if isinstance(rulebook, Problems):
            return rulebook
        kept = self._written.get(platform)
        if kept is None or kept[0] is not rulebook:
            # Writing a rulebook canonically takes longer than filing a complaint: once per value is enough.
            kept = (rulebook, *rulebook_text(rulebook))
            self._written[platform] = kept
        keep_text(kept[1], kept[2], rulebook=rulebook, now=self._clock.now())
        return kept[1], rulebook

    def platforms(self) -> Sequence[str]:
        """The platforms with a playbook."""
        return self._platforms()

    def calendar(self) -> Calendar:
        """The newest published calendar."""
        return self._calendar()

    def lexicon(self) -> Lexicon:
        """The words that triage listens for."""
        return self._lexicon()
