# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Our own labels of rows of the shared sets, by row: which problems may lead, none meaning that nothing fits.

The sets themselves stay outside the repository. The rows named UNSEEN were drawn and labelled after the lexicon of
version 2026.11 was finished and before triage was run on them; SEEN rows had been read while it was written.
DEVELOPMENT and HELD_OUT are the halves (by seed) of a later draw, labelled before the lexicon of version 2026.12 was
begun; only the first was looked at while that was written, and the second was run once, when it was finished.
"""

_Q, _F, _S, _L, _R = "s3.pt.quality", "s3.pt.false_ad", "s3.pt.aftersale", "s3.pt.logistics", "s3.pt.refund"
NONE: tuple[str, ...] = ()

# complaints-heimao: the rows about an order of goods. Every other row belongs to no shop: none fits.
HEIMAO = {"hm-002": (_S,), "hm-048": (_L,), "hm-058": (_Q, _R), "hm-065": (_L,), "hm-093": (_F, _Q)}
# triage-12315-zh by line; parking, wages, gas, a hotel and a closed shop fit nothing.
WORK_ORDERS = {1: (_Q, _R), 2: (_F, _Q), 4: (_Q,), 7: (_Q,)}

# The same rows for any-company, whose trade is any; labelled by reading all of them before its words were run on any.
_ANY = {word: f"any.pt.{word}" for word in ("not_delivered", "defective", "wrong", "misdescribed", "revoked",
                                            "rule_changed", "refund", "no_notice", "unresponsive", "bad_faith", "scam")}  # fmt: skip


def _any(*words: str) -> tuple[str, ...]:
    return tuple(_ANY[word] for word in words)


HEIMAO_ANY = (
    {f"hm-{row}": _any("refund") for row in ("035", "051", "075", "079", "086", "091", "100")}
    | {f"hm-{row}": _any("misdescribed") for row in ("029", "045", "061", "085")}
    | {f"hm-{row}": _any("misdescribed", "not_delivered") for row in ("005", "076", "094")}
    | {f"hm-{row}": _any("misdescribed", "unresponsive", "not_delivered") for row in ("008", "018", "088")}
    | {f"hm-{row}": _any("bad_faith") for row in ("073", "092")}
    | {f"hm-{row}": _any("refund", "not_delivered") for row in ("056", "084")}
    | {
        "hm-001": _any("no_notice", "rule_changed"),
        "hm-002": _any("unresponsive"),
        "hm-003": _any("not_delivered", "misdescribed", "revoked"),
        "hm-012": _any("wrong", "unresponsive"),
        "hm-014": _any("refund", "bad_faith"),
        "hm-016": _any("misdescribed", "rule_changed"),
        "hm-020": _any("no_notice", "refund"),
        "hm-023": _any("refund", "scam"),
        "hm-032": _any("scam"),
        "hm-037": _any("misdescribed", "unresponsive", "wrong"),
        "hm-046": _any("bad_faith", "no_notice"),
        "hm-048": _any("not_delivered", "bad_faith", "unresponsive"),
        "hm-055": _any("misdescribed", "bad_faith"),
        "hm-058": _any("defective", "refund"),
        "hm-060": _any("revoked", "unresponsive", "bad_faith"),
        "hm-065": _any("bad_faith", "not_delivered"),
        "hm-066": _any("misdescribed", "bad_faith"),
        "hm-069": _any("no_notice", "refund", "scam"),
        "hm-070": _any("no_notice", "unresponsive"),
        "hm-078": _any("refund", "misdescribed", "unresponsive"),
        "hm-093": _any("misdescribed", "wrong", "defective"),
    }
)
# A fee that is found too high, wages and a parking fee of a holiday fit nothing.
WORK_ORDERS_ANY = {
    1: _any("refund", "defective"),
    2: _any("misdescribed", "defective"),
    3: _any("refund", "unresponsive", "not_delivered"),
    4: _any("defective", "misdescribed"),
    6: _any("defective"),
    7: _any("defective", "unresponsive"),
    10: _any("unresponsive"),
}

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


_BY_LETTER = {"Q": _Q, "F": _F, "S": _S, "L": _L, "R": _R}


def _named(prefix: str, **rows: str) -> dict[str, tuple[str, ...]]:
    """Rows by their ids without the prefix, under the letters of the problems that may lead; NONE when nothing fits."""
    return {
        prefix + row: () if letters == "NONE" else tuple(_BY_LETTER[letter] for letter in letters)
        for letters, listed in rows.items()
        for row in listed.split()
    }


def _numbered(**rows: str) -> dict[int, tuple[str, ...]]:
    return {int(row): problems for row, problems in _named("", **rows).items()}


# Bad reviews of goods (no hotels, no books) of 10 to 250 characters; bad reviews of takeaway food (waimai_10k.csv);
# chats with a shop's service; messages to a local government about trade. Rows already labelled above are left out.
REVIEWS_DEVELOPMENT = _numbered(
    Q="10499 11133 12344 12969 13121 13907 14009 16792 17108 17634 17924 18243 19127 19423 20119 21578 "
    "22759 4502 6542 7594 8654 8781 9937 9950",
    NONE="10220 17079 2969 8601",
    QF="13211 20683 20992 5711",
    F="2881 4789",
    FSQ="22323",
    L="10266",
    R="15645",
    S="15022",
)
TAKEAWAYS_DEVELOPMENT = _numbered(
    QL="4086 4770 840",
    Q="1216 543",
    L="2097",
    LQ="4440",
)
DIALOGUES_DEVELOPMENT = _named(
    "csds-",
    NONE="043 100 123 133 138 149 162 213 218 253 312 382 458 486 559 719 733 740 774 787",
    R="228 436",
    L="423",
    LQ="125",
    QLS="784",
    SF="223",
)
MESSAGES_DEVELOPMENT = _named(
    "gm-",
    NONE="00398 00797 01004 01067 01366 01465 01959 02479 02633 02791",
)
REVIEWS_HELD_OUT = _numbered(
    Q="12243 15769 16811 17839 18496 18649 19558 19997 20110 21369 22492 23070 23683 24527 3905 6015 6315 "
    "8575 9794",
    NONE="12986 15989 18115 20710",
    QS="10631 13182 1696 22684",
    QF="11136 6459 850",
    F="21014 23613",
    FQ="12182",
    L="8016",
    QL="18451",
    QR="763",
    S="24089",
    SL="18791",
)
TAKEAWAYS_HELD_OUT = _numbered(
    Q="1312 1614 2039 2330 2910 3453",
    L="599 825",
    LS="3097 557",
    LQ="1120",
    QF="981",
    QL="4750",
)
DIALOGUES_HELD_OUT = _named(
    "csds-",
    NONE="077 083 107 164 180 231 237 418 421 510 585 653",
    L="226",
    LQ="700",
    LR="103",
    LS="545",
    Q="434",
    RQ="771",
    RS="414",
)
MESSAGES_HELD_OUT = _named(
    "gm-",
    NONE="00531 00550 00637 00715 00775 01241 02487 02971 02981 03029",
)

# A last draw, read and labelled only after the lexicon of version 2026.12 was finished; nothing was changed after it.
REVIEWS_FRESH = _numbered(
    Q="940 1649 2811 3218 5016 5401 13144 16586 19991 20037 20053 22296 22908",
    NONE="5822 10697",
    QF="3507 8498 10204 14488 17235 20206",
    FQ="8790 24340",
    L="12006",
    QLS="17708",
    QR="2359 20603",
    QS="22050",
    R="24597",
    SF="11653",
    SL="15306",
    SQ="1418",
)
DIALOGUES_FRESH = _named(
    "csds-",
    NONE="122 096 256 398 387 735 623 470 489 311 615 175 397 012",
    L="136 313",
    Q="338",
    R="050",
    RF="500",
    SR="697",
)
