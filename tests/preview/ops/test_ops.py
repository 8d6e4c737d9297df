"""Health, headers, and logs without secrets."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from preview.ops import logging as ops_logging
from preview.sharing import tokens
from tests.preview.sharing.test_share_links import TOKEN

SECRETS = [
    f"GET /s/{tokens.sign(TOKEN)} HTTP/1.1",
    "GET /enter/eyJ1aWQiOiJlZGl0aCJ9:1w:abc HTTP/1.1",
    "/low-tide?token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln",
    "Authorization: Bearer cp_0123456789abcdef0123456789abcdef",
    "Cookie: __Host-guest=verysecretvalue",
    "redis://:verysecretvalue@127.0.0.1/0",
    "password='verysecretvalue'",
    "{'passphrase': 'verysecretvalue', 'email': ''}",
    "Govuk-Auth-Bypass-Id: verysecretvalue",
    f"ticket {signing.dumps({'uid': 'edith'}, salt='preview.ticket', compress=False)}",
    f"ticket {signing.dumps(['a', 'full', None], salt='x', compress=False)} was read",
]
HIDDEN = ["verysecretvalue", "cp_0123", "eyJ", "WyJ", tokens.sign(TOKEN)[5:]]


@pytest.mark.parametrize("line", SECRETS)
def test_no_log_line_holds_a_secret(line: str) -> None:
    target = io.StringIO()
    ops_logging.configure({"level": "INFO", "stream": "stdout"})
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(target)
    try:
        raise ValueError(line)
    except ValueError:
        logging.getLogger("django").exception("failed: %s", line, extra={"request": line})
    written = target.getvalue()
    json.loads(written)
    assert not [secret for secret in HIDDEN if secret in written]


def test_live_answers_ok(client: Client) -> None:
    response = client.get("/healthcheck/live", headers={"host": "127.0.0.1"})
    assert (response.status_code, response.content) == (200, b"OK")


@pytest.mark.django_db
def test_ready_is_500_and_says_what_is_missing(client: Client) -> None:
    response = client.get("/healthcheck/ready", headers={"host": "127.0.0.1"})
    body = response.json()
    assert (response.status_code, body["status"]) == (500, "critical")
    assert body["checks"]["redis_connectivity"]["status"] == "critical"
    assert body["checks"]["database_connectivity"]["status"] == "ok"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["service.preview.localhost", "preview.localhost"])
@pytest.mark.parametrize("path", ["/", "/nothing", "/s/x", "/sign-in"])
def test_every_answer_has_the_safety_headers(client: Client, host: str, path: str) -> None:
    response = client.get(path, headers={"host": host})
    for name in ("Content-Security-Policy", "Referrer-Policy", "X-Robots-Tag"):
        assert response[name]
    assert response["Cache-Control"] == "private, no-store"
    assert "unsafe-inline" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/v1/drafts", "/sign-in", "/admin/"])
def test_the_preview_host_has_none_of_the_services_pages(client: Client, path: str) -> None:
    assert client.get(path, headers={"host": "preview.localhost"}).status_code == 404


def test_a_request_id_is_kept_and_a_wild_one_replaced(client: Client) -> None:
    kept = client.get("/healthcheck/live", headers={"host": "127.0.0.1", "govuk-request-id": "a-1"})
    wild = client.get("/healthcheck/live", headers={"host": "127.0.0.1", "govuk-request-id": "a b"})
    assert kept["Govuk-Request-Id"] == "a-1"
    assert wild["Govuk-Request-Id"] != "a b"


def test_a_moment_is_written_as_govuk_writes_it() -> None:
    from preview.web.environment import moment

    assert (
        moment(datetime(2026, 3, 4, tzinfo=UTC) + timedelta(hours=15)) == "3:00pm on 4 March 2026"
    )


def test_sentry_events_are_cleaned() -> None:
    from preview.ops.sentry import scrub

    event: Any = {"request": {"url": "/s/k1.abc?token=1"}}
    assert scrub(event, {}) == {"request": {"url": "/s/[hidden]?[hidden]"}}
