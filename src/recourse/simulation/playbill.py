# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What can be played on a platform, taken from its playbook alone: answers, problems, demands, terms, doors, rungs.

Nothing here knows a platform's name: a playbook that is added to the folder is played as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from recourse.core.address import Address
from recourse.core.case.draft import fits_answers, settled
from recourse.core.claim import Claim, Term, carries_money, carries_points
from recourse.core.complaint import Complaint
from recourse.core.playbook.types import Channel, Playbook, ProblemType, RemedySpec
from recourse.core.rulebook import Rulebook
from recourse.core.vocabulary import EvidenceKind, EvidenceState, RemedyKind, RungName, entitlement_group
from recourse.simulation.dice import Dice


@dataclass(frozen=True, slots=True)
class Playbill:
    """One platform's playbook, ready to be played."""

    rules: Rulebook

    @property
    def playbook(self) -> Playbook:
        """The playbook itself."""
        return self.rules.playbook

    def answers(self, dice: Dice) -> dict[str, str]:
        """Answers to some of the questions, as the playbook takes them."""
        found: dict[str, str] = {}
        for question in self.playbook.ask:
            if dice.percent(25):
                continue
            if question.kind == "yes_no":
                found[question.key] = dice.pick(("yes", "no"))
            elif question.kind == "choice":
                options = [option.key for option in question.options if not option.stop]
                if options:
                    found[question.key] = dice.pick(options)
        return found

    def problem(self, dice: Dice, answers: Mapping[str, str]) -> ProblemType:
        """A problem that these answers leave possible."""
        fitting = [item for item in self.playbook.problems if fits_answers(item.when, answers)]
        return dice.pick(fitting or list(self.playbook.problems))

    def remedies(self, answers: Mapping[str, str]) -> list[RemedySpec]:
        """The remedies that are offered, given the answers."""
        return [item for item in self.playbook.remedies if fits_answers(item.when, answers)]

    def demands(
        self, dice: Dice, problem: ProblemType, answers: Mapping[str, str], paid: int
    ) -> tuple[Claim, ...]:
        """One or two demands that fit the problem; now and then none, one without a sum, or one nobody offers."""
        if dice.percent(8):
            return ()
        offered = [item.kind for item in self.remedies(answers)]
        fitting = [kind for kind in problem.remedies if kind in offered] or offered
        kinds = dict.fromkeys(dice.pick(fitting) for _ in range(1 + dice.percent(25)))
        return tuple(
            Claim(
                kind,
                _sum(dice, paid) if carries_money(kind) and not dice.percent(10) else None,
                _points(dice, kind),
            )
            for kind in kinds
        )

    def terms(
        self, dice: Dice, answers: Mapping[str, str], claims: tuple[Claim, ...], paid: int | None
    ) -> tuple[Term, ...]:
        """Terms of an offer or a decision: mostly what was claimed, now and then less, something else, or too much."""
        offered = [item.kind for item in self.remedies(answers)]
        wanted = [claim.kind for claim in claims if claim.kind in offered]
        kinds = wanted if wanted and dice.percent(75) else [dice.pick(offered)]
        terms: dict[str, Term] = {}
        for kind in kinds:
            amount = None
            if carries_money(kind):
                asked = next((claim.amount_fen for claim in claims if claim.kind is kind), None)
                amount = asked or paid or 1_000
                amount = amount if dice.percent(70) else max(1, amount * dice.pick((30, 50, 70)) // 100)
                amount = amount if dice.percent(97) else amount * 3
            within = dice.pick(("", "", "", "3d", "5wd"))
            terms.setdefault(entitlement_group(kind), Term(kind, amount, within, _points(dice, kind)))
        return tuple(terms.values())

    def doors(self, rung: RungName | None, answers: Mapping[str, str]) -> list[Channel]:
        """The doors at which a person can file, those of this rung first."""
        open_doors = [item for item in self.playbook.channels if settled(item.when, answers)]
        return sorted(open_doors, key=lambda item: item.rung is not rung)

    def complaint(
        self, dice: Dice, *, contact: Address, respondent: str, record_id: str, paid: int, today: date
    ) -> Complaint:
        """A complaint as somebody hands it in."""
        answers = self.answers(dice)
        problem = self.problem(dice, answers)
        happened = today - timedelta(days=dice.between(1, 60))
        says = dice.pick(problem.says) if problem.says else problem.name.zh
        kinds = [*problem.evidence.needed, *problem.evidence.better_with]
        return Complaint(
            platform=self.playbook.platform,
            story=f"{says}，一直没有解决。",
            complainant_name="王小明",
            contact=contact,
            respondent_name=respondent,
            record_id=record_id,
            record_title="",
            record_line="",
            amount_fen=paid if dice.percent(90) else None,
            happened_on=happened,
            promised_on=happened + timedelta(days=dice.between(0, 20)) if dice.percent(30) else None,
            received_on=happened + timedelta(days=1) if dice.percent(30) else None,
            demands=self.demands(dice, problem, answers, paid),
            problems=() if dice.percent(6) else (problem.id,),
            answers=answers,
            evidence={kind: dice.pick(tuple(EvidenceState)) for kind in kinds},
        )

    def evidence(self, dice: Dice) -> EvidenceKind:
        """A kind of evidence; those that come in pairs more often."""
        pairs = [item.kind for item in self.playbook.evidence if item.capture_after]
        return dice.pick(pairs) if pairs and dice.percent(40) else dice.pick(tuple(EvidenceKind))


def _points(dice: Dice, kind: RemedyKind) -> int | None:
    """A count for a remedy that is counted in points; now and then none, or one that cannot be."""
    return dice.pick((500, 2_000, 2_000, None, 0)) if carries_points(kind) else None


def _sum(dice: Dice, paid: int) -> int:
    return paid if dice.percent(70) else max(1, paid * dice.pick((20, 50, 120)) // 100)
