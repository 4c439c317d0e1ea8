# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The desk's addresses, under /desk/."""

from django.urls import path

from recourse.desk import case, intake, queue

urlpatterns = [
    path("", queue.queue, name="desk"),
    path("phone", intake.phone, name="desk-phone"),
    path("phone/<slug:platform>", intake.form, name="desk-phone-form"),
    path("c/<str:number>", case.page, name="desk-case"),
    path("c/<str:number>/do/<slug:deed>", case.do, name="desk-do"),
    path("c/<str:number>/exhibit/<int:no>", case.exhibit, name="desk-exhibit"),
]
