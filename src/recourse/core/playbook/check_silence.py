# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether silence may decide where a playbook lets it."""

from collections.abc import Iterator

from recourse.core.playbook.refusals import refusal, unknown
from recourse.core.playbook.types import DeadlineSpec, Playbook, RungSpec
from recourse.core.problem import Problem
from recourse.core.vocabulary import OnMiss, Party, StartsWhen


def check_defaults(playbook: Playbook) -> Iterator[Problem]:
    """Every clock whose silence decides: only the respondent's own, after a served notice, while the sides talk."""
    kinds = {item.kind for item in playbook.evidence}
    for at, rung in enumerate(playbook.ladder):
        for index, spec in enumerate(rung.deadlines):
            where = f"ladder[{at}].deadlines[{index}]"
            if spec.on_miss is OnMiss.default and not _heard(spec, rung):
                yield refusal(
                    "unsafe_default",
                    f"{where}.on_miss",
                    (
                        "只有被投诉人收到通知以后、在协商的一步里不答复，才能按请求决定",
                        "Silence decides only against a respondent who was served, on a rung where the sides talk",
                    ),
                    (
                        "写 who: respondent、starts_when: notice_served，或改成 on_miss: escalate",
                        "Write who: respondent and starts_when: notice_served, or on_miss: escalate",
                    ),
                )
            if spec.needs and spec.on_miss is not OnMiss.default:
                yield refusal(
                    "needs_without_default",
                    f"{where}.needs",
                    ("needs 只和 on_miss: default 一起写", "needs goes with on_miss: default only"),
                    ("删掉 needs", "Remove needs"),
                )
            for place, kind in enumerate(spec.needs):
                if kind not in kinds:
                    yield unknown(
                        "no_evidence_item", f"{where}.needs[{place}]", "证据说明", "evidence item", kind
                    )


def _heard(spec: DeadlineSpec, rung: RungSpec) -> bool:
    served = spec.starts_when is StartsWhen.notice_served
    return spec.who is Party.respondent and served and rung.stage == "negotiating"
