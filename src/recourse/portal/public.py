# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The pages anybody may read: what this is, each platform's way, the law it cites, safety, privacy, dates."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.calendar import CHINA
from recourse.core.case import words
from recourse.core.case.progress import WHO, taker_of
from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import Party
from recourse.portal import visitor
from recourse.queries.draft import rules_of
from recourse.queries.houses import houses_for
from recourse.queries.show_law import show
from recourse.webkit.case_parts import basis_of, law_link, starts_words
from recourse.webkit.world import world

# The playbook that serves disputes with anybody.
ANY = "any-company"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What it is in a breath, the exit first, then the way in."""
    books = [rules.playbook for name in world().rules.platforms() if (rules := rules_of(world(), name))]
    context = {
        "playbooks": [item for item in books if item.platform != ANY],
        "any": next((item for item in books if item.platform == ANY), None),
        "drafts": visitor.platforms_with_drafts(request),
        "signed_in": bool(visitor.person_of(request)),
        "now": world().clock.now(),
    }
    return render(request, "portal/home.html", context)


@require_safe
def platform(request: HttpRequest, platform: str) -> HttpResponse:
    """找谁投诉、怎么投诉、投诉后能解决什么, for one platform, made from its playbook alone."""
    rules = rules_of(world(), platform)
    if rules is None:
        raise Http404
    houses = houses_for(world(), platform)
    context = {
        "playbook": rules.playbook,
        "rungs": _rungs(rules, houses[0].operated),
        "problems_list": _problems(rules),
        "sections": _sections(rules.playbook),
        "differences": [
            {"seed": d.seed, "ship": d.ship, "laws": _laws(rules, d.grounds)}
            for d in rules.playbook.differences
        ],
        "house": houses[0],
        "papers_only": len(houses) > 1 and bool(houses[0].operated),
        "has_draft": platform in visitor.platforms_with_drafts(request),
        "now": world().clock.now(),
    }
    return render(request, "portal/platform.html", context)


def _sections(playbook: Playbook) -> list[dict[str, Any]]:
    """What else the playbook says, under a title each; what is to be done beforehand stands above the ladder."""
    titled = (
        (Text("平台收到后怎么处理", "What the platform does with it"), playbook.process),
        (Text("时间和限制", "Time and limits"), (*playbook.limits, *playbook.hints)),
        (Text("怎么说更管用", "How to put it"), (*playbook.tone, *playbook.expectations)),
        (Text("对方不理怎么办", "When they do not move"), playbook.persistence),
        (Text("对方会受什么处罚", "What the other side may face"), playbook.penalties),
        (Text("下次怎么防", "Next time"), playbook.prevention),
    )
    return [{"title": title, "statements": statements} for title, statements in titled if statements]


def _laws(rules: Rulebook, ids: Iterable[str]) -> list[Any]:
    return [law_link(rules.law[id]) for id in ids if id in rules.law]


def _rungs(rules: Rulebook, operated: tuple[str, ...]) -> list[dict[str, Any]]:
    playbook = rules.playbook
    channels = {item.id: item for item in playbook.channels}
    rows = []
    for spec in playbook.ladder:
        doors = [channels[id] for id in spec.channels if id in channels]
        here = spec.rung in operated and not spec.outside_only
        clocks = [(d, _who(playbook, d.who)) for d in spec.deadlines]
        if not here:
            clocks += [(d, _who(playbook, d.who, door=door.id)) for door in doors for d in door.deadlines]
        rows.append(
            {
                "spec": spec,
                "who": playbook.parties.get(spec.who),
                "here": here,
                "doors": doors,
                "clocks": [
                    {
                        "act": words.act_name(d.act, playbook).format(who=who).capitalised(),
                        "text": d.text,
                        "basis": basis_of(rules, d.basis),
                        "starts": starts_words(d.starts_when, outside=not here),
                    }
                    for d, who in clocks
                    if not d.soft
                ],
            }
        )
    return rows


def _who(playbook: Playbook, party: Party, *, door: str = "") -> Text:
    if party is Party.complainant:
        return words.YOU
    if party is Party.outside and door:
        return taker_of(door, playbook)
    return playbook.parties.get(party.value, WHO[party])


def _problems(rules: Rulebook) -> list[dict[str, Any]]:
    playbook = rules.playbook
    items = {item.kind: item for item in playbook.evidence}
    remedies = {item.kind: item.name for item in reversed(playbook.remedies)}
    return [
        {
            "problem": problem,
            "remedies": [remedies[kind] for kind in problem.remedies if kind in remedies],
            "needed": [items[kind] for kind in problem.evidence.needed if kind in items],
            "better": [items[kind] for kind in problem.evidence.better_with if kind in items],
            "laws": _laws(rules, problem.grounds),
        }
        for problem in playbook.problems
    ]


@require_safe
def law(request: HttpRequest, id: str) -> HttpResponse:
    """One article: its wording, since when, and how far we checked it."""
    now = world().clock.now()
    found = _law(id, now.astimezone(CHINA).date())
    if found is None:
        raise Http404
    return render(request, "portal/law.html", {"article": found, "now": now})


@lru_cache(maxsize=512)
def _law(id: str, on: Any) -> dict[str, Any] | None:
    found = show(id, on)
    return None if isinstance(found, Problems) else found


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """How to stop a payment, and what nobody of ours ever asks for."""
    return render(request, "portal/safety.html", {"now": world().clock.now()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who sees what, and how it is deleted."""
    reads = world().reader is not None and world().inspector is not None
    return render(request, "portal/privacy.html", {"now": world().clock.now(), "reads": reads})


@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    """How our dates are counted."""
    return render(request, "portal/dates.html", {"now": world().clock.now()})
