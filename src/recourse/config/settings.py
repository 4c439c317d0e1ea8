# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Django settings, put together from the RECOURSE_* environment. Each block says why where Django's default differs."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from recourse.config.content_policy import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY  # noqa: F401
from recourse.config.databases import database
from recourse.config.environment import read_environment
from recourse.config.secret_keys import derive_keys, root_secret
from recourse.store.receipt_keys import kept_name

_environment = read_environment()
_environment.data.mkdir(mode=0o700, parents=True, exist_ok=True)

# --- ours ---------------------------------------------------------------------------------------------------------
RECOURSE_DATA = _environment.data
RECOURSE_DEMO = _environment.demo
RECOURSE_PUBLIC_URL = _environment.public_url
RECOURSE_WORLD = _environment.world
RECOURSE_MAIL_URL = _environment.mail_url
RECOURSE_BEHIND_PROXY = _environment.behind_proxy
RECOURSE_VAULT_URL = _environment.vault_url
RECOURSE_VAULT_REPLICA_URL = _environment.vault_replica_url
RECOURSE_MASTER_KEYS = Path(_environment.master_keys or _environment.data / "master-keys")
RECOURSE_RETENTION = _environment.retention
RECOURSE_SM3 = _environment.sm3
RECOURSE_WEBHOOK_PRIVATE = _environment.webhook_private
# Keys by purpose; sessions, fields, links and webhooks never share one.
RECOURSE_KEYS = derive_keys(root_secret(data=_environment.data, given=_environment.secret))
# The log's name: the one it had first, whatever address people type and whichever root secret was put in since.
RECOURSE_LOG_ORIGIN = (
    _environment.log_origin
    or kept_name(_environment.data)
    or f"recourse.log/{RECOURSE_KEYS['origin'].hex()[:16]}"
)
RECOURSE_SIGNER_URL = _environment.signer_url
RECOURSE_SIGNER_TOKEN = _environment.signer_token
RECOURSE_WITNESSES = _environment.witnesses
RECOURSE_WITNESS_QUORUM = _environment.witness_quorum
RECOURSE_TSA_URL = _environment.tsa_url
RECOURSE_TSA_ROOTS = _environment.tsa_roots

# --- Django -------------------------------------------------------------------------------------------------------
DEBUG = _environment.debug
SECRET_KEY = RECOURSE_KEYS["django"].hex()
ALLOWED_HOSTS = list(_environment.hosts)
ROOT_URLCONF = "recourse.config.urls"
WSGI_APPLICATION = "recourse.config.wsgi.application"
DATABASES = {"default": database(url=_environment.database_url, data=_environment.data)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "store.Staff"


def _present(*names: str) -> list[str]:
    """The fronts of this installation: one that was left out of the package is not served."""
    return [name for name in names if find_spec(name) and find_spec(f"{name}.urls")]


FRONTS = _present("recourse.portal", "recourse.desk", "recourse.api")

INSTALLED_APPS = [
    *FRONTS,
    # Before allauth, so that its pages take our layout.
    "recourse.webkit",
    "recourse.store",
    # Its widget templates, drawn by the same engine as the pages.
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # The pages of passkeys count with it.
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "recourse.webkit.middleware.request_identity",
    "recourse.webkit.middleware.true_address",
    "django.middleware.security.SecurityMiddleware",
    "recourse.webkit.middleware.page_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "recourse.webkit.language.language",
    "recourse.webkit.middleware.storable_address",
    # Outside the session and its forms: a refusal must not need to write either.
    "recourse.webkit.middleware.read_only",
    "django.middleware.common.CommonMiddleware",
    # Within the one that states the length, for it changes the page.
    "recourse.webkit.problem_links.problem_links",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last, as axes asks: it turns the lock-out of the backend into an answer.
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recourse.webkit.page_context.page_context",
            ],
            "builtins": ["recourse.webkit.templatetags.recourse_ui"],
        },
    }
]
FORM_RENDERER = "recourse.webkit.forms.PageForms"

# --- language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- static files -------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = _environment.data / "static"
STATIC_ROOT.mkdir(mode=0o700, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "recourse.webkit.static_files.HashedWhenCollected"},
}
# Before the files are collected (tests, a first look) they are served from where they lie.
WHITENOISE_USE_FINDERS = True

# --- uploads ------------------------------------------------------------------------------------------------------
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# As many as a person hands in on one day; each form says by itself where it stops, and which files it left out.
DATA_UPLOAD_MAX_NUMBER_FILES = 500

# --- sessions, cookies, transport ---------------------------------------------------------------------------------
SESSION_ENGINE = "recourse.store.sessions"
# With __Host- a browser refuses the cookie from a subdomain or over plain http, which closes session fixation.
SESSION_COOKIE_NAME = "__Host-session" if _environment.secure else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _environment.secure else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _environment.secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_FAILURE_VIEW = "recourse.webkit.error_pages.csrf_failure"
CSRF_TRUSTED_ORIGINS = [_environment.public_url] if _environment.secure else []
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if _environment.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _environment.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.behind_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- staff accounts (complainants and respondents sign in by code and have no password) -----------------------------
AUTHENTICATION_BACKENDS = [
    # First, so that a locked-out name is refused before its password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "recourse.webkit.accounts.StaffAccounts"
ACCOUNT_FORMS = {"login": "recourse.webkit.staff_forms.StaffLogin"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
# A desk is shared: the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Failed passwords are counted by axes, which stops earlier. This limit is there for the codes of the second step, which
# axes never sees, and for one name tried from many addresses.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/key"}
MFA_ADAPTER = "recourse.config.second_step.SealedSecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Recourse"
# Browsers accept a passkey over plain http on this machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _environment.secure
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_CALLABLE = "recourse.webkit.error_pages.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- log: to the console, one line a record ------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "recourse.config.log_lines.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": _environment.log_level},
    "loggers": {
        "django": {"handlers": ["console"], "level": _environment.log_level, "propagate": False},
        # One line at each start says what this machine can do, whatever the level.
        "recourse.start": {"level": "INFO"},
        # Scanners try other host names all day; they get 400 and no line of their own.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
