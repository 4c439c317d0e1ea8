# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The list of problems above a form: each of its links leads to a control that is there, or is no link.

A refusal names a field of the deed (`reason`); a page may hold several forms with such a field, each under an id of
its own. Only the finished page knows which control is meant: that of the form that was sent.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from django.http import HttpRequest, HttpResponse

_LINK = re.compile(r'<a href="#id_([^"]+)">(.*?)</a>', re.DOTALL)
_LIST = re.compile(r'<section class="problems".*?</section>', re.DOTALL)
_REFUSED = 422


class _Controls(HTMLParser):
    """The ids of a page, and the controls of each form by name; those outside the sent form come second."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self._action = action
        self._inside = False
        self._sent: dict[str, str] = {}
        self._others: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form's beginning, and every control's name and id."""
        given = dict(attrs)
        if tag == "form":
            # A form without an action is sent to the page itself.
            self._inside = (given.get("action") or self._action) == self._action
        id_ = given.get("id") or ""
        if id_:
            self.ids.add(id_)
        if id_ and given.get("name"):
            kept = self._sent if self._inside else self._others
            kept.setdefault(given["name"] or "", id_)

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._inside = False

    def control(self, field: str) -> str:
        """The id to jump to for a field such as `reason` or `terms[1].amount`; empty when the page has none."""
        for name in (field, field.partition("[")[0].partition(".")[0]):
            if name in self._sent:
                return self._sent[name]
            if f"id_{name}" in self.ids:
                return f"id_{name}"
            if name in self._others:
                return self._others[name]
        return ""


def aimed(page: str, *, action: str) -> str:
    """The page of a refused form that was sent to `action`, its list of problems linked to what is there."""
    controls = _Controls(action)
    controls.feed(page)

    def link(found: "re.Match[str]") -> str:
        target = controls.control(found[1])
        return f'<a href="#{target}">{found[2]}</a>' if target else found[2]

    return _LIST.sub(lambda part: _LINK.sub(link, part[0]), page)


def problem_links(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Aim the links of every refused form."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == _REFUSED and response.get("Content-Type", "").startswith("text/html"):
            response.content = aimed(response.content.decode(), action=request.path).encode()
        return response

    return answer
