# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent's addresses, under /r/."""

from django.urls import path

from recourse.portal.respondent import doors, dossier, handing, pages, receipts, todo

OTHER = {"as_other": True}
urlpatterns = [
    path("", doors.entry, name="respondent"),
    path("code", doors.code, name="respondent-code"),
    path("sign-out", doors.sign_out, name="respondent-sign-out"),
    path("l/<str:token>", doors.link, name="respondent-link"),
    path("cases", todo.cases, name="respondent-cases"),
    path("answer", todo.answer_selected, name="respondent-answer"),
    path("hand-over", handing.links, name="respondent-hand-over"),
    path("hand-over/<str:id>/revoke", handing.revoke, name="respondent-revoke"),
    path("c/<str:number>", pages.case, name="respondent-case"),
    path("c/<str:number>/exhibit/<int:no>/view", pages.exhibit_view, name="respondent-exhibit-view"),
    path(
        "c/<str:number>/exhibit/<int:no>/<slug:form>/<int:sheet>",
        pages.exhibit_picture,
        name="respondent-exhibit-picture",
    ),
    path("c/<str:number>/others/exhibit/<int:no>", pages.exhibit, OTHER, name="respondent-others"),
    path(
        "c/<str:number>/others/exhibit/<int:no>/view",
        pages.exhibit_view,
        OTHER,
        name="respondent-others-view",
    ),
    path(
        "c/<str:number>/others/exhibit/<int:no>/<slug:form>/<int:sheet>",
        pages.exhibit_picture,
        OTHER,
        name="respondent-others-picture",
    ),
    path("c/<str:number>/thread/<slug:by>", pages.thread, name="respondent-thread"),
    path("c/<str:number>/receipt", receipts.page, name="respondent-receipt"),
    path("c/<str:number>/receipt.txt", receipts.text, name="respondent-receipt-text"),
    path("c/<str:number>/do/<slug:deed>", pages.do, name="respondent-do"),
    path("c/<str:number>/exhibit/<int:no>", pages.exhibit, name="respondent-exhibit"),
    path("c/<str:number>/dossier", dossier.show, name="respondent-dossier"),
    path("c/<str:number>/dossier.zip", dossier.packed, name="respondent-dossier-zip"),
    path("c/<str:number>/dossier/<int:leaf>.jpg", dossier.picture, name="respondent-dossier-page"),
    path("c/<str:number>/dossier/part-<int:no>.pdf", dossier.part, name="respondent-dossier-part"),
]
