"""In tee mode a request goes on untouched, and a preview that fails fails nobody else."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.db import connection

from preview.accounts.models import PublisherApp
from preview.drafts.models import Draft
from preview.outbox.models import Delivery
from publishing_bridge.copies import handling
from publishing_bridge.tee.models import ForwardedRequest
from tests.conftest import content_item
from tests.publishing_bridge.conftest import Publisher
from tests.publishing_bridge.tee.conftest import Answer, Upstream

pytestmark = pytest.mark.django_db


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)  # the client of the tests closes it then


def handle_copies() -> None:
    """Do what the worker does for each delivery."""
    for delivery in Delivery.objects.filter(topic="publishing_request.accepted"):
        handling.handle(delivery.payload["copy_id"])


def test_an_answer_comes_back_as_it_was(publisher: Publisher, upstream: Upstream) -> None:
    body = gzip.compress(b'{"lock_version": 7}')
    upstream.answer = Answer(
        body=body, headers={"Content-Encoding": "gzip", "X-Of-Theirs": "kept", "Set-Cookie": "a=b"}
    )
    path = "/v2/content?fields%5B%5D=title&q=low+tide"
    response = publisher("GET", path, Govuk_Request_Id="1-2.3", Cookie="secret=1")
    assert body_of(response) == body
    assert (response.status_code, response["X-Of-Theirs"]) == (200, "kept")
    assert response["Content-Length"] == str(len(body))
    assert not response.cookies
    (received,) = upstream.received
    assert received["line"] == f"GET {path}"
    assert received["headers"]["Govuk-Request-Id"] == "1-2.3"
    assert received["headers"]["Authorization"] == f"Bearer {publisher.token}"
    assert "Cookie" not in received["headers"]


def test_a_body_without_a_length_is_refused_and_not_forwarded_empty(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    headers = {"Transfer_Encoding": "chunked", "Content_Length": ""}
    response = publisher("PUT", f"/v2/content/{content_id}", **headers)
    assert (response.status_code, upstream.received) == (411, [])
    assert response.json()["error"] == {
        "code": 411,
        "message": "The body has no Content-Length. Send the request again with its length.",
    }


def test_a_put_is_forwarded_and_kept(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    response = publisher.put(content_id, X_Govuk_Authenticated_User="editor-1")
    assert body_of(response) == upstream.answer.body
    assert json.loads(upstream.received[0]["body"]) == content_item()
    handle_copies()
    draft = Draft.objects.get(content_id=content_id)
    assert (draft.app.name, draft.state) == ("publisher", "open")
    assert draft.versions.get().submitted_by == "editor-1"
    assert not ForwardedRequest.objects.exists()


def test_the_prefix_is_not_passed_on(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    body_of(publisher("PUT", f"/publishing-api/v2/content/{content_id}", content_item()))
    assert upstream.received[0]["line"] == f"PUT /v2/content/{content_id}"
    assert ForwardedRequest.objects.get().path == f"/v2/content/{content_id}"


def test_no_token_of_this_service_is_needed(upstream: Upstream, content_id: str) -> None:
    caller = Publisher("other")
    caller.token = "known-to-the-real-one-only"
    body_of(caller.put(content_id, content_item(publishing_app="collections-publisher")))
    handle_copies()
    assert Draft.objects.get().app == PublisherApp.objects.get(name="collections-publisher")


@pytest.mark.parametrize(
    ("command", "state"),
    [("publish", "published"), ("discard-draft", "discarded"), ("unpublish", "discarded")],
)
def test_an_end_is_kept_in_its_order(
    publisher: Publisher, upstream: Upstream, content_id: str, command: str, state: str
) -> None:
    body_of(publisher.put(content_id))
    body_of(publisher("POST", f"/v2/content/{content_id}/{command}", {"type": "gone"}))
    handle_copies()
    assert Draft.objects.get().state == state


@pytest.mark.parametrize("path", ["/graphql", "/v2/actions/x", "/debug/y", "/paths/harbour"])
def test_what_the_bridge_does_not_know_is_forwarded_too(
    publisher: Publisher, upstream: Upstream, path: str
) -> None:
    body_of(publisher("POST", path, {}))
    assert upstream.received[0]["line"] == f"POST {path}"


def test_what_was_refused_is_not_kept(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    upstream.answer = Answer(status=422, body=b'["wrong"]')
    response = publisher.put(content_id)
    assert (response.status_code, body_of(response)) == (422, b'["wrong"]')
    assert not ForwardedRequest.objects.exists()


def test_a_fault_of_the_real_one_is_passed_on(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    upstream.answer = Answer(
        status=500, body=b"<html>broken", headers={"Content-Type": "text/html"}
    )
    response = publisher.put(content_id)
    assert (response.status_code, body_of(response)) == (500, b"<html>broken")


def test_an_answer_that_is_no_json_is_passed_on(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    upstream.answer = Answer(body=b"{not json")
    assert body_of(publisher.put(content_id)) == b"{not json"


def test_a_slow_publishing_api_is_not_waited_for_without_end(
    publisher: Publisher, upstream: Upstream, content_id: str, settings: Any
) -> None:
    settings.PUBLISHING_API_READ_TIMEOUT = 0.1
    upstream.answer = Answer(wait=2)
    response = publisher.put(content_id)
    assert response.status_code == 504
    assert response.json()["error"]["code"] == 504


def test_a_publishing_api_that_is_away_is_named(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    upstream.stop()
    response = publisher.put(content_id)
    assert response.status_code == 502
    assert "Send the request again" in response.json()["error"]["message"]


def test_half_an_answer_never_looks_whole(publisher: Publisher, upstream: Upstream) -> None:
    upstream.answer = Answer(body=b"x" * 100_000, cut=True)
    response = publisher("GET", "/v2/linkables?document_type=x")
    with pytest.raises(Exception, match="bytes read"):
        body_of(response)


def test_a_preview_that_fails_fails_nobody(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE publishing_bridge_forwardedrequest RENAME TO taken_away")
    response = publisher.put(content_id)
    assert (response.status_code, body_of(response)) == (200, upstream.answer.body)


def test_a_body_that_no_draft_can_have_is_forwarded_all_the_same(
    publisher: Publisher, upstream: Upstream, content_id: str, settings: Any
) -> None:
    settings.MAX_DRAFT_BYTES = 1000
    item = content_item(title="x" * 5000)
    assert body_of(publisher.put(content_id, item)) == upstream.answer.body
    assert json.loads(upstream.received[0]["body"]) == item
    assert not ForwardedRequest.objects.exists()


def test_a_copy_that_cannot_be_used_stays_with_its_reason(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    body_of(publisher.put(content_id, {"title": "no schema"}))
    body_of(publisher.put(content_id))
    handle_copies()
    assert ForwardedRequest.objects.get().failure
    assert Draft.objects.get().title == content_item()["title"]


def test_the_broker_hears_of_a_copy_after_the_answer(
    publisher: Publisher, upstream: Upstream, content_id: str, broker: list[str]
) -> None:
    response = publisher.put(content_id)
    assert Delivery.objects.filter(topic="publishing_request.accepted").count() == 1
    assert not broker
    body_of(response)
    assert broker == ["publishing_bridge.keep_copy"]


def test_a_request_for_a_pack_is_never_forwarded(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    assert publisher.put(content_id, Preview_Pack="own").status_code == 200
    links = {"links": {"taxons": [content_id]}}
    assert (
        publisher("PATCH", f"/v2/links/{content_id}", links, Preview_Pack="own").status_code == 200
    )
    gone = {"type": "gone"}
    path = f"/v2/content/{content_id}/unpublish"
    assert publisher("POST", path, gone, Preview_Pack="own").status_code == 200
    assert publisher("POST", "/graphql", {}, Preview_Pack="own").status_code == 404
    assert publisher("POST", path, gone, Preview_Pack=" ").status_code == 422
    assert upstream.received == []
    assert set(Draft.objects.values_list("kind", flat=True)) == set(Draft.Kind.values)


def test_headers_that_the_connection_names_end_here(
    publisher: Publisher, upstream: Upstream, content_id: str
) -> None:
    upstream.answer.headers = {"Connection": "x-hop", "X-Hop": "1", "X-Kept": "1"}
    answer = publisher.put(content_id, Connection="close, X-Secret", X_Secret="s", X_Open="o")
    sent = {name.lower() for name in upstream.received[0]["headers"]}
    assert "x-open" in sent
    assert "x-secret" not in sent
    assert "authorization" in sent
    assert "X-Kept" in answer.headers
    assert "X-Hop" not in answer.headers
