"""Proposals of links and unpublishings over the service's own API."""

from __future__ import annotations

from typing import Any

import pytest

from preview.drafts.models import Draft
from tests.conftest import content_item

pytestmark = pytest.mark.django_db
TARGET = "1f2a3b4c-0000-4000-8000-00000000000a"
LINKS = {"links": {"taxons": [TARGET], "parent": []}}
GONE = {"type": "gone", "explanation": "The pier fell down."}


def put(api: Any, content_id: str, kind: str, body: Any, query: str = "", **headers: str) -> Any:
    address = f"/api/v1/drafts/{content_id}?kind={kind}{query}"
    return api.put(address, body, format="json", headers=headers)


def test_kinds_of_one_content_stand_beside_each_other(api: Any, send: Any, content_id: str) -> None:
    assert send(content_id).json()["kind"] == "content"
    links = put(api, content_id, "links", LINKS)
    gone = put(api, content_id, "unpublishing", GONE)
    assert (links.status_code, gone.status_code) == (201, 201)
    assert (links.json()["kind"], links.json()["locale"]) == ("links", "")
    assert links["Location"] == f"/api/v1/drafts/{content_id}?kind=links"
    assert gone["Location"] == f"/api/v1/drafts/{content_id}?kind=unpublishing&locale=en"
    for answer in (links, gone):
        assert api.get(answer["Location"]).json()["title"] == content_item()["title"]
    version = api.get(f"/api/v1/drafts/{content_id}/versions/1?kind=links").json()
    assert version["content"] == LINKS
    listed = api.get("/api/v1/drafts?kind=unpublishing").json()
    assert [row["kind"] for row in listed["results"]] == ["unpublishing"]


def test_the_same_proposal_makes_no_new_version(api: Any, content_id: str) -> None:
    put(api, content_id, "links", LINKS)
    assert put(api, content_id, "links", LINKS).status_code == 200
    stale = put(api, content_id, "links", {"links": {"taxons": []}}, **{"If-Match": '"7"'})
    assert stale.status_code == 412


def test_one_key_is_for_one_kind(api: Any, content_id: str) -> None:
    put(api, content_id, "links", LINKS, **{"Idempotency-Key": "k"})
    other = put(api, content_id, "unpublishing", GONE, **{"Idempotency-Key": "k"})
    assert other.json()["type"].endswith("idempotency-key-reused")


def test_discarding_ends_the_kind_that_is_named(api: Any, send: Any, content_id: str) -> None:
    send(content_id)
    put(api, content_id, "links", LINKS)
    answer = api.post(f"/api/v1/drafts/{content_id}/discard?kind=links")
    assert answer.json()["state"] == "discarded"
    assert Draft.objects.get(kind="content").state == "open"


@pytest.mark.parametrize(
    ("kind", "body", "pointer"),
    [
        ("links", {}, "/links"),
        ("links", {"links": {"Taxons": []}}, "/links/Taxons"),
        ("links", {"links": {"available_translations": []}}, "/links/available_translations"),
        ("links", {"links": {"taxons": ["x"]}}, "/links/taxons"),
        ("links", {"links": {"a/b": []}}, "/links/a~1b"),
        ("links", {**LINKS, "title": "x"}, "/title"),
        ("unpublishing", {}, "/type"),
        ("unpublishing", {"type": "substitute"}, "/type"),
        ("unpublishing", {"type": "withdrawal"}, "/explanation"),
        ("unpublishing", {"type": "redirect"}, "/alternative_path"),
        ("unpublishing", {**GONE, "alternative_path": "https://evil.example"}, "/alternative_path"),
        ("unpublishing", {**GONE, "unpublished_at": "yesterday"}, "/unpublished_at"),
        ("unpublishing", {"type": "redirect", "redirects": [{}]}, "/redirects/0/path"),
        ("unpublishing", {**GONE, "locale": "fr"}, "/locale"),
        ("unpublishing", {**GONE, "access_limited": "me"}, "/access_limited"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    api: Any, content_id: str, kind: str, body: Any, pointer: str
) -> None:
    answer = put(api, content_id, kind, body)
    assert answer.status_code == 422
    assert pointer in [row["pointer"] for row in answer.json()["errors"]]
    assert not Draft.objects.exists()


def test_a_kind_that_there_is_not_is_named(api: Any, content_id: str) -> None:
    answer = put(api, content_id, "title", LINKS)
    assert answer.status_code == 422
    assert "content, links, unpublishing" in answer.json()["detail"]


def test_a_limited_proposal_is_a_limited_draft(api: Any, content_id: str) -> None:
    put(api, content_id, "unpublishing", {**GONE, "access_limited": {"users": ["u1"]}})
    assert Draft.objects.get().limited


def test_a_limited_documents_title_is_not_told(api: Any, send: Any, content_id: str) -> None:
    send(content_id, content_item(access_limited={"users": ["u1"]}))
    assert put(api, content_id, "links", LINKS).json()["title"] == ""
