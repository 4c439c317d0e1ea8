# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The portal's addresses. It stands at the root of the site."""

from django.urls import URLPattern, URLResolver, include, path

from recourse.portal import proving, public, verifying
from recourse.portal.case import dossier, pages, receipts
from recourse.portal.filing import bill
from recourse.portal.filing import views as filing

OTHER = {"as_other": True}
urlpatterns: list[URLPattern | URLResolver] = [
    path("r/", include("recourse.portal.respondent.urls")),
    path("", public.home, name="home"),
    path("p/<slug:platform>", public.platform, name="platform"),
    path("law/<str:id>", public.law, name="law"),
    path("safety", public.safety, name="safety"),
    path("privacy", public.privacy, name="privacy"),
    path("how-dates-work", public.dates, name="dates"),
    path("verify", verifying.verify, name="verify"),
    path("verify/page", verifying.page, name="verify-page"),
    path("verify/verify.html", verifying.save_page, name="verify-save-page"),
    path("verify/verify.py", verifying.save_script, name="verify-save-script"),
    path("verify/policy.json", verifying.policy, name="verify-policy"),
    path("file/<slug:platform>", filing.start, name="file"),
    path("file/<slug:platform>/stop", filing.stop, name="stop"),
    path("file/<slug:platform>/forget", filing.forget, name="forget"),
    path("file/<slug:platform>/record/bill", bill.bill, name="bill"),
    path("file/<slug:platform>/record/bill/take", bill.take, name="bill-take"),
    path("file/<slug:platform>/<slug:step>", filing.screen, name="screen"),
    path("file/<slug:platform>/<slug:step>/save", filing.save, name="save"),
    path("file/<slug:platform>/<slug:step>/take", filing.take, name="take"),
    path("filed/<str:number>", proving.receipt, name="filed"),
    path("filed/<str:number>/resend", proving.resend, name="resend"),
    path("sign-in", proving.sign_in, name="sign-in"),
    path("sign-in/code", proving.sign_in_code, name="sign-in-code"),
    path("sign-out", proving.sign_out, name="sign-out"),
    path("cases", pages.cases, name="cases"),
    path("c/<str:number>", pages.case, name="case"),
    path("c/<str:number>/exhibit/<int:no>", pages.exhibit, name="exhibit"),
    path("c/<str:number>/exhibit/<int:no>/view", pages.exhibit_view, name="exhibit-view"),
    path(
        "c/<str:number>/exhibit/<int:no>/<slug:form>/<int:sheet>",
        pages.exhibit_picture,
        name="exhibit-picture",
    ),
    # The person's own exhibits as the other side sees them.
    path("c/<str:number>/others/exhibit/<int:no>", pages.exhibit, OTHER, name="others"),
    path("c/<str:number>/others/exhibit/<int:no>/view", pages.exhibit_view, OTHER, name="others-view"),
    path(
        "c/<str:number>/others/exhibit/<int:no>/<slug:form>/<int:sheet>",
        pages.exhibit_picture,
        OTHER,
        name="others-picture",
    ),
    path("c/<str:number>/thread/<slug:by>", pages.thread, name="thread"),
    path("c/<str:number>/receipt", receipts.page, name="receipt"),
    path("c/<str:number>/receipt.txt", receipts.text, name="receipt-text"),
    path("c/<str:number>/do/<slug:deed>", pages.do, name="do"),
    path("c/<str:number>/refile", pages.refile, name="refile"),
    path("c/<str:number>/dossier", dossier.show, name="dossier"),
    path("c/<str:number>/dossier.zip", dossier.packed, name="dossier-zip"),
    path("c/<str:number>/dossier/<int:leaf>.jpg", dossier.picture, name="dossier-page"),
    path("c/<str:number>/dossier/part-<int:no>.pdf", dossier.part, name="dossier-part"),
    path("c/<str:number>/<slug:page>", pages.case, name="case-page"),
]
