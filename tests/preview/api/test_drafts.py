"""Drafts over HTTP: saving, stale writes, repeated requests, bad input."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from preview.accounts.actions import create_app_token
from preview.drafts.models import Draft, Version
from preview.outbox.models import Delivery
from tests.conftest import content_item

pytestmark = pytest.mark.django_db


def test_a_new_draft_is_created_with_its_event(send: Any, content_id: str) -> None:
    response = send(content_id)
    assert (response.status_code, response["ETag"]) == (201, '"1"')
    assert Delivery.objects.filter(done_at=None, task="rendering.render_version").count() == 1


def test_the_same_content_makes_no_new_version(send: Any, content_id: str) -> None:
    send(content_id)
    again = send(content_id, dict(reversed(content_item().items())))
    assert (again.status_code, again["ETag"]) == (200, '"1"')
    assert Version.objects.count() == Delivery.objects.count() == 1


def test_other_content_makes_the_next_version(send: Any, content_id: str) -> None:
    send(content_id)
    assert send(content_id, content_item(title="Low tide")).json()["version"] == 2


def test_a_stale_if_match_is_refused(send: Any, content_id: str) -> None:
    send(content_id)
    response = send(content_id, content_item(title="x"), **{"If-Match": '"7"'})
    assert response.status_code == 412
    assert response["Content-Type"] == "application/problem+json"
    assert Version.objects.count() == 1


def test_a_stale_previous_version_is_a_conflict(send: Any, content_id: str) -> None:
    send(content_id)
    response = send(content_id, content_item(title="x", previous_version="4"))
    assert response.status_code == 409
    assert response.json()["current"] == 1


def test_an_idempotency_key_gives_the_first_answer_again(send: Any, content_id: str) -> None:
    first = send(content_id, **{"Idempotency-Key": "a"})
    send(content_id, content_item(title="Newer"))
    again = send(content_id, **{"Idempotency-Key": "a"})
    assert (first.status_code, again.status_code, again["ETag"]) == (201, 201, '"1"')
    assert Version.objects.count() == 2


def test_an_idempotency_key_is_not_taken_for_other_content(send: Any, content_id: str) -> None:
    send(content_id, **{"Idempotency-Key": "a"})
    other = send(content_id, content_item(title="x"), **{"Idempotency-Key": "a"})
    assert other.status_code == 422
    assert other.json()["type"].endswith("idempotency-key-reused")


def test_another_app_neither_sees_nor_overwrites_a_draft(
    send: Any, api: Any, content_id: str
) -> None:
    send(content_id)
    other = create_app_token(app_name="whitehall", scopes=("drafts:read", "drafts:write")).secret
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {other}")
    assert api.get(f"/api/v1/drafts/{content_id}").status_code == 404
    assert send(content_id, content_item(title="Mine")).status_code == 403
    assert Draft.objects.get().title == "When is low tide?"


def test_all_violations_come_back_at_once(send: Any, content_id: str) -> None:
    bad = content_item(
        base_path="no-slash", document_type="nothing", public_updated_at="2026-02-30"
    )
    body = send(content_id, bad).json()
    pointers = {row["pointer"] for row in body["errors"]}
    assert {"/base_path", "/document_type", "/public_updated_at"} <= pointers
    assert Draft.objects.count() == 0


def test_an_unknown_schema_is_accepted_and_marked(send: Any, content_id: str) -> None:
    response = send(content_id, {"schema_name": "tide_table", "title": "Tides"})
    assert (response.status_code, response.json()["known_schema"]) == (201, False)


def test_an_unknown_locale_is_refused(send: Any, content_id: str) -> None:
    assert send(content_id, locale="tlh").status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"[]",
        b'"text"',
        b'{"title": NaN}',
        b'{"title": "a", "title": "b"}',
        b'{"title": "\\u0000"}',
        b'{"title": "\\ud800"}',
        b"\xff\xfe",
        b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"a":' + b"[" * 200 + b"]" * 200 + b"}",
    ],
)
def test_a_malformed_body_is_refused_with_a_sentence(
    api: Any, content_id: str, body: bytes
) -> None:
    response = api.put(f"/api/v1/drafts/{content_id}", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["detail"]
    assert Draft.objects.count() == 0


def test_an_empty_body_is_told_what_it_lacks(api: Any, content_id: str) -> None:
    response = api.put(f"/api/v1/drafts/{content_id}", b"", content_type="application/json")
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/schema_name"


def test_a_body_of_ten_megabytes_is_refused(api: Any, content_id: str) -> None:
    body = json.dumps(content_item(description="x" * 10_000_000))
    response = api.put(f"/api/v1/drafts/{content_id}", body, content_type="application/json")
    assert response.status_code == 413


def test_without_a_token_nothing_is_told(api: Any, content_id: str) -> None:
    api.credentials()
    response = api.get("/api/v1/drafts")
    assert (response.status_code, response["WWW-Authenticate"][:6]) == (401, "Bearer")


def test_a_token_without_the_scope_is_refused(api: Any, send: Any, content_id: str) -> None:
    reader = create_app_token(app_name="publisher", scopes=("drafts:read",)).secret
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {reader}")
    assert send(content_id).status_code == 403


def test_lists_are_filtered_and_paged(send: Any, api: Any) -> None:
    for number in range(5):
        path = f"/tide-{number}"
        routes = [{"path": path, "type": "exact"}]
        send(str(uuid.uuid4()), content_item(base_path=path, routes=routes))
    page = api.get("/api/v1/drafts?per_page=2&document_type=answer").json()
    assert len(page["results"]) == 2
    assert page["next"]
    assert api.get("/api/v1/drafts?document_type=guide").json()["results"] == []
    assert api.get("/api/v1/drafts?updated_since=yesterday").status_code == 422


def test_a_discarded_draft_opens_again_with_the_next_version(
    send: Any, api: Any, content_id: str
) -> None:
    send(content_id)
    assert api.post(f"/api/v1/drafts/{content_id}/discard").json()["state"] == "discarded"
    assert api.post(f"/api/v1/drafts/{content_id}/discard").status_code == 409
    assert send(content_id).json()["version"] == 2


def test_a_version_is_given_as_it_was_sent(send: Any, api: Any, content_id: str) -> None:
    send(content_id)
    content = api.get(f"/api/v1/drafts/{content_id}/versions/1").json()["content"]
    assert content == {**content_item(), "locale": "en"}
