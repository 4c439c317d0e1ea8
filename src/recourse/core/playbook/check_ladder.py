# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Can the ladder be climbed: every rung sound, somebody heard first, every clock of the case started by something?"""

from collections.abc import Iterator

from recourse.core.playbook.refusals import none_listed, refusal, unknown
from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problem
from recourse.core.vocabulary import DEED_ACTS, RECORD_MARKERS, Party, RungName, StartsWhen


def check_ladder(playbook: Playbook) -> Iterator[Problem]:
    """Every fault of the rungs and of the channels that they list."""
    homes = {item.id: item.rung for item in playbook.channels}
    listed: set[str] = set()
    rungs: list[RungName] = []
    for index, rung in enumerate(playbook.ladder):
        where = f"ladder[{index}]"
        if rung.rung in rungs:
            yield refusal(
                "duplicate_rung",
                f"{where}.rung",
                (f"{rung.rung} 出现了两次", f"{rung.rung} stands twice on the ladder"),
                ("合成一条", "Make it one entry"),
            )
        rungs.append(rung.rung)
        listed.update(rung.channels)
        for at, channel in enumerate(rung.channels):
            if channel in homes and homes[channel] is not rung.rung:
                yield refusal(
                    "channel_elsewhere",
                    f"{where}.channels[{at}]",
                    (
                        f"渠道 {channel} 自己写的是 {homes[channel]}",
                        f"The channel {channel} says {homes[channel]}",
                    ),
                    ("两处写成一样", "Make both say the same"),
                )
        if (rung.outside_only and rung.stage != "outside") or (
            rung.rung is RungName.public_exposure and not rung.gate
        ):
            yield refusal(
                "rung_unsafe",
                where,
                (
                    "只在外部办理的一步，stage 应是 outside；公开曝光必须有 gate",
                    "A rung that is outside only has the stage outside; public_exposure needs a gate",
                ),
                ("改 stage，或写上 gate", "Change the stage, or write the gate"),
            )
    for index, channel_spec in enumerate(playbook.channels):
        if channel_spec.id not in listed:
            yield unknown(
                "unlisted_channel",
                f"channels[{index}]",
                "列出它的一步",
                "rung that lists it",
                channel_spec.id,
            )
    yield from _first_answer(playbook)


def _first_answer(playbook: Playbook) -> Iterator[Problem]:
    for index, rung in enumerate(playbook.ladder):
        if rung.outside_only or rung.optional or rung.rung is RungName.self_check:
            continue
        heard = any(
            item.act == "answer"
            and item.who is Party.respondent
            and item.starts_when is StartsWhen.notice_served
            for item in rung.deadlines
        )
        if not heard:
            yield refusal(
                "nobody_heard",
                f"ladder[{index}].deadlines",
                (
                    "第一步必须给被投诉人一个答复期限，从通知送达起算",
                    "The first rung must give the respondent an answer deadline that starts at notice_served",
                ),
                (
                    "补上 act: answer, starts_when: notice_served",
                    "Add act: answer, starts_when: notice_served",
                ),
            )
        return
    yield none_listed("ladder")


def check_case_clocks(playbook: Playbook) -> Iterator[Problem]:
    """Every clock of the case that nothing would ever start. Remedies have the clocks of their steps."""
    acts, markers = ", ".join(sorted(DEED_ACTS)), ", ".join(sorted(RECORD_MARKERS))
    for index, spec in enumerate(playbook.deadlines):
        if spec.act not in DEED_ACTS and spec.starts_when not in RECORD_MARKERS:
            yield refusal(
                "never_starts",
                f"deadlines[{index}].starts_when",
                (
                    f"没有什么会让 {spec.act} 从 {spec.starts_when} 起算",
                    f"Nothing would ever start {spec.act} at {spec.starts_when}",
                ),
                (
                    f"starts_when 写 {markers} 之一；或 act 写 {acts} 之一；救济的期限写在它的每一步里",
                    f"Start it at one of {markers}; or name one of the acts {acts}; a remedy's time stands in its steps",
                ),
            )


def check_targets(playbook: Playbook) -> Iterator[Problem]:
    """Targets of one door that have the same key."""
    for at, channel in enumerate(playbook.channels):
        keys = [item.key for item in channel.targets]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield refusal(
                    "duplicate_target",
                    f"channels[{at}].targets[{index}].key",
                    (f"投诉对象 {key} 写了不止一次", f"The target {key} is written more than once"),
                    ("换一个名字", "Choose another key"),
                )
