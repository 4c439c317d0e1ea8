# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Register respondents: who they are and where notices reach them. The operator stands for every contact."""

from recourse.core.merchant_list import MerchantList, addresses
from recourse.core.playbook.refusals import no_playbook
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.store.operators import operator_exists
from recourse.store.register import Entry, add_respondent


def import_merchants(world: World, *, operator: str, listed: MerchantList) -> dict[str, str] | Problems:
    """Take a list in; who is known is brought up to date. Returns public ids by name.

    Contacts that came back are usable again: the list is the operator's newest word.
    """
    if not operator_exists(operator):
        return unknown_operator(operator)
    if listed.platform not in world.rules.platforms():
        return no_playbook(listed.platform, world.rules.platforms())
    reached = addresses(listed)
    if isinstance(reached, Problems):
        return reached
    now = world.clock.now()
    return {
        merchant.name: add_respondent(
            operator,
            listed.platform,
            Entry(
                name=merchant.name,
                legal_name=merchant.legal_name,
                credit_code=merchant.credit_code,
                accepts_defaults=merchant.accepts_defaults,
                shops=merchant.shops,
                order_prefixes=merchant.order_prefixes,
                contacts=reached[index],
            ),
            now=now,
        )
        for index, merchant in enumerate(listed.merchants)
    }


def unknown_operator(slug: str) -> Problems:
    """Nobody runs a ladder under this name here."""
    return refuse(
        "unknown_operator",
        field="operator",
        zh=f"没有运营方“{slug}”。",
        en=f"There is no operator {slug}.",
        do_zh="先用 recourse operator set 建立。",
        do_en="Make it first with: recourse operator set",
    )
