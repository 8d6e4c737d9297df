"""A document's life: draft, publication, change of path, unpublishing; and the preview's share."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.outbox.models import Delivery
from publishing_bridge.publishing_api.models import Edition, Event, PathReservation
from tests.conftest import content_item
from tests.publishing_bridge.conftest import Publisher

pytestmark = pytest.mark.django_db


def at(path: str, **changes: Any) -> dict[str, Any]:
    return content_item(base_path=path, routes=[{"path": path, "type": "exact"}], **changes)


def command(publisher: Publisher, content_id: str, name: str, **body: Any) -> Any:
    return publisher("POST", f"/v2/content/{content_id}/{name}", body)


def test_a_draft_is_a_preview_at_once(publisher: Publisher, content_id: str) -> None:
    assert publisher.put(content_id, content_item(previous_version="0")).status_code == 200
    draft = Draft.objects.get()
    assert (draft.state, draft.app.name) == ("open", "publisher")
    assert "previous_version" not in draft.versions.get().content()
    assert Delivery.objects.filter(topic="version.saved").count() == 1


def test_publishing_ends_the_preview(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id)
    assert command(publisher, content_id, "publish").status_code == 200
    assert Draft.objects.get().state == Draft.State.PUBLISHED
    assert Delivery.objects.filter(topic="draft.published").exists()
    assert Entry.objects.filter(action="draft.publish").count() == 1
    shown = publisher("GET", f"/v2/content/{content_id}").json()
    assert shown["publication_state"] == "published"
    assert shown["first_published_at"] == shown["public_updated_at"]


def test_a_published_document_gets_a_preview_again(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id)
    command(publisher, content_id, "publish")
    shown = publisher.put(content_id).json()
    assert (shown["user_facing_version"], shown["lock_version"]) == (2, 2)
    assert Draft.objects.get().state == Draft.State.OPEN


def test_publishing_drops_what_limited_the_draft(publisher: Publisher, content_id: str) -> None:
    limited = {"access_limited": {"users": ["u1"]}, "auth_bypass_ids": [str(uuid.uuid4())]}
    publisher.put(content_id, content_item(**limited))
    assert Draft.objects.get().limited
    command(publisher, content_id, "publish")
    edition = Edition.objects.get()
    assert (edition.limited, edition.access_limited, edition.auth_bypass_ids) == (False, {}, [])


def test_discarding_ends_the_preview_and_gives_the_path_back(
    publisher: Publisher, content_id: str
) -> None:
    publisher.put(content_id)
    assert command(publisher, content_id, "discard-draft", previous_version=1).status_code == 200
    assert Draft.objects.get().state == Draft.State.DISCARDED
    assert not Edition.objects.exists()
    assert not PathReservation.objects.exists()


def test_unpublishing_ends_both_proposals(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id)
    command(publisher, content_id, "publish")
    publisher.put(content_id)
    path = f"/v2/content/{content_id}/unpublish"
    publisher("POST", path, {"type": "gone"}, Preview_Pack="own")
    response = command(publisher, content_id, "unpublish", type="gone", discard_drafts=True)
    assert response.status_code == 200
    states = dict(Draft.objects.values_list("kind", "state"))
    assert states == {"content": "discarded", "unpublishing": "published"}


def test_a_draft_can_be_unpublished_itself(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id)
    response = command(publisher, content_id, "unpublish", type="gone", allow_draft=True)
    assert response.status_code == 200
    shown = publisher("GET", f"/v2/content/{content_id}").json()
    assert (shown["publication_state"], shown["unpublishing"]["type"]) == ("unpublished", "gone")


def test_a_new_path_leaves_a_redirect_that_goes_live_with_it(
    publisher: Publisher, content_id: str
) -> None:
    publisher.put(content_id, at("/old"))
    command(publisher, content_id, "publish")
    publisher.put(content_id, at("/new"))
    redirect = Edition.objects.get(base_path="/old", content_store="draft")
    assert redirect.redirects == [{"path": "/old", "type": "exact", "destination": "/new"}]
    assert command(publisher, content_id, "publish").status_code == 200
    redirect.refresh_from_db()
    assert (redirect.state, redirect.content_store) == ("published", "live")
    looked_up = publisher("POST", "/lookup-by-base-path", {"base_paths": ["/old", "/new"]})
    assert looked_up.json() == {"/new": content_id}


def test_discarding_a_move_discards_its_redirect(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id, at("/old"))
    command(publisher, content_id, "publish")
    publisher.put(content_id, at("/new"))
    command(publisher, content_id, "discard-draft")
    assert list(Edition.objects.values_list("base_path", "state")) == [("/old", "published")]


def test_a_path_of_another_live_document_blocks_publishing(
    publisher: Publisher, content_id: str
) -> None:
    other = str(uuid.uuid4())
    publisher.put(other)
    command(publisher, other, "publish")
    warned = publisher.put(content_id).json()
    assert "content_item_blocking_publish" in warned["warnings"]
    response = command(publisher, content_id, "publish")
    assert response.status_code == 422
    assert f"conflicts with content_id={other}" in response.json()["error"]["message"]
    assert Edition.objects.filter(state="draft").count() == 1


def test_unsent_fields_go_back_to_their_defaults(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id, content_item(phase="beta", analytics_identifier="A1"))
    shown = publisher.put(content_id).json()
    assert shown["phase"] == "live"
    assert "analytics_identifier" not in shown


def test_every_command_is_an_event_and_a_refused_one_is_none(
    publisher: Publisher, content_id: str
) -> None:
    publisher.put(content_id, X_Govuk_Authenticated_User="editor-1")
    command(publisher, content_id, "publish", previous_version=9)
    (event,) = publisher("GET", f"/v2/content/{content_id}/events").json()
    assert (event["action"], event["user_uid"]) == ("PutContent", "editor-1")
    assert event["payload"]["title"] == content_item()["title"]
    assert Event.objects.count() == 1


def test_embedded_blocks_are_links(publisher: Publisher, content_id: str) -> None:
    block = str(uuid.uuid4())
    body = [
        {"content_type": "text/govspeak", "content": f"{{{{embed:content_block_tax:{block}}}}}"}
    ]
    shown = publisher.put(content_id, content_item(details={"body": body})).json()
    assert shown["links"] == {"embed": [block]}


@pytest.mark.parametrize(
    ("scopes", "method", "status"),
    [
        (("drafts:read",), "PUT", 403),
        (("drafts:write",), "GET", 403),
        (("drafts:read",), "GET", 404),
    ],
)
def test_a_token_does_what_its_scopes_allow(
    content_id: str, scopes: tuple[str, ...], method: str, status: int
) -> None:
    caller = Publisher("scoped", *scopes)
    body = content_item() if method == "PUT" else None
    assert caller(method, f"/v2/content/{content_id}", body).status_code == status


@pytest.mark.parametrize(
    ("header", "message", "reason"),
    [
        ("", "No bearer token was provided", "invalid_request"),
        ("Bearer nobody", "Bearer token does not appear to be valid", "invalid_token"),
    ],
)
def test_without_a_token_nothing_is_told(
    publisher: Publisher, content_id: str, header: str, message: str, reason: str
) -> None:
    response = publisher("GET", f"/v2/content/{content_id}", Authorization=header)
    assert (response.status_code, response.json()) == (401, {"message": message})
    assert response["WWW-Authenticate"] == f'Bearer error="{reason}"'


def test_another_apps_drafts_are_read_as_the_native_api_has_it(
    publisher: Publisher, content_id: str
) -> None:
    publisher.put(content_id)
    path = f"/v2/content/{content_id}"
    assert Publisher("stranger")("GET", path).status_code == 404
    reader = Publisher("reader", "drafts:read", "drafts:read_all")
    assert reader("GET", path).status_code == 200
    publisher.put(content_id, content_item(access_limited={"users": ["u1"]}))
    assert reader("GET", path).status_code == 404
    assert reader("GET", "/v2/content").json()["total"] == 0
    found = reader("POST", "/lookup-by-base-path", {"base_paths": ["/low-tide"], "with_drafts": 1})
    assert found.json() == {}


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"a": 1, "a": 2}', b'{"a": "\\u0000"}'])
def test_a_body_that_is_no_json_object_is_a_bad_request(
    publisher: Publisher, content_id: str, body: bytes
) -> None:
    response = publisher.client.put(
        f"/v2/content/{content_id}",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {publisher.token}"},
    )
    assert response.status_code == 400
    assert response.json()["error"]["code"] == 400
