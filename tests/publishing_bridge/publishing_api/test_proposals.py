"""Requests with `Preview-Pack` propose, and change nothing else."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from preview.drafts.models import Draft
from preview.packs.models import Pack, PackDraft
from publishing_bridge.publishing_api.models import Edition, Event, LinkSet, PathReservation
from tests.conftest import content_item
from tests.publishing_bridge.conftest import Publisher

pytestmark = pytest.mark.django_db
TARGET = "1f2a3b4c-0000-4000-8000-00000000000a"


def test_content_is_proposed_in_the_form_of_an_edition(
    publisher: Publisher, content_id: str
) -> None:
    response = publisher.put(content_id, Preview_Pack="own")
    shown = response.json()
    assert response.status_code == 200
    assert (shown["content_id"], shown["publication_state"]) == (content_id, "draft")
    assert (shown["lock_version"], shown["warnings"]) == (1, {})
    assert shown["details"]["body"][1]["content_type"] == "text/html"
    assert Draft.objects.get().kind == Draft.Kind.CONTENT
    for table in (Edition, Event, PathReservation):
        assert not table.objects.exists()


def test_a_named_pack_gets_the_draft(publisher: Publisher, content_id: str) -> None:
    pack = Pack.objects.create(name="Launch of the harbour", owner="editor-1")
    for _ in range(2):
        assert publisher.put(content_id, Preview_Pack=str(pack.id)).status_code == 200
    assert PackDraft.objects.get(pack=pack).draft == Draft.objects.get()


@pytest.mark.parametrize(("header", "status"), [("mine", 422), ("", 422), (str(uuid.uuid4()), 404)])
def test_a_pack_that_is_not_there_saves_nothing(
    publisher: Publisher, content_id: str, header: str, status: int
) -> None:
    response = publisher.put(content_id, Preview_Pack=header)
    assert response.status_code == status
    assert not Draft.objects.exists()


def test_another_drafts_own_pack_takes_no_more(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id)
    pack = Pack.objects.create(own_draft=Draft.objects.get())
    other = str(uuid.uuid4())
    item = content_item(base_path="/x", routes=[{"path": "/x", "type": "exact"}])
    assert publisher.put(other, item, Preview_Pack=str(pack.id)).status_code == 404


def test_links_are_proposed_type_by_type(publisher: Publisher, content_id: str) -> None:
    path = f"/v2/links/{content_id}"
    publisher("PATCH", path, {"links": {"organisations": [TARGET], "parent": [TARGET]}})
    publisher("PATCH", path, {"links": {"taxons": [TARGET]}}, Preview_Pack="own")
    response = publisher("PATCH", path, {"links": {"parent": []}}, Preview_Pack="own")
    expected = {"organisations": [TARGET], "taxons": [TARGET]}
    assert response.json()["links"] == expected
    assert publisher("GET", path, Preview_Pack="own").json()["links"] == expected
    assert publisher("GET", path).json()["links"] == {
        "organisations": [TARGET],
        "parent": [TARGET],
    }
    draft = Draft.objects.get(kind=Draft.Kind.LINKS)
    assert (draft.locale, draft.version_number) == ("", 2)
    assert draft.versions.get(number=2).content() == {"links": {"parent": [], "taxons": [TARGET]}}
    assert LinkSet.objects.get().stale_lock_version == 1


def test_a_proposal_of_links_ends_when_it_is_live(publisher: Publisher, content_id: str) -> None:
    path, links = f"/v2/links/{content_id}", {"links": {"taxons": [TARGET]}}
    publisher("PATCH", path, links, Preview_Pack="own")
    publisher("PATCH", path, {"links": {"parent": [TARGET]}})
    assert Draft.objects.get().state == Draft.State.OPEN
    publisher("PATCH", path, links)
    assert Draft.objects.get().state == Draft.State.PUBLISHED


def test_an_unpublishing_is_proposed(publisher: Publisher, content_id: str) -> None:
    path = f"/v2/content/{content_id}/unpublish"
    body = {"type": "withdrawal", "explanation": "The tide took it.", "locale": "cy"}
    response = publisher("POST", path, body, Preview_Pack="own")
    assert (response.status_code, response.json()) == (200, {"content_id": content_id})
    draft = Draft.objects.get()
    assert (draft.kind, draft.locale) == (Draft.Kind.UNPUBLISHING, "cy")
    assert draft.versions.get().content() == {
        "type": "withdrawal",
        "explanation": "The tide took it.",
    }


def test_an_incomplete_unpublishing_is_refused_as_the_platform_does(
    publisher: Publisher, content_id: str
) -> None:
    path = f"/v2/content/{content_id}/unpublish"
    response = publisher("POST", path, {"type": "withdrawal"}, Preview_Pack="own")
    assert response.status_code == 422
    assert response.json()["error"]["message"] == "Validation failed: Explanation can't be blank"
    assert not Draft.objects.exists()


def test_publishing_inside_a_pack_publishes_nothing(publisher: Publisher, content_id: str) -> None:
    path = f"/v2/content/{content_id}/publish"
    assert publisher("POST", path, {}, Preview_Pack="own").status_code == 404
    publisher.put(content_id, Preview_Pack="own")
    response = publisher("POST", path, {"update_type": "major"}, Preview_Pack="own")
    assert (response.status_code, response.json()) == (200, {"content_id": content_id})
    assert Draft.objects.get().state == Draft.State.OPEN


def test_discarding_takes_every_proposal_back(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id, Preview_Pack="own")
    publisher("PATCH", f"/v2/links/{content_id}", {"links": {"a": []}}, Preview_Pack="own")
    path = f"/v2/content/{content_id}/discard-draft"
    assert publisher("POST", path, {}, Preview_Pack="own").status_code == 200
    assert set(Draft.objects.values_list("state", flat=True)) == {"discarded"}
    assert publisher("POST", path, {}, Preview_Pack="own").status_code == 404


def test_a_stale_proposal_is_refused(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id, Preview_Pack="own")
    item = content_item(title="Later", previous_version="4")
    response = publisher.put(content_id, item, Preview_Pack="own")
    assert response.status_code == 409
    assert response.json()["error"]["fields"] == {"previous_version": ["does not match"]}


def test_another_apps_proposals_are_not_told(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id, Preview_Pack="own")
    publisher("PATCH", f"/v2/links/{content_id}", {"links": {"a": [TARGET]}}, Preview_Pack="own")
    stranger = Publisher("stranger")
    assert stranger("GET", f"/v2/content/{content_id}", Preview_Pack="own").status_code == 404
    links = stranger("GET", f"/v2/links/{content_id}", Preview_Pack="own").json()
    assert links["links"] == {}
    assert stranger.put(content_id, Preview_Pack="own").status_code == 422


def test_paths_and_intents_inside_a_pack_change_nothing(publisher: Publisher) -> None:
    sent: Any = {"publishing_app": "publisher"}
    assert publisher("PUT", "/paths/harbour", sent, Preview_Pack="own").status_code == 200
    assert publisher("PUT", "/publish-intent/harbour", sent, Preview_Pack="own").json() == sent
    assert not PathReservation.objects.exists()
