"""All settings, read from the environment and listed in `.env.example`.

Nothing here, or anywhere else, branches on an environment's name.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

# --- The service and its two origins ---

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")
SERVICE_ORIGIN = env.str("SERVICE_ORIGIN", "http://service.preview.localhost:3000")
PREVIEW_ORIGIN = env.str("PREVIEW_ORIGIN", "http://preview.localhost:3000")
PROBE_BASE_URL = env.str("PROBE_BASE_URL", "")
WEBSITE_ROOT = env.str("GOVUK_WEBSITE_ROOT", "https://www.gov.uk")
ASSETS_ORIGIN = env.str("GOVUK_ASSET_ROOT", "https://assets.publishing.service.gov.uk").rstrip("/")
BRANDING: Literal["govuk", "generic"] = (
    "govuk" if env.str("BRANDING", "generic") == "govuk" else "generic"
)
SERVICE_HOST = urlsplit(SERVICE_ORIGIN).hostname or "localhost"
PREVIEW_HOST = urlsplit(PREVIEW_ORIGIN).hostname or "localhost"
ALLOWED_HOSTS = [SERVICE_HOST, PREVIEW_HOST, *env.list("EXTRA_HOSTS", ["127.0.0.1", "localhost"])]
CSRF_TRUSTED_ORIGINS = [SERVICE_ORIGIN, PREVIEW_ORIGIN]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "preview.apps.PreviewConfig",
    "publishing_bridge.apps.PublishingBridgeConfig",
]
MIDDLEWARE = [
    "preview.ops.middleware.RequestMiddleware",
    "preview.ops.middleware.HostRoutingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "preview.ops.middleware.CsrfMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "preview.urls"
PREVIEW_HOST_URLCONF = "preview.preview_host_urls"
WSGI_APPLICATION = "preview.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "preview.web.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# --- Database, broker, storage ---

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR}/content-preview.sqlite3")


def database(url: str) -> dict[str, Any]:
    """Return Django's description of the database at `url` (`sqlite:///path` or `postgresql://…`).

    SQLite writes with `IMMEDIATE` transactions and a write-ahead log, so that readers never wait
    for the writer and two writers queue instead of failing.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        # Statements are prepared where the code asks for it (`sharing/prepared.py`), else never.
        "OPTIONS": {"prepare_threshold": sys.maxsize},
    }


DATABASES = {"default": database(DATABASE_URL)}
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
SNAPSHOT_FOLDER = Path(env.str("SNAPSHOT_FOLDER", str(VAR_DIR / "snapshots")))
DRAFT_ASSETS_FOLDER = Path(env.str("DRAFT_ASSETS_FOLDER", str(VAR_DIR / "draft-assets")))
USAGE_FOLDER = Path(env.str("USAGE_FOLDER", str(VAR_DIR / "usage")))
STORAGE_BUCKET = env.str("STORAGE_BUCKET", "")
STORAGE_ENDPOINT = env.str("STORAGE_ENDPOINT", "")
STORAGE_REGION = env.str("STORAGE_REGION", "eu-west-1")


def files(name: str, folder: Path) -> dict[str, Any]:
    """Return where files are kept: in the bucket where one is named, else in a local folder."""
    if not STORAGE_BUCKET:
        local = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": local, "OPTIONS": {"location": folder}}
    bucket = {
        "bucket_name": STORAGE_BUCKET,
        "location": name,
        "endpoint_url": STORAGE_ENDPOINT or None,
        "region_name": STORAGE_REGION,
        "default_acl": None,
        "file_overwrite": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": bucket}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "snapshots": files("snapshots", SNAPSHOT_FOLDER),
    "assets": files("assets", DRAFT_ASSETS_FOLDER),
    "usage": files("usage", USAGE_FOLDER),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
ASSETS_FOLDER = Path(env.str("ASSETS_FOLDER", str(VAR_DIR / "assets")))
STATICFILES_DIRS = [
    (name, folder)
    for name, folder in (
        ("govuk-frontend", ASSETS_FOLDER / "govuk-frontend"),
        ("govuk-frontend", ASSETS_FOLDER / "govuk-frontend-brand"),
        ("pages", ASSETS_FOLDER / "pages"),
    )
    if folder.is_dir() and (BRANDING == "govuk" or not folder.name.endswith("-brand"))
]
WHITENOISE_USE_FINDERS = env.bool("SERVE_STATIC_FROM_SOURCE", False)

# --- Workers: queues, time limits (seconds), what is sent again ---

CELERY = {
    "broker_url": REDIS_URL,
    "result_backend": None,
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {
        "visibility_timeout": 900,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "max_retries": 1,
        # Queues are asked in the order in which a worker names them.
        "queue_order_strategy": "priority",
    },
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_default_queue": "default",
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "task_serializer": "json",
    "accept_content": ["json"],
    "timezone": "UTC",
}
RENDER_TIME_LIMIT = env.int("RENDER_TIME_LIMIT", 30)
OUTBOX_RESEND_AFTER = env.int("OUTBOX_RESEND_AFTER", 45)
OUTBOX_SWEEP_EVERY = env.int("OUTBOX_SWEEP_EVERY", 5)
OUTBOX_ROUTES = "preview.wiring.LISTENERS"

# --- Renderers: name → class behind the Protocol of `preview/rendering/renderers.py`, version ---

RENDERERS = {
    "built-in": ("preview.rendering.renderers.BuiltIn", "built-in-1"),
    "frontend": ("publishing_bridge.front_end.renderer.FrontEnd", "frontend-1"),
}
RENDERER = env.str("RENDERER", "built-in", validate=lambda name: name in RENDERERS)
FRONT_END_URL = env.str("FRONT_END_URL", "http://draft-frontend")
FRONT_END_CONNECT_TIMEOUT = env.float("FRONT_END_CONNECT_TIMEOUT", 2.0)
FRONT_END_READ_TIMEOUT = env.float("FRONT_END_READ_TIMEOUT", 10.0)

# --- Content ---

CONTENT_SCHEMAS_PATH = env.path("CONTENT_SCHEMAS_PATH", None)
MAX_DRAFT_BYTES = env.int("MAX_DRAFT_BYTES", 2 * 1024 * 1024)
MAX_ASSET_BYTES = env.int("MAX_ASSET_BYTES", 100 * 1024 * 1024)

# --- Live content: the classes behind the Protocols of `preview/overlay/live.py` ---

LIVE_CONTENT = env.str("LIVE_CONTENT", "publishing_bridge.example_site.ExampleSite")
LIVE_CONTENT_FRESH_SECONDS = env.int("LIVE_CONTENT_FRESH_SECONDS", 60)
CONTENT_STORE_URL = env.str("CONTENT_STORE_URL", "http://content-store")
PUBLISHING_API_TOKEN = env.str("PUBLISHING_API_TOKEN", "")
ASSET_MANAGER_URL = env.str("ASSET_MANAGER_URL", "http://asset-manager")
ASSET_MANAGER_TOKEN = env.str("ASSET_MANAGER_TOKEN", "")
IMPACT_MOST_PAGES = env.int("IMPACT_MOST_PAGES", 500)
LINK_EXPANDER = "publishing_bridge.links.PublishingRules"

# --- The publishing platform: what speaks its wire formats ---

PUBLISHING_BRIDGE_MODE = env.str(
    "PUBLISHING_BRIDGE_MODE", "stand-alone", validate=lambda name: name in ("stand-alone", "tee")
)
PUBLISHING_API_URL = env.str("PUBLISHING_API_URL", "http://publishing-api")
PUBLISHING_API_CONNECT_TIMEOUT = env.float("PUBLISHING_API_CONNECT_TIMEOUT", 4.0)
PUBLISHING_API_READ_TIMEOUT = env.float("PUBLISHING_API_READ_TIMEOUT", 20.0)
CONTENT_STORE_PUBLIC = env.bool("CONTENT_STORE_PUBLIC", False)
CONTENT_STORE_DEFAULT_TTL = env.int("CONTENT_STORE_DEFAULT_TTL", 300)
RABBITMQ_URL = env.str("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")
PUBLISHED_DOCUMENTS_EXCHANGE = env.str("PUBLISHED_DOCUMENTS_EXCHANGE", "published_documents")
PUBLISHED_DOCUMENTS_QUEUE = env.str("PUBLISHED_DOCUMENTS_QUEUE", "content_preview")

# --- People and permissions ---

AUTH_USER_MODEL = "preview.Person"
SIGN_IN = env.str("SIGN_IN", "signon", validate=lambda name: name in ("mock", "signon"))
ALLOW_MOCK_SIGN_IN = env.bool("ALLOW_MOCK_SIGN_IN", False)
SIGNON_URL = env.str("SIGNON_URL", "").rstrip("/")
GDS_SSO_OAUTH_ID = env.str("GDS_SSO_OAUTH_ID", "")
GDS_SSO_OAUTH_SECRET = env.str("GDS_SSO_OAUTH_SECRET", "")
LOGIN_URL = "/sign-in"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 20 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "preview.web.errors.csrf_failure"
SHARE_LINK_KEYS: dict[str, str] = env.dict("SHARE_LINK_KEYS", key_value_delimiter=":")
ANYONE_LINKS_ALLOWED = env.bool("ANYONE_LINKS_ALLOWED", False)
JWT_AUTH_SECRET = env.str("JWT_AUTH_SECRET", "")
OLD_LINKS_NEED_CONTENT_ID = env.bool("OLD_LINKS_NEED_CONTENT_ID", False)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SHARE_LINK_MAX_DAYS = env.int("SHARE_LINK_MAX_DAYS", 28)

# --- Checks: whether links to other sites are followed, whether a browser looks at pages ---

CHECK_OUTSIDE_LINKS = env.bool("CHECK_OUTSIDE_LINKS", False)
CHECK_ACCESSIBILITY = env.bool("CHECK_ACCESSIBILITY", True)
AXE_SCRIPT = ASSETS_FOLDER / "axe-core" / "axe.min.js"
CHROMIUM = env.str("CHROMIUM", "")
CHROMIUM_SANDBOX = env.bool("CHROMIUM_SANDBOX", True)
CHROMIUM_SECONDS = env.int("CHROMIUM_SECONDS", 30)
CHROMIUM_MEGABYTES = env.int("CHROMIUM_MEGABYTES", 1024)

# --- E-mail ---

MAILER = env.str("MAILER", "preview.mail.mailers.FolderMailer")
MAIL_FROM = env.str("MAIL_FROM", "Content Preview <content-preview@localhost>")
MAIL_FOLDER = Path(env.str("MAIL_FOLDER", str(VAR_DIR / "mail")))
EMAIL = urlsplit(env.str("EMAIL_URL", "smtp://localhost:25"))  # smtp, smtp+tls or smtps
EMAIL_HOST, EMAIL_PORT = EMAIL.hostname or "localhost", EMAIL.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(EMAIL.username or ""), unquote(EMAIL.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.scheme == "smtp+tls", EMAIL.scheme == "smtps"
NOTIFY_URL = env.str("NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATE_ID = env.str("NOTIFY_TEMPLATE_ID", "")

# What signs the e-mail that the mail service hands in; without it none is taken
INBOUND_MAIL_SECRET = env.str("INBOUND_MAIL_SECRET", "")

# --- Notifications: seconds that the first of several waits for others, to share one e-mail ---

NOTIFICATION_WAIT = env.int("NOTIFICATION_WAIT", 660)

# --- Alarms: who is told (else admins and auditors); refusals in 10 minutes that raise one ---

ALARM_EMAILS: list[str] = env.list("ALARM_EMAILS", [])
ALARM_DENIALS = env.int("ALARM_DENIALS", 20)
ALARM_MISSES = env.int("ALARM_MISSES", 100)  # of one source in an hour: addresses of nothing

# --- Clients: how many proxies of our own stand before us, and how often one client may try ---

TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
RATE_LIMITS = {
    "landing": env.str("RATE_LIMIT_LANDING", "60/minute"),
    "proof": env.str("RATE_LIMIT_PROOF", "20/10 minutes"),
    "proofs_of_link": env.str("RATE_LIMIT_PROOFS_OF_LINK", "100/hour"),  # from everybody
    "proof_in_crowd": env.str("RATE_LIMIT_PROOF_IN_CROWD", "1/10 minutes"),  # once these are over
    "request": env.str("RATE_LIMIT_REQUEST", "5/hour"),
    "beacon": env.str("RATE_LIMIT_BEACON", "60/minute"),
    "outside": env.str("RATE_LIMIT_OUTSIDE", "20/minute"),  # requests to one other site
    "api": env.str("RATE_LIMIT_API", "1200/minute"),
}

# --- Integration usage ---

USAGE_S3_ENDPOINT = env.str("USAGE_S3_ENDPOINT", "")
USAGE_EMAILS: list[str] = env.list("USAGE_EMAILS", [])
USAGE_EVENT_DAYS = env.int("USAGE_EVENT_DAYS", 35)
USAGE_SESSION_DAYS = env.int("USAGE_SESSION_DAYS", 396)
USAGE_MAX_WAITING = env.int("USAGE_MAX_WAITING", 2000)
USAGE_BATCHES_AT_ONCE = env.int("USAGE_BATCHES_AT_ONCE", 4)
USAGE_PAGE_ORIGINS = env.str(
    "USAGE_PAGE_ORIGINS",
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)*\.integration\.publishing\.service\.gov\.uk",
)
USAGE_MAX_HOURS_AHEAD = env.int("USAGE_MAX_HOURS_AHEAD", 24)

# --- Retention: for how many days what is kept ---

RETENTION_DRAFT_DAYS = env.int("RETENTION_DRAFT_DAYS", 365)
RETENTION_SNAPSHOT_DAYS = env.int("RETENTION_SNAPSHOT_DAYS", 90)
RETENTION_PERSONAL_DAYS = env.int("RETENTION_PERSONAL_DAYS", 90)
RETENTION_CODE_DAYS = env.int("RETENTION_CODE_DAYS", 1)
RETENTION_WEBHOOK_DAYS = env.int("RETENTION_WEBHOOK_DAYS", 30)
RETENTION_FILE_DAYS = env.int("RETENTION_FILE_DAYS", 1)

# --- Transport ---

HTTPS = SERVICE_ORIGIN.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthcheck/"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"

# --- Languages and time: content is shown in Europe/London, stored in UTC ---

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# --- API ---

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["preview.api.auth.AppTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["preview.api.auth.HasScope", "preview.api.bodies.HasLength"],
    "DEFAULT_THROTTLE_CLASSES": ["preview.api.throttling.AppTokenThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["preview.api.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["preview.api.parsing.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "preview.api.problems.handle",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Content Preview API",
    "VERSION": "1",
    "DESCRIPTION": "Send proposed GOV.UK content, follow its rendering, share its preview.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "DraftState": "preview.drafts.models.Draft.State",
        "DraftKind": "preview.drafts.models.Draft.Kind",
        "RenderingState": "preview.rendering.models.Rendering.State",
        "ShareLinkKind": "preview.sharing.models.ShareLink.Kind",
    },
    "PREPROCESSING_HOOKS": ["preview.api.openapi.only_the_api"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "preview.api.openapi.errors_as_problems",
    ],
}

# --- Logs, metrics, errors ---

LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOG_STREAM = env.str("LOG_STREAM", "stdout", validate=lambda name: name in ("stdout", "stderr"))
METRICS_PORT = env.int("METRICS_PORT", 9394)
SENTRY_DSN = env.str("SENTRY_DSN", "")
SILENCED_SYSTEM_CHECKS = ["security.W003"]  # it looks for CsrfViewMiddleware by name; ours is one
LOGGING_CONFIG = "preview.ops.logging.configure"
LOGGING: dict[str, Any] = {"level": LOG_LEVEL, "stream": LOG_STREAM}
