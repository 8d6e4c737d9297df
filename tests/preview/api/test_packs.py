"""Packs over HTTP: who may do what, in which form, and what is said when it can't be."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from preview.accounts.actions import create_app_token
from preview.packs.models import Pack, PackDraft
from tests.conftest import content_item

pytestmark = pytest.mark.django_db
HOST = "service.preview.localhost"


def client(app: str, *scopes: str) -> APIClient:
    """Return a client of another app."""
    found = APIClient(HTTP_HOST=HOST, raise_request_exception=False)
    usual = ("drafts:read", "drafts:write", "packs:write")
    secret = create_app_token(app_name=app, scopes=scopes or usual).secret
    found.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return found


@pytest.fixture
def pack(api: Any) -> str:
    """Give the id of a pack."""
    answer = api.post("/api/v1/packs", {"name": "Spring"}, format="json")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def sent(api: Any, path: str, **changes: Any) -> str:
    """Send a draft at a path; return its content id."""
    content_id = str(uuid.uuid4())
    routes = [{"path": path, "type": "exact"}]
    item = content_item(base_path=path, routes=routes, title=path.strip("/"), **changes)
    answer = api.put(f"/api/v1/drafts/{content_id}", item, format="json")
    assert answer.status_code == 201, answer.content
    return content_id


def titles(api: Any, pack: str) -> list[str]:
    answer = api.get(f"/api/v1/packs/{pack}/members")
    assert answer.status_code == 200, answer.content
    return [one["title"] for one in answer.json()["members"]]


def test_a_pack_is_made_got_changed_and_archived(api: Any) -> None:
    body = {"name": "Spring", "description": "All of it", "as_of": "2027-03-01T09:30:00Z"}
    made = api.post("/api/v1/packs", body, format="json")
    assert made.status_code == 201
    assert made["Location"] == f"/api/v1/packs/{made.json()['id']}"
    got = api.get(made["Location"]).json()
    assert {name: got[name] for name in ("name", "description", "owner", "drafts")} == {
        "name": "Spring",
        "description": "All of it",
        "owner": "app:publisher",
        "drafts": 0,
    }
    patched = api.patch(made["Location"], {"as_of": None, "name": "Summer"}, format="json").json()
    assert (patched["name"], patched["description"], patched["as_of"]) == (
        "Summer",
        "All of it",
        None,
    )
    assert api.delete(made["Location"]).status_code == 204
    assert api.get(made["Location"]).status_code == 404
    assert [one["name"] for one in api.get("/api/v1/packs?state=archived").json()["results"]] == [
        "Summer"
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": ["x"]}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "x", "description": "y" * 5001}, "description"),
        ({"name": "x", "as_of": "tomorrow"}, "as_of"),
        ({"name": "x", "as_of": "0001-01-01T00:00:00Z"}, "as_of"),
    ],
)
def test_a_pack_that_cannot_be_is_refused_with_its_field(api: Any, body: Any, field: str) -> None:
    answer = api.post("/api/v1/packs", body, format="json")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["field"] == field
    assert Pack.objects.count() == 0


def test_drafts_are_added_moved_ordered_and_removed(api: Any, pack: str) -> None:
    ids = [sent(api, path) for path in ("/a", "/b", "/c")]
    place = f"/api/v1/packs/{pack}/members"
    for content_id in ids:
        assert api.put(f"{place}/{content_id}").status_code == 200
    assert titles(api, pack) == ["a", "b", "c"]
    api.put(f"{place}/{ids[2]}", {"position": 0}, format="json")
    assert titles(api, pack) == ["c", "a", "b"]
    order = {"members": [{"content_id": one} for one in ids]}
    assert api.put(place, order, format="json").status_code == 200
    assert titles(api, pack) == ["a", "b", "c"]
    refused = api.put(place, {"members": order["members"][:2]}, format="json")
    assert (refused.status_code, refused.json()["field"]) == (422, "members")
    assert api.delete(f"{place}/{ids[1]}").status_code == 204
    assert api.delete(f"{place}/{ids[1]}").status_code == 409
    assert titles(api, pack) == ["a", "c"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"members": 1},
        {"members": [1]},
        {"members": [{"content_id": "x"}]},
        {"members": [{"content_id": str(uuid.uuid4())}]},
    ],
)
def test_an_order_that_cannot_be_read_is_refused(api: Any, pack: str, body: Any) -> None:
    answer = api.put(f"/api/v1/packs/{pack}/members", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["field"].startswith("members")


def test_a_draft_that_is_not_there_or_of_another_kind_is_not_found(api: Any, pack: str) -> None:
    place = f"/api/v1/packs/{pack}/members"
    content_id = sent(api, "/a")
    assert api.put(f"{place}/{uuid.uuid4()}").status_code == 404
    assert api.put(f"{place}/{content_id}?kind=links").status_code == 404
    assert api.put(f"{place}/{content_id}?locale=cy").status_code == 404
    assert api.put(f"{place}/{content_id}?kind=song").status_code == 422


def test_another_app_sees_only_its_own_drafts_of_the_pack(api: Any, pack: str) -> None:
    other = client("whitehall")
    theirs, ours = sent(other, "/theirs"), sent(api, "/ours")
    place = f"/api/v1/packs/{pack}"
    assert other.get(place).status_code == 404
    assert api.put(f"{place}/members/{theirs}").status_code == 404
    reader = client("publisher", "drafts:read", "drafts:read_all", "packs:write")
    assert reader.put(f"{place}/members/{theirs}").status_code == 200
    api.put(f"{place}/members/{ours}")
    assert titles(reader, pack) == ["theirs", "ours"]
    assert titles(api, pack) == [None, "ours"]
    assert titles(other, pack) == ["theirs"]
    assert other.patch(place, {"name": "Mine"}, format="json").status_code == 403
    assert other.delete(f"{place}/members/{ours}").status_code == 404
    assert other.delete(f"{place}/members/{theirs}").status_code == 204
    assert other.get(place).status_code == 404


def test_a_limited_draft_of_another_app_waits_for_it_and_shows_nothing(pack: str) -> None:
    owner = client("whitehall")
    secret = sent(owner, "/secret", access_limited={"users": ["somebody"]})
    reader = client("publisher", "drafts:read", "drafts:read_all", "packs:write")
    place = f"/api/v1/packs/{pack}/members"
    waiting = reader.put(f"{place}/{secret}")
    assert waiting.status_code == 200
    assert waiting.json()["waits_for_consent"] is True
    assert b"secret" not in waiting.content
    assert b"secret" not in reader.get(place).content
    assert reader.post(f"{place}/{secret}/consent").status_code == 403
    assert PackDraft.objects.get().consented_at is None
    agreed = owner.post(f"{place}/{secret}/consent")
    assert agreed.json()["waits_for_consent"] is False
    assert PackDraft.objects.get().consented_by == "app:whitehall"
    assert b"/secret" not in reader.get(place).content


def test_packs_are_listed_by_name_draft_and_time(api: Any, pack: str) -> None:
    content_id = sent(api, "/a")
    api.put(f"/api/v1/packs/{pack}/members/{content_id}")
    api.post("/api/v1/packs", {"name": "Autumn"}, format="json")

    def named(**filters: str) -> list[str]:
        rows = api.get("/api/v1/packs", filters).json()["results"]
        return [one["name"] for one in rows]

    assert named() == ["Autumn", "Spring"]
    assert named(name="SPR") == ["Spring"]
    assert named(draft=content_id) == ["Spring"]
    assert named(updated_since="2099-01-01T00:00:00Z") == []
    for wrong in ({"draft": "x"}, {"updated_since": "x"}, {"state": "x"}, {"name": "\0"}):
        assert api.get("/api/v1/packs", wrong).status_code == 422


def test_links_to_drafts_that_the_pack_lacks_are_listed(api: Any, pack: str) -> None:
    target = sent(api, "/target")
    page = sent(api, "/page", links={"ordered_related_items": [target]})
    api.put(f"/api/v1/packs/{pack}/members/{page}")
    found = api.get(f"/api/v1/packs/{pack}/members").json()["missing"]
    assert found == [{"content_id": target, "locale": "en", "title": "target", "linked_from": page}]


def test_a_token_without_the_scope_changes_nothing(pack: str) -> None:
    reader = client("publisher", "drafts:read")
    assert reader.get(f"/api/v1/packs/{pack}").status_code == 200
    assert reader.post("/api/v1/packs", {"name": "x"}, format="json").status_code == 403
    assert reader.delete(f"/api/v1/packs/{pack}").status_code == 403
