# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What silence means, said to the respondent: from the first moment of each clock, and always with its date."""

from recourse.core.case.chronicle import Names
from recourse.core.case.progress import progress, silence_of
from recourse.core.case.state import Case
from recourse.core.case.words import YOU
from recourse.core.deadline.deadline import Deadline
from recourse.core.playbook.types import Playbook
from recourse.core.text import Text
from recourse.core.vocabulary import OnMiss, Party

_ACTS: dict[str, Text] = {
    "answer": Text(
        "请答复：同意、部分同意、不同意，或承诺日期", "Answer: agree, offer, refuse or promise a date"
    ),
    "respond_offer": Text("请回应对方的方案", "Reply to their offer"),
    "give_evidence": Text("请补交平台要的材料", "Hand in what was asked for"),
    "keep_promise": Text("请兑现你承诺的日期", "Keep the date you promised"),
    "appeal": Text("对决定不服，可以申诉", "You may appeal the decision"),
}
_STEP = Text("请完成方案的这一步，并留下凭证", "Do the next step of the remedy and leave a proof")


def task_of(clock: Deadline) -> Text:
    """What the respondent is asked to do."""
    return _ACTS.get(clock.act) or (_STEP if clock.scope.startswith("remedy:") else clock.text or _STEP)


def default_of(clock: Deadline, case: Case, playbook: Playbook, *, claims: Text) -> Text | None:
    """What happens by itself if the respondent lets this clock run out."""
    names = Names(playbook)
    other = names.party(Party.complainant)
    if clock.act in {"answer", "keep_promise"} and clock.on_miss is OnMiss.default:
        return Text(
            f"到期没答复，平台记录和材料都对得上的，按你事先接受的规则支持{other.zh}的请求：{claims.zh}。"
            "之后有正当原因的，写明原因还可以重新审。",
            f"If you are silent, and records and papers bear it out, the claim is granted under the rule you accepted: "
            f"{claims.en}. With a good cause it can still be looked at again.",
        )
    if clock.scope.startswith("remedy:") and clock.on_miss is OnMiss.escalate:
        return Text(
            "到期没做，记为没有履行，投诉转到下一步。",
            "If it is not done it counts as not performed and the case moves on.",
        )
    if clock.on_miss is OnMiss.escalate:
        following = progress(case, playbook).next
        where = following or Text("下一步", "the next step")
        return Text(
            f"到期没有动静，自动转{where.zh}。", f"If nothing comes, the case moves on to {where.en}."
        )
    if clock.act == "appeal":
        return Text(
            "到期没申诉，决定生效，要按决定履行。", "Without an appeal the decision is final and binds you."
        )
    return silence_of(clock, YOU, case=case, playbook=playbook, reader=Party.respondent)
