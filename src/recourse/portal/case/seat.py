# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which seat the signed-in person has in a case; a foreign case and one that never was answer alike."""

from django.http import Http404, HttpRequest

from recourse.core.actor import Actor
from recourse.portal.visitor import person_of
from recourse.queries.case_file import CaseFile, case_file
from recourse.queries.my_cases import my_seat
from recourse.webkit.world import world


def seat_in(request: HttpRequest, number: str) -> Actor:
    """Who sits here. Raises Http404."""
    actor = my_seat(person_of(request), number)
    if actor is None:
        raise Http404
    return actor


def opened(request: HttpRequest, number: str) -> tuple[Actor, CaseFile]:
    """The seat and the file. Raises Http404."""
    actor = seat_in(request, number)
    file = case_file(world(), actor=actor, number=number)
    if file is None:
        raise Http404
    return actor, file
