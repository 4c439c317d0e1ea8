# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The desk's addresses, under /desk/."""

from django.urls import path

from recourse.desk import case, dossier, foreign, intake, programs, queue

urlpatterns = [
    path("", queue.queue, name="desk"),
    path("phone", intake.phone, name="desk-phone"),
    path("phone/<slug:platform>", intake.form, name="desk-phone-form"),
    path("programs", programs.page, name="desk-programs"),
    path("programs/do/<slug:deed>", programs.do, name="desk-programs-do"),
    path("foreign", foreign.listed, name="desk-foreign"),
    path("foreign/<str:id>", foreign.page, name="desk-foreign-record"),
    path(
        "foreign/<str:id>/exhibit/<int:no>/<slug:form>/<int:sheet>", foreign.exhibit, name="desk-foreign-file"
    ),
    path("c/<str:number>", case.page, name="desk-case"),
    path("c/<str:number>/do/<slug:deed>", case.do, name="desk-do"),
    path("c/<str:number>/exhibit/<int:no>", case.exhibit, name="desk-exhibit"),
    path("c/<str:number>/dossier", dossier.show, name="desk-dossier"),
    path("c/<str:number>/dossier.zip", dossier.packed, name="desk-dossier-zip"),
    path("c/<str:number>/dossier/<int:leaf>.jpg", dossier.picture, name="desk-dossier-page"),
    path("c/<str:number>/dossier/part-<int:no>.pdf", dossier.part, name="desk-dossier-part"),
    path("c/<str:number>/exhibit/<int:no>/view", case.exhibit_view, name="desk-exhibit-view"),
    path(
        "c/<str:number>/exhibit/<int:no>/<slug:form>/<int:sheet>",
        case.exhibit_picture,
        name="desk-exhibit-picture",
    ),
    path("c/<str:number>/thread/<slug:by>", case.thread, name="desk-thread"),
]
