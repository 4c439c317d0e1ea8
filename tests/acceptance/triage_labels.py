# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Our own labels of rows of the shared sets, by row: which problems may lead, none meaning that nothing fits.

The sets themselves stay outside the repository. Only the rows named UNSEEN were drawn and labelled after the lexicon
of version 2026.11 was finished and before triage was run on them; all other rows had been read while it was written.
"""

_Q, _F, _S, _L, _R = "s3.pt.quality", "s3.pt.false_ad", "s3.pt.aftersale", "s3.pt.logistics", "s3.pt.refund"
NONE: tuple[str, ...] = ()

# complaints-heimao: the rows about an order of goods. Every other row belongs to no shop: none fits.
HEIMAO = {"hm-002": (_S,), "hm-048": (_L,), "hm-058": (_Q, _R), "hm-065": (_L,), "hm-093": (_F, _Q)}
# triage-12315-zh by line; parking, wages, gas, a hotel and a closed shop fit nothing.
WORK_ORDERS = {1: (_Q, _R), 2: (_F, _Q), 4: (_Q,), 7: (_Q,)}

# reviews-zh/online_shopping_10_cats.csv by row, bad reviews of 12 to 90 characters, every 196th.
_REVIEWS_QUALITY = (375, 987, 2951, 4253, 4829, 5438, 6080, 7402, 8013, 8701, 9315, 10596, 11218, 12476, 13819, 18718,
                    19330, 20563, 21105, 21727, 22362, 24827)  # fmt: skip
_REVIEWS_FALSE_AD = (3633, 6737, 9947, 13123, 15672, 22988, 23602)
_REVIEWS_EITHER = (1596, 2297, 14492, 15090, 16861, 19959, 24183)
REVIEWS_SEEN = (
    dict.fromkeys(_REVIEWS_QUALITY, (_Q,))
    | dict.fromkeys(_REVIEWS_FALSE_AD, (_F,))
    | dict.fromkeys(_REVIEWS_EITHER, (_Q, _F))
    | dict.fromkeys((16240, 17490), (_L,))
    | {11826: (_Q, _S), 18092: NONE}
)
# aftersale-dialogues-zh/csds_test_refs.jsonl: every tenth row from the fifth; only what the customer says.
_DIALOGUES_REFUND = ("402", "064", "132", "104", "497")
_DIALOGUES_NONE = ("017", "007", "013", "021", "108", "433", "624", "551", "502", "019", "194", "672", "456", "745",
                   "674", "525", "483", "454", "678", "586", "512", "534")  # fmt: skip
DIALOGUES_SEEN = (
    {f"csds-{row}": (_R,) for row in _DIALOGUES_REFUND}
    | {f"csds-{row}": NONE for row in _DIALOGUES_NONE}
    | {f"csds-{row}": (_L,) for row in ("721", "528", "060")}
    | {"csds-608": (_L, _Q), "csds-299": (_Q, _S)}
)

# The same reviews, every 196th from the eleventh.
_UNSEEN_QUALITY = (38, 722, 1295, 1985, 3319, 3939, 5805, 9645, 10290, 10941, 11569, 12198, 12840, 13509, 14188, 15417,
                   15988, 16593, 17183, 17836, 18463, 20282, 20879, 22702, 7097)  # fmt: skip
REVIEWS_UNSEEN = (
    dict.fromkeys(_UNSEEN_QUALITY, (_Q,))
    | dict.fromkeys((2664, 8391, 9057, 14820, 21457, 23904), NONE)
    | dict.fromkeys((4554, 24544), (_L,))
    | dict.fromkeys((5153, 19647), (_Q, _L))
    | dict.fromkeys((19067, 22071), (_F,))
    | {6441: (_Q, _F), 7733: (_Q, _S), 23335: (_L, _S)}
)
# The same dialogues, every tenth from the tenth.
_UNSEEN_NONE = ("193", "318", "244", "472", "111", "698", "465", "443", "327", "288", "278", "284", "427", "620", "742",
                "493")  # fmt: skip
DIALOGUES_UNSEEN = (
    {f"csds-{row}": NONE for row in _UNSEEN_NONE}
    | {f"csds-{row}": (_L,) for row in ("156", "592", "203", "667", "754", "406", "271")}
    | {f"csds-{row}": (_R,) for row in ("778", "248", "595", "598", "392", "346")}
    | {"csds-219": (_Q, _R), "csds-309": (_S, _Q), "csds-027": (_R, _L)}
)
