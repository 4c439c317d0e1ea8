# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The pages about verifying: explained without JavaScript, the verifiers handed out as they are."""

from django.test import Client

from recourse.core.dossier.words import UNPROVEN
from tests.dossiers.verifiers import VERIFIER


def test_it_explains_itself_and_is_linked_from_every_page(client: Client, db: None) -> None:
    page = client.get("/verify").content.decode()
    assert "python3 verify.py" in page and "不证明" in page and 'href="/verify/page"' in page
    assert UNPROVEN["split"].zh in page
    assert 'href="/verify"' in client.get("/safety").content.decode()
    assert "Not proven" in client.get("/verify?lang=en").content.decode()


def test_the_verifier_is_served_as_it_stands_under_its_own_policy(client: Client, db: None) -> None:
    answer = client.get("/verify/page")
    assert answer.content == (VERIFIER / "verify.html").read_bytes()
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "frame-ancestors 'none'" in policy
    for name in ("verify.html", "verify.py"):
        saved = client.get(f"/verify/{name}")
        assert (
            saved.content == (VERIFIER / name).read_bytes() and "attachment" in saved["Content-Disposition"]
        )
