# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What every answer carries, whatever the page."""

import re

import pytest
from django.apps import apps
from django.utils import timezone

pytestmark = pytest.mark.django_db

PAGES = ["/styleguide", "/no-such-page", "/staff/login/"]


@pytest.mark.parametrize("path", PAGES)
def test_the_content_policy_has_no_exception(client, path):
    policy = dict(
        part.strip().split(" ", 1) for part in client.get(path).headers["Content-Security-Policy"].split(";")
    )
    assert (
        policy["default-src"] == policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
    )
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert not re.search(r"unsafe|data:|blob:|https?:|\*", str(policy))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_kept_by_a_cache_or_opened_by_a_stranger(client, path):
    headers = client.get(path).headers
    assert "no-store" in headers["Cache-Control"]
    assert "private" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_static_files_may_be_kept(client):
    answer = client.get("/static/webkit/recourse.css")
    assert answer.status_code == 200
    assert "public" in answer.headers["Cache-Control"]


def test_a_request_keeps_a_sound_id_and_drops_an_unsound_one(client):
    assert (
        client.get("/styleguide", headers={"x-request-id": "proxy-12345"}).headers["X-Request-ID"]
        == "proxy-12345"
    )
    assert re.fullmatch(
        r"[0-9a-f]{16}", client.get("/styleguide", headers={"x-request-id": "a$b"}).headers["X-Request-ID"]
    )


def test_a_foreign_host_is_refused(client):
    assert client.get("/styleguide", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "accept, words", [("zh-CN", "没有找到这一页"), ("en", "We could not find this page")]
)
def test_a_missing_page_says_what_to_do_in_both_languages(client, accept, words):
    answer = client.get("/no-such-page", headers={"accept-language": accept})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert f"<h1>{words}</h1>" in page
    assert "没有找到这一页" in page
    assert "We could not find this page" in page


def test_every_page_has_the_safety_line(client):
    for path in PAGES:
        assert (
            "我们不要密码、验证码，不让你先付钱。"
            in client.get(path, headers={"accept-language": "zh"}).content.decode()
        )


@pytest.mark.parametrize(
    "path", ["/staff/signup/", "/staff/password/reset/", "/staff/password/reset/key/1-a/", "/staff/email/"]
)
def test_accounts_and_passwords_are_given_by_an_owner_alone(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "a@example.cn"}).status_code == 404


def test_guessing_a_password_ends_in_a_lock(client, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = client.post("/staff/login/", {"login": "agent", "password": "wrong"})
    assert last.status_code == 429
    assert client.post("/staff/login/", {"login": "agent", "password": "wrong"}).status_code == 429


def test_staff_can_sign_in_and_are_led_to_the_desk(client, django_user_model):
    operator = apps.get_model("store", "Operator").objects.create(
        slug="o", public_id="1", name_zh="甲", name_en="A", kind="platform", created_at=timezone.now()
    )
    django_user_model.objects.create_user(
        "agent", "correct horse battery", operator=operator, role="agent", display_name="甲"
    )
    page = client.get("/staff/login/", headers={"accept-language": "zh"}).content.decode()
    assert "忘记密码" not in page
    answer = client.post("/staff/login/", {"login": "agent", "password": "correct horse battery"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("path", ["/law/a%00b", "/c/a%00b", "/r/l/x%00"])
def test_an_address_with_a_nul_is_refused_before_any_database_sees_it(client, path):
    assert client.get(path).status_code == 400


def test_behind_a_proxy_the_visitor_is_whom_the_proxy_names_last(client, settings):
    settings.RECOURSE_BEHIND_PROXY = True
    given = "6.6.6.6, 203.0.113.9"
    assert client.get("/no-such-page", headers={"x-forwarded-for": given}).wsgi_request.META[
        "REMOTE_ADDR"
    ] == ("203.0.113.9")


def test_without_a_proxy_nobody_names_their_own_address(client):
    answer = client.get("/no-such-page", headers={"x-forwarded-for": "6.6.6.6"})
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "127.0.0.1"
