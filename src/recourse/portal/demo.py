# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The stories of the demonstration, each opened by one tap as its complainant sees it. Demo mode alone has this page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from recourse.actions.demo.stories import demo_stories
from recourse.portal import visitor
from recourse.queries.platform_names import platform_names
from recourse.webkit.world import world


@require_http_methods(["GET", "HEAD", "POST"])
def stories(request: HttpRequest) -> HttpResponse:
    """By platform; a post with `story` steps into that story."""
    told = demo_stories(world())
    if request.method == "POST":
        chosen = next((one for one in told if one.key == request.POST.get("story") and one.number), None)
        if chosen is None:
            raise Http404
        visitor.enter(request, chosen.person)
        return redirect(f"/c/{chosen.number}")
    groups = [(name, [one for one in told if one.platform == slug]) for slug, name in platform_names(world())]
    groups = [(name, found) for name, found in groups if found]
    return render(request, "portal/demo.html", {"groups": groups})
