"""Health checks in GOV.UK's form.

Source: alphagov/govuk_app_config `lib/govuk_app_config/govuk_healthcheck/`.
"""

from __future__ import annotations

from collections.abc import Callable

import redis
from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

REACH_REDIS = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def database() -> None:
    """Ask the database something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    """Ask Redis something."""
    REACH_REDIS.ping()


def snapshots() -> None:
    """Ask the snapshot storage something."""
    storages["snapshots"].exists("healthcheck")


CHECKS: dict[str, Callable[[], None]] = {
    "database_connectivity": database,
    "redis_connectivity": broker,
    "snapshot_storage": snapshots,
}
FAULTS = (DatabaseError, redis.RedisError, OSError)


def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Say that the process answers."""
    return HttpResponse("OK", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (a view)
    """Say whether everything that the service needs can be reached: 200, else 500."""
    checks: dict[str, dict[str, str]] = {}
    for name, check in CHECKS.items():
        try:
            check()
            checks[name] = {"status": "ok"}
        except FAULTS as error:
            checks[name] = {"status": "critical", "message": type(error).__name__}
    good = all(check["status"] == "ok" for check in checks.values())
    body = {"status": "ok" if good else "critical", "checks": checks}
    return JsonResponse(body, status=200 if good else 500)
