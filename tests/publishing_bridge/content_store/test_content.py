"""Who reads the content store: those behind a trusted proxy, or with a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.publishing_bridge.conftest import Publisher

pytestmark = pytest.mark.django_db
ITEM = {
    "title": "Low tide",
    "schema_name": "answer",
    "document_type": "answer",
    "payload_version": 1,
    "details": {"body": "x"},
}


def test_nothing_is_read_without_a_token_unless_the_settings_say_so(
    publisher: Publisher, settings: Any
) -> None:
    assert publisher("PUT", "/content/low-tide", ITEM).status_code == 201
    assert publisher("GET", "/content/low-tide", Authorization="").status_code == 401
    assert publisher("GET", "/content/low-tide").json()["title"] == "Low tide"
    settings.CONTENT_STORE_PUBLIC = True
    assert publisher("GET", "/api/content/low-tide", Authorization="").status_code == 200
    assert publisher("PUT", "/content/low-tide", ITEM, Authorization="").status_code == 401


def test_an_answer_may_be_kept_as_the_item_says(publisher: Publisher) -> None:
    publisher("PUT", "/content/low-tide", {**ITEM, "details": {"max_cache_time": 60}})
    assert publisher("GET", "/content/low-tide")["Cache-Control"] == "public, max-age=60"
    assert publisher("GET", "/api/v1/drafts")["Cache-Control"] == "private, no-store"


def test_an_intent_lets_caches_go_in_time(publisher: Publisher) -> None:
    publisher("PUT", "/content/low-tide", ITEM)
    soon = (timezone.now() + timedelta(seconds=90)).isoformat()
    body = {"publish_time": soon, "publishing_app": "publisher", "rendering_app": "frontend"}
    assert publisher("PUT", "/publish-intent/low-tide", body).status_code == 200
    kept = publisher("GET", "/content/low-tide")["Cache-Control"]
    assert 80 <= int(kept.removeprefix("public, max-age=")) <= 90


def test_the_public_alias_only_reads(publisher: Publisher) -> None:
    assert publisher("PUT", "/api/content/low-tide", ITEM).status_code == 404
    assert publisher("DELETE", "/api/content/low-tide").status_code == 404


def test_an_address_that_is_no_text_is_a_bad_request(publisher: Publisher) -> None:
    assert publisher("GET", "/content/low%FFtide").status_code == 400


def test_what_is_secret_is_never_shown(publisher: Publisher) -> None:
    secret = {
        "access_limited": {"users": ["u1"]},
        "auth_bypass_ids": ["b1"],
        "expanded_links": {"parent": [{"base_path": "/tides", "auth_bypass_ids": ["b2"]}]},
    }
    publisher("PUT", "/content/low-tide", {**ITEM, **secret})
    answer = publisher("GET", "/content/low-tide", Govuk_Auth_Bypass_Id="b1")
    (link,) = answer.json()["links"]["parent"]
    assert link["web_url"].endswith("/tides")
    for word in (b"b1", b"b2", b"u1", b"payload_version", b"routes"):
        assert word not in answer.content


def test_an_app_names_nobody_to_read_what_was_pushed(publisher: Publisher, settings: Any) -> None:
    publisher("PUT", "/content/low-tide", {**ITEM, "access_limited": {"users": ["edith"]}})
    edith = {"X_Govuk_Authenticated_User": "edith"}
    assert publisher("GET", "/content/low-tide", **edith).status_code == 403
    reader = Publisher("frontends", "drafts:read", "drafts:read_all")
    assert reader("GET", "/content/low-tide", **edith).status_code == 200
    settings.CONTENT_STORE_PUBLIC = True
    assert publisher("GET", "/content/low-tide", **edith).status_code == 200


def test_only_who_may_push_does(publisher: Publisher) -> None:
    app = Publisher("whitehall", "drafts:read", "drafts:read_all", "drafts:write")
    assert app("PUT", "/content/low-tide", ITEM).status_code == 403
    assert publisher("PUT", "/content/low-tide", ITEM).status_code == 201
    assert app("DELETE", "/content/low-tide").status_code == 403
    assert app("GET", "/content/low-tide").status_code == 200
    assert publisher("DELETE", "/content/low-tide").status_code == 200
