# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The kinds of names a playbook uses: ids, references, lengths, sums."""

from collections.abc import Mapping
from typing import Annotated, Literal

from recourse.core.shape import Pattern

When = Mapping[str, tuple[str, ...]]
# A name is plain ASCII in snake case; an id is the source's prefix and names joined by dots.
Name = Annotated[str, Pattern(r"[a-z][a-z0-9_]*", "merchant_answer")]
Id = Annotated[str, Pattern(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "s3.pt.quality")]
Slug = Annotated[str, Pattern(r"[a-z][a-z0-9-]*", "kuaishou-shop")]
LawId = Annotated[str, Pattern(r"[a-z]+[0-9]*\.[a-z0-9]+", "cpl.24")]
# References: each must name something that exists, and `check` says so when it does not.
SourceId = Annotated[str, Pattern(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "s3.ch.app")]
FactId = Annotated[str, Pattern(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "s3.tl.feedback7")]
ChannelId = Annotated[str, Pattern(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "s3.ch.chat")]
ProblemId = Annotated[str, Pattern(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "s3.pt.refund")]
LetterKey = Annotated[str, Pattern(r"[a-z][a-z0-9_]*", "notice_merchant")]
CheckName = Annotated[str, Pattern(r"[a-z][a-z0-9_]*", "order_exists")]
Yuan = Annotated[str, Pattern(r"[0-9]{1,10}\.[0-9]{2}", '"5000.00"')]
PartyName = Annotated[str, Pattern(r"[a-z][a-z0-9_]*", "merchant")]
Length = Annotated[str, Pattern(r"[1-9][0-9]{0,3}(h|d|wd|month|year)", "48h, 7d, 7wd, 1month, 3year")]
Regime = Literal["platform", "civil", "civil_procedure", "samr", "police"]
